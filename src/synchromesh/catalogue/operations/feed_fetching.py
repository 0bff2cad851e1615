"""Fetch a feed and read it into a preview; commit it where its source may, and raise an alarm where something is odd.

A fetch is polite and whole (`feed_collecting`), judged by what the source usually gives (`engine.feeds.yields`), and
leaves one line in the source's history. After a failure the interval doubles, up to seven days.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import FeedFetch, FeedSource, FetchOutcome
from synchromesh.catalogue.operations.feed_alarms import raise_alarm
from synchromesh.catalogue.operations.feed_collecting import MOST_SECONDS, Bounds, Collected, collect_feed
from synchromesh.catalogue.operations.feed_confirming import confirm_named_courses
from synchromesh.catalogue.operations.importing import CourseImporter
from synchromesh.catalogue.permissions import may_import_courses
from synchromesh.catalogue.queries.feed_sources import GOOD, list_due_sources, list_good_yields
from synchromesh.engine.errors import Conflict, ExternalFailure, InvalidInput, SynchromeshError
from synchromesh.engine.feeds.yields import Yield, judge_yield
from synchromesh.plumbing import audit, import_files, imports, jobs
from synchromesh.plumbing.import_plans import ImportPlan
from synchromesh.plumbing.models import BatchStatus, ImportBatch
from synchromesh.plumbing.polite_fetching import AskedToWaitError, PoliteVisit, conditions

LONGEST_BACK_OFF = timedelta(days=7)
FAILURES_TO_ALARM = 5
_STAFF_ONLY = "Only alliance staff can fetch courses."
_OUR_FAULT = "This program failed at reading the feed. Its log says more; tell the operator."
_LONGEST_MESSAGE = 500
_LONGEST_ETAG = 200  # characters, as many as the columns hold; a longer one is not kept
_LONGEST_LAST_MODIFIED = 60


def start_due_fetches(*, by: audit.Actor, now: datetime) -> list[str]:
    """Send a job for each source whose fetch is due, and say which by their keys. Two callers send each only once."""
    started = []
    for source in list_due_sources(now=now):
        with transaction.atomic():
            following = now + timedelta(hours=source.every_hours or 1)
            mine = FeedSource.objects.filter(pk=source.pk, next_fetch_at=source.next_fetch_at)
            if mine.update(next_fetch_at=following):
                jobs.enqueue("catalogue.tasks.fetch_feed", source=str(source.uid), by=by.public_id)
                started.append(source.key)
    return started


def start_fetch(*, by: audit.Actor, source: FeedSource) -> None:
    """Send a job that fetches this source now; the next one on its schedule comes after the whole interval.

    Alliance staff and the operator may. Raises NotAllowed, and InvalidInput for a source without an address.
    """
    _require_fetching(by, source)
    with transaction.atomic():
        if source.next_fetch_at is not None and source.every_hours:
            source.next_fetch_at = timezone.now() + timedelta(hours=source.every_hours)
            source.save(update_fields=["next_fetch_at"])
        jobs.enqueue("catalogue.tasks.fetch_feed", source=str(source.uid), by=by.public_id)


def fetch_feed_source(
    *, by: audit.Actor, source: FeedSource, now: datetime | None = None, visit: PoliteVisit | None = None
) -> FeedFetch:
    """Fetch the feed of a source and preview it; its line in the history says how it ended.

    What is the same as last time writes that line and nothing else. A failure of the other side is such a line too.
    Alliance staff and the operator may. Raises NotAllowed, and InvalidInput for a source without an address.
    """
    _require_fetching(by, source)
    at = now or timezone.now()
    chosen = visit or PoliteVisit(seconds=MOST_SECONDS, allowed_networks=settings.FETCH_NETWORKS)
    try:
        with tempfile.TemporaryFile() as made:
            file = cast(BinaryIO, made)
            collected = _collect(source, file, chosen)
            source.refresh_from_db()  # that may have taken an hour, in which somebody has changed the source
            if collected.is_unchanged or collected.digest == source.content_hash:
                return _note_unchanged(source, at)
            file.seek(0)
            return _read(by, source, file, name=collected.address, at=at, collected=collected)
    except (Conflict, ExternalFailure, InvalidInput) as error:
        return _note_failure(by, source, error, at)
    except Exception:  # a fault of ours must not end in a source that is silently read no more
        _note_failure(by, source, ExternalFailure(_OUR_FAULT), at)
        raise


def preview_source_file(
    *, by: audit.Actor, source: FeedSource, file: BinaryIO, name: str, now: datetime | None = None
) -> FeedFetch:
    """Read a file that somebody sends for a source, as the source says; its preview waits for that person.

    Raises NotAllowed, and InvalidInput where the file is no use.
    """
    require(may_import_courses(by), _STAFF_ONLY)
    return _read(by, source, file, name=name, at=now or timezone.now(), collected=None)


def reading_options(source: FeedSource) -> dict[str, Any]:
    """How the files of a source are read and written, as `CourseImporter` understands it."""
    return {
        "origin": source.origin,
        "confirm_links": source.confirm_links,
        "columns": source.columns,
        "language": source.language,
        "provider": source.provider.name if source.provider else "",
        "currency": source.currency,
    }


def _require_fetching(by: audit.Actor, source: FeedSource) -> None:
    require(may_import_courses(by), _STAFF_ONLY)
    if not source.url:
        raise InvalidInput("This source has no address. Send its next file instead.", field="source")


def _collect(source: FeedSource, file: BinaryIO, visit: PoliteVisit) -> Collected:
    return collect_feed(
        source.url,
        file,
        visit=visit,
        bounds=Bounds(size=settings.FEED_LIMIT_BYTES),
        headers=conditions(etag=source.etag, last_modified=source.last_modified),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A feed that was read, and what it gave."""

    batch: ImportBatch
    plan: ImportPlan
    found: Yield


def _read(
    by: audit.Actor, source: FeedSource, file: BinaryIO, *, name: str, at: datetime, collected: Collected | None
) -> FeedFetch:
    """Preview, judge, and commit where that is wanted. Without `collected` a person has sent the file and decides."""
    batch, plan = imports.preview(
        CourseImporter(), by=by, file=file, name=name, source=source.key, options=reading_options(source)
    )
    courses = sum(plan.counts[effect] for effect in ("new", "changed", "same"))
    reading = _Reading(batch=batch, plan=plan, found=Yield(courses=courses, problems=batch.problem_count))
    alarm = judge_yield(reading.found, earlier=list_good_yields(source))
    if alarm is not None:
        with transaction.atomic():
            _forget_previews(source, source.fetches.all(), keep=batch.uid)
            fetch = _note(source, at, FetchOutcome.ALARMED, reading=reading, message=alarm.sentence)
            raise_alarm(by=by, source=source, sentence=alarm.sentence, at=at, batch=batch)
        return fetch
    if not plan.changes_something:
        return _note_same(source, at, reading, collected)
    return _finish(by, source, at, reading, collected)


def _finish(
    by: audit.Actor, source: FeedSource, at: datetime, reading: _Reading, collected: Collected | None
) -> FeedFetch:
    """A good fetch with something new in it."""
    outcome, message = FetchOutcome.PREVIEWED, _left_out_words(collected)
    if collected is not None and source.commits_by_itself and not source.alarm:
        try:
            imports.commit(CourseImporter(), by=by, batch=reading.batch)
            outcome = FetchOutcome.COMMITTED
        except Conflict as error:  # somebody writes the same courses just now: the preview waits
            message = error.message
    with transaction.atomic():
        _forget_previews(source, source.fetches.all(), keep=reading.batch.uid)
        _remember_content(source, collected)
        fetch = _note(source, at, outcome, reading=reading, message=message)
        audit.record(
            by=by,
            action="fetch_feed_source",
            kind="feed_source",
            uid=source.uid,
            outcome=str(outcome),
            batch=str(reading.batch.uid),
        )
    return fetch


def _note_same(source: FeedSource, at: datetime, reading: _Reading, collected: Collected | None) -> FeedFetch:
    """Other bytes, and nothing in them that the catalogue does not know: their preview would only be in the way."""
    with transaction.atomic():
        reading.batch.delete()
        transaction.on_commit(partial(import_files.remove_file, reading.batch.uid))
        _remember_content(source, collected)
        confirm_named_courses(source, on=timezone.localdate(at))
        return _note(source, at, FetchOutcome.UNCHANGED, reading=reading, message=_left_out_words(collected))


def _note_unchanged(source: FeedSource, at: datetime) -> FeedFetch:
    """The same bytes as last time: what they gave then, they would give now."""
    last = source.fetches.filter(outcome__in=GOOD).order_by("-at", "-pk").first()
    with transaction.atomic():
        _forget_previews(source, source.fetches.filter(outcome=FetchOutcome.ALARMED))  # it is no longer so
        _schedule(source, at, failures=0)
        confirm_named_courses(source, on=timezone.localdate(at))
        return FeedFetch.objects.create(
            source=source,
            at=at,
            outcome=FetchOutcome.UNCHANGED,
            courses=last.courses if last else 0,
            problems=last.problems if last else 0,
        )


def _note_failure(by: audit.Actor, source: FeedSource, error: SynchromeshError, at: datetime) -> FeedFetch:
    """One line, a longer interval, and an alarm for the staff after five in a row."""
    failures = source.failures + 1
    wait = error.wait if isinstance(error, AskedToWaitError) else None
    with transaction.atomic():
        _schedule(source, at, failures=failures, at_least=wait)
        fetch = FeedFetch.objects.create(
            source=source, at=at, outcome=FetchOutcome.FAILED, message=error.message[:_LONGEST_MESSAGE]
        )
        if failures == FAILURES_TO_ALARM:
            sentence = f"The feed could not be read {failures} times in a row. {error.message}"
            raise_alarm(by=by, source=source, sentence=sentence, at=at, to_all_staff=True)
    return fetch


def _note(source: FeedSource, at: datetime, outcome: FetchOutcome, *, reading: _Reading, message: str) -> FeedFetch:
    _schedule(source, at, failures=0)
    return FeedFetch.objects.create(
        source=source,
        at=at,
        outcome=outcome,
        batch_uid=None if outcome == FetchOutcome.UNCHANGED else reading.batch.uid,
        courses=reading.found.courses,
        problems=reading.found.problems,
        message=message[:_LONGEST_MESSAGE],
    )


def _remember_content(source: FeedSource, collected: Collected | None) -> None:
    """What the answer said of itself, so that the same is not read again. Not after an alarm: that is judged anew."""
    if collected is None:
        return
    source.etag = collected.etag if len(collected.etag) <= _LONGEST_ETAG else ""
    is_short = len(collected.last_modified) <= _LONGEST_LAST_MODIFIED
    source.last_modified = collected.last_modified if is_short else ""
    source.content_hash = collected.digest
    source.save(update_fields=["etag", "last_modified", "content_hash"])


def _schedule(source: FeedSource, at: datetime, *, failures: int, at_least: timedelta | None = None) -> None:
    """When the next fetch is due: after the interval, doubled for each failure, and not before the server wants it."""
    source.failures = failures
    if source.every_hours and source.paused_at is None:
        source.next_fetch_at = at + max(back_off(source.every_hours, failures), at_least or timedelta(0))
    source.save(update_fields=["failures", "next_fetch_at"])


def back_off(every_hours: int, failures: int) -> timedelta:
    """The time to the next attempt: the interval doubled for each failure in a row, up to seven days."""
    interval = timedelta(hours=every_hours)
    return min(interval * (1 << min(failures, 10)), max(interval, LONGEST_BACK_OFF))


def _forget_previews(source: FeedSource, fetches: QuerySet[FeedFetch], *, keep: UUID | None = None) -> None:
    """Take out previews of these fetches that still wait: a newer fetch knows better."""
    batches = ImportBatch.objects.filter(kind=CourseImporter.kind, source=source.key, status=BatchStatus.PREVIEWED)
    found = batches.filter(uid__in=fetches.exclude(batch_uid=None).values("batch_uid")).exclude(
        uid__in=[keep] if keep else []
    )
    for uid in list(found.values_list("uid", flat=True)):
        batches.filter(uid=uid).delete()
        transaction.on_commit(partial(import_files.remove_file, uid))


def _left_out_words(collected: Collected | None) -> str:
    if collected is None or not collected.left_out:
        return ""
    return (
        f"{collected.left_out} documents were left out: they are gone, closed to programs, or lie on other sites. "
        f"{collected.documents} were read."
    )
