"""Sources of feeds: what can be said about one, who may, and what a change means for the next fetch."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.records import a_course, a_provider

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course, FeedFetch, FeedSource
from synchromesh.catalogue.operations.feed_fetching import back_off
from synchromesh.catalogue.operations.feed_sources import (
    add_feed_source,
    change_feed_source,
    pause_feed_source,
    remove_feed_source,
    resume_feed_source,
    settle_alarm,
)
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def a_source(**columns: Any) -> FeedSource:
    stated: dict[str, Any] = {"name": "North Training", "url": "https://example.org/feed.json", "every_hours": 24}
    return add_feed_source(by=OPERATOR, **(stated | columns))


def test_a_source_is_stored_as_it_is_said_and_its_first_fetch_is_due() -> None:
    provider = a_provider()
    source = add_feed_source(
        by=OPERATOR,
        name="  North   Training ",
        url="https://Example.org/feed.json#top",
        provider=provider,
        every_hours=24,
        language="German",
        currency="eur",
        columns={"Titel": "title"},
        commits_by_itself=True,
    )
    source.refresh_from_db()
    assert (source.key, source.name, source.url) == (
        "north-training",
        "North Training",
        "https://example.org/feed.json",
    )
    assert (source.language, source.currency, source.columns) == ("de", "EUR", {"Titel": "title"})
    assert (source.provider, source.created_by, source.commits_by_itself) == (provider, "operator", True)
    assert source.next_fetch_at is not None
    event = AuditEvent.objects.get(action="add_feed_source")
    assert (event.target_uid, event.details) == (str(source.uid), {"key": "north-training"})


def test_a_series_of_files_has_no_address_and_no_schedule() -> None:
    assert a_source(url="", every_hours=None).next_fetch_at is None
    with pytest.raises(InvalidInput, match="Only an address"):
        a_source(url="", every_hours=24)


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "nul\0"}, "name"),
        ({"url": "file:///etc/passwd"}, "url"),
        ({"url": "https://person:secret@example.org/"}, "url"),
        ({"url": "https://example.org/" + "x" * 1000}, "url"),
        ({"language": "klingon"}, "language"),
        ({"currency": "euros"}, "currency"),
        ({"origin": "invented"}, "origin"),
        ({"every_hours": 0}, "every_hours"),
        ({"every_hours": 745}, "every_hours"),
        ({"columns": {"x" * 201: "title"}}, "columns"),
        ({"columns": {"Titel": "no_such_column"}}, "columns"),
        ({"columns": {"Titel": "title", "Name": "title"}}, "columns"),
        ({"key": "x" * 81}, "key"),
    ],
)
def test_what_cannot_be_is_refused_by_name(columns: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        a_source(**columns)
    assert refused.value.field == field
    assert not FeedSource.objects.exists()


def test_a_key_is_made_that_no_source_and_no_course_has() -> None:
    a_course("kept", import_source="north-training")
    assert [a_source().key for _ in range(2)] == ["north-training-2", "north-training-3"]
    assert a_source(key="north-training").key == "north-training"
    with pytest.raises(Conflict, match="already"):
        a_source(key="north-training")
    assert a_source(name="日本").key


def test_a_change_says_only_what_is_named_and_forgets_the_last_content_where_it_is_read_anew() -> None:
    source = a_source()
    FeedSource.objects.update(etag='"1"', content_hash="abc", next_fetch_at=NOON)
    renamed = change_feed_source(by=OPERATOR, source=source, name="North")
    assert (renamed.name, renamed.etag, renamed.next_fetch_at) == ("North", '"1"', NOON)
    matched = change_feed_source(by=OPERATOR, source=source, columns={"Titel": "title"})
    assert (matched.etag, matched.content_hash, matched.name) == ("", "", "North")
    stopped = change_feed_source(by=OPERATOR, source=source, every_hours=None)
    assert stopped.next_fetch_at is None
    assert AuditEvent.objects.filter(action="change_feed_source").latest("pk").details == {"changed": ["every_hours"]}
    with pytest.raises(InvalidInput, match="Only an address"):
        change_feed_source(by=OPERATOR, source=source, url="", every_hours=6)


def test_a_paused_source_waits_until_it_is_resumed() -> None:
    source = a_source()
    paused = pause_feed_source(by=OPERATOR, source=source)
    assert paused.next_fetch_at is None
    assert change_feed_source(by=OPERATOR, source=source, every_hours=6).next_fetch_at is None
    with pytest.raises(Conflict, match="paused already"):
        pause_feed_source(by=OPERATOR, source=source)
    assert resume_feed_source(by=OPERATOR, source=source).next_fetch_at is not None
    with pytest.raises(Conflict, match="not paused"):
        resume_feed_source(by=OPERATOR, source=source)


def _alarmed(source: FeedSource) -> FeedFetch:
    FeedSource.objects.update(alarm="The feed holds 3 courses; usually it holds 100.", alarmed_at=NOON, failures=2)
    return FeedFetch.objects.create(source=source, at=NOON, outcome="alarmed", courses=3)


def test_an_alarm_about_a_feed_that_is_right_makes_the_stopped_fetch_the_new_usual() -> None:
    source = a_source()
    stopped = _alarmed(source)
    settled = settle_alarm(by=OPERATOR, source=source, is_right_now=True)
    stopped.refresh_from_db()
    assert (settled.alarm, settled.alarmed_at, settled.failures, settled.judged_from) == ("", None, 0, NOON)
    assert stopped.outcome == "previewed"
    with pytest.raises(Conflict, match="no alarm"):
        settle_alarm(by=OPERATOR, source=source, is_right_now=True)


def test_an_alarm_about_a_feed_that_is_mended_changes_nothing_of_what_is_usual() -> None:
    source = a_source()
    stopped = _alarmed(source)
    settled = settle_alarm(by=OPERATOR, source=source, is_right_now=False)
    stopped.refresh_from_db()
    assert (settled.alarm, settled.judged_from, stopped.outcome) == ("", None, "alarmed")
    assert AuditEvent.objects.get(action="settle_alarm").details["is_right_now"] is False


def test_a_source_that_is_removed_leaves_its_courses() -> None:
    source = a_source()
    a_course("kept", import_source=source.key)
    FeedFetch.objects.create(source=source, at=NOON, outcome="failed")
    assert remove_feed_source(by=OPERATOR, source=source) == 1
    assert Course.objects.count() == 1
    assert not FeedFetch.objects.exists()
    with pytest.raises(Conflict, match="meanwhile"):
        remove_feed_source(by=OPERATOR, source=source)


def test_only_staff_look_after_sources(person: User, manager: User) -> None:
    source = a_source()
    for who in (person, manager):
        with pytest.raises(NotAllowed):
            add_feed_source(by=who, name="Mine")
        for operation in (change_feed_source, pause_feed_source, resume_feed_source, remove_feed_source):
            with pytest.raises(NotAllowed):
                operation(by=who, source=source)
        with pytest.raises(NotAllowed):
            settle_alarm(by=who, source=source, is_right_now=True)


@given(st.integers(1, 744), st.integers(0, 60))
def test_the_interval_doubles_with_each_failure_up_to_seven_days(hours: int, failures: int) -> None:
    now, later = back_off(hours, failures), back_off(hours, failures + 1)
    assert back_off(hours, 0).total_seconds() == hours * 3600
    assert later == now * 2 or (later.days >= 7 and now <= later)
    assert later.total_seconds() <= max(hours, 7 * 24) * 3600
