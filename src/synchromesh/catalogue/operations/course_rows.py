"""What a feed's row means for the catalogue: columns, references, differences. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.models import Course, CourseSkill, Run
from synchromesh.catalogue.queries.course_mapping import list_rejected_skills
from synchromesh.engine.errors import Problem
from synchromesh.engine.feeds.records import CourseRecord, Feed, RunRecord, SkillLinkRecord
from synchromesh.framework.models import Skill, Topic
from synchromesh.framework.queries.completion import find_alike_skill
from synchromesh.framework.queries.succession import find_former_slugs
from synchromesh.places.models import Country, Region
from synchromesh.plumbing.column_limits import limit_problems
from synchromesh.plumbing.imports import FieldChange
from synchromesh.plumbing.sources import LinkMethod

_MOST_ALIKE = 200  # unknown names of a file for which a likely one is looked up
_LONGEST_ALIKE = 120  # characters of such a name that are compared, as many as a slug may have
_ALIKE = 0.8  # how much of two slugs is the same, 0 to 1


class KnownCatalogue:
    """The stored records that a feed of one source may refer to, read once."""

    def __init__(self, *, source: str) -> None:
        self.source = source
        stored = Course.objects.filter(import_source=source).select_related("provider")
        self.courses = {
            course.external_id: course for course in stored.prefetch_related("topics", "runs", "skill_links__skill")
        }
        # A feed may go on naming a skill as it was called before a change of name or a merge.
        self.skills = find_former_slugs() | {skill.slug: skill for skill in Skill.objects.filter(retired_at=None)}
        self._alike: dict[str, str] = {}
        self.topics = {topic.slug: topic for topic in Topic.objects.all()}
        self.countries = {country.code: country for country in Country.objects.all()}
        self.regions = {region.code: region for region in Region.objects.all()}
        organisations = list(Organisation.objects.all())
        self.providers = {provider.name.casefold(): provider for provider in organisations}
        self.rejected = list_rejected_skills(import_source=source)
        # One that an earlier file of this source brought is found again after somebody has renamed it.
        self._brought = {row.external_id: row for row in organisations if row.import_source == source}

    def alike(self, name: str) -> str:
        """A question that names the skill whose slug or name is most like an unknown one; empty where none is."""
        if name not in self._alike:
            slug = self._alike_slug(name) if len(self._alike) < _MOST_ALIKE else ""
            self._alike[name] = f" Did you mean '{slug}'?" if slug else ""
        return self._alike[name]

    def _alike_slug(self, name: str) -> str:
        for slug in get_close_matches(name[:_LONGEST_ALIKE], self.skills, n=1, cutoff=_ALIKE):
            return self.skills[slug].slug
        found = find_alike_skill(name)
        return found.slug if found else ""

    def provider(self, name: str) -> Organisation | None:
        return self.providers.get(name.casefold()) or self._brought.get(provider_id(name))


def provider_id(name: str) -> str:
    """By what an organisation that a feed brought is found again."""
    return f"provider {name}"[:200]


def storable(feed: Feed) -> Feed:
    """The feed without the courses that the database cannot hold; they are added to its problems."""
    problems: list[Problem] = []

    def fits(record: CourseRecord) -> bool:
        columns = course_columns(record) | {"external_id": record.external_id}
        found = [
            *limit_problems(Course, columns, position=record.position),
            *limit_problems(Organisation, {"name": record.provider}, position=record.position),
        ]
        for run in record.runs:
            plain = {name: getattr(run, name) for name in _PLAIN_RUN_COLUMNS} | {"external_id": run_id(run)}
            found += limit_problems(Run, plain, position=run.position)
        problems.extend(found)
        return not found

    return replace(feed, courses=tuple(filter(fits, feed.courses)), problems=(*feed.problems, *problems))


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


_PLAIN_RUN_COLUMNS = ("starts_on", "ends_on", "dates_text", "place", "language", "mode", "deadline_on", "seats")


def run_columns(record: RunRecord, known: KnownCatalogue) -> dict[str, Any]:
    """The columns of a run; an unknown country or region was reported and stays empty."""
    places = {"country": known.countries.get(record.country), "region": known.regions.get(record.nuts)}
    return {name: getattr(record, name) for name in _PLAIN_RUN_COLUMNS} | places


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


def course_differences(
    stored: Course, record: CourseRecord, known: KnownCatalogue, *, confirm_links: bool = False
) -> Iterator[FieldChange]:
    """Field by field: what the feed says against what is stored. Links that people made are not a feed's to change."""
    for name, value in course_columns(record).items():
        before = getattr(stored, name)
        if before != value:
            yield FieldChange(field=name, before=_words(before), after=_words(value))
    stated = known.provider(record.provider) if record.provider else None
    if stored.provider != stated or (record.provider and stated is None):
        yield FieldChange(field="provider", before=_words(stored.provider), after=_words(record.provider))
    yield from _set_difference(
        "topics",
        {topic.slug for topic in stored.topics.all()},
        {slug for slug in record.topics if slug in known.topics},
    )
    yield from _link_differences(stored, record, known, confirm_links=confirm_links)
    yield from _set_difference(
        "runs",
        {_run_words(run.external_id, _stored_run(run)) for run in stored.runs.all()},
        {_run_words(run_id(run), run_columns(run, known)) for run in record.runs},
    )


def _set_difference(field: str, before: set[str], after: set[str]) -> Iterator[FieldChange]:
    if before != after:
        gone, added = "; ".join(sorted(before - after)), "; ".join(sorted(after - before))
        yield FieldChange(field=field, before=_words(gone), after=_words(added))


def imported_links(course: Course) -> dict[str, CourseSkill]:
    """The links by skill that a feed brought and may change; those made by hand or suggested stay as they are."""
    return {link.skill.slug: link for link in course.skill_links.all() if link.method == LinkMethod.IMPORT}


def stated_links(course: Course, record: CourseRecord, known: KnownCatalogue) -> dict[str, SkillLinkRecord]:
    """The links by skill that the row states, without unknown skills and those that people decided about themselves."""
    by_people = known.rejected.get(course.pk, set()) | {
        link.skill.slug
        for link in course.skill_links.all()
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


def _link_differences(
    stored: Course, record: CourseRecord, known: KnownCatalogue, *, confirm_links: bool
) -> Iterator[FieldChange]:
    links = imported_links(stored)
    before = {_link_words(slug, link.entry_level, link.level, link.quote): link for slug, link in links.items()}
    after = {_link_words(slug, s.entry, s.level, s.quote) for slug, s in stated_links(stored, record, known).items()}
    yield from _set_difference("skills", set(before), after)
    waiting = sorted(words for words in after & before.keys() if before[words].confirmed_at is None)
    if confirm_links and waiting:
        yield FieldChange(field="skills confirmed", before=_words(""), after="; ".join(waiting))


def _link_words(skill: str, entry: int | None, level: int, quote: str) -> str:
    return f"{skill} {'' if entry is None else f'{entry}>'}{level} {quote}".strip()


def _stored_run(run: Run) -> dict[str, Any]:
    plain = {name: getattr(run, name) for name in _PLAIN_RUN_COLUMNS}
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
