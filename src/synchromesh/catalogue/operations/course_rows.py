"""What a feed's row means for the catalogue: columns, references, and what is wrong with them. Writes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from synchromesh.catalogue.models import Course, CourseSkill, FieldLock
from synchromesh.catalogue.operations.known_catalogue import KnownCatalogue
from synchromesh.catalogue.queries.field_locks import BELONGING, as_json, belonging
from synchromesh.engine.errors import Problem
from synchromesh.engine.feeds.records import CourseRecord, RunRecord, SkillLinkRecord, Texts
from synchromesh.plumbing.sources import LinkMethod


def course_columns(record: CourseRecord) -> dict[str, Any]:
    """The columns of a course that a row states; provider, topics, runs and links are separate records.

    The row's texts have their languages (`feed_entries`).
    """
    return {
        "record_type": record.record_type or "course",
        "titles": _without_empty(record.titles),
        "summaries": _without_empty(record.summaries),
        "descriptions": _without_empty(record.descriptions),
        "outcomes": {language: list(outcomes) for language, outcomes in record.outcomes.items() if outcomes},
        "languages": list(record.languages),
        "subtitles": list(record.subtitles),
        "mode": record.mode,
        "minutes": record.minutes,
        "workload_text": record.workload_text,
        "price_cents": record.price.cents if record.price else None,
        "currency": record.price.currency if record.price else "",
        "price_text": record.price_text,
        "certificate": record.certificate,
        "eqf_min": record.eqf_min,
        "eqf_max": record.eqf_max,
        "eqf_text": record.eqf_text,
        "ects": record.ects,
        "url": record.url,
        "keywords": list(record.keywords),
        "licence": record.licence,
        "accessibility": list(record.accessibility),
        "source": record.source,
        "source_url": record.source_url,
        "source_on": record.source_on,
    }


def _without_empty(texts: Texts) -> dict[str, str]:
    return {language: text for language, text in texts.items() if text}


PLAIN_RUN_COLUMNS = ("starts_on", "ends_on", "dates_text", "place", "language", "mode", "deadline_on", "seats", "url")


def plain_run_columns(record: RunRecord) -> dict[str, Any]:
    """The columns of a run that refer to nothing else."""
    return {name: getattr(record, name) for name in PLAIN_RUN_COLUMNS}


def run_columns(record: RunRecord, known: KnownCatalogue) -> dict[str, Any]:
    """The columns of a run; an unknown country or region was reported and stays empty."""
    places = {"country": known.countries.get(record.country), "region": known.regions.get(record.nuts)}
    return plain_run_columns(record) | places


def link_columns(link: SkillLinkRecord, record: CourseRecord) -> dict[str, Any]:
    """The columns of a course-skill link as an import states it."""
    return {
        "entry_level": link.entry,
        "level": link.level,
        "quote": link.quote,
        "method": LinkMethod.IMPORT,
        "source": record.source,
        "source_url": record.source_url,
        "source_on": record.source_on,
    }


def run_id(record: RunRecord) -> str:
    """What tells the runs of one course apart when the feed gives no id: dates and place."""
    return record.external_id or f"{record.starts_on or record.dates_text} {record.place}".strip()


def stated_topics(record: CourseRecord, known: KnownCatalogue) -> set[str]:
    """The slugs of the fields that the row names and that are known."""
    return {slug for slug in record.topics if slug in known.topics}


def locked_fields(course: Course) -> set[str]:
    """The fields of a loaded course that a person holds on to."""
    return {lock.field for lock in course.field_locks.all()}


def source_values(record: CourseRecord, fields: Collection[str]) -> dict[str, Any]:
    """What the row says about each of these fields, as JSON (see `FieldLock`)."""
    columns = course_columns(record) if fields else {}
    said = {name: belonging(record, name) if name in BELONGING else columns.get(name) for name in fields}
    return {name: as_json(value) for name, value in said.items()}


def news_for_locks(course: Course | None, record: CourseRecord) -> dict[FieldLock, Any]:
    """What the row says, as JSON, about fields that people hold on to, where it is not known yet."""
    locks = {lock.field: lock for lock in course.field_locks.all()} if course is not None else {}
    said = {locks[field]: value for field, value in source_values(record, locks).items()}
    return {lock: value for lock, value in said.items() if not lock.source_says or lock.source_value != value}


def row_problems(record: CourseRecord, known: KnownCatalogue) -> Iterator[Problem]:
    """Names in a row that nobody here has; the course loads without them."""
    for link in record.skills:
        if link.skill not in known.skills:
            message = f"There is no skill '{link.skill}'. The link is left out.{known.alike(link.skill)}"
            yield _unknown(record.position, "skills", message)
    for topic in record.topics:
        if topic not in known.topics:
            fields = ", ".join(sorted(known.topics))
            yield _unknown(record.position, "topics", f"There is no field '{topic}'. Use one of: {fields}.")
    if record.provider_country and record.provider_country not in known.countries:
        message = f"There is no country '{record.provider_country}' here. It is left empty."
        yield _unknown(record.position, "provider_country", message)
    for run in record.runs:
        if run.country and run.country not in known.countries:
            message = f"There is no country '{run.country}' here. It is left empty."
            yield _unknown(run.position, "run_country", message)
        if run.nuts and run.nuts not in known.regions:
            yield _unknown(run.position, "run_nuts", f"There is no NUTS region '{run.nuts}'. It is left empty.")


def _unknown(position: str, field: str, message: str) -> Problem:
    return Problem(position=position, field=field, message=message)


def imported_links(links: Iterable[CourseSkill]) -> dict[str, CourseSkill]:
    """Of a course's links those that a feed brought and may change, by skill."""
    return {link.skill.slug: link for link in links if link.method == LinkMethod.IMPORT}


def stated_links(
    course: Course, links: Iterable[CourseSkill], record: CourseRecord, known: KnownCatalogue
) -> dict[str, SkillLinkRecord]:
    """The links by skill that the row states, without unknown skills and those that people decided about themselves."""
    by_people = known.rejected.get(course.pk, set()) | {
        link.skill.slug
        for link in links
        if link.method == LinkMethod.HAND or (link.method == LinkMethod.SUGGESTED and link.confirmed_at)
    }
    found: dict[str, SkillLinkRecord] = {}
    for link in record.skills:
        slug = known.skills[link.skill].slug if link.skill in known.skills else None
        if slug is None or slug in by_people:
            continue
        if slug not in found or slug == link.skill or (found[slug].skill != slug and link.level > found[slug].level):
            found[slug] = link
    return found
