"""What a feed's row would change of a stored course, field by field, and which fields a person holds on to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from synchromesh.catalogue.models import Course, Run
from synchromesh.catalogue.operations.course_rows import (
    PLAIN_RUN_COLUMNS,
    course_columns,
    imported_links,
    locked_fields,
    run_columns,
    run_id,
    stated_links,
    stated_topics,
)
from synchromesh.catalogue.operations.known_catalogue import KnownCatalogue
from synchromesh.engine.feeds.records import CourseRecord
from synchromesh.plumbing.imports import FieldChange


def course_differences(
    stored: Course, record: CourseRecord, known: KnownCatalogue, *, confirm_links: bool = False
) -> Iterator[FieldChange]:
    """What the feed says against what is stored. Links that people made are not a feed's to change.

    Differences in fields that are locked are `kept`.
    """
    locked = locked_fields(stored)
    for change in _differences(stored, record, known):
        yield replace(change, kept=change.field in locked)
    if confirm_links and "skills" not in locked:
        yield from _confirmations(stored, record, known)
    if stored.missing_since is not None:
        yield FieldChange(field="missing_since", before=_words(stored.missing_since), after=_words(None))


def _differences(stored: Course, record: CourseRecord, known: KnownCatalogue) -> Iterator[FieldChange]:
    for name, value in course_columns(record).items():
        before = getattr(stored, name)
        if before != value:
            yield FieldChange(field=name, before=_words(before), after=_words(value))
    stated = known.provider(record.provider) if record.provider else None
    if stored.provider != stated or (record.provider and stated is None):
        yield FieldChange(field="provider", before=_words(stored.provider), after=_words(record.provider))
    topics = {topic.slug for topic in stored.topics.all()}
    yield from _set_difference("topics", topics, stated_topics(record, known))
    yield from _set_difference("skills", set(_stored_links(stored)), _stated_links(stored, record, known))
    yield from _set_difference(
        "runs",
        {_run_words(run.external_id, _stored_run(run)) for run in stored.runs.all()},
        {_run_words(run_id(run), run_columns(run, known)) for run in record.runs},
    )


def _set_difference(field: str, before: set[str], after: set[str]) -> Iterator[FieldChange]:
    if before != after:
        gone, added = "; ".join(sorted(before - after)), "; ".join(sorted(after - before))
        yield FieldChange(field=field, before=_words(gone), after=_words(added))


def _confirmations(stored: Course, record: CourseRecord, known: KnownCatalogue) -> Iterator[FieldChange]:
    """Links that nobody has confirmed and that the feed states as they are."""
    links, stated = _stored_links(stored), _stated_links(stored, record, known)
    waiting = sorted(words for words in stated & links.keys() if not links[words])
    if waiting:
        yield FieldChange(field="skills confirmed", before=_words(""), after="; ".join(waiting))


def _stored_links(course: Course) -> dict[str, bool]:
    """The links that a feed brought, in words, and whether each is confirmed."""
    return {
        _link_words(slug, link.entry_level, link.level, link.quote): link.confirmed_at is not None
        for slug, link in imported_links(course.skill_links.all()).items()
    }


def _stated_links(course: Course, record: CourseRecord, known: KnownCatalogue) -> set[str]:
    links = stated_links(course, course.skill_links.all(), record, known)
    return {_link_words(slug, link.entry, link.level, link.quote) for slug, link in links.items()}


def _link_words(skill: str, entry: int | None, level: int, quote: str) -> str:
    return f"{skill} {'' if entry is None else f'{entry}>'}{level} {quote}".strip()


def _stored_run(run: Run) -> dict[str, Any]:
    plain = {name: getattr(run, name) for name in PLAIN_RUN_COLUMNS}
    return plain | {"country": run.country_id, "region": run.region_id}


def _run_words(identity: str, columns: dict[str, Any]) -> str:
    plain = {name: getattr(value, "pk", value) for name, value in columns.items()}
    return f"{identity}: " + ", ".join(
        f"{name} {value}" for name, value in sorted(plain.items()) if value not in (None, "")
    )


def _words(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "empty"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {text}" for key, text in sorted(value.items()))
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
