"""Find courses that are listed twice, and what a person decides about them: merge, tell apart, undo.

Nothing is merged silently. A merged course is no longer shown; its address leads to the one that stays, and its feed
goes on writing into it without anybody seeing it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.catalogue.models import Course, CourseSkill, DuplicatePair, PairState
from synchromesh.catalogue.operations.course_editing import write_course_fields
from synchromesh.catalogue.operations.field_locks import lock_fields, with_partners
from synchromesh.catalogue.queries.duplicates import CHOSEN_BY_FIELD, list_course_profiles
from synchromesh.catalogue.queries.exports import course_record
from synchromesh.catalogue.queries.field_locks import field_value
from synchromesh.engine.deduplication.courses import DuplicatePair as FoundPair
from synchromesh.engine.deduplication.finding import find_duplicates
from synchromesh.engine.deduplication.titles import telling_part
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.matching.title_vectors import encode_titles
from synchromesh.plumbing import audit, imports, jobs
from synchromesh.plumbing.models import ImportBatch
from synchromesh.plumbing.record_changes import ChangeLog
from synchromesh.plumbing.undo import undo_step

KIND = "course-merge"


def look_for_duplicates(*, by: audit.Actor) -> int:
    """Look for near duplicates among all published courses; returns how many pairs wait for a decision.

    What a person decided stays. Open pairs are brought up to date; those that no longer look alike go. Takes about a
    minute for ten thousand courses. Raises NotAllowed.
    """
    _require_staff(by)
    profiles = list_course_profiles()
    vectors = encode_titles([telling_part(one.title, provider=one.provider, places=one.places) for one in profiles])
    found = {_numbers(pair): pair for pair in find_duplicates(profiles, vectors, read=encode_titles)}
    with transaction.atomic():
        stored = {(pair.first_id, pair.second_id): pair for pair in DuplicatePair.objects.select_for_update()}
        gone = [pair.pk for key, pair in stored.items() if pair.state == PairState.OPEN and key not in found]
        DuplicatePair.objects.filter(pk__in=gone).delete()
        new = [_new(key, pair) for key, pair in found.items() if key not in stored]
        DuplicatePair.objects.bulk_create(new, batch_size=500)
        kept = [(stored[key], pair) for key, pair in found.items() if key in stored]
        for row, pair in kept:
            row.score, row.reasons = _score(pair), _reasons(pair)
        DuplicatePair.objects.bulk_update([row for row, _ in kept], ["score", "reasons"], batch_size=500)
        waiting = DuplicatePair.objects.filter(state=PairState.OPEN).count()
        if new or gone:
            counts = {"new": len(new), "gone": len(gone), "open": waiting}
            audit.record(by=by, action="look_for_duplicates", kind="catalogue", uid="courses", **counts)
    return waiting


def start_search_for_duplicates(*, by: audit.Actor) -> None:
    """Look through the catalogue in the background. Raises NotAllowed."""
    _require_staff(by)
    with transaction.atomic():
        audit.record(by=by, action="start_search_for_duplicates", kind="catalogue", uid="courses")
        jobs.enqueue("catalogue.tasks.find_duplicates")


def merge_courses(
    *, by: audit.Actor, pair: DuplicatePair, winner: Course, taken: Mapping[str, str] | None = None
) -> DuplicatePair:
    """Make two courses one: `winner` stays and gets the fields that `taken` names from the other.

    `taken` maps fields of `CHOSEN_BY_FIELD` to "first" or "second"; what it does not name stays as the winner has it.
    Skills are joined: of two links to one skill the confirmed one counts, then the higher. Fields taken over are held
    against the winner's feed. Raises NotAllowed, InvalidInput, and Conflict where the pair is decided already.
    """
    _require_staff(by)
    wrong = sorted(set(taken or {}) - set(CHOSEN_BY_FIELD))
    if wrong or set((taken or {}).values()) - {"first", "second"}:
        raise InvalidInput("Choose for each field one of the two courses.", field=wrong[0] if wrong else None)
    with transaction.atomic():
        row = _locked(pair, PairState.OPEN)
        courses = {course.pk: course for course in Course.objects.select_for_update().filter(pk__in=_ids(row))}
        if winner.pk not in courses:
            raise InvalidInput("Choose which of the two courses stays.", field="winner")
        stays, goes = courses.pop(winner.pk), next(iter(courses.values()))
        if stays.merged_into_id or goes.merged_into_id:
            raise Conflict("One of these courses was merged with another one meanwhile. Look at the list again.")
        from_other = "second" if stays.pk == row.first_id else "first"
        fields = with_partners(name for name, side in (taken or {}).items() if side == from_other)
        step = imports.begin_step(by=by, kind=KIND, name=f"{goes.slug} into {stays.slug}"[:200], source=str(row.uid))
        log = ChangeLog(step)
        _take_fields(log, stays, goes, fields, by=by)
        _join_skills(log, stays, goes)
        # A course that was merged into the one that goes now leads on to the one that stays.
        for earlier in Course.objects.select_for_update().filter(merged_into=goes):
            log.change(earlier, merged_into=stays)
        log.change(goes, published_at=None, merged_into=stays)
        log.save()
        _decide(row, PairState.MERGED, by=by, batch=step)
        audit.record(
            by=by, action="merge_courses", kind="course", uid=stays.uid, merged=str(goes.uid), fields=sorted(fields)
        )
        _index(stays, goes)
    return row


def undo_merge(*, by: audit.Actor, pair: DuplicatePair) -> DuplicatePair:
    """Make two courses of one again, each as it was. Raises NotAllowed, and Conflict where later work is in the way."""
    _require_staff(by)
    try:
        with transaction.atomic():
            row = _locked(pair, PairState.MERGED)
            undo_step(ImportBatch.objects.filter(kind=KIND, uid=str(row.batch_uid)))
            _reopen(row)
            audit.record(by=by, action="undo_merge", kind="course", uid=row.first.uid, other=str(row.second.uid))
            _index(row.first, row.second)
    except IntegrityError:
        raise Conflict("Something that was made since takes the place of what was there before.") from None
    return row


def mark_courses_different(*, by: audit.Actor, pair: DuplicatePair) -> DuplicatePair:
    """Say that two courses are different: they are not proposed again. Raises NotAllowed, Conflict."""
    _require_staff(by)
    with transaction.atomic():
        row = _locked(pair, PairState.OPEN)
        _decide(row, PairState.DIFFERENT, by=by)
        audit.record(
            by=by, action="mark_courses_different", kind="course", uid=row.first.uid, other=str(row.second.uid)
        )
    return row


def open_pair_again(*, by: audit.Actor, pair: DuplicatePair) -> DuplicatePair:
    """Take back that two courses are different. Raises NotAllowed, Conflict."""
    _require_staff(by)
    with transaction.atomic():
        row = _locked(pair, PairState.DIFFERENT)
        _reopen(row)
        audit.record(by=by, action="open_pair_again", kind="course", uid=row.first.uid, other=str(row.second.uid))
    return row


def _take_fields(log: ChangeLog, stays: Course, goes: Course, fields: tuple[str, ...], *, by: audit.Actor) -> None:
    before = {name: field_value(stays, name) for name in fields}
    record = course_record(goes)
    parts = {"topics": record.topics, "runs": record.runs}
    changes = {name: parts[name] if name in parts else getattr(goes, name) for name in fields}
    if not changes:
        return
    write_course_fields(by=by, course=stays, log=log, changes=changes)
    now = Course.objects.get(pk=stays.pk)
    differing = {name: value for name, value in before.items() if field_value(now, name) != value}
    lock_fields(by=by, log=log, course=stays, before=differing)


def _join_skills(log: ChangeLog, stays: Course, goes: Course) -> None:
    own = {link.skill_id: link for link in CourseSkill.objects.filter(course=stays)}
    skipped = {"id", "course_id", "skill_id"}
    for link in CourseSkill.objects.filter(course=goes).order_by("pk"):
        if link.skill_id not in own:
            log.copy(link, course=stays)
            continue
        kept = own[link.skill_id]
        if (link.confirmed_at is not None, link.level) > (kept.confirmed_at is not None, kept.level):
            names = [field.attname for field in link._meta.concrete_fields if field.attname not in skipped]
            log.change(kept, **{name: getattr(link, name) for name in names})


def _locked(pair: DuplicatePair, state: PairState) -> DuplicatePair:
    row = DuplicatePair.objects.select_for_update().get(pk=pair.pk)
    if row.state != state:
        raise Conflict("Somebody has decided about this pair meanwhile. Look at it again.")
    return row


def _decide(row: DuplicatePair, state: PairState, *, by: audit.Actor, batch: ImportBatch | None = None) -> None:
    row.state, row.decided_by, row.decided_at = state, by.public_id, timezone.now()
    row.batch_uid = batch.uid if batch else None
    row.save()


def _reopen(row: DuplicatePair) -> None:
    row.state, row.decided_by, row.decided_at, row.batch_uid = PairState.OPEN, "", None, None
    row.save()


def _numbers(pair: FoundPair) -> tuple[int, int]:
    first, second = sorted((int(pair.first), int(pair.second)))
    return first, second


def _new(key: tuple[int, int], pair: FoundPair) -> DuplicatePair:
    first, second = key
    return DuplicatePair(
        first_id=first, second_id=second, score=_score(pair), reasons=_reasons(pair), found_at=timezone.now()
    )


def _score(pair: FoundPair) -> Decimal:
    return Decimal(str(round(pair.score, 2)))


def _reasons(pair: FoundPair) -> list[dict[str, Any]]:
    return [asdict(reason) | {"likeness": round(reason.likeness, 2)} for reason in pair.reasons]


def _ids(row: DuplicatePair) -> tuple[int, int]:
    return row.first_id, row.second_id


def _index(*courses: Course) -> None:
    jobs.enqueue("search.tasks.update_index", kind="course", uids=[str(course.uid) for course in courses])


def _require_staff(by: audit.Actor) -> None:
    require(is_alliance_staff(by), "Only alliance staff can say whether two courses are one.")
