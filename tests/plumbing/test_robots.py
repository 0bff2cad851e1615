"""What a robots.txt allows, after the examples of RFC 9309 and a few files that keep to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plumbing.local_server import Handler, Server, running

from synchromesh.engine.errors import ExternalFailure, InvalidInput
from synchromesh.plumbing.robots import RobotsRules, find_rules, parse_robots

HERE = (IPv4Network("127.0.0.1/32"),)


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/any", True),
        ("User-agent: *\nDisallow: /", "/any", False),
        ("User-agent: *\nDisallow:", "/any", True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow: /private", "/private-too", False),
        ("User-agent: *\nDisallow: /private/", "/private", True),
        ("User-agent: *\nAllow: /\nDisallow: /private", "/private/x", False),
        ("User-agent: *\nDisallow: /\nAllow: /feed", "/feed.xml", True),
        ("User-agent: *\nAllow: /page\nDisallow: /page", "/page", True),
        ("User-agent: *\nDisallow: /*?", "/list?page=2", False),
        ("User-agent: *\nDisallow: /*?", "/list", True),
        ("User-agent: *\nDisallow: *.gif$", "/a/b.gif", False),
        ("User-agent: *\nDisallow: *.gif$", "/a/b.gif?x=1", True),
        ("User-agent: *\nDisallow: /a*b*c$", "/a-b-c-b", True),
        ("User-agent: *\nDisallow: /a*b*c$", "/a-b-c-c", False),
        ("User-agent: *\nDisallow: /same$", "/same", False),
        ("User-agent: *\nDisallow: /same$", "/same/", True),
        ("User-agent: *\nDisallow: /foo/bar?baz=https%3A%2F%2Ffoo.bar", "/foo/bar?baz=https%3a%2f%2ffoo.bar", False),
        ("User-agent: *\nDisallow: /%62%61%7A", "/baz", False),
        ("User-agent: *\nDisallow: /kurse/köln", "/kurse/k%C3%B6ln", False),
        ("User-agent: *\nDisallow: /file-with-a-%2A.html", "/file-with-a-x.html", True),
        ("User-agent: other\nDisallow: /", "/any", True),
        ("User-agent: SynchroMesh/2.1\nDisallow: /", "/any", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: synchromesh\nDisallow: /private", "/feed", True),
        ("User-agent: synchromesh\nDisallow: /a\n\nUser-agent: synchromesh\nDisallow: /b", "/b", False),
        ("User-agent: other\nUser-agent: synchromesh\nSitemap: /s.xml\nDisallow: /b", "/b", False),
        ("\ufeffuser-agent : * # everybody\r\nDISALLOW : /x # not this\r\n", "/x", False),
        ("<html><p>User-agent: none</p></html>", "/any", True),
        ("Disallow: /", "/any", True),
    ],
)
def test_a_site_is_taken_at_its_word(text: str, path: str, allowed: bool) -> None:
    assert parse_robots(text).allows(f"https://example.org{path}") is allowed


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("User-agent: *\nCrawl-delay: 2.5", 2.5),
        ("User-agent: *\nCrawl-delay: soon", 0),
        ("User-agent: *\nCrawl-delay: -3", 0),
        ("User-agent: *\nCrawl-delay: inf", 0),
        ("User-agent: *\nCrawl-delay: 9\n\nUser-agent: synchromesh\nDisallow:", 0),
    ],
)
def test_the_delay_that_a_site_asks_for_is_read(text: str, seconds: float) -> None:
    assert parse_robots(text).crawl_delay == seconds


@given(st.text(alphabet="aUser-gent: *\nDislow/$%2#?\r\x00", max_size=200), st.text(max_size=40))
def test_no_file_and_no_path_break_the_reading(text: str, path: str) -> None:
    assert parse_robots(text).allows(f"https://example.org/{path}") in {True, False}


@given(st.text(alphabet="ab*", max_size=10), st.text(alphabet="ab/", max_size=20), st.booleans())
def test_patterns_mean_what_the_like_regular_expression_means(pattern: str, path: str, anchored: bool) -> None:
    written = "/" + pattern + ("$" if anchored else "")
    like = re.compile(re.escape("/" + pattern).replace(r"\*", ".*") + (r"\Z" if anchored else ""))
    rules = RobotsRules(rules=((False, written),))
    assert rules.allows(f"https://example.org/{path}") is (like.match("/" + path) is None)


@pytest.fixture
def server() -> Iterator[Server]:
    with running(Server()) as found:
        yield found


@pytest.mark.parametrize("status", [404, 403, 410])
def test_a_site_without_the_file_allows_everything(server: Server, status: int) -> None:
    server.behaviours["/robots.txt"] = lambda h: h.answer(status, b"User-agent: *\nDisallow: /")
    assert find_rules(f"{server.address}/a", allowed_networks=HERE).allows(f"{server.address}/a")


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_site_that_cannot_say_is_not_read_now_and_asked_again(server: Server, status: int) -> None:
    server.behaviours["/robots.txt"] = lambda h: h.answer(status)
    for _ in range(2):
        with pytest.raises(ExternalFailure, match="tried again later"):
            find_rules(f"{server.address}/a", allowed_networks=HERE)
    assert len(server.seen) == 2


def test_the_rules_are_asked_for_once_a_day_and_through_the_same_door(server: Server) -> None:
    def rules(h: Handler) -> None:
        h.answer(200, b"User-agent: *\nDisallow: /closed\nCrawl-delay: 3")

    server.behaviours["/robots.txt"] = rules
    for path in ("/a", "/closed"):
        found = find_rules(f"{server.address}{path}", allowed_networks=HERE)
        assert found.allows(f"{server.address}{path}") is (path == "/a")
    assert len(server.seen) == 1
    with pytest.raises(InvalidInput, match="not a public address"):
        find_rules("http://127.0.0.2:8000/")
