"""What a feed's row means for the catalogue: columns, references, differences. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.models import Course, CourseSkill, Run
from synchromesh.engine.errors import Problem
from synchromesh.engine.feeds.records import CourseRecord, RunRecord, SkillLinkRecord
from synchromesh.framework.models import Skill, Topic
from synchromesh.places.models import Country, Region
from synchromesh.plumbing.imports import FieldChange
from synchromesh.plumbing.sources import LinkMethod


class KnownCatalogue:
    """The stored records that a feed of one source may refer to, read once."""

    def __init__(self, *, source: str) -> None:
        self.source = source
        stored = Course.objects.filter(import_source=source).select_related("provider")
        self.courses = {
            course.external_id: course for course in stored.prefetch_related("topics", "runs", "skill_links__skill")
        }
        self.skills = {skill.slug: skill for skill in Skill.objects.filter(retired_at=None)}
        self.topics = {topic.slug: topic for topic in Topic.objects.all()}
        self.countries = {country.code: country for country in Country.objects.all()}
        self.regions = {region.code: region for region in Region.objects.all()}
        self.providers = {provider.name.casefold(): provider for provider in Organisation.objects.all()}

    def provider(self, name: str) -> Organisation | None:
        return self.providers.get(name.casefold())


def course_columns(record: CourseRecord) -> dict[str, Any]:
    """The columns of a course that a row states; provider, topics, runs and links are separate records."""
    language = record.text_language or "en"
    return {
        "record_type": record.record_type or "course",
        "titles": {language: record.title},
        "summaries": {language: record.summary} if record.summary else {},
        "descriptions": {language: record.description} if record.description else {},
        "outcomes": {language: list(record.outcomes)} if record.outcomes else {},
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
        "source": record.source,
        "source_url": record.source_url,
        "source_on": record.source_on,
    }


def run_columns(record: RunRecord, known: KnownCatalogue) -> dict[str, Any]:
    """The columns of a run; an unknown country or region was reported and stays empty."""
    return {
        "starts_on": record.starts_on,
        "ends_on": record.ends_on,
        "dates_text": record.dates_text,
        "country": known.countries.get(record.country),
        "region": known.regions.get(record.nuts),
        "place": record.place,
        "language": record.language,
        "mode": record.mode,
        "deadline_on": record.deadline_on,
        "seats": record.seats,
    }


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


def row_problems(record: CourseRecord, known: KnownCatalogue) -> Iterator[Problem]:
    """Names in a row that nobody here has; the course loads without them."""
    for link in record.skills:
        if link.skill not in known.skills:
            yield _unknown(record.position, "skills", f"There is no skill '{link.skill}'. The link is left out.")
    for topic in record.topics:
        if topic not in known.topics:
            fields = ", ".join(sorted(known.topics))
            yield _unknown(record.position, "topics", f"There is no field '{topic}'. Use one of: {fields}.")
    for run in record.runs:
        if run.nuts and run.nuts not in known.regions:
            yield _unknown(run.position, "run_nuts", f"There is no NUTS region '{run.nuts}'. It is left empty.")


def _unknown(position: str, field: str, message: str) -> Problem:
    return Problem(position=position, field=field, message=message)


def course_differences(stored: Course, record: CourseRecord, known: KnownCatalogue) -> Iterator[FieldChange]:
    """Field by field: what the feed says against what is stored."""
    for name, value in course_columns(record).items():
        before = getattr(stored, name)
        if before != value:
            yield FieldChange(field=name, before=_words(before), after=_words(value))
    before_provider = stored.provider.name if stored.provider else ""
    if before_provider.casefold() != record.provider.casefold():
        yield FieldChange(field="provider", before=_words(before_provider), after=_words(record.provider))
    yield from _set_difference(
        "topics",
        {topic.slug for topic in stored.topics.all()},
        {slug for slug in record.topics if slug in known.topics},
    )
    yield from _set_difference(
        "skills", {_link_words(link) for link in stored.skill_links.all()}, set(_stated_links(record, known))
    )
    yield from _set_difference(
        "runs",
        {_run_words(run.external_id, _stored_run(run)) for run in stored.runs.all()},
        {_run_words(run_id(run), run_columns(run, known)) for run in record.runs},
    )


def _set_difference(field: str, before: set[str], after: set[str]) -> Iterator[FieldChange]:
    if before != after:
        gone, added = "; ".join(sorted(before - after)), "; ".join(sorted(after - before))
        yield FieldChange(field=field, before=_words(gone), after=_words(added))


def _link_words(link: CourseSkill) -> str:
    return f"{link.skill.slug} {link.entry_level}>{link.level} {link.quote}"


def _stated_links(record: CourseRecord, known: KnownCatalogue) -> Iterator[str]:
    for link in record.skills:
        if link.skill in known.skills:
            yield f"{link.skill} {link.entry}>{link.level} {link.quote}"


def _stored_run(run: Run) -> dict[str, Any]:
    names = ("starts_on", "ends_on", "dates_text", "place", "language", "mode", "deadline_on", "seats")
    return {name: getattr(run, name) for name in names} | {"country": run.country_id, "region": run.region_id}


def _run_words(identity: str, columns: dict[str, Any]) -> str:
    plain = {name: getattr(value, "pk", value) for name, value in columns.items()}
    return f"{identity}: " + ", ".join(
        f"{name} {value}" for name, value in sorted(plain.items()) if value not in (None, "")
    )


def _words(value: Any) -> str:
    if value in (None, "", [], {}):
        return "empty"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {text}" for key, text in sorted(value.items()))
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
