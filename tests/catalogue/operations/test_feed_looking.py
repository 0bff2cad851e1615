"""A look at an address before it becomes a source: the beginning of what lies there, and nothing written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.catalogue.operations.feed_server import Provider, Watch, a_provider_server
from tests.records import course_row, csv_file, stored

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.operations.feed_looking import FeedLook, look_at_feed
from synchromesh.engine.errors import ExternalFailure, InvalidInput, NotAllowed
from synchromesh.engine.feeds.records import ReadSettings

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider() -> Iterator[Provider]:
    with a_provider_server() as found:
        yield found


def look(url: str, reading: ReadSettings | None = None) -> FeedLook:
    return look_at_feed(by=OPERATOR, url=url, reading=reading, visit=Watch().visit(20.0))


def test_the_first_courses_and_problems_are_shown_and_nothing_is_written(provider: Provider) -> None:
    rows = [course_row(f"c{number}") for number in range(12)] + [course_row("b", minutes="long")]
    before = stored()
    found = look(provider.say("/feed.csv", csv_file(*rows)))
    assert (found.format, found.documents, found.is_part) == ("csv_template", 1, False)
    assert (found.course_count, found.problem_count) == (12, 1)
    assert [course.title for course in found.courses] == [f"Course c{number}" for number in range(10)]
    assert found.headings[:2] == ("id", "title")
    assert stored() == before


def test_of_a_large_feed_the_beginning_is_enough(provider: Provider) -> None:
    found = look(provider.say("/feed.csv", csv_file(*(course_row(f"c{number}") for number in range(510)))))
    assert (found.course_count, found.is_part) == (500, True)


def test_of_a_sitemap_a_few_pages_are_looked_at(provider: Provider) -> None:
    pages = [provider.say(f"/course/{number}", b"<html><title>Nothing</title></html>") for number in range(9)]
    listed = "".join(f"<url><loc>{page}</loc></url>" for page in pages)
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'
    found = look(provider.say("/sitemap.xml", sitemap.encode()))
    assert (found.documents, found.is_part) == (5, True)
    assert provider.asked == ["/sitemap.xml", *(f"/course/{number}" for number in range(4))]


def test_a_table_whose_headings_nobody_knows_says_which_they_are(provider: Provider) -> None:
    url = provider.say("/kurse.csv", csv_file({"Nr": 1, "Titel des Kurses (lang)": "Schweißen"}))
    found = look(url)
    assert found.headings == ("Nr", "Titel des Kurses (lang)")


def test_what_is_no_feed_is_refused(provider: Provider) -> None:
    with pytest.raises(InvalidInput, match="These are read"):
        look(provider.say("/picture", b"\x89PNG\r\n\x1a\n"))
    with pytest.raises(ExternalFailure, match="any more"):
        look(f"{provider.say('/gone', status=410)}")


def test_only_staff_look(person: User, provider: Provider) -> None:
    with pytest.raises(NotAllowed):
        look_at_feed(by=person, url=provider.say("/feed.csv", b""))
    assert provider.asked == []
