"""The catalogue as data: the JSON of `synchromesh catalogue export` and the CSV of our own feed template."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Prefetch, QuerySet

from synchromesh.accounts.models import Organisation, OrganisationKind
from synchromesh.catalogue.models import Course, CourseSkill, Run
from synchromesh.engine.feeds.readers import csv_template
from synchromesh.engine.feeds.records import CourseRecord, RunRecord, SkillLinkRecord
from synchromesh.engine.vocabulary.money import Money


def export_catalogue() -> dict[str, Any]:
    """Providers, courses with their links, and runs. Unknown values are null, never 0."""
    courses = list(_courses())
    return {
        "providers": [_provider_json(provider) for provider in _providers()],
        "courses": [_course_json(course) for course in courses],
        "runs": [_run_json(run, course) for course in courses for run in course.runs.all()],
    }


_AT_ONCE = 200  # courses that are read with all that belongs to them


def write_catalogue(file: BinaryIO, *, about: Mapping[str, Any]) -> None:
    """Write what `export_catalogue` gives as JSON, record by record, with `about` in front."""
    encoder = DjangoJSONEncoder(ensure_ascii=False)

    def write_list(target: Any, rows: Iterator[dict[str, Any]]) -> None:
        for number, row in enumerate(rows):
            target.write((",\n" if number else "\n").encode() + encoder.encode(row).encode())

    file.write(b'{"about": ' + encoder.encode(dict(about)).encode() + b',\n"providers": [')
    write_list(file, map(_provider_json, _providers().iterator(chunk_size=_AT_ONCE)))
    file.write(b'],\n"courses": [')
    with tempfile.TemporaryFile() as runs:

        def courses() -> Iterator[dict[str, Any]]:
            for course in _courses().iterator(chunk_size=_AT_ONCE):
                runs.writelines(encoder.encode(_run_json(run, course)).encode() + b"\n" for run in course.runs.all())
                yield _course_json(course)

        write_list(file, courses())
        file.write(b'],\n"runs": [')
        runs.seek(0)
        write_list(file, map(json.loads, runs))
    file.write(b"]}\n")


def stream_courses() -> Iterator[Course]:
    """All published courses with what their records need, some at a time, so that memory stays as it is."""
    return _courses().iterator(chunk_size=_AT_ONCE)


def catalogue_csv() -> bytes:
    """All published courses in the feed template, so that an export can be edited and imported again."""
    table = io.BytesIO()
    csv_template.write((course_record(course) for course in _courses()), table)
    return table.getvalue()


def _courses() -> QuerySet[Course]:
    links = CourseSkill.objects.select_related("skill").order_by("skill__slug")
    runs = Run.objects.select_related("country", "region").order_by("starts_on", "external_id")
    return (
        Course.objects.exclude(published_at=None)
        .select_related("provider__country")
        .prefetch_related("topics", Prefetch("skill_links", queryset=links), Prefetch("runs", queryset=runs))
        .order_by("slug")
    )


def _providers() -> QuerySet[Organisation]:
    providers = Organisation.objects.filter(kinds__kind=OrganisationKind.PROVIDER).select_related("country")
    return providers.distinct().order_by("slug")


def _provider_json(provider: Organisation) -> dict[str, Any]:
    return {
        "uid": str(provider.uid),
        "slug": provider.slug,
        "name": provider.name,
        "type": provider.stated_type,
        "country": provider.country.code if provider.country else None,
        "url": provider.url,
        "origin": provider.origin,
        "source": provider.source,
        "source_url": provider.source_url,
        "source_on": provider.source_on,
    }


def _course_json(course: Course) -> dict[str, Any]:
    plain = (
        "slug", "record_type", "summaries", "descriptions", "outcomes", "languages", "subtitles", "minutes",
        "workload_text", "price_cents", "price_text", "eqf_min", "eqf_max", "eqf_text", "url", "origin", "source",
        "source_url", "source_on", "external_id", "last_confirmed_on", "keywords", "licence", "accessibility",
    )  # fmt: skip
    return {
        "uid": str(course.uid),
        "title": str(course),
        "titles": course.titles,
        **{name: getattr(course, name) for name in plain},
        "mode": course.mode or None,
        "currency": course.currency or None,
        "certificate": course.certificate or None,
        "ects": float(course.ects) if course.ects is not None else None,
        "provider": course.provider.slug if course.provider else None,
        "fields": [topic.slug for topic in course.topics.all()],
        "skills": [_link_json(link) for link in course.skill_links.all()],
    }


def _link_json(link: CourseSkill) -> dict[str, Any]:
    return {
        "skill": link.skill.slug,
        "entry_level": link.entry_level if link.entry_level is not None else link.level - 1,
        "entry_level_assumed": link.entry_level is None,
        "level": link.level,
        "method": link.method,
        "confidence": float(link.confidence) if link.confidence is not None else None,
        "quote": link.quoted_words,
        "confirmed": link.confirmed_at is not None,
        "confirmed_at": link.confirmed_at,
        "source": link.source,
        "source_on": link.source_on,
    }


def _run_json(run: Run, course: Course) -> dict[str, Any]:
    plain = ("starts_on", "ends_on", "dates_text", "place", "deadline_on", "seats")
    return {
        "uid": str(run.uid),
        "course": course.slug,
        **{name: getattr(run, name) for name in plain},
        "language": run.language or None,
        "mode": run.mode or None,
        "country": run.country.code if run.country else None,
        "region": run.region.code if run.region else None,
    }


def course_record(course: Course) -> CourseRecord:
    """The stored course as the record a feed reader would give."""
    price = Money(cents=course.price_cents, currency=course.currency) if course.price_cents is not None else None
    return CourseRecord(
        position=course.slug,
        external_id=course.external_id or course.slug,
        titles=course.titles or {"en": course.slug},
        provider=course.provider.name if course.provider else "",
        provider_country=course.provider.country.code if course.provider and course.provider.country else "",
        record_type=course.record_type,
        topics=tuple(topic.slug for topic in course.topics.all()),
        summaries=course.summaries,
        descriptions=course.descriptions,
        outcomes={language: tuple(outcomes) for language, outcomes in course.outcomes.items()},
        languages=tuple(course.languages),
        subtitles=tuple(course.subtitles),
        mode=course.mode,
        minutes=course.minutes,
        workload_text=course.workload_text,
        price=price,
        price_text=course.price_text,
        certificate=course.certificate,
        eqf_min=course.eqf_min,
        eqf_max=course.eqf_max,
        eqf_text=course.eqf_text,
        ects=course.ects,
        url=course.url,
        skills=tuple(
            SkillLinkRecord(skill=link.skill.slug, entry=link.entry_level, level=link.level, quote=link.quote)
            for link in course.skill_links.all()
        ),
        runs=tuple(_run_record(run) for run in course.runs.all()),
        source=course.source,
        source_url=course.source_url,
        source_on=course.source_on,
        provider_url=course.provider.url if course.provider else "",
        keywords=tuple(course.keywords),
        licence=course.licence,
        accessibility=tuple(course.accessibility),
        origin=course.origin,
    )


def _run_record(run: Run) -> RunRecord:
    return RunRecord(
        position=run.external_id,
        external_id=run.external_id,
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        dates_text=run.dates_text,
        country=run.country.code if run.country else "",
        nuts=run.region.code if run.region else "",
        place=run.place,
        language=run.language,
        mode=run.mode,
        deadline_on=run.deadline_on,
        seats=run.seats,
        url=run.url,
    )
