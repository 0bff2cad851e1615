"""Write one course of a feed with its provider, fields, runs and skill links, through the import's change log."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from synchromesh.accounts.models import Organisation, OrganisationKind, OrganisationKindOf
from synchromesh.accounts.operations.organisations import free_organisation_slug
from synchromesh.catalogue.models import Course, CourseSkill, Run
from synchromesh.catalogue.operations.course_rows import (
    KnownCatalogue,
    course_columns,
    imported_links,
    link_columns,
    provider_id,
    run_columns,
    run_id,
    stated_links,
)
from synchromesh.engine.feeds.records import CourseRecord
from synchromesh.plumbing.audit import Actor
from synchromesh.plumbing.record_changes import ChangeLog
from synchromesh.plumbing.sources import stable_uid

# Columns of a link that say where the words stand, not what the course teaches: a newer date unconfirms nothing.
_NOT_MEANING = frozenset({"source", "source_url", "source_on"})


class CourseWriter:
    """Applies the rows of one batch."""

    def __init__(self, *, log: ChangeLog, known: KnownCatalogue, by: Actor, origin: str, confirm_links: bool) -> None:
        self._log, self._known, self._origin = log, known, origin
        self._confirmation: dict[str, Any] = (
            {"confirmed_by": by.public_id, "confirmed_at": timezone.now()} if confirm_links else {}
        )
        self._slugs = set(Course.objects.values_list("slug", flat=True))

    def write(self, record: CourseRecord) -> None:
        """Create the course or bring it to what the feed says."""
        columns = course_columns(record) | {"provider": self._provider(record)}
        course = self._known.courses.get(record.external_id)
        if course is None:
            course = Course(
                uid=stable_uid("course", self._known.source, record.external_id),
                slug=self._free_slug(record),
                origin=self._origin,
                import_source=self._known.source,
                external_id=record.external_id,
                published_at=timezone.now(),
                last_confirmed_on=record.source_on,
                **columns,
            )
            self._log.create(course)
            self._known.courses[record.external_id] = course
        else:
            self._log.change(course, **columns)
        self._write_topics(course, record)
        self._write_links(course, record)
        self._write_runs(course, record)

    def _provider(self, record: CourseRecord) -> Organisation | None:
        """The organisation of that name; one that nobody knows yet comes into being with this import."""
        if not record.provider:
            return None
        if found := self._known.provider(record.provider):
            return found
        external_id = provider_id(record.provider)
        provider = Organisation(
            uid=stable_uid("organisation", self._known.source, external_id),
            slug=free_organisation_slug(record.provider),
            name=record.provider,
            country=self._known.countries.get(record.provider_country),
            origin=self._origin,
            import_source=self._known.source,
            external_id=external_id,
            source=record.source,
            source_url=record.source_url,
            source_on=record.source_on,
        )
        self._log.create(provider)
        self._log.create(OrganisationKindOf(organisation=provider, kind=OrganisationKind.PROVIDER))
        self._known.providers[record.provider.casefold()] = provider
        return provider

    def _free_slug(self, record: CourseRecord) -> str:
        wanted = (slugify(record.title) or slugify(record.external_id))[:140].strip("-") or "course"
        slug, number = wanted, 2
        while slug in self._slugs:
            slug, number = f"{wanted}-{number}", number + 1
        self._slugs.add(slug)
        return slug

    def _write_topics(self, course: Course, record: CourseRecord) -> None:
        through = Course.topics.through
        wanted = {slug for slug in record.topics if slug in self._known.topics}
        stored = {row.topic.slug: row for row in through.objects.filter(course=course).select_related("topic")}
        for slug in sorted(stored.keys() - wanted):
            self._log.delete(stored[slug])
        for slug in sorted(wanted - stored.keys()):
            self._log.create(through(course=course, topic=self._known.topics[slug]))

    def _write_links(self, course: Course, record: CourseRecord) -> None:
        stored, stated = imported_links(course), stated_links(course, record, self._known)
        for slug in sorted(stored.keys() - stated.keys()):
            self._log.delete(stored[slug])
        for slug, link in sorted(stated.items()):
            columns = link_columns(link, record)
            if slug in stored:
                self._change_link(stored[slug], columns)
                continue
            for suggestion in course.skill_links.filter(skill=self._known.skills[slug]):
                self._log.delete(suggestion)  # what was only guessed gives way to what the source states
            skill = self._known.skills[slug]
            self._log.create(CourseSkill(course=course, skill=skill, **columns, **self._confirmation))

    def _change_link(self, link: CourseSkill, columns: dict[str, Any]) -> None:
        """A link that now says something else was confirmed for what it said before."""
        if any(getattr(link, name) != value for name, value in columns.items() if name not in _NOT_MEANING):
            self._log.change(link, **columns, **({"confirmed_by": "", "confirmed_at": None} | self._confirmation))
        else:
            confirmation = self._confirmation if link.confirmed_at is None else {}
            self._log.change(link, **columns, **confirmation)

    def _write_runs(self, course: Course, record: CourseRecord) -> None:
        stored = {run.external_id: run for run in course.runs.all()}
        for run in record.runs:
            columns = run_columns(run, self._known)
            if run_id(run) in stored:
                self._log.change(stored[run_id(run)], **columns)
            else:
                uid = stable_uid("run", self._known.source, f"{record.external_id}\n{run_id(run)}")
                self._log.create(Run(uid=uid, course=course, external_id=run_id(run), **columns))
        stated = {run_id(run) for run in record.runs}
        for identity in sorted(stored.keys() - stated):
            self._log.delete(stored[identity])
