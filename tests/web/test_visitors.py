"""Which requests count as somebody looking."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from synchromesh.web.visitors import is_reader

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
PHONE = "Mozilla/5.0 (Linux; Android 14; CUBOT NOTE 50) AppleWebKit/537.36 (KHTML) Chrome/126.0 Mobile Safari/537.36"


@pytest.mark.parametrize("agent", [FIREFOX, PHONE])
def test_a_browser_is_a_reader(agent: str) -> None:
    assert is_reader(RequestFactory().get("/", headers={"User-Agent": agent}))


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; SomeCrawler)",
        "facebookexternalhit/1.1",
        "curl/8.5.0",
        "python-requests/2.32",
        "Mozilla/5.0 (X11) HeadlessChrome/126.0",
        "Synchromesh (+https://skills.example; skills@example.org)",
    ],
)
def test_a_program_is_none(agent: str) -> None:
    assert not is_reader(RequestFactory().get("/", headers={"User-Agent": agent}))


def test_a_page_that_is_only_fetched_in_advance_has_no_reader() -> None:
    assert not is_reader(RequestFactory().get("/", headers={"User-Agent": FIREFOX, "Sec-Purpose": "prefetch"}))
    assert not is_reader(RequestFactory().head("/", headers={"User-Agent": FIREFOX}))
