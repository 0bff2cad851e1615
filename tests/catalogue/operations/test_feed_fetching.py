"""Fetching a source from a server on this machine: previews, commits, what is unchanged, failures and alarms."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.core import mail as outbox
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.catalogue.operations.feed_server import HERE, Provider, Watch, a_provider_server
from tests.records import course_row, csv_file, stored

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course, FeedFetch, FeedSource
from synchromesh.catalogue.operations import feed_fetching
from synchromesh.catalogue.operations.feed_fetching import fetch_feed_source, preview_source_file, start_due_fetches
from synchromesh.catalogue.operations.feed_sources import add_feed_source, settle_alarm
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed
from synchromesh.plumbing import imports
from synchromesh.plumbing.audit import Actor
from synchromesh.plumbing.models import AuditEvent, ImportBatch

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def provider() -> Iterator[Provider]:
    with a_provider_server() as found:
        yield found


def rows(count: int, *, broken: int = 0, **cells: object) -> bytes:
    """A feed of so many courses, the last ones with a cell that cannot be read."""
    good = [course_row(f"c{number}", **cells) for number in range(count)]
    bad = [course_row(f"b{number}", minutes="long") for number in range(broken)]
    return csv_file(*(good + bad or [course_row() | {"id": "", "title": ""}]))


def a_source(provider: Provider, *, by: Actor = OPERATOR, **columns: Any) -> FeedSource:
    stated: dict[str, Any] = {"name": "North", "url": f"{provider.address}/feed.csv", "every_hours": 24}
    return add_feed_source(by=by, **(stated | columns))


def fetch(source: FeedSource, *, at: datetime = NOON, by: Actor = OPERATOR) -> FeedFetch:
    source.refresh_from_db()
    found = fetch_feed_source(by=by, source=source, now=at, visit=Watch().visit())
    source.refresh_from_db()
    return found


def test_a_feed_is_previewed_and_waits(provider: Provider) -> None:
    provider.say("/feed.csv", rows(3, broken=1))
    source = a_source(provider)
    found = fetch(source)
    assert (found.outcome, found.courses, found.problems) == ("previewed", 3, 1)
    batch = ImportBatch.objects.get()
    assert (batch.uid, batch.status, batch.source) == (found.batch_uid, "previewed", source.key)
    assert source.next_fetch_at == NOON + DAY
    assert not Course.objects.exists()


def test_a_source_that_may_commits_by_itself_and_says_so_in_the_audit_trail(provider: Provider) -> None:
    provider.say("/feed.csv", rows(2))
    source = a_source(provider, commits_by_itself=True, origin="example")
    assert fetch(source).outcome == "committed"
    assert {course.import_source for course in Course.objects.all()} == {source.key}
    assert {course.origin for course in Course.objects.all()} == {"example"}
    event = AuditEvent.objects.get(action="fetch_feed_source")
    assert (event.actor, event.details["outcome"]) == ("operator", "committed")
    assert AuditEvent.objects.filter(action="commit_import").exists()


@pytest.mark.parametrize("with_etag", [True, False])
def test_the_same_content_writes_one_line_and_confirms_the_courses(provider: Provider, with_etag: bool) -> None:
    content = rows(2, broken=1)
    if with_etag:
        provider.say_if_changed("/feed.csv", content, etag='"1"')
    else:
        provider.say("/feed.csv", content)
    source = a_source(provider, commits_by_itself=True)
    fetch(source)
    before, batches, events = (
        stored(Course, FeedFetch, FeedSource),
        ImportBatch.objects.count(),
        AuditEvent.objects.count(),
    )
    again = fetch(source, at=NOON + DAY)
    assert (again.outcome, again.courses, again.problems) == ("unchanged", 2, 1)
    assert source.next_fetch_at == NOON + 2 * DAY
    assert stored(Course, FeedFetch, FeedSource) == before
    assert (ImportBatch.objects.count(), AuditEvent.objects.count()) == (batches, events)
    assert {course.last_confirmed_on for course in Course.objects.all()} == {(NOON + DAY).date()}


def test_other_bytes_that_say_nothing_new_leave_no_preview(provider: Provider) -> None:
    provider.say("/feed.csv", rows(2))
    source = a_source(provider, commits_by_itself=True)
    fetch(source)
    provider.say("/feed.csv", rows(2).replace(b"\r\n", b"\n"))
    assert fetch(source, at=NOON + DAY).outcome == "unchanged"
    assert ImportBatch.objects.count() == 1


def test_a_new_preview_takes_the_place_of_one_that_still_waits(provider: Provider) -> None:
    source = a_source(provider)
    for count in (2, 3):
        provider.say("/feed.csv", rows(count))
        found = fetch(source, at=NOON + count * DAY)
    assert [batch.uid for batch in ImportBatch.objects.all()] == [found.batch_uid]


def test_what_the_source_says_goes_into_the_reading(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, Any]] = []
    preview = imports.preview

    def note(*args: Any, **options: Any) -> Any:
        seen.append(options["options"])
        return preview(*args, **options)

    monkeypatch.setattr(imports, "preview", note)
    provider.say("/feed.csv", rows(1))
    fetch(a_source(provider, language="de", currency="CZK", columns={"Titel": "title"}, confirm_links=True))
    assert seen == [
        {
            "origin": "real",
            "confirm_links": True,
            "columns": {"Titel": "title"},
            "language": "de",
            "provider": "",
            "currency": "CZK",
        }
    ]


PAGE = """<html><head><script type="application/ld+json">{{"@context": "https://schema.org", "@type": "Course",
"@id": "{number}", "name": "Course {number}", "description": "Words.", "url": "{url}"}}</script></head></html>"""


def test_a_packed_sitemap_is_followed_to_its_pages_and_read_as_one_feed(provider: Provider) -> None:
    pages = [f"{provider.address}/course/{number}" for number in range(3)]
    for number, url in enumerate(pages):
        provider.say(f"/course/{number}", PAGE.format(number=number, url=url).encode(), Content_Type="text/html")
    listed = "".join(f"<url><loc>{page}</loc></url>" for page in pages)
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'
    source = a_source(provider, url=provider.say("/sitemap.xml.gz", gzip.compress(sitemap.encode())))
    found = fetch(source)
    assert (found.outcome, found.courses, found.problems) == ("previewed", 3, 0)
    assert fetch(source, at=NOON + DAY).outcome == "unchanged"
    provider.say("/course/1", status=404)
    provider.say("/course/2", PAGE.format(number=2, url=pages[2]).replace("Words", "Other words").encode())
    again = fetch(source, at=NOON + 2 * DAY)
    assert (again.outcome, again.courses) == ("alarmed", 2)


def test_a_feed_that_drops_raises_an_alarm_changes_nothing_and_tells_whoever_added_it(
    provider: Provider, staff: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    provider.say("/feed.csv", rows(10))
    source = a_source(provider, by=staff, commits_by_itself=True)
    fetch(source)
    before = stored(FeedFetch, FeedSource)
    provider.say("/feed.csv", rows(6))
    with django_capture_on_commit_callbacks(execute=True):
        found = fetch(source, at=NOON + DAY)
    assert (found.outcome, found.message) == ("alarmed", "The feed holds 6 courses; usually it holds 10.")
    assert source.alarm == found.message
    assert stored(FeedFetch, FeedSource) == before
    (message,) = outbox.outbox
    assert message.to == ["staff@example.org"]
    assert "6 courses" in message.body
    assert f"http://localhost:8000/en/desk/sources/{source.uid}/" in message.body


def test_while_an_alarm_stands_nothing_is_committed_and_no_second_mail_is_sent(
    provider: Provider, staff: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    del staff
    provider.say("/feed.csv", rows(10))
    source = a_source(provider, commits_by_itself=True)
    fetch(source)
    with django_capture_on_commit_callbacks(execute=True):
        for day, count in ((1, 3), (2, 2)):
            provider.say("/feed.csv", rows(count))
            fetch(source, at=NOON + day * DAY)
    assert len(outbox.outbox) == 1
    assert source.alarm == "The feed holds 2 courses; usually it holds 10."
    provider.say("/feed.csv", rows(11))
    assert fetch(source, at=NOON + 3 * DAY).outcome == "previewed"
    assert Course.objects.count() == 10


def test_an_alarm_that_is_settled_as_right_lets_the_smaller_feed_in(provider: Provider) -> None:
    provider.say("/feed.csv", rows(10))
    source = a_source(provider, commits_by_itself=True)
    fetch(source)
    provider.say("/feed.csv", rows(5, summary="new"))
    assert fetch(source, at=NOON + DAY).outcome == "alarmed"
    settle_alarm(by=OPERATOR, source=source, is_right_now=True)
    assert fetch(source, at=NOON + 2 * DAY).outcome == "committed"
    assert Course.objects.exclude(summaries={}).count() == 5


def test_an_alarm_that_is_settled_as_mended_comes_again_if_it_is_not(provider: Provider) -> None:
    provider.say("/feed.csv", rows(10))
    source = a_source(provider)
    fetch(source)
    provider.say("/feed.csv", rows(5))
    fetch(source, at=NOON + DAY)
    settle_alarm(by=OPERATOR, source=source, is_right_now=False)
    assert fetch(source, at=NOON + 2 * DAY).outcome == "alarmed"


def test_a_feed_that_is_as_before_again_takes_the_stopped_preview_away(provider: Provider) -> None:
    provider.say("/feed.csv", rows(10))
    source = a_source(provider, commits_by_itself=True)
    fetch(source)
    provider.say("/feed.csv", rows(5))
    fetch(source, at=NOON + DAY)
    provider.say("/feed.csv", rows(10))
    assert fetch(source, at=NOON + 2 * DAY).outcome == "unchanged"
    assert [batch.status for batch in ImportBatch.objects.all()] == ["committed"]


@pytest.mark.parametrize("content", [rows(0), rows(0, broken=3)])
def test_a_first_feed_without_a_course_raises_an_alarm(provider: Provider, content: bytes) -> None:
    provider.say("/feed.csv", content)
    source = a_source(provider)
    fetch(source)
    assert source.alarm == "The feed holds no course that can be read."


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"status": 404}, "any more"),
        ({"status": 500}, "with an error"),
        ({"body": b"%PDF-1.7"}, "These are read"),
        ({"body": b"a,b\n1,2\n"}, "title"),
    ],
)
def test_a_failure_is_a_line_in_the_history_and_not_an_error(
    provider: Provider, answer: dict[str, Any], words: str
) -> None:
    provider.say("/feed.csv", **answer)
    source = a_source(provider)
    found = fetch(source)
    assert found.outcome == "failed"
    assert words in found.message
    assert (source.failures, source.next_fetch_at) == (1, NOON + 2 * DAY)
    assert not ImportBatch.objects.exists()


def test_a_busy_server_is_left_alone_as_long_as_it_asks(provider: Provider) -> None:
    provider.say("/feed.csv", status=503, Retry_After=str(4 * 24 * 3600))
    source = a_source(provider)
    assert fetch(source).outcome == "failed"
    assert source.next_fetch_at == NOON + 4 * DAY


def test_after_five_failures_in_a_row_all_staff_are_told_once(
    provider: Provider, staff: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    User.objects.create_user(email="b@example.org", password="four words", is_alliance_staff=True, language="de")
    provider.say("/feed.csv", status=500)
    source = a_source(provider, by=staff)
    with django_capture_on_commit_callbacks(execute=True):
        for day in range(7):
            fetch(source, at=NOON + day * DAY)
    assert sorted(message.to[0] for message in outbox.outbox) == ["b@example.org", "staff@example.org"]
    assert source.alarm.startswith("The feed could not be read 5 times in a row.")
    assert source.next_fetch_at == NOON + 6 * DAY + timedelta(days=7)
    provider.say("/feed.csv", rows(1))
    assert fetch(source, at=NOON + 9 * DAY).outcome == "previewed"
    assert source.failures == 0


def test_an_import_that_is_being_written_elsewhere_leaves_the_preview_waiting(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*args: Any, **options: Any) -> None:
        raise Conflict("Another import is being written just now.")

    monkeypatch.setattr(imports, "commit", busy)
    provider.say("/feed.csv", rows(1))
    found = fetch(a_source(provider, commits_by_itself=True))
    assert (found.outcome, found.message) == ("previewed", "Another import is being written just now.")


def test_a_fault_of_this_program_is_a_line_in_the_history_too(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **options: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(imports, "preview", fail)
    provider.say("/feed.csv", rows(1))
    source = a_source(provider)
    with pytest.raises(ZeroDivisionError):
        fetch(source)
    assert source.fetches.get().message.startswith("This program failed")


def test_a_file_that_somebody_sends_is_read_as_the_source_says_and_waits(provider: Provider) -> None:
    source = a_source(provider, url="", every_hours=None, commits_by_itself=True)
    found = preview_source_file(by=OPERATOR, source=source, file=BytesIO(rows(3)), name="courses.csv", now=NOON)
    assert (found.outcome, found.courses) == ("previewed", 3)
    assert not Course.objects.exists()
    with pytest.raises(InvalidInput, match="no address"):
        fetch(source)
    with pytest.raises(InvalidInput):
        preview_source_file(by=OPERATOR, source=source, file=BytesIO(b"%PDF"), name="x.pdf", now=NOON)


def test_only_staff_fetch(provider: Provider, manager: User) -> None:
    source = a_source(provider)
    with pytest.raises(NotAllowed):
        fetch(source, by=manager)
    with pytest.raises(NotAllowed):
        preview_source_file(by=manager, source=source, file=BytesIO(rows(1)), name="courses.csv")
    with pytest.raises(NotAllowed):
        feed_fetching.start_fetch(by=manager, source=source)


def test_each_due_source_is_started_once(provider: Provider, asked_jobs: list[str]) -> None:
    source = a_source(provider)
    a_source(provider, name="Not scheduled", every_hours=None)
    paused = a_source(provider, name="Paused")
    FeedSource.objects.filter(pk=source.pk).update(next_fetch_at=NOON)
    FeedSource.objects.filter(pk=paused.pk).update(next_fetch_at=NOON, paused_at=NOON)
    assert start_due_fetches(by=OPERATOR, now=NOON - DAY) == []
    assert start_due_fetches(by=OPERATOR, now=NOON) == ["north"]
    assert start_due_fetches(by=OPERATOR, now=NOON) == []
    assert asked_jobs == ["catalogue.tasks.fetch_feed"]


def test_the_task_fetches_in_the_name_of_whoever_asked(
    provider: Provider,
    staff: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    monkeypatch.setattr(settings, "FETCH_NETWORKS", list(HERE))
    provider.say("/feed.csv", rows(1))
    source = a_source(provider)
    with django_capture_on_commit_callbacks(execute=True):
        feed_fetching.start_fetch(by=staff, source=source)
    assert ImportBatch.objects.get().actor == staff.public_id
