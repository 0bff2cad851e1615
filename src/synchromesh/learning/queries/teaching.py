"""The courses that somebody teaches here, with what waits for them in each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.assessment.models import Response
from synchromesh.catalogue.models import Course, CoursePart
from synchromesh.catalogue.permissions import EDITING_ROLES, may_edit_courses_of, parts_in
from synchromesh.catalogue.queries.course_parts import find_course_with_parts
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import ContentVersion, Enrolment, EnrolmentState, PostReport, StuckReport
from synchromesh.plumbing.audit import Actor

MOST_SHOWN = 200
"""Courses on one page."""
ONLY_TEACHING = "Only the course's authors, tutors and reviewers see this page."


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtCourse:
    """One course, what the reader does for it, and what waits: answers to mark, reported posts, learners stuck."""

    course: Course
    parts: frozenset[CoursePart]
    draft: int | None
    published: int | None
    learners: int
    to_mark: int
    reported: int
    stuck: int

    @property
    def waits(self) -> int:
        """Everything that a tutor has to look at."""
        return self.to_mark + self.reported + self.stuck


def list_taught_courses(*, visible_to: Actor) -> list[TaughtCourse]:
    """The courses of which the reader is author, tutor or reviewer; those where something waits come first.

    Alliance staff and editors of a provider author every course that has content, or has asked for some. At most nine
    queries however many courses there are.
    """
    if not isinstance(visible_to, User) or not visible_to.is_active:
        return []
    courses = list(_taught_by(visible_to).select_related("provider").order_by("slug")[:MOST_SHOWN])
    parts = _parts(visible_to, courses)
    found = _described(courses, parts)
    return sorted(found, key=lambda row: (row.waits == 0, row.course.slug))


def teaches_something(person: User) -> bool:
    """Whether there is a course that the person teaches. One query."""
    return person.is_active and _taught_by(person).order_by().exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnParts:
    """A course and what the reader does for it."""

    course: Course
    parts: frozenset[CoursePart]


def get_own_parts(slug: str, *, visible_to: Actor) -> OwnParts:
    """A course that the reader teaches. Raises NotFound where there is none, NotAllowed for everybody else."""
    course = find_course_with_parts(slug, visible_to=visible_to)
    if course is None:
        raise NotFound("There is no such course. It may have been merged into another one.")
    own = own_parts_of(course, visible_to=visible_to)
    require(bool(own.parts), ONLY_TEACHING)
    return own


def own_parts_of(course: Course, *, visible_to: Actor) -> OwnParts:
    """The same of a course that the reader may see already, perhaps without any part in it."""
    return OwnParts(course=course, parts=_own_parts(visible_to, course))


def _own_parts(by: Actor, course: Course) -> frozenset[CoursePart]:
    if may_edit_courses_of(by, course.provider):
        return frozenset(CoursePart)
    own = parts_in(by, course)
    return frozenset(CoursePart) if CoursePart.AUTHOR in own else own


def get_taught_course(slug: str, *, visible_to: Actor) -> TaughtCourse:
    """One course with what waits in it. Raises as `get_own_parts`."""
    own = get_own_parts(slug, visible_to=visible_to)
    return _described([own.course], {own.course.pk: own.parts})[0]


def _taught_by(person: User) -> QuerySet[Course]:
    own = Q(roles__person=person)
    with_content = Q(content_versions__isnull=False)
    if is_alliance_staff(person):
        own |= with_content
    else:
        edited = person.memberships.filter(role__in=EDITING_ROLES).values("organisation")
        own |= with_content & Q(provider__in=edited)
    return Course.objects.filter(own, merged_into=None).distinct()


def _parts(person: User, courses: Sequence[Course]) -> dict[int, frozenset[CoursePart]]:
    edited = set(person.memberships.filter(role__in=EDITING_ROLES).values_list("organisation", flat=True))
    given: dict[int, set[CoursePart]] = {}
    for course, part in person.course_roles.filter(course__in=courses).values_list("course", "part"):
        given.setdefault(course, set()).add(CoursePart(part))
    everything = frozenset(CoursePart)
    staff = is_alliance_staff(person)
    return {
        course.pk: everything
        if staff or course.provider_id in edited or CoursePart.AUTHOR in given.get(course.pk, ())
        else frozenset(given.get(course.pk, ()))
        for course in courses
    }


def _described(courses: Sequence[Course], parts: dict[int, frozenset[CoursePart]]) -> list[TaughtCourse]:
    taught = [course.pk for course in courses if CoursePart.TUTOR in parts[course.pk]]
    drafts, published = _versions(courses)
    learners = _counted(Enrolment.objects.filter(course__in=taught, state=EnrolmentState.ACTIVE), "course")
    to_mark = _counted(
        Response.objects.filter(waits_for_mark=True, attempt__instrument__bank__course__in=taught).exclude(
            attempt__submitted_at=None
        ),
        "attempt__instrument__bank__course",
    )
    reported = _counted(PostReport.objects.filter(post__course__in=taught, settled_at=None), "post__course")
    stuck = _counted(StuckReport.objects.filter(enrolment__course__in=taught, settled_at=None), "enrolment__course")
    return [
        TaughtCourse(
            course=course,
            parts=parts[course.pk],
            draft=drafts.get(course.pk),
            published=published.get(course.pk),
            learners=learners.get(course.pk, 0),
            to_mark=to_mark.get(course.pk, 0),
            reported=reported.get(course.pk, 0),
            stuck=stuck.get(course.pk, 0),
        )
        for course in courses
    ]


def _versions(courses: Iterable[Course]) -> tuple[dict[int, int], dict[int, int]]:
    """By course the number of its draft, and of its newest published version."""
    drafts: dict[int, int] = {}
    published: dict[int, int] = {}
    rows = ContentVersion.objects.filter(course__in=courses).order_by("number")
    for course, number, at in rows.values_list("course", "number", "published_at"):
        (drafts if at is None else published)[course] = number
    return drafts, published


def _counted(rows: QuerySet[object], column: str) -> dict[int, int]:  # type: ignore[type-var]
    counted = rows.values(column).annotate(count=Count("pk")).order_by(column)
    return {row[column]: row["count"] for row in counted}
