"""Hold on to fields of a course against its feed, and let them go again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from synchromesh.catalogue.models import Course, FieldLock
from synchromesh.catalogue.operations.course_steps import Step, make_step
from synchromesh.catalogue.operations.course_writing import PARTS, CourseWriter
from synchromesh.catalogue.operations.known_catalogue import KnownCatalogue
from synchromesh.catalogue.queries.exports import course_record
from synchromesh.engine.errors import NotFound
from synchromesh.engine.feeds.records import CourseRecord, RunRecord, SkillLinkRecord
from synchromesh.plumbing import audit
from synchromesh.plumbing.record_changes import ChangeLog

# A price in another currency, or a highest level below the lowest, comes of changing one without the other.
_TOGETHER = (("price_cents", "currency"), ("eqf_min", "eqf_max"))
_DAYS = ("starts_on", "ends_on", "deadline_on")


def with_partners(fields: Iterable[str]) -> tuple[str, ...]:
    """The fields, and those that make sense only together with them."""
    found = dict.fromkeys(fields)
    for group in _TOGETHER:
        if not found.keys().isdisjoint(group):
            found |= dict.fromkeys(group)
    return tuple(found)


def lock_fields(*, by: audit.Actor, log: ChangeLog, course: Course, before: Mapping[str, Any]) -> None:
    """Hold on to fields that a person has just set; `before` is what stood there, as JSON.

    Nothing happens for a course that came from no feed. Call inside the transaction of a step, which asks for the
    permission.
    """
    if not (course.import_source and course.external_id):
        return
    stored = {lock.field: lock for lock in FieldLock.objects.filter(course=course)}
    now = timezone.now()
    for field, value in before.items():
        if field in stored:
            log.change(stored[field], locked_by=by.public_id, locked_at=now)
            continue
        lock = FieldLock(course=course, field=field, source_value=value, locked_by=by.public_id, locked_at=now)
        log.create(lock)


def release_field_lock(*, by: audit.Actor, course: Course, field: str) -> Step:
    """Let the feed say this field of a course again: what it said last stands there at once.

    Fields that make sense only together are released together. Raises NotAllowed, and NotFound without a lock.
    """

    def write(locked: Course, log: ChangeLog) -> dict[str, Any]:
        locks = {lock.field: lock for lock in FieldLock.objects.filter(course=locked, field__in=with_partners([field]))}
        if field not in locks:
            raise NotFound("Nobody holds on to this field. The feed changes it already.", field=field)
        for lock in locks.values():
            log.delete(lock)
        _put_in(locked, log, {name: lock.source_value for name, lock in locks.items()}, by=by)
        return {"fields": sorted(locks)}

    return make_step(by=by, course=course, action="release_field_lock", write=write)


def _put_in(course: Course, log: ChangeLog, values: Mapping[str, Any], *, by: audit.Actor) -> None:
    """Write what the feed said, from JSON."""
    record = _with_values(course_record(course), values)
    record = replace(record, external_id=course.external_id)
    known = KnownCatalogue(source=course.import_source)
    known.add([course])
    writer = CourseWriter(log=log, known=known, by=by, origin=course.origin, confirm_links=False)
    columns = {name: _column(name, value) for name, value in values.items() if name not in (*PARTS, "provider")}
    if "provider" in values:
        columns["provider"] = writer.make_provider(record)
    if columns:
        log.change(course, **columns)
    for name in PARTS:
        if name in values:
            writer.write_part(name, [(course, record)])


def _with_values(record: CourseRecord, values: Mapping[str, Any]) -> CourseRecord:
    stated: dict[str, Any] = {}
    if "provider" in values:
        stated["provider"] = values["provider"] or ""
    if "topics" in values:
        stated["topics"] = tuple(values["topics"])
    if "skills" in values:
        stated["skills"] = tuple(SkillLinkRecord(**link) for link in values["skills"])
    if "runs" in values:
        stated["runs"] = tuple(RunRecord(**_with_days(run)) for run in values["runs"])
    return replace(record, **stated)


def _with_days(run: dict[str, Any]) -> dict[str, Any]:
    return {"position": ""} | run | {name: date.fromisoformat(run[name]) for name in _DAYS if run[name]}


def _column(name: str, value: Any) -> Any:
    return Course._meta.get_field(name).to_python(value)  # type: ignore[union-attr]
