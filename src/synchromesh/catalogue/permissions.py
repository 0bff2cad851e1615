"""Who may change the catalogue: a provider's editors its own courses, alliance staff all of it."""

from __future__ import annotations

from collections.abc import Iterable

from synchromesh.accounts.models import MembershipRole, Organisation, User
from synchromesh.accounts.permissions import is_alliance_staff, may_edit_for_organisation
from synchromesh.catalogue.models import Course, CoursePart
from synchromesh.plumbing.audit import Actor

EDITING_ROLES = (MembershipRole.EDITOR, MembershipRole.MANAGER)
_KNOWN_PARTS = "known_parts_in_courses"


def may_import_courses(by: Actor) -> bool:
    """A feed may name any provider, so that only alliance staff and the operator commit one."""
    return is_alliance_staff(by)


def may_edit_courses_of(by: Actor, provider: Organisation | None) -> bool:
    """Editors of the provider; courses without a provider are the alliance's to edit."""
    return is_alliance_staff(by) if provider is None else may_edit_for_organisation(by, provider)


def may_map_courses(by: Actor) -> bool:
    """Whoever edits the courses of some organisation, and alliance staff."""
    if is_alliance_staff(by):
        return True
    return isinstance(by, User) and by.is_active and by.memberships.filter(role__in=EDITING_ROLES).exists()


def may_read_verdicts(by: Actor) -> bool:
    """Judgements of all courses together are what the alliance trains its matching with."""
    return is_alliance_staff(by)


def _has_part_in(by: Actor, course: Course, *parts: CoursePart) -> bool:
    return not parts_in(by, course).isdisjoint(parts)


def parts_in(by: Actor, course: Course) -> frozenset[CoursePart]:
    """A person's own parts in a course. No query where whatever found the course told them with `remember_parts`."""
    if not isinstance(by, User) or not by.is_active:
        return frozenset()
    known: frozenset[CoursePart] | None = vars(by).get(_KNOWN_PARTS, {}).get(course.pk)
    if known is None:
        known = frozenset(CoursePart(role.part) for role in by.course_roles.all() if role.course_id == course.pk)
    return known


def remember_parts(by: User, course: Course, parts: Iterable[str]) -> None:
    """Keep a person's parts in a course that was just read, since a page asks for several permissions."""
    vars(by).setdefault(_KNOWN_PARTS, {})[course.pk] = frozenset(map(CoursePart, parts))


def may_author_course(by: Actor, course: Course) -> bool:
    """Whoever edits the provider's courses, and the course's authors: its content, its questions, its cohorts."""
    return may_edit_courses_of(by, course.provider) or _has_part_in(by, course, CoursePart.AUTHOR)


def may_review_course(by: Actor, course: Course) -> bool:
    """Authors, and the course's reviewers: they read drafts and say what is wrong."""
    parts = (CoursePart.AUTHOR, CoursePart.REVIEWER)
    return may_edit_courses_of(by, course.provider) or _has_part_in(by, course, *parts)


def may_tutor_course(by: Actor, course: Course) -> bool:
    """Authors, and the course's tutors: they see who is stuck where, mark, moderate and write to learners."""
    return may_edit_courses_of(by, course.provider) or _has_part_in(by, course, CoursePart.AUTHOR, CoursePart.TUTOR)
