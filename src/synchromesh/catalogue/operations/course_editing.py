"""Edit courses by hand. What a person sets against a feed stays: the field is locked, and the feed only says otherwise.

The same rules hold as for a feed's rows (`course_checks`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.operations.course_checks import Refusal, course_refusals, run_refusals
from synchromesh.catalogue.operations.course_rows import plain_run_columns, run_id
from synchromesh.catalogue.operations.course_steps import Step, begin_step, finish_step, make_step
from synchromesh.catalogue.operations.course_writing import CourseWriter, wanted_course_slug
from synchromesh.catalogue.operations.field_locks import lock_fields, with_partners
from synchromesh.catalogue.operations.known_catalogue import KnownCatalogue
from synchromesh.catalogue.permissions import may_edit_courses_of
from synchromesh.catalogue.queries.exports import course_record
from synchromesh.catalogue.queries.field_locks import field_value
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.feeds.records import RunRecord
from synchromesh.plumbing import audit
from synchromesh.plumbing.free_slugs import FreeSlugs
from synchromesh.plumbing.record_changes import ChangeLog
from synchromesh.plumbing.sources import Origin

COLUMNS = (
    "record_type", "titles", "summaries", "descriptions", "outcomes", "languages", "subtitles", "mode", "minutes",
    "workload_text", "price_cents", "currency", "price_text", "certificate", "eqf_min", "eqf_max", "eqf_text", "ects",
    "url", "keywords", "licence", "accessibility",
)  # fmt: skip
"""The columns of a course that a person may set; their values are as the model holds them."""
FIELDS = (*COLUMNS, "provider", "topics", "runs")
"""Everything that `edit_course` changes. What a course teaches is said at the mapping desk."""
_TEXTS = ("titles", "summaries", "descriptions", "outcomes")


def edit_course(*, by: audit.Actor, course: Course, changes: Mapping[str, Any]) -> Step:
    """Set fields of a course. Fields that differ are locked where the course came from a feed.

    `changes` names any of FIELDS: columns with values as the model holds them, `provider` an organisation or None,
    `topics` the slugs of all its fields, `runs` a `RunRecord` for each of its runs. Raises NotAllowed, and InvalidInput
    with the field for what a feed's row would be left out for. The same again changes nothing.
    """
    changes = _cleaned(changes)
    _check(course, changes)
    if "provider" in changes:
        _check_provider(by, changes["provider"])

    def write(locked: Course, log: ChangeLog) -> dict[str, Any]:
        before = {name: field_value(locked, name) for name in with_partners(changes)}
        _write(locked, log, changes, by=by)
        now = Course.objects.get(pk=locked.pk)
        differing = [name for name in before if field_value(now, name) != before[name]]
        lock_fields(by=by, log=log, course=locked, before={name: before[name] for name in with_partners(differing)})
        return {"fields": sorted(differing)} if differing else {}

    return make_step(by=by, course=course, action="edit_course", write=write)


def create_course(
    *,
    by: audit.Actor,
    provider: Organisation | None,
    values: Mapping[str, Any],
    slug: str = "",
    origin: Origin = Origin.REAL,
) -> Course:
    """Make a course by hand: a draft that nobody sees until it is published.

    `values` names any of FIELDS but the provider, at least `titles`. `slug` is the address it gets if that is free;
    default: one made from the title. Raises NotAllowed and InvalidInput as `edit_course`.
    """
    _check_provider(by, provider)
    values = {"titles": {}} | _cleaned(values)
    course = Course(uid=uuid4(), provider=provider, origin=origin)
    _check(course, values)
    columns = {name: value for name, value in values.items() if name in COLUMNS}
    for name, value in columns.items():
        setattr(course, name, value)
    course.last_confirmed_on, course.confirmed_by = timezone.localdate(), by.public_id
    with transaction.atomic():
        wanted = slug or wanted_course_slug(next(iter(course.titles.values())), "")
        course.slug = FreeSlugs(Course).take([wanted])[0]
        step = begin_step(by=by, course=course, action="create_course")
        log = ChangeLog(step)
        log.create(course)
        _write(course, log, {name: value for name, value in values.items() if name not in columns}, by=by)
        finish_step(by=by, course=course, step=step, log=log, said={"provider": provider.slug if provider else ""})
    return course


def publish_course(*, by: audit.Actor, course: Course) -> Step:
    """Show a course to everybody. Raises NotAllowed, and Conflict for one that was merged into another."""

    def write(locked: Course, log: ChangeLog) -> dict[str, Any]:
        if locked.merged_into_id is not None:
            raise Conflict("This course is the same as another one. Undo their merge first.")
        if locked.published_at is not None:
            return {}
        log.change(locked, published_at=timezone.now())
        return {"slug": locked.slug}

    return make_step(by=by, course=course, action="publish_course", write=write)


def withdraw_course(*, by: audit.Actor, course: Course) -> Step:
    """Show a course to nobody but those who may edit it; a feed does not publish it again. Raises NotAllowed."""

    def write(locked: Course, log: ChangeLog) -> dict[str, Any]:
        return {"slug": locked.slug} if log.change(locked, published_at=None) else {}

    return make_step(by=by, course=course, action="withdraw_course", write=write)


def write_course_fields(*, by: audit.Actor, course: Course, log: ChangeLog, changes: Mapping[str, Any]) -> None:
    """Write checked fields inside the caller's step, which asks for the permission; `changes` as for `edit_course`."""
    changes = _cleaned(changes)
    _check(course, changes)
    _write(course, log, changes, by=by)


def _cleaned(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Texts without empty ones; everything that can be read only once as a tuple. Raises InvalidInput for names."""
    unknown = sorted(changes.keys() - set(FIELDS))
    if unknown:
        raise InvalidInput(f"'{unknown[0][:60]}' is nothing that can be edited here.", field=unknown[0])
    cleaned = dict(changes)
    for name in _TEXTS:
        if name in cleaned:
            cleaned[name] = {language: text for language, text in cleaned[name].items() if text}
    for name in ("topics", "runs"):
        if name in cleaned:
            cleaned[name] = tuple(cleaned[name])
    return cleaned


def _check(course: Course, changes: Mapping[str, Any]) -> None:
    """Raise InvalidInput for the first thing that is wrong; columns that belong together are judged together."""
    looked_at = [name for name in with_partners(changes) if name in COLUMNS]
    columns = {name: changes.get(name, getattr(course, name)) for name in looked_at}
    for field, message in (*course_refusals(columns), *_run_refusals(changes.get("runs", ()))):
        raise InvalidInput(message, field=field)


def _run_refusals(runs: Sequence[RunRecord]) -> Iterator[Refusal]:
    seen: set[str] = set()
    for run in runs:
        yield from run_refusals(plain_run_columns(run) | {"external_id": run_id(run)})
        if run_id(run) in seen:
            yield "runs", f"The run '{run_id(run)[:60]}' stands twice. Keep one."
        seen.add(run_id(run))


def _check_provider(by: audit.Actor, provider: Organisation | None) -> None:
    require(may_edit_courses_of(by, provider), "You can edit courses only for organisations whose editor you are.")


def _write(course: Course, log: ChangeLog, changes: Mapping[str, Any], *, by: audit.Actor) -> None:
    columns = {name: value for name, value in changes.items() if name in (*COLUMNS, "provider")}
    if columns:
        log.change(course, **columns)
    parts = {name: changes[name] for name in ("topics", "runs") if name in changes}
    if not parts:
        return
    known = KnownCatalogue(source=course.import_source)
    known.add([course])
    _check_names(known, parts)
    writer = CourseWriter(log=log, known=known, by=by, origin=course.origin, confirm_links=False)
    record = replace(course_record(course), external_id=course.external_id or str(course.uid), **parts)
    for name in parts:
        writer.write_part(name, [(course, record)])


def _check_names(known: KnownCatalogue, parts: Mapping[str, Any]) -> None:
    """A person mends an unknown name at once, where a feed's row loads without it."""
    runs: Iterable[RunRecord] = parts.get("runs", ())
    named: Sequence[tuple[str, Iterable[str], Mapping[str, Any]]] = (
        ("topics", parts.get("topics", ()), known.topics),
        ("country", (run.country for run in runs), known.countries),
        ("nuts", (run.nuts for run in runs), known.regions),
    )
    for field, names, there in named:
        for name in names:
            if name and name not in there:
                raise InvalidInput(f"'{name[:60]}' is not known here. Choose one of the list.", field=field)
