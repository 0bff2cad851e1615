"""A visit waits its turn, keeps to robots.txt, and ends in time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Network
from typing import Any

import pytest
from tests.plumbing.local_server import Server, running

from synchromesh.engine.errors import ExternalFailure
from synchromesh.plumbing.polite_fetching import (
    AskedToWaitError,
    Clock,
    ClosedToProgramsError,
    OutOfTimeError,
    PoliteVisit,
    conditions,
    retry_after,
)

HERE = (IPv4Network("127.0.0.1/32"),)


class _Watch:
    """A clock that stands still but for waiting."""

    def __init__(self) -> None:
        self.at = 1000.0
        self.waited: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.at += seconds

    def clock(self) -> Clock:
        return Clock(now=lambda: self.at, sleep=self.sleep)


@pytest.fixture
def server() -> Iterator[Server]:
    with running(Server()) as found:
        found.behaviours["/robots.txt"] = lambda h: h.answer(404)
        found.behaviours["/feed"] = lambda h: h.answer(200, b"rows")
        yield found


def a_visit(watch: _Watch, seconds: float = 600.0) -> PoliteVisit:
    return PoliteVisit(seconds=seconds, allowed_networks=HERE, clock=watch.clock())


def get(visit: PoliteVisit, url: str) -> Any:
    return visit.fetch_to_file(url, io.BytesIO(), limit_bytes=1000, timeout_seconds=5.0)


def test_a_second_passes_between_two_requests_to_one_server(server: Server) -> None:
    watch = _Watch()
    visit = a_visit(watch)
    for _ in range(3):
        assert get(visit, f"{server.address}/feed").status == 200
    assert watch.waited == [1.0, 1.0]


def test_a_redirect_is_a_request_too_and_another_server_need_not_be_waited_for(server: Server) -> None:
    watch = _Watch()
    visit = a_visit(watch)
    server.behaviours["/old"] = lambda h: h.answer(302, Location="/feed")
    get(visit, f"{server.address}/old")
    assert watch.waited == [1.0]
    with running(Server()) as other:
        other.behaviours |= server.behaviours
        get(visit, f"{other.address}/feed")
    assert watch.waited == [1.0]


def test_the_site_may_ask_for_more_time(server: Server) -> None:
    server.behaviours["/robots.txt"] = lambda h: h.answer(200, b"User-agent: *\nCrawl-delay: 7")
    watch = _Watch()
    visit = a_visit(watch)
    get(visit, f"{server.address}/feed")
    get(visit, f"{server.address}/feed")
    assert watch.waited == [7.0]


def test_what_the_site_closes_is_not_asked_for_also_not_by_a_redirect(server: Server) -> None:
    server.behaviours["/robots.txt"] = lambda h: h.answer(200, b"User-agent: synchromesh\nDisallow: /closed")
    server.behaviours["/open"] = lambda h: h.answer(302, Location="/closed/page")
    for path in ("/closed", "/open"):
        with pytest.raises(ClosedToProgramsError, match=r"asks programs not to read /closed"):
            get(a_visit(_Watch()), f"{server.address}{path}")
    assert [path for path, _ in server.seen] == ["/robots.txt", "/open"]


def test_a_visit_that_would_take_too_long_ends_before_it_waits(server: Server) -> None:
    server.behaviours["/robots.txt"] = lambda h: h.answer(200, b"User-agent: *\nCrawl-delay: 90")
    watch = _Watch()
    visit = a_visit(watch, seconds=120)
    get(visit, f"{server.address}/feed")
    get(visit, f"{server.address}/feed")
    with pytest.raises(ExternalFailure, match="longer than 2 minutes"):
        get(visit, f"{server.address}/feed")
    assert watch.waited == [90.0]


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_says_how_long_to_wait(server: Server, status: int) -> None:
    server.behaviours["/feed"] = lambda h: h.answer(status, Retry_After="120")
    with pytest.raises(AskedToWaitError, match="asks to come back later") as asked:
        get(a_visit(_Watch()), f"{server.address}/feed")
    assert asked.value.wait == timedelta(minutes=2)


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("30", timedelta(seconds=30)),
        ("0", timedelta(0)),
        ("99999999999999999999", timedelta(days=7)),
        ("Mon, 01 Mar 2027 12:10:00 GMT", timedelta(minutes=10)),
        ("Mon, 01 Mar 2027 11:00:00 GMT", timedelta(0)),
        ("Mon, 01 Mar 2032 11:00:00 GMT", timedelta(days=7)),
        ("", None),
        ("soon", None),
        ("-5", None),
    ],
)
def test_a_wait_is_read_in_seconds_or_as_a_date(text: str, wait: timedelta | None) -> None:
    assert retry_after({"retry-after": text}, now=datetime(2027, 3, 1, 12, tzinfo=UTC)) == wait


def test_conditions_are_sent_as_the_last_answer_gave_them() -> None:
    assert conditions(etag='W/"a"', last_modified="") == {"If-None-Match": 'W/"a"'}
    assert conditions(etag="nul\0", last_modified="Mon, 01 Mar 2027 12:10:00 GMT") == {
        "If-Modified-Since": "Mon, 01 Mar 2027 12:10:00 GMT"
    }


def test_whether_something_is_there_is_asked_without_reading_it(server: Server) -> None:
    server.behaviours["/large"] = lambda h: h.answer(200, b"x" * 2_000_000)
    server.behaviours["/busy"] = lambda h: h.answer(503, Retry_After="60")
    watch = _Watch()
    visit = a_visit(watch)
    found = visit.ask_status(f"{server.address}/large", timeout_seconds=5.0)
    assert (found.status, found.size) == (200, 0)
    assert visit.ask_status(f"{server.address}/busy", timeout_seconds=5.0).headers["retry-after"] == "60"
    assert watch.waited == [1.0]


def test_an_address_is_not_asked_when_less_time_is_left_than_its_answer_may_take(server: Server) -> None:
    visit = a_visit(_Watch(), seconds=4.0)
    with pytest.raises(OutOfTimeError):
        visit.ask_status(f"{server.address}/feed", timeout_seconds=5.0)
    assert server.seen == []
