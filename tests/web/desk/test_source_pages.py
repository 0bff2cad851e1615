"""Sources of courses at the desk: from an address to a schedule, an alarm and its end, and who may see what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings
from tests.catalogue.operations.feed_server import HERE, Provider, a_provider_server
from tests.records import course_row, csv_file

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course, FeedFetch, FeedSource
from synchromesh.catalogue.operations.feed_sources import add_feed_source
from synchromesh.engine.feeds.readers import csv_template
from synchromesh.plumbing.models import ImportBatch

pytestmark = pytest.mark.django_db
LIST = "/en/desk/sources/"
ADD = f"{LIST}add/"
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def desk(client: Client, staff: User) -> Client:
    client.force_login(staff)
    return client


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    settings.FETCH_NETWORKS = list(HERE)
    with a_provider_server() as found:
        yield found


def rows(count: int, **cells: object) -> bytes:
    return csv_file(*(course_row(f"c{number}", **cells) for number in range(count)))


def a_source(**columns: Any) -> FeedSource:
    return add_feed_source(by=OPERATOR, **({"name": "North feed"} | columns))


def _text(page: Any) -> str:
    text = unescape(page.content.decode())
    assert "⚠ unknown variable" not in text
    return text


def _filled_in(page: Any, *names: str) -> dict[str, str]:
    """What the page has filled in already."""
    text = page.content.decode()
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', text) for name in names}
    return {name: unescape(match[1]) for name, match in found.items() if match}


def test_a_curator_goes_from_an_address_to_a_schedule_an_alarm_and_its_end(
    desk: Client, provider: Provider, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    url = provider.say("/feed.csv", rows(10))
    looked = desk.post(ADD, {"do": "look", "url": url})
    text = _text(looked)
    assert "Course c0" in text
    assert csv_template.TITLE in text
    assert not FeedSource.objects.exists()
    filled = _filled_in(looked, "url", "name")
    assert filled == {"url": url, "name": "127.0.0.1"}
    sent = filled | {"do": "add", "name": "North feed", "every_hours": "24"}
    with django_capture_on_commit_callbacks(execute=True):
        added = desk.post(ADD, sent)
    source = FeedSource.objects.get()
    here = f"{LIST}{source.uid}/"
    assert (added.status_code, added["Location"]) == (302, here)
    text = _text(desk.get(here))
    assert "It is being read" in text
    assert "every day" in text
    assert "something new" in text
    batch = ImportBatch.objects.get()
    assert f'href="/en/desk/imports/{batch.uid}/"' in text
    desk.post(f"/en/desk/imports/{batch.uid}/commit/")
    assert Course.objects.count() == 10

    provider.say("/feed.csv", rows(5))
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(here, {"do": "fetch"})
    text = _text(desk.get(here))
    assert "The feed holds 5 courses; usually it holds 10." in text
    assert "stopped by an alarm" in text
    assert "Look at the preview that was stopped" in text
    assert "1 alarm" in _text(desk.get("/en/desk/"))
    assert "Alarm:" in _text(desk.get(LIST))
    assert "The alarm is settled." in _text(desk.post(here, {"do": "is-right"}, follow=True))
    assert FeedSource.objects.get().alarm == ""


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("example.org", "Give a full address"),
        ("http://10.0.0.1/feed", "not a public address"),
        ("{server}/gone", "any more"),
        ("{server}/picture", "These are read"),
    ],
)
def test_an_address_that_is_no_use_is_refused_in_words(desk: Client, provider: Provider, url: str, words: str) -> None:
    provider.say("/gone", status=404)
    provider.say("/picture", b"\x89PNG\r\n\x1a\n")
    page = desk.post(ADD, {"do": "look", "url": url.format(server=provider.address)})
    assert page.status_code == 422
    assert words in _text(page)
    assert 'name="url"' in page.content.decode()


def test_a_table_with_other_headings_asks_what_they_mean(desk: Client, provider: Provider) -> None:
    url = provider.say("/kurse.csv", csv_file({"Nr": 1, "Titel": "Schweißen"}))
    page = desk.post(ADD, {"do": "look", "url": url})
    text = _text(page)
    assert page.status_code == 200
    assert '<input type="hidden" name="heading" value="Titel">' in text
    assert '<option value="title" selected>' in text
    sent = {"do": "add", "url": url, "name": "Kurse", "heading": ["Nr", "Titel"], "meaning": ["id", "title"]}
    desk.post(ADD, sent)
    assert FeedSource.objects.get().columns == {"Nr": "id", "Titel": "title"}


def test_the_headings_of_a_source_can_be_looked_at_and_matched_later(desk: Client, provider: Provider) -> None:
    url = provider.say("/kurse.csv", csv_file({"Nr": 1, "Titel": "Schweißen"}))
    source = a_source(url=url)
    here = f"{LIST}{source.uid}/"
    assert 'name="heading" value="Titel"' in _text(desk.post(here, {"do": "look"}))
    refused = desk.post(here, {"do": "file", "file": SimpleUploadedFile("kurse.csv", b"Xy,Zz\n1,2\n")})
    assert refused.status_code == 422
    assert 'name="heading" value="Zz"' in _text(refused)
    provider.say("/kurse.csv", b"<urlset/>")
    assert desk.post(here, {"do": "look"}).status_code == 422
    provider.say("/kurse.csv", status=500)
    assert desk.post(here, {"do": "look"}).status_code == 422


def test_a_series_of_files_needs_no_address(desk: Client) -> None:
    assert "Add this source" in _text(desk.post(ADD, {"do": "files"}))
    desk.post(ADD, {"do": "add", "name": "Files of North", "key": "north"})
    source = FeedSource.objects.get()
    assert (source.key, source.url, source.every_hours) == ("north", "", None)
    here = f"{LIST}{source.uid}/"
    sent = desk.post(here, {"do": "file", "file": SimpleUploadedFile("courses.csv", rows(2))})
    assert sent["Location"] == f"/en/desk/imports/{ImportBatch.objects.get().uid}/"
    refused = desk.post(here, {"do": "file", "file": SimpleUploadedFile("courses.pdf", b"%PDF-1.7")})
    assert refused.status_code == 422
    assert "These are read" in _text(refused)
    assert desk.post(here, {"do": "file"}).status_code == 422


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "Name of the source"),
        ({"url": "ftp://example.org/"}, "Give a full address"),
        ({"currency": "1"}, "three letters"),
        ({"every_hours": "24", "url": ""}, "Only an address"),
        ({"key": "taken"}, "already"),
    ],
)
def test_a_form_with_a_mistake_is_shown_again(desk: Client, fields: dict[str, str], words: str) -> None:
    a_source(key="taken")
    page = desk.post(ADD, {"do": "add", "name": "North", "url": "https://example.org/feed"} | fields)
    assert page.status_code == 422
    assert words in _text(page)
    assert FeedSource.objects.count() == 1


def test_a_source_is_changed_paused_resumed_matched_and_removed(desk: Client) -> None:
    source = a_source(url="https://example.org/feed.csv", every_hours=24, columns={"Titel": ""})
    here = f"{LIST}{source.uid}/"
    desk.post(here, {"do": "change", "name": "North", "url": source.url, "every_hours": "168", "language": "de"})
    refused = desk.post(here, {"do": "columns", "heading": ["Titel", "Preis"], "meaning": ["title", "title"]})
    assert refused.status_code == 422
    assert "Two headings mean 'title'" in _text(refused)
    desk.post(here, {"do": "columns", "heading": ["Titel", "Preis"], "meaning": ["title", ""]})
    desk.post(here, {"do": "pause"})
    source.refresh_from_db()
    assert (source.name, source.every_hours, source.language) == ("North", 168, "de")
    assert source.columns == {"Titel": "title", "Preis": ""}
    assert "paused since" in _text(desk.get(here))
    assert desk.post(here, {"do": "pause"}).status_code == 409
    desk.post(here, {"do": "resume"})
    assert FeedSource.objects.get().next_fetch_at is not None
    assert desk.post(here, {"do": "change", "name": ""}).status_code == 422
    assert desk.post(here, {"do": "is-mended"}).status_code == 409
    assert desk.post(here, {"do": "dance"}).status_code == 422
    assert desk.post(here, {"do": "remove"}).status_code == 422
    assert "0 courses of it stay" in _text(desk.post(here, {"do": "remove", "sure": "yes"}, follow=True))
    assert not FeedSource.objects.exists()


def test_a_heading_can_be_a_text_in_a_language_of_its_own(desk: Client) -> None:
    source = a_source(columns={"Nimi": "title_fi", "Titel": "title_de", "Nr": "id"})
    here = f"/en/desk/sources/{source.uid}/"
    page = desk.get(here).content.decode()
    assert 'id="meaning-language-1"' in page
    assert page.count('<option value="title" selected>') == 2
    assert '<option value="fi" selected>' in page
    rows = {"heading": ["Nimi", "Titel", "Nr"], "meaning": ["summary", "title", "id"]}
    desk.post(here, {"do": "columns", **rows, "meaning_language": ["fi", "", "de"]})
    source.refresh_from_db()
    assert source.columns == {"Nimi": "summary_fi", "Titel": "title", "Nr": "id"}


def test_editors_see_the_sources_of_their_provider_and_change_nothing(
    client: Client, organisation: Organisation, editor: User, member: User
) -> None:
    own = a_source(url="https://example.org/feed.csv", provider=organisation)
    FeedFetch.objects.create(source=own, at=NOON, outcome="failed", message="No connection.")
    other = a_source(name="Other feed")
    client.force_login(editor)
    text = _text(client.get(LIST))
    assert "North feed" in text
    assert "Other feed" not in text
    assert "Add a source" not in text
    text = _text(client.get(f"{LIST}{own.uid}/"))
    assert "No connection." in text
    assert "Fetch now" not in text
    assert client.get(f"{LIST}{other.uid}/").status_code == 404
    assert client.post(f"{LIST}{own.uid}/", {"do": "remove", "sure": "yes"}).status_code == 403
    assert client.get(ADD).status_code == 403
    client.force_login(member)
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{own.uid}/").status_code == 404


def test_the_pages_ask_at_most_ten_questions(
    desk: Client,
    organisation: Organisation,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        source = a_source(name=f"Feed {number}", provider=organisation, url="https://example.org/feed.csv")
        for day in range(3):
            batch = ImportBatch.objects.create(kind="feed", name="x", source=source.key, actor="operator")
            FeedFetch.objects.create(
                source=source, at=NOON + timedelta(days=day), outcome="previewed", batch_uid=batch.uid
            )
    for address in (LIST, ADD, f"{LIST}{source.uid}/"):
        with django_assert_max_num_queries(10):
            assert desk.get(address).status_code == 200
