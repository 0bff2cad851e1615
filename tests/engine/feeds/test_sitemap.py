"""Sitemaps: which pages they name."""

from __future__ import annotations

import io

import pytest

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds.readers import sitemap
from synchromesh.engine.feeds.records import ReadSettings

ADDRESS = "https://example.org/sitemap.xml"


def urlset(*pages: str) -> bytes:
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(pages)}</urlset>'.encode()


def page(address: str, day: str = "") -> str:
    changed = f"<lastmod>{day}</lastmod>" if day else ""
    return f"<url><loc> {address} </loc>{changed}<priority>0.5</priority></url>"


def followed(data: bytes) -> tuple[str, ...]:
    return sitemap.follow(io.BytesIO(data), address=ADDRESS)


def test_the_pages_of_the_same_host_are_followed_in_their_order() -> None:
    pages = ("https://example.org/b", "https://www.example.org/a?x=1&amp;y=2", "/c", "https://example.org/b")
    assert followed(urlset(*map(page, pages))) == (
        "https://example.org/b",
        "https://www.example.org/a?x=1&y=2",
        "https://example.org/c",
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://other.org/a",
        "https://example.org.evil.com/",
        "ftp://example.org/a",
        "javascript:x",
        "http://[",
        ADDRESS,
        "",
    ],
)
def test_other_hosts_and_what_is_no_page_are_not_followed(address: str) -> None:
    assert followed(urlset(page(address))) == ()


def test_a_picture_of_a_page_is_no_page() -> None:
    image = '<image:image xmlns:image="urn:i"><image:loc>https://example.org/a.png</image:loc></image:image>'
    assert followed(urlset(f"<url>{image}<loc>https://example.org/a</loc></url>")) == ("https://example.org/a",)


def test_an_index_names_sitemaps() -> None:
    data = b"<sitemapindex><sitemap><loc>https://example.org/1.xml</loc></sitemap></sitemapindex>"
    assert followed(data) == ("https://example.org/1.xml",)


def test_of_too_many_pages_those_that_changed_last_are_followed() -> None:
    old = (page(f"https://example.org/old/{number}", "2020-01-01") for number in range(sitemap.MOST_PAGES))
    new = (page(f"https://example.org/new/{number}", f"2026-01-0{number}T10:00:00Z") for number in (2, 1))
    pages = followed(urlset(*old, *new))
    assert len(pages) == sitemap.MOST_PAGES
    assert pages[-2:] == ("https://example.org/new/2", "https://example.org/new/1")
    assert pages[0] == "https://example.org/old/0"


def test_a_broken_sitemap_leads_nowhere() -> None:
    assert followed(urlset(page("https://example.org/a"))[:-5]) == ()


def test_a_sitemap_that_is_read_alone_says_that_its_pages_have_to_be_fetched() -> None:
    file = io.BytesIO(urlset(page("https://example.org/a"), page("https://example.org/b")))
    (problem,) = sitemap.read(file, name=ADDRESS, settings=ReadSettings())
    assert isinstance(problem, Problem)
    assert problem.message.startswith("This sitemap names 2 pages and holds no course.")


def test_a_broken_sitemap_that_is_read_alone_is_refused() -> None:
    with pytest.raises(InvalidInput):
        list(sitemap.read(io.BytesIO(b"<urlset><url>"), name=ADDRESS, settings=ReadSettings()))
