"""Write the courses of a feed with their providers, fields, runs and skill links, through the import's change log.

Always for a whole chunk of entries: the number of questions to the database does not grow with their number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from django.utils import timezone
from django.utils.text import slugify

from synchromesh.accounts.models import Organisation, OrganisationKind, OrganisationKindOf
from synchromesh.accounts.operations.organisations import wanted_organisation_slug
from synchromesh.catalogue.models import Course, CourseSkill, FieldLock, Run
from synchromesh.catalogue.operations.course_rows import (
    course_columns,
    imported_links,
    link_columns,
    locked_fields,
    news_for_locks,
    run_columns,
    run_id,
    stated_links,
    stated_topics,
)
from synchromesh.catalogue.operations.known_catalogue import KnownCatalogue, provider_id
from synchromesh.engine.feeds.records import CourseRecord
from synchromesh.framework.models import Topic
from synchromesh.plumbing.audit import Actor
from synchromesh.plumbing.free_slugs import FreeSlugs
from synchromesh.plumbing.record_changes import ChangeLog
from synchromesh.plumbing.sources import LinkMethod, Origin, stable_uid
from synchromesh.plumbing.undo import list_unused
from synchromesh.search.operations import MOST_AT_ONCE

# Columns of a link that say where the words stand, not what the course teaches: a newer date unconfirms nothing.
_NOT_MEANING = frozenset({"source", "source_url", "source_on"})
PARTS = ("topics", "skills", "runs")
"""What belongs to a course in tables of its own."""
_ORIGINS = frozenset(Origin.values)  # an enumeration lists its values anew each time
_Pair: TypeAlias = tuple[Course, CourseRecord]


class CourseWriter:
    """Applies the entries of one batch.

    `written` has the uids of courses that are found by other words now, or the first few thousand of them, `providers`
    those of new organisations.
    """

    def __init__(self, *, log: ChangeLog, known: KnownCatalogue, by: Actor, origin: str, confirm_links: bool) -> None:
        self._log, self._known, self._origin = log, known, origin
        self._confirmation: dict[str, Any] = (
            {"confirmed_by": by.public_id, "confirmed_at": timezone.now()} if confirm_links else {}
        )
        self._slugs, self._provider_slugs = FreeSlugs(Course), FreeSlugs(Organisation)
        self.written: set[str] = set()
        self.providers: set[str] = set()

    def write(self, records: Sequence[CourseRecord]) -> None:
        """Create the courses or bring them to what the feed says, apart from fields that people hold on to."""
        self._known.load(records)
        self._create_providers(records)
        known = self._known.courses
        pairs = [(known[record.external_id], record) for record in records if record.external_id in known]
        self._change_courses(pairs)
        new = self._create_courses([record for record in records if record.external_id not in known])
        for field in PARTS:
            self.write_part(field, [pair for pair in pairs if field not in locked_fields(pair[0])], new=new)
        _note_source_values(pairs)

    def write_part(self, field: str, pairs: Sequence[_Pair], *, new: Sequence[_Pair] = ()) -> None:
        """Bring the topics, the skills or the runs of courses to what their entries say.

        Courses that are `new` have none yet, so that nothing needs to be read.
        """
        if field == "topics":
            self._write_topics([*[(*pair, pair[0].topics.all()) for pair in pairs], *[(*pair, ()) for pair in new]])
        elif field == "skills":
            self._write_links([*[(*pair, pair[0].skill_links.all()) for pair in pairs], *[(*pair, ()) for pair in new]])
        else:
            self._write_runs([*[(*pair, pair[0].runs.all()) for pair in pairs], *[(*pair, ()) for pair in new]])

    def make_provider(self, record: CourseRecord) -> Organisation | None:
        """The organisation that an entry names; made where nobody knows it."""
        self._create_providers([record])
        return self._known.provider(record.provider) if record.provider else None

    def _create_providers(self, records: Iterable[CourseRecord]) -> None:
        """Organisations that nobody knows yet come into being with this import."""
        new: dict[str, CourseRecord] = {}
        for record in records:
            if record.provider and self._known.provider(record.provider) is None:
                new.setdefault(record.provider.casefold(), record)
        slugs = self._provider_slugs.take([wanted_organisation_slug(record.provider) for record in new.values()])
        made = [self._provider(record, slug) for record, slug in zip(new.values(), slugs, strict=True)]
        self._log.create_many(made)
        kinds = [OrganisationKindOf(organisation=provider, kind=OrganisationKind.PROVIDER) for provider in made]
        self._log.create_many(kinds)
        self._known.providers |= dict(zip(new, made, strict=True))
        self.providers.update(str(provider.uid) for provider in made)

    def _provider(self, record: CourseRecord, slug: str) -> Organisation:
        external_id = provider_id(record.provider)
        return Organisation(
            uid=stable_uid("organisation", self._known.source, external_id),
            slug=slug,
            name=record.provider,
            country=self._known.countries.get(record.provider_country),
            origin=self._origin,
            import_source=self._known.source,
            external_id=external_id,
            source=record.source,
            source_url=record.source_url,
            source_on=record.source_on,
        )

    def _columns(self, record: CourseRecord) -> dict[str, Any]:
        provider = self._known.provider(record.provider) if record.provider else None
        return course_columns(record) | {"provider": provider}

    def _change_courses(self, pairs: Sequence[_Pair]) -> None:
        changes = []
        for course, record in pairs:
            locked = locked_fields(course)
            columns = {name: value for name, value in self._columns(record).items() if name not in locked}
            changes.append((course, columns | {"missing_since": None} | _newer_confirmation(course, record)))
        self._note(self._log.change_many(changes))

    def _create_courses(self, records: Sequence[CourseRecord]) -> list[_Pair]:
        slugs = self._slugs.take([wanted_course_slug(record.title, record.external_id) for record in records])
        made = [
            Course(
                uid=stable_uid("course", self._known.source, record.external_id),
                slug=slug,
                origin=_origin(record, self._origin),
                import_source=self._known.source,
                external_id=record.external_id,
                published_at=timezone.now(),
                last_confirmed_on=record.source_on or timezone.localdate(),
                confirmed_by=self._known.source,
                **self._columns(record),
            )
            for record, slug in zip(records, slugs, strict=True)
        ]
        self._log.create_many(made)
        self._note(made)
        return list(zip(made, records, strict=True))

    def note_written(self, uids: Iterable[str]) -> None:
        """One beyond the number from which on the whole index is built anew is enough to know."""
        for uid in uids:
            if len(self.written) <= MOST_AT_ONCE:
                self.written.add(uid)

    def _note(self, courses: Iterable[Course]) -> None:
        self.note_written(str(course.uid) for course in courses)

    def _write_topics(self, entries: Iterable[tuple[Course, CourseRecord, Iterable[Topic]]]) -> None:
        through = Course.topics.through
        differing = []
        for course, record, topics in entries:
            have, wanted = {topic.slug for topic in topics}, stated_topics(record, self._known)
            if have != wanted:
                differing.append((course, have, wanted))
        fewer = [course for course, have, wanted in differing if have - wanted]
        rows = through.objects.filter(course__in=fewer).select_related("topic")
        gone = {(course.pk, slug) for course, have, wanted in differing for slug in have - wanted}
        self._log.delete_many([row for row in rows.order_by("pk") if (row.course_id, row.topic.slug) in gone])
        self._log.create_many(
            [
                through(course=course, topic=self._known.topics[slug])
                for course, have, wanted in differing
                for slug in sorted(wanted - have)
            ]
        )
        self._note(course for course, *_ in differing)

    def _write_links(self, entries: Sequence[tuple[Course, CourseRecord, Iterable[CourseSkill]]]) -> None:
        gone: list[CourseSkill] = []
        changes: list[tuple[CourseSkill, dict[str, Any]]] = []
        new: list[CourseSkill] = []
        touched: list[Course] = []
        for course, record, links in entries:
            before = len(gone) + len(new)
            stored, stated = imported_links(links), stated_links(course, links, record, self._known)
            others = {link.skill.slug: link for link in links if link.method != LinkMethod.IMPORT}
            gone += [stored[slug] for slug in sorted(stored.keys() - stated.keys())]
            for slug, link in sorted(stated.items()):
                columns = link_columns(link, record)
                if slug in stored:
                    changes.append((stored[slug], self._link_changes(stored[slug], columns)))
                    continue
                if slug in others:  # what was only guessed gives way to what the source states
                    gone.append(others[slug])
                skill = self._known.skills[slug]
                new.append(CourseSkill(course=course, skill=skill, **columns, **self._confirmation))
            if len(gone) + len(new) > before:
                touched.append(course)
        self._log.delete_many(gone)
        changed = {link.course_id for link in self._log.change_many(changes)}
        self._log.create_many(new)
        self._note(touched)
        self._note(course for course, *_ in entries if course.pk in changed)

    def _link_changes(self, link: CourseSkill, columns: dict[str, Any]) -> dict[str, Any]:
        """A link that now says something else was confirmed for what it said before."""
        if any(getattr(link, name) != value for name, value in columns.items() if name not in _NOT_MEANING):
            return {**columns, "confirmed_by": "", "confirmed_at": None, **self._confirmation}
        return columns | (self._confirmation if link.confirmed_at is None else {})

    def _write_runs(self, entries: Sequence[tuple[Course, CourseRecord, Iterable[Run]]]) -> None:
        changes: list[tuple[Run, dict[str, Any]]] = []
        new: list[Run] = []
        gone: list[Run] = []
        for course, record, runs in entries:
            stored = {run.external_id: run for run in runs}
            stated = {run_id(run): run_columns(run, self._known) for run in record.runs}
            for identity, columns in stated.items():
                if identity in stored:
                    changes.append((stored[identity], columns))
                    continue
                uid = stable_uid("run", self._known.source, f"{record.external_id}\n{identity}")
                new.append(Run(uid=uid, course=course, external_id=identity, **columns))
            gone += [stored[identity] for identity in sorted(stored.keys() - stated.keys())]
        gone = list_unused(gone)  # a run in which people learn here stays, whatever its source says
        touched = {run.course_id for run in (*self._log.change_many(changes), *new, *gone)}
        self._log.create_many(new)
        self._log.delete_many(gone)
        self._note(course for course, *_ in entries if course.pk in touched)


def wanted_course_slug(title: str, external_id: str) -> str:
    """The slug that a course gets if it is free."""
    return (slugify(title) or slugify(external_id))[:140].strip("-") or "course"


def _origin(record: CourseRecord, stated: str) -> str:
    """What the operator states of the file, but an entry that calls itself a draft or invented never becomes real."""
    return record.origin if stated == Origin.REAL and record.origin in _ORIGINS else stated


def _newer_confirmation(course: Course, record: CourseRecord) -> dict[str, Any]:
    """A source that names a course says thereby that it is right: on the day of its entry, or today where none is."""
    last, said = course.last_confirmed_on, record.source_on or timezone.localdate()
    if last is not None and last >= said:
        return {}
    return {"last_confirmed_on": said, "confirmed_by": course.import_source}


def _note_source_values(pairs: Iterable[_Pair]) -> None:
    """Keep what the feed says about the fields that people hold on to. It is no change, so that undo need not know."""
    noted = []
    for course, record in pairs:
        for lock, value in news_for_locks(course, record).items():
            lock.source_says, lock.source_value = True, value
            noted.append(lock)
    FieldLock.objects.bulk_update(noted, ["source_says", "source_value"])
