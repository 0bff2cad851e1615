"""Who may do what with content and learners. Deny by default: what is not said here is refused."""

from __future__ import annotations

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import is_operator
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.permissions import may_author_course, may_review_course, may_tutor_course
from synchromesh.learning.models import ContentVersion, Enrolment, EnrolmentState
from synchromesh.plumbing.audit import Actor

LEARNING = (EnrolmentState.ACTIVE, EnrolmentState.COMPLETED)


def may_edit_content(by: Actor, course: Course) -> bool:
    """Authors of the course."""
    return may_author_course(by, course)


def may_read_version(by: Actor, version: ContentVersion) -> bool:
    """A draft: authors and reviewers. A published version as an author sees it: tutors too."""
    if version.published_at is None:
        return may_review_course(by, version.course)
    return may_review_course(by, version.course) or may_tutor_course(by, version.course)


def may_learn_in(by: Actor, enrolment: Enrolment) -> bool:
    """The learner alone, while they have a place or have completed the course."""
    return owns_enrolment(by, enrolment) and enrolment.state in LEARNING


def owns_enrolment(by: Actor, enrolment: Enrolment) -> bool:
    """The learner alone, in whatever state."""
    return isinstance(by, User) and by.is_active and by.pk == enrolment.person_id


def may_see_learners(by: Actor, course: Course) -> bool:
    """Tutors and authors of the course see who learns in it and how far they are. An employer does not."""
    return may_tutor_course(by, course)


def may_moderate(by: Actor, course: Course) -> bool:
    """Tutors hide posts of the course's discussions."""
    return may_tutor_course(by, course)


def may_move_course_files(by: Actor, course: Course | None) -> bool:
    """Whole courses in: authors into their own course, the operator anywhere."""
    return is_operator(by) or (course is not None and may_author_course(by, course))
