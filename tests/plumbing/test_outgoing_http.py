"""Fetching from a small server on this machine that misbehaves in every way we could think of."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any

import httpcore
import pytest
from tests.plumbing.local_server import Behaviour, Handler, Server, running, secure_server

from synchromesh.engine.errors import ExternalFailure, InvalidInput
from synchromesh.plumbing import checked_connections
from synchromesh.plumbing.outgoing_http import Fetched, fetch

HERE = (IPv4Network("127.0.0.1/32"),)


@pytest.fixture
def server() -> Iterator[Server]:
    with running(Server()) as found:
        yield found


def _silent(handler: Handler) -> None:
    handler.server.stop.wait()


def _mail(handler: Handler) -> None:
    handler.wfile.write(b"220 mail.example ready\r\n\r\n")


def get(server: Server, path: str, behaviour: Behaviour, **options: Any) -> Fetched:
    server.behaviours[path] = behaviour
    return fetch(server.address + path, allowed_networks=HERE, **options)


def test_an_answer_comes_with_its_address_status_headers_and_bytes(server: Server) -> None:
    answer = get(server, "/feed", lambda h: h.answer(200, b"rows", Content_Type="text/csv"))
    assert (answer.url, answer.status, answer.body) == (f"{server.address}/feed", 200, b"rows")
    assert answer.headers["content-type"] == "text/csv"


def test_a_status_of_failure_is_an_answer_and_not_an_error(server: Server) -> None:
    assert get(server, "/gone", lambda h: h.answer(410, b"gone")).status == 410


def test_the_query_is_sent_and_the_fragment_is_not(server: Server) -> None:
    server.behaviours["/q"] = lambda h: h.answer(200)
    answer = fetch(f"{server.address}/q?a=1&b=%20#part", allowed_networks=HERE)
    assert server.seen[0][0] == "/q?a=1&b=%20"
    assert "#" not in answer.url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/feed",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "javascript:alert(1)",
        "http:///path",
        "http://person:secret@example.org/",
        "http://person@example.org/",
        "http://example.org:25/",
        "http://example.org:22/",
        "http://example.org:0/",
        "http://example.org:99999/",
        "http://exam\x00ple.org/",
        "http://[::1/",
    ],
)
def test_an_address_that_breaks_the_rules_is_refused_before_any_name_is_looked_up(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checked_connections, "look_up", lambda host, port: pytest.fail("a name was looked up"))
    with pytest.raises(InvalidInput) as refused:
        fetch(url)
    assert refused.value.field == "url"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "127.1",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
        "10.0.0.1",
    ],
)
def test_a_machine_that_is_not_public_is_refused_however_it_is_written(host: str, server: Server) -> None:
    with pytest.raises((InvalidInput, ExternalFailure)) as refused:
        fetch(f"http://{host}:{server.server_port}/")
    assert "not a public address" in str(refused.value) or "no server called" in str(refused.value)
    assert server.seen == []


def test_a_name_with_one_private_address_among_public_ones_is_refused_without_naming_the_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checked_connections, "look_up", lambda host, port: ["193.99.144.80", "10.1.2.3"])
    with pytest.raises(InvalidInput, match="not a public address") as refused:
        fetch("https://both.example/")
    assert "10.1.2.3" not in str(refused.value)


def test_the_connection_goes_to_the_address_that_was_checked_even_when_the_name_changes_its_mind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [["193.99.144.80"], ["127.0.0.1"]]
    asked: list[str] = []
    reached: list[str] = []

    def look_up(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    def connect(self: httpcore.SyncBackend, host: str, port: int, **options: Any) -> httpcore.NetworkStream:
        reached.append(host)
        raise httpcore.ConnectError("refused for the test")

    monkeypatch.setattr(checked_connections, "look_up", look_up)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with pytest.raises(ExternalFailure, match="No connection"):
        fetch("http://rebinding.example/")
    assert (asked, reached) == (["rebinding.example"], ["193.99.144.80"])


def test_the_second_address_is_tried_when_the_first_does_not_answer(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as closed:  # bound but not listening, on another loopback address
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setattr(checked_connections, "look_up", lambda host, port: ["127.0.0.1", "127.0.0.1"])
        tries: list[int] = []
        connect = httpcore.SyncBackend.connect_tcp

        def flaky(self: httpcore.SyncBackend, host: str, port: int, **options: Any) -> httpcore.NetworkStream:
            tries.append(port)
            return connect(self, host, closed.getsockname()[1] if len(tries) == 1 else port, **options)

        monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", flaky)
        assert get(server, "/", lambda h: h.answer(200, b"second")).body == b"second"
    assert len(tries) == 2


def test_a_name_that_does_not_exist_is_said_to_be_misspelt(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: Any, **options: Any) -> Any:
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ExternalFailure, match="no server called"):
        fetch("https://misspelt.example/")


def test_a_redirect_is_followed_and_the_last_address_is_told(server: Server) -> None:
    server.behaviours["/new"] = lambda h: h.answer(200, b"here")
    answer = get(server, "/old", lambda h: h.answer(301, Location="/new"))
    assert (answer.url, answer.body) == (f"{server.address}/new", b"here")


@pytest.mark.parametrize(
    "onward",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://127.0.0.2/",
        "file:///etc/passwd",
        "http://person:secret@127.0.0.1/",
        "http://127.0.0.1:22/",
        "http://[",
    ],
)
def test_a_redirect_to_an_address_that_is_not_fetched_ends_as_the_other_servers_fault(
    server: Server, onward: str
) -> None:
    with pytest.raises(ExternalFailure, match="leads on to an address that is not fetched"):
        get(server, "/trap", lambda h: h.answer(302, Location=onward))
    assert len(server.seen) == 1


def test_five_redirects_are_followed_and_a_sixth_is_not(server: Server) -> None:
    for step in range(6):
        server.behaviours[f"/{step}"] = lambda h, step=step: h.answer(302, Location=f"/{step + 1}")  # type: ignore[misc]
    server.behaviours["/6"] = lambda h: h.answer(200, b"end")
    assert fetch(f"{server.address}/1", allowed_networks=HERE).body == b"end"
    with pytest.raises(ExternalFailure, match="more than 5 times"):
        fetch(f"{server.address}/0", allowed_networks=HERE)


def test_a_key_in_a_header_does_not_travel_to_another_origin(server: Server) -> None:
    with running(Server()) as other:
        other.behaviours["/"] = lambda h: h.answer(200)
        server.behaviours["/same"] = lambda h: h.answer(302, Location=f"{other.address}/")
        get(server, "/", lambda h: h.answer(302, Location="/same"), headers={"Authorization": "key"})
    assert [headers.get("authorization") for _, headers in server.seen] == ["key", "key"]
    assert [headers.get("authorization") for _, headers in other.seen] == [None]


def test_an_answer_that_announces_too_much_is_refused_before_it_is_read(server: Server) -> None:
    with pytest.raises(ExternalFailure, match="larger than"):
        get(server, "/big", lambda h: h.answer(200, b"", Content_Length="1001"), limit_bytes=1000)


def test_an_answer_without_a_length_is_cut_off_at_the_limit(server: Server) -> None:
    def endless(h: Handler) -> None:
        h.send_response(200)
        h.end_headers()
        while not h.server.stop.is_set():
            h.wfile.write(b"x" * 10_000)

    with pytest.raises(ExternalFailure, match="larger than"):
        get(server, "/endless", endless, limit_bytes=1_000_000)


def test_an_answer_of_exactly_the_limit_is_accepted(server: Server) -> None:
    assert len(get(server, "/full", lambda h: h.answer(200, b"x" * 1000), limit_bytes=1000).body) == 1000


def test_an_answer_shorter_than_announced_is_a_failure_and_not_half_a_file(server: Server) -> None:
    with pytest.raises(ExternalFailure, match="broke off"):
        get(server, "/short", lambda h: h.answer(200, b"half", Content_Length="8"))


def test_an_answer_longer_than_announced_ends_where_it_was_announced(server: Server) -> None:
    answer = get(server, "/long", lambda h: h.answer(200, b"announced and more", Content_Length="9"))
    assert answer.body == b"announced"


def test_a_gzip_answer_is_unpacked_with_all_its_members(server: Server) -> None:
    packed = gzip.compress(b"first ") + gzip.compress(b"second")
    assert get(server, "/packed", lambda h: h.answer(200, packed, Content_Encoding="gzip")).body == b"first second"
    assert server.seen[0][1]["accept-encoding"] == "gzip"


def test_a_small_archive_that_unpacks_to_much_is_cut_off_at_the_limit(server: Server) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 100_000
    with pytest.raises(ExternalFailure, match="larger than"):
        get(server, "/bomb", lambda h: h.answer(200, bomb, Content_Encoding="gzip"), limit_bytes=100_000)


@pytest.mark.parametrize(
    ("body", "encoding", "message"),
    [
        (b"not gzip", "gzip", "damaged"),
        (gzip.compress(b"whole" * 1000, mtime=0)[:-9], "gzip", "middle of a gzip"),
        (b"anything", "br", "not asked for"),
        (gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), "gzip, gzip", "not asked for"),
    ],
)
def test_packing_that_cannot_be_undone_is_a_failure(server: Server, body: bytes, encoding: str, message: str) -> None:
    with pytest.raises(ExternalFailure, match=message):
        get(server, "/odd", lambda h: h.answer(200, body, Content_Encoding=encoding))


def test_an_empty_answer_may_say_that_it_is_packed(server: Server) -> None:
    assert get(server, "/none", lambda h: h.answer(200, b"", Content_Encoding="gzip")).body == b""


def test_a_server_that_sends_its_body_a_byte_at_a_time_is_cut_off(server: Server) -> None:
    def drip(h: Handler) -> None:
        h.send_response(200)
        h.end_headers()
        while not h.server.stop.wait(0.05):
            h.wfile.write(b".")

    with pytest.raises(ExternalFailure, match="not done after"):
        get(server, "/drip", drip, timeout_seconds=0.4)


def test_a_server_that_sends_its_headers_a_byte_at_a_time_is_cut_off(server: Server) -> None:
    def drip(h: Handler) -> None:
        h.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not h.server.stop.wait(0.05):
            h.wfile.write(b".")

    with pytest.raises(ExternalFailure, match="not done after"):
        get(server, "/headers", drip, timeout_seconds=0.4)


def test_a_server_that_stays_silent_is_cut_off(server: Server) -> None:
    with pytest.raises(ExternalFailure, match="not done after"):
        get(server, "/silent", _silent, timeout_seconds=0.3)


def test_a_chain_of_slow_redirects_shares_one_time_limit(server: Server) -> None:
    def slow(h: Handler) -> None:
        h.server.stop.wait(0.15)
        h.answer(302, Location="/again")

    server.behaviours["/again"] = slow
    with pytest.raises(ExternalFailure, match="not done after"):
        get(server, "/first", slow, timeout_seconds=0.4)


def test_what_is_not_http_is_a_failure(server: Server) -> None:
    with pytest.raises(ExternalFailure, match="did not keep to HTTP"):
        get(server, "/odd", _mail)


def test_a_certificate_nobody_vouches_for_is_not_trusted(tmp_path: Path) -> None:
    with running(secure_server(tmp_path)) as server, pytest.raises(ExternalFailure, match="no valid certificate"):
        fetch(f"https://127.0.0.1:{server.server_port}/", allowed_networks=HERE)


def test_the_certificate_is_held_against_the_name_and_not_against_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checked_connections, "look_up", lambda host, port: ["127.0.0.1"])
    with running(secure_server(tmp_path)) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        server.behaviours["/"] = lambda h: h.answer(200, b"safe")
        assert fetch(f"https://named.example:{server.server_port}/", allowed_networks=HERE).body == b"safe"
        with pytest.raises(ExternalFailure, match="no valid certificate"):
            fetch(f"https://other.example:{server.server_port}/", allowed_networks=HERE)


def test_a_closed_port_is_a_failure_that_can_be_tried_again(server: Server) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(ExternalFailure, match="No connection"):
            fetch(f"http://127.0.0.1:{closed.getsockname()[1]}/", allowed_networks=HERE)


def test_the_name_is_sent_to_the_server_although_the_connection_goes_to_an_address(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checked_connections, "look_up", lambda host, port: ["127.0.0.1"])
    server.behaviours["/"] = lambda h: h.answer(200)
    fetch(f"http://named.example:{server.server_port}/", allowed_networks=HERE, headers={"host": "other.example"})
    assert server.seen[0][1]["host"] == f"named.example:{server.server_port}"
