"""Versions of a course's content: which there are, what differs, what must be mended before publishing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.course_parts import keep_reader_parts, with_reader_parts
from synchromesh.engine.errors import NotFound, Problem
from synchromesh.engine.exchange.course_files import CourseDocument, UnitRecord
from synchromesh.learning.models import ContentVersion, Enrolment, Unit, VersionRemark
from synchromesh.learning.permissions import LEARNING, may_read_version
from synchromesh.learning.queries.course_checks import document_problems, unit_problems
from synchromesh.learning.queries.course_documents import course_document, course_documents
from synchromesh.learning.queries.media import media_names
from synchromesh.plumbing.audit import Actor

_UNIT_FIELDS = ("kind", "titles", "minutes", "is_required", "must_pass", "content", "instrument")
_SETTINGS = ("source_language", "languages", "attendance_percent", "issues_credential", "coverage")


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionEntry:
    """A version with the number of its units, of learners on it, and of remarks that nobody has settled."""

    version: ContentVersion
    units: int
    learners: int
    open_remarks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChange:
    """A unit in both versions that differs, with the names of what differs.

    "test" stands for the rules or questions of its instrument, "place" for another section or order.
    """

    key: str
    before: UnitRecord
    after: UnitRecord
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionDifference:
    """What differs between two versions, by units; `settings` names what differs of the version itself."""

    older: ContentVersion
    newer: ContentVersion
    added: tuple[UnitRecord, ...]
    removed: tuple[UnitRecord, ...]
    changed: tuple[UnitChange, ...]
    settings: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.removed or self.changed or self.settings)


def list_course_versions(slug: str, *, visible_to: Actor) -> list[VersionEntry]:
    """All versions of a course, newest first, drafts too, with the course; `AuthoredCourse` asks who may read them.

    Of a course that was merged into another one there are none.
    """
    found = ContentVersion.objects.filter(course__slug=slug, course__merged_into=None).order_by("-number")
    known = with_reader_parts(found.select_related("course__provider"), visible_to=visible_to, course="course")
    counted = known.annotate(
        unit_count=_number(Unit.objects.filter(version=OuterRef("pk"))),
        learner_count=_number(Enrolment.objects.filter(version=OuterRef("pk"), state__in=LEARNING)),
        remark_count=_number(VersionRemark.objects.filter(version=OuterRef("pk"), settled_at=None)),
    )
    versions = list(counted)
    for version in versions:
        version.course = versions[0].course
        keep_reader_parts(version, version.course, visible_to=visible_to)
    return [
        VersionEntry(version=row, units=row.unit_count, learners=row.learner_count, open_remarks=row.remark_count)
        for row in versions
    ]


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many rows belong to the version of the outer query."""
    counted = rows.order_by().values("version").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def get_version(course: Course, number: int, *, visible_to: Actor) -> ContentVersion:
    """One version by its number. Raises NotFound, also for who may not read it."""
    return _visible(ContentVersion.objects.filter(course=course, number=number).first(), visible_to)


def _visible(version: ContentVersion | None, visible_to: Actor) -> ContentVersion:
    if version is None or not may_read_version(visible_to, version):
        raise NotFound("There is no such version.")
    return version


def find_draft(course: Course) -> ContentVersion | None:
    """The draft of a course, or None. The caller has asked whether it may be read."""
    return ContentVersion.objects.filter(course=course, published_at=None).select_related("course__provider").first()


def find_newest_version(course: Course) -> ContentVersion | None:
    """The newest published version: what new learners get."""
    published = ContentVersion.objects.filter(course=course).exclude(published_at=None)
    return published.select_related("course__provider").order_by("-number").first()


def list_remarks(version: ContentVersion, *, unit_key: str | None = None) -> list[VersionRemark]:
    """What reviewers said, open ones first; of one unit if asked for. The caller has asked whether it may be read."""
    found = version.remarks.order_by("written_at", "id")
    remarks = list(found if unit_key is None else found.filter(unit_key=unit_key))
    return sorted(remarks, key=lambda remark: remark.settled_at is not None)


def version_problems(version: ContentVersion, *, document: CourseDocument | None = None) -> list[Problem]:
    """What must be mended before the version can be published; see `course_checks.document_problems`.

    `document` is that of the version, where the caller has read it already.
    """
    return document_problems(document or course_document(version), media=media_names(version.course))


def problems_of_unit(version: ContentVersion, key: str) -> list[Problem]:
    """What must be mended in one unit."""
    document = course_document(version)
    names = media_names(version.course)
    return [
        problem
        for unit in document.units
        if unit.key == key
        for problem in unit_problems(unit, document=document, media=names)
    ]


def compare_versions(
    older: ContentVersion, newer: ContentVersion, *, documents: Sequence[CourseDocument] | None = None
) -> VersionDifference:
    """What differs, by the keys of units. The caller has asked whether both may be read.

    `documents` are those of the two, where the caller has read them already.
    """
    before, after = documents or course_documents([older, newer])
    had, has = ({unit.key: unit for unit in document.units} for document in (before, after))
    changed = []
    for key, unit in has.items():
        if key in had and (fields := _differing(had[key], unit, before, after)):
            changed.append(UnitChange(key=key, before=had[key], after=unit, fields=fields))
    return VersionDifference(
        older=older,
        newer=newer,
        added=tuple(unit for key, unit in has.items() if key not in had),
        removed=tuple(unit for key, unit in had.items() if key not in has),
        changed=tuple(changed),
        settings=tuple(name for name in _SETTINGS if getattr(before, name) != getattr(after, name)),
    )


def _differing(was: UnitRecord, now: UnitRecord, before: CourseDocument, after: CourseDocument) -> tuple[str, ...]:
    fields = [name for name in _UNIT_FIELDS if getattr(was, name) != getattr(now, name)]
    if was.instrument and was.instrument == now.instrument and _test(before, was) != _test(after, now):
        fields.append("test")
    if _neighbours(before, was.key, after) != _neighbours(after, now.key, before):
        fields.append("place")
    return tuple(fields)


def _test(document: CourseDocument, unit: UnitRecord) -> object:
    """The rules of a unit's instrument and the questions it asks, whole."""
    found = next((one for one in document.instruments if one.key == unit.instrument), None)
    asked = {key for part in found.parts for key in part.questions} if found else set()
    return found, [question for question in document.questions if question["key"] in asked]


def _neighbours(document: CourseDocument, key: str, other: CourseDocument) -> tuple[str, str]:
    """The section of a unit and the unit before it, of those that both versions have."""
    shared = {unit.key for unit in other.units}
    for section in document.sections:
        keys = [unit.key for unit in section.units if unit.key in shared]
        if key in keys:
            place = keys.index(key)
            return section.key, keys[place - 1] if place else ""
    return "", ""
