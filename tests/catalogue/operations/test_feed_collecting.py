"""Collecting a feed from a server on this machine: one document, many, and everything that can go wrong."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from typing import Any, BinaryIO

import pytest
from tests.catalogue.operations.feed_server import Provider, Watch, a_provider_server

from synchromesh.catalogue.operations import feed_collecting
from synchromesh.catalogue.operations.feed_collecting import Bounds, Collected, collect_feed, is_same_site
from synchromesh.engine.errors import ExternalFailure, InvalidInput
from synchromesh.engine.feeds.bundles import is_bundle, read_bundle
from synchromesh.plumbing.polite_fetching import AskedToWaitError, ClosedToProgramsError, conditions

MEBIBYTE = 1024 * 1024


@pytest.fixture
def provider() -> Iterator[Provider]:
    with a_provider_server() as found:
        yield found


@pytest.fixture(autouse=True)
def _lists_of_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format of these tests: a document whose lines after "next" are addresses of further ones."""

    def follow(file: BinaryIO, *, address: str) -> tuple[str, ...]:
        first, *others = file.read().decode(errors="replace").splitlines() or [""]
        return tuple(others) if first == "next" else ()

    monkeypatch.setattr(feed_collecting, "follow_feed", follow)


def naming(*addresses: str) -> bytes:
    return "\n".join(("next", *addresses)).encode()


def collect(
    url: str, *, watch: Watch | None = None, headers: dict[str, str] | None = None, **bounds: Any
) -> tuple[Collected, io.BytesIO]:
    file = io.BytesIO()
    chosen = Bounds(**({"size": MEBIBYTE} | bounds))
    found = collect_feed(url, file, visit=(watch or Watch()).visit(), bounds=chosen, headers=headers)
    file.seek(0)
    return found, file


def documents(file: io.BytesIO) -> list[tuple[str, bytes]]:
    assert is_bundle(file)
    return [(document.address, document.data) for document in read_bundle(file)]


def test_a_feed_of_one_document_is_kept_as_it_is(provider: Provider) -> None:
    found, file = collect(provider.say("/feed", b"rows", ETag='"1"', Last_Modified="Mon, 01 Mar 2027 12:10:00 GMT"))
    assert file.getvalue() == b"rows"
    assert (found.documents, found.etag, found.last_modified) == (1, '"1"', "Mon, 01 Mar 2027 12:10:00 GMT")
    assert found.digest == collect(f"{provider.address}/feed")[0].digest != collect(provider.say("/b", b"r"))[0].digest


def test_what_has_not_changed_is_not_sent(provider: Provider) -> None:
    url = provider.say_if_changed("/feed", b"rows", etag='"7"')
    found, file = collect(url, headers=conditions(etag='"7"', last_modified=""))
    assert found.is_unchanged
    assert file.getvalue() == b""
    assert not collect(url, headers=conditions(etag='"6"', last_modified=""))[0].is_unchanged


def test_pages_follow_until_none_is_named_and_none_comes_twice(provider: Provider) -> None:
    pages = [provider.say(f"/{number}", b"") for number in range(4)]
    provider.say("/0", naming(pages[1], pages[2], f"{pages[1]}#part"))
    provider.say("/1", naming(pages[2], pages[3], pages[0]))
    provider.say("/2", naming(pages[3]))
    provider.say("/3", b"last")
    watch = Watch()
    found, file = collect(pages[0], watch=watch)
    assert [address for address, _ in documents(file)] == pages
    assert provider.asked == ["/0", "/1", "/2", "/3"]
    assert (found.documents, found.left_out, found.etag) == (4, 0, "")
    assert watch.waited == [1.0, 1.0, 1.0]


def test_a_sitemap_may_be_packed(provider: Provider) -> None:
    page = provider.say("/page", b"a course")
    found, file = collect(provider.say("/sitemap.xml.gz", gzip.compress(naming(page))))
    assert documents(file) == [(f"{provider.address}/sitemap.xml.gz", naming(page)), (page, b"a course")]
    assert found.documents == 2


@pytest.mark.parametrize("place", ["first", "page"])
def test_a_packed_bomb_is_cut_off(provider: Provider, place: str) -> None:
    bomb = provider.say("/bomb", gzip.compress(bytes(20 * MEBIBYTE)))
    with pytest.raises(ExternalFailure, match="larger than"):
        collect(bomb if place == "first" else provider.say("/feed", naming(bomb)))


def test_what_is_gone_closed_or_elsewhere_is_left_out_and_counted(provider: Provider) -> None:
    provider.say("/robots.txt", b"User-agent: *\nDisallow: /closed")
    named = [
        provider.say("/gone", status=410),
        f"{provider.address}/closed/1",
        "https://elsewhere.example/page",
        "http://127.0.0.1:22/",
        provider.say("/page", b"a course"),
    ]
    found, file = collect(provider.say("/feed", naming(*named)))
    assert [address for address, _ in documents(file)][1:] == [f"{provider.address}/page"]
    assert found.left_out == 4
    assert provider.asked == ["/feed", "/gone", "/page"]


def test_a_page_that_fails_once_is_tried_again(provider: Provider) -> None:
    page = provider.say_in_turn("/page", (500, b""), (200, b"a course"))
    watch = Watch()
    found, _ = collect(provider.say("/feed", naming(page)), watch=watch)
    assert found.documents == 2
    assert watch.waited[-1] == 10.0


def test_a_page_that_fails_twice_ends_it_because_its_courses_would_seem_to_have_vanished(provider: Provider) -> None:
    page = provider.say("/page", status=500)
    with pytest.raises(ExternalFailure, match=r"answered .*/page with an error \(500\)"):
        collect(provider.say("/feed", naming(page)))
    assert provider.asked == ["/feed", "/page", "/page"]


@pytest.mark.parametrize(("seconds", "documents_read"), [("120", 2), ("301", 0)])
def test_a_server_that_asks_to_wait_is_waited_for_but_not_for_long(
    provider: Provider, seconds: str, documents_read: int
) -> None:
    page = f"{provider.address}/page"
    busy = iter([True])
    provider.server.behaviours["/page"] = lambda h: (
        h.answer(429, Retry_After=seconds) if next(busy, False) else h.answer(200, b"a course")
    )
    url, watch = provider.say("/feed", naming(page)), Watch()
    if documents_read:
        assert collect(url, watch=watch)[0].documents == documents_read
        assert float(seconds) in watch.waited
    else:
        with pytest.raises(AskedToWaitError):
            collect(url, watch=watch)


@pytest.mark.parametrize(
    ("status", "message"), [(404, "any more"), (403, "does not let us"), (500, "with an error"), (304, "with an error")]
)
def test_a_first_document_that_cannot_be_had_is_a_failure_in_words(
    provider: Provider, status: int, message: str
) -> None:
    with pytest.raises(ExternalFailure, match=message):
        collect(provider.say("/feed", b"", status=status))


def test_a_feed_that_is_closed_to_programs_is_not_read(provider: Provider) -> None:
    provider.say("/robots.txt", b"User-agent: *\nDisallow: /")
    with pytest.raises(ClosedToProgramsError, match="Ask the provider"):
        collect(provider.say("/feed", b"rows"))
    assert provider.asked == []


def test_a_private_address_is_refused() -> None:
    with pytest.raises(InvalidInput, match="not a public address"):
        collect("http://10.0.0.1/feed")


def test_more_documents_than_allowed_are_a_failure_and_not_half_a_feed(provider: Provider) -> None:
    pages = [provider.say(f"/{number}", b"") for number in range(3)]
    url = provider.say("/feed", naming(*pages))
    assert collect(url, documents=4)[0].documents == 4
    with pytest.raises(ExternalFailure, match="more than 3 documents"):
        collect(url, documents=3)


def test_a_list_that_goes_on_for_ever_ends_at_the_limit(provider: Provider) -> None:
    def endless(h: Any) -> None:
        h.answer(200, naming(f"{provider.address}/list?{h.path.count('x') * 'x'}x"))

    provider.server.behaviours["/list"] = endless
    with pytest.raises(ExternalFailure, match="more than 9 documents"):
        collect(f"{provider.address}/list?", documents=9)


def test_all_documents_together_stay_under_the_limit(provider: Provider) -> None:
    pages = [provider.say(f"/{number}", b"x" * 400) for number in range(3)]
    url = provider.say("/feed", naming(*pages))
    assert collect(url, size=1400)[0].documents == 4
    with pytest.raises(ExternalFailure, match="larger than"):
        collect(url, size=1100)


def test_a_visit_that_takes_too_long_is_a_failure(provider: Provider) -> None:
    provider.say("/robots.txt", b"User-agent: *\nCrawl-delay: 3000")
    pages = [provider.say(f"/{number}", b"") for number in range(3)]
    with pytest.raises(ExternalFailure, match="longer than 120 minutes"):
        collect(provider.say("/feed", naming(*pages)))


def test_of_a_sample_only_the_beginning_is_read(provider: Provider) -> None:
    pages = [provider.say(f"/{number}", b"") for number in range(6)]
    found, file = collect(provider.say("/feed", naming(*pages)), documents=3, is_sample=True)
    assert found.documents == 3
    assert len(documents(file)) == 3


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://example.org/a", "http://example.org:8080/b", True),
        ("https://www.example.org/a", "https://courses.example.org/b", True),
        ("https://courses.example.org/a", "https://example.org/b", True),
        ("https://a.example.org/", "https://b.example.org/", False),
        ("https://badexample.org/", "https://example.org/", False),
        ("https://example.org/", "relative", False),
    ],
)
def test_a_site_is_a_server_and_those_below_it(one: str, other: str, same: bool) -> None:
    assert is_same_site(one, other) is is_same_site(other, one) is same
