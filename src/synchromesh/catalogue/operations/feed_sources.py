"""Sources of feeds: add, change, pause, resume and remove one, and settle its alarm."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils import timezone

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import Course, FeedSource, FetchOutcome
from synchromesh.catalogue.permissions import may_import_courses
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.feeds.template_columns import is_template_column
from synchromesh.engine.vocabulary.languages import parse_language
from synchromesh.engine.vocabulary.slugs import slugify
from synchromesh.plumbing import audit
from synchromesh.plumbing.imports import LONGEST_SOURCE
from synchromesh.plumbing.outgoing_http import check_address
from synchromesh.plumbing.sources import Origin

LONGEST_INTERVAL_HOURS = 31 * 24
LONGEST_NAME = 200
LONGEST_ADDRESS = 1000
MOST_COLUMNS = 500
# What decides how the same bytes are read: with another value they are not "unchanged".
_READING = frozenset({"url", "language", "currency", "columns", "provider", "origin", "confirm_links"})
_STAFF_ONLY = "Only alliance staff can look after the sources of courses."


class SourceColumns(TypedDict, total=False):
    """What can be said about a source; see `FeedSource`. Without `every_hours` (None) nothing is fetched by itself."""

    name: str
    url: str
    provider: Organisation | None
    language: str
    currency: str
    columns: dict[str, str]
    origin: str
    confirm_links: bool
    commits_by_itself: bool
    every_hours: int | None


def add_feed_source(*, by: audit.Actor, key: str = "", **columns: Unpack[SourceColumns]) -> FeedSource:
    """Add an address that is fetched, or a series of files that somebody sends (without `url`).

    `key` names the series, so that its courses are found again; empty: made from the name. A series that was imported
    before under this name goes on. Alliance staff and the operator may. Raises NotAllowed, InvalidInput, and Conflict
    where another source has the key.
    """
    require(may_import_courses(by), _STAFF_ONLY)
    source = FeedSource(created_by=by.public_id, **_checked({"name": "", **columns}))
    _check_schedule(source)
    source.key = _checked_key(key) if key.strip() else _free_key(source.name)
    source.next_fetch_at = timezone.now() if source.every_hours else None
    with transaction.atomic():
        try:
            with transaction.atomic():
                source.save()
        except IntegrityError:
            raise Conflict(f"There is a source with the key '{source.key}' already. Choose another one.") from None
        audit.record(by=by, action="add_feed_source", kind="feed_source", uid=source.uid, key=source.key)
    return source


def change_feed_source(*, by: audit.Actor, source: FeedSource, **columns: Unpack[SourceColumns]) -> FeedSource:
    """Say something else about a source; what is not named stays. Raises NotAllowed and InvalidInput."""
    require(may_import_courses(by), _STAFF_ONLY)
    checked = _checked(columns)
    with transaction.atomic():
        locked = _locked(source)
        changed = [name for name, value in checked.items() if getattr(locked, name) != value]
        for name in changed:
            setattr(locked, name, checked[name])
        _check_schedule(locked)
        if _READING & set(changed):
            locked.etag = locked.last_modified = locked.content_hash = ""
        if {"url", "every_hours"} & set(changed):
            waits = locked.every_hours and locked.paused_at is None
            locked.next_fetch_at = timezone.now() if waits else None
        locked.save()
        audit.record(by=by, action="change_feed_source", kind="feed_source", uid=locked.uid, changed=sorted(changed))
    return locked


def pause_feed_source(*, by: audit.Actor, source: FeedSource) -> FeedSource:
    """Fetch nothing by itself until somebody resumes it. Raises NotAllowed, and Conflict where it is paused."""
    require(may_import_courses(by), _STAFF_ONLY)
    with transaction.atomic():
        locked = _locked(source)
        if locked.paused_at is not None:
            raise Conflict("This source is paused already.")
        locked.paused_at, locked.next_fetch_at = timezone.now(), None
        locked.save(update_fields=["paused_at", "next_fetch_at"])
        audit.record(by=by, action="pause_feed_source", kind="feed_source", uid=locked.uid)
    return locked


def resume_feed_source(*, by: audit.Actor, source: FeedSource) -> FeedSource:
    """Fetch by itself again, the first time at once. Raises NotAllowed, and Conflict where it is not paused."""
    require(may_import_courses(by), _STAFF_ONLY)
    with transaction.atomic():
        locked = _locked(source)
        if locked.paused_at is None:
            raise Conflict("This source is not paused.")
        locked.paused_at, locked.failures = None, 0
        locked.next_fetch_at = timezone.now() if locked.every_hours else None
        locked.save(update_fields=["paused_at", "failures", "next_fetch_at"])
        audit.record(by=by, action="resume_feed_source", kind="feed_source", uid=locked.uid)
    return locked


def settle_alarm(*, by: audit.Actor, source: FeedSource, is_right_now: bool) -> FeedSource:
    """End an alarm: the source is trusted again.

    With `is_right_now` the feed is right as it is, and what is usual is counted anew from the fetch that was stopped;
    its preview can be committed. Without it what was usual stays so, because the provider mends the feed. Raises
    NotAllowed, and Conflict where there is no alarm.
    """
    require(may_import_courses(by), _STAFF_ONLY)
    with transaction.atomic():
        locked = _locked(source)
        if not locked.alarm:
            raise Conflict("This source has no alarm.")
        sentence = locked.alarm
        locked.alarm, locked.alarmed_at, locked.failures = "", None, 0
        stopped = locked.fetches.filter(outcome=FetchOutcome.ALARMED).order_by("-at", "-pk").first()
        if is_right_now and stopped is not None:
            stopped.outcome, locked.judged_from = FetchOutcome.PREVIEWED, stopped.at
            stopped.save(update_fields=["outcome"])
        if locked.every_hours and locked.paused_at is None:
            locked.next_fetch_at = timezone.now() + timedelta(hours=locked.every_hours)
        locked.save(update_fields=["alarm", "alarmed_at", "failures", "judged_from", "next_fetch_at"])
        audit.record(
            by=by, action="settle_alarm", kind="feed_source", uid=locked.uid, alarm=sentence, is_right_now=is_right_now
        )
    return locked


def remove_feed_source(*, by: audit.Actor, source: FeedSource) -> int:
    """Forget a source with its history; returns how many courses of it stay. Raises NotAllowed."""
    require(may_import_courses(by), _STAFF_ONLY)
    with transaction.atomic():
        locked = _locked(source)
        staying = Course.objects.filter(import_source=locked.key).count()
        audit.record(by=by, action="remove_feed_source", kind="feed_source", uid=locked.uid, key=locked.key)
        locked.delete()
    return staying


def _locked(source: FeedSource) -> FeedSource:
    found = FeedSource.objects.select_for_update().filter(pk=source.pk).first()
    if found is None:
        raise Conflict("Somebody has removed this source meanwhile.")
    return found


def _checked(columns: SourceColumns) -> dict[str, Any]:
    """The columns as they are stored. Raises InvalidInput."""
    found: dict[str, Any] = dict(columns)
    if "name" in found:
        found["name"] = _plain_text(found["name"], "name", LONGEST_NAME)
    if found.get("url"):
        found["url"] = check_address(found["url"])
        if len(found["url"]) > LONGEST_ADDRESS:
            raise InvalidInput(f"An address has at most {LONGEST_ADDRESS:,} characters.", field="url")
    if found.get("language"):
        found["language"] = parse_language(found["language"])
        if found["language"] is None:
            raise InvalidInput("Give the language as two letters, such as de.", field="language")
    if found.get("currency"):
        found["currency"] = _currency(found["currency"])
    if found.get("origin", Origin.REAL) not in Origin.values:
        raise InvalidInput(f"Say what kind of content it is: {', '.join(Origin.values)}.", field="origin")
    if "columns" in found:
        found["columns"] = _matching(found["columns"])
    hours = found.get("every_hours")
    if hours is not None and not 1 <= hours <= LONGEST_INTERVAL_HOURS:
        raise InvalidInput(f"Give an interval from 1 to {LONGEST_INTERVAL_HOURS} hours.", field="every_hours")
    return found


def _check_schedule(source: FeedSource) -> None:
    if source.every_hours and not source.url:
        raise InvalidInput("Only an address can be fetched on a schedule. Give one, or no schedule.", field="url")


def _plain_text(text: str, field: str, longest: int) -> str:
    cleaned = " ".join(text.split())
    if not cleaned or len(cleaned) > longest or not cleaned.isprintable():
        raise InvalidInput(f"Write a {field} of 1 to {longest} characters.", field=field)
    return cleaned


def _currency(text: str) -> str:
    code = text.strip().upper()
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        raise InvalidInput("Give the currency as three letters, such as EUR.", field="currency")
    return code


def _matching(columns: dict[str, str]) -> dict[str, str]:
    """Which heading means which column of the template; several may mean none."""
    if len(columns) > MOST_COLUMNS or any(len(heading) > LONGEST_NAME for heading in columns):
        raise InvalidInput(f"At most {MOST_COLUMNS} columns can be matched, with short headings.", field="columns")
    chosen = [column for column in columns.values() if column]
    for column in chosen:
        if not is_template_column(column):
            raise InvalidInput(f"'{column[:60]}' is no column of the course template.", field="columns")
        if chosen.count(column) > 1:
            raise InvalidInput(f"Two headings mean '{column}'. Leave one of them out.", field="columns")
    return dict(columns)


def _checked_key(text: str) -> str:
    return _plain_text(text, "key", LONGEST_SOURCE)


def _free_key(name: str) -> str:
    """A key made from the name that neither a source nor a course has."""
    stem = slugify(name)[: LONGEST_SOURCE - 5].strip("-") or "feed"
    taken = set(FeedSource.objects.filter(key__startswith=stem).values_list("key", flat=True))
    taken |= set(
        Course.objects.filter(import_source__startswith=stem).values_list("import_source", flat=True).distinct()
    )
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key
