"""Fetching to a file: whatever a hostile server does, the file stays clean and the memory flat."""

from __future__ import annotations

import gzip
import io
import time
import tracemalloc
from collections.abc import Iterator
from ipaddress import IPv4Network
from typing import Any

import pytest
from tests.plumbing.local_server import Behaviour, Handler, Server, running

from synchromesh.engine.errors import ExternalFailure, InvalidInput
from synchromesh.plumbing.outgoing_http import FetchedFile, Terms, check_address, fetch_to_file, origin_of

HERE = (IPv4Network("127.0.0.1/32"),)
MEBIBYTE = 1024 * 1024
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.fixture
def server() -> Iterator[Server]:
    with running(Server()) as found:
        yield found


def get(server: Server, behaviour: Behaviour, file: io.BytesIO | None = None, **terms: Any) -> FetchedFile:
    server.behaviours["/feed"] = behaviour
    stated: dict[str, Any] = {"allowed_networks": HERE, "timeout_seconds": 5.0}
    chosen = Terms(**(stated | terms))
    return fetch_to_file(f"{server.address}/feed", io.BytesIO() if file is None else file, terms=chosen)


def _stream(chunk: bytes, **headers: str) -> Behaviour:
    """An answer that never ends."""

    def send(h: Handler) -> None:
        h.send_response(200)
        for name, value in headers.items():
            h.send_header(name.replace("_", "-"), value)
        h.end_headers()
        while not h.server.stop.is_set():
            h.wfile.write(chunk)

    return send


def _raw(data: bytes) -> Behaviour:
    """These bytes as they are, and nothing else."""

    def send(h: Handler) -> None:
        h.wfile.write(data)

    return send


def test_the_body_is_written_where_the_file_stands(server: Server) -> None:
    file = io.BytesIO(b"kept")
    file.seek(4)
    answer = get(server, lambda h: h.answer(200, b" and new", ETag='"a"'), file)
    assert (file.getvalue(), answer.size, answer.headers["etag"]) == (b"kept and new", 8, '"a"')
    assert server.seen[0][1]["user-agent"] == "Synchromesh (+http://localhost:8000; skills@example.org)"


@pytest.mark.parametrize("status", [304, 404, 500, 206])
def test_of_anything_but_a_whole_answer_only_the_status_is_read(server: Server, status: int) -> None:
    def endless(h: Handler) -> None:
        h.send_response(status)
        h.end_headers()
        while status != 304 and not h.server.stop.is_set():
            h.wfile.write(b"x" * 1000)

    file = io.BytesIO()
    assert get(server, endless, file).status == status
    assert file.getvalue() == b""


def test_conditions_are_sent_and_do_not_travel_to_another_origin(server: Server) -> None:
    with running(Server()) as other:
        other.behaviours["/feed"] = lambda h: h.answer(200, b"new")
        get(server, lambda h: h.answer(302, Location=f"{other.address}/feed"), headers={"If-None-Match": '"a"'})
    assert server.seen[0][1]["if-none-match"] == '"a"'
    assert "if-none-match" not in other.seen[0][1]


@pytest.mark.parametrize(
    ("behaviour", "message"),
    [
        (lambda h: h.answer(200, b"x", Content_Length="5000000000"), "larger than 1 MB"),
        (_stream(b"x" * 65_536), "larger than 1 MB"),
        (_stream(b"10000\r\n" + b"x" * 65_536 + b"\r\n", Transfer_Encoding="chunked"), "larger than 1 MB"),
        (lambda h: h.answer(200, gzip.compress(bytes(20 * MEBIBYTE)), Content_Encoding="gzip"), "larger than 1 MB"),
        (lambda h: h.answer(200, b"half of it", Content_Length="20"), "broke off"),
        (_raw(CHUNKED + b"4\r\ngood\r\nZZ\r\nbad\r\n"), "did not keep to HTTP"),
        (_raw(CHUNKED + b"4\r\ngood\r\nFF\r\nshort"), "broke off"),
        (_raw(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 9\r\n\r\nwhich"), "did not keep to HTTP"),
        (_raw(b"HTTP/1.1 200 OK\r\n" + b"X-More: and more\r\n" * 20_000), "did not keep to HTTP"),
        (_raw(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 300_000), "did not keep to HTTP"),
        (lambda h: h.answer(302, Location="/feed"), "more than 5 times"),
        (lambda h: h.answer(302, Location="http://169.254.169.254/latest/"), "not a public address"),
    ],
    ids=[
        "5 GB announced", "streamed without end", "chunks without end", "gzip bomb", "breaks off", "broken chunk",
        "chunk breaks off", "two lengths", "endless headers", "one endless header", "circle", "leads inward",
    ],
)  # fmt: skip
def test_a_hostile_answer_is_a_clear_failure_that_leaves_the_file_as_it_was(
    server: Server, behaviour: Behaviour, message: str
) -> None:
    file = io.BytesIO(b"kept")
    file.seek(4)
    with pytest.raises(ExternalFailure, match=message):
        get(server, behaviour, file, limit_bytes=MEBIBYTE)
    assert file.getvalue() == b"kept"


def test_a_server_that_promises_an_answer_again_and_again_is_cut_off(server: Server) -> None:
    def promise(h: Handler) -> None:
        while not h.server.stop.wait(0.01):
            h.wfile.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")

    with pytest.raises(ExternalFailure, match="not done after"):
        get(server, promise, timeout_seconds=0.3)


def test_a_large_answer_needs_the_memory_of_a_chunk(server: Server, tmp_path: Any) -> None:
    def large(h: Handler) -> None:
        h.send_response(200)
        h.send_header("Content-Length", str(32 * MEBIBYTE))
        h.end_headers()
        part = bytes(65_536)
        for _ in range(512):
            h.wfile.write(part)

    with (tmp_path / "large").open("w+b") as file:
        server.behaviours["/feed"] = large
        terms = Terms(allowed_networks=HERE, limit_bytes=40 * MEBIBYTE)
        tracemalloc.start()
        try:
            answer = fetch_to_file(f"{server.address}/feed", file, terms=terms)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert answer.size == 32 * MEBIBYTE
    assert peak < 4 * MEBIBYTE


def test_each_address_is_asked_about_before_it_is_fetched_and_waiting_there_does_not_count(server: Server) -> None:
    asked: list[str] = []

    def wait(url: str) -> None:
        asked.append(url)
        time.sleep(0.15)

    server.behaviours["/end"] = lambda h: h.answer(200, b"here")
    get(server, lambda h: h.answer(302, Location="/end#part"), before_each=wait, timeout_seconds=0.25)
    assert asked == [f"{server.address}/feed", f"{server.address}/end"]


def test_whoever_is_asked_before_can_refuse_a_redirect(server: Server) -> None:
    def refuse(url: str) -> None:
        if url.endswith("/end"):
            raise ExternalFailure("closed")

    with pytest.raises(ExternalFailure, match="closed"):
        get(server, lambda h: h.answer(302, Location="/end"), before_each=refuse)
    assert len(server.seen) == 1


def test_an_address_is_checked_without_the_network() -> None:
    assert check_address(" https://Example.org/a b#part ") == "https://example.org/a%20b"
    assert origin_of("https://example.org/x") == "https://example.org:443"
    assert origin_of("http://[2001:4860::1]:8080/") == "http://[2001:4860::1]:8080"
    with pytest.raises(InvalidInput):
        check_address("file:///etc/passwd")
