"""Who may change the catalogue: a provider's editors its own courses, alliance staff all of it."""

from __future__ import annotations

from synchromesh.accounts.models import MembershipRole, Organisation, User
from synchromesh.accounts.permissions import is_alliance_staff, may_edit_for_organisation
from synchromesh.catalogue.models import Course, CoursePart
from synchromesh.plumbing.audit import Actor

EDITING_ROLES = (MembershipRole.EDITOR, MembershipRole.MANAGER)


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
    """No query where the person's roles in courses are prefetched, as on pages that ask for several permissions."""
    if not isinstance(by, User) or not by.is_active:
        return False
    return any(one.course_id == course.pk and one.part in parts for one in by.course_roles.all())


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
