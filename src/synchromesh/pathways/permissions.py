"""Who may see and change a person's ratings, plans and lists: only that person. Who reads, shows and answers reviews.

Sharing of ratings is decided per skill, later.
"""

from __future__ import annotations

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import is_alliance_staff, may_see_person, role_in
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.permissions import EDITING_ROLES
from synchromesh.pathways.models import Review
from synchromesh.plumbing.audit import Actor


def may_see_profile(by: Actor, person: User) -> bool:
    """The person themselves."""
    return may_see_person(by, person)


def may_change_profile(by: Actor, person: User) -> bool:
    """The person themselves; nobody plans or rates for somebody else without being asked."""
    return isinstance(by, User) and by.is_active and by.pk == person.pk


def belongs_to_provider(by: Actor, course: Course) -> bool:
    """Whether somebody is one of the people of the course's provider, in whatever role."""
    return course.provider is not None and role_in(by, course.provider) is not None


def may_review_course(by: Actor, course: Course) -> bool:
    """Anybody with an account but the provider's own people; that they finished the course is looked up besides."""
    return isinstance(by, User) and by.is_active and not belongs_to_provider(by, course)


def may_read_waiting_reviews(by: Actor) -> bool:
    """Alliance staff read what people wrote before anybody else does."""
    return is_alliance_staff(by)


def may_decide_review(by: Actor, review: Review) -> bool:
    """Alliance staff, but nobody about their own words or about a course of an organisation that they belong to."""
    if not is_alliance_staff(by) or by.public_id == review.person.public_id:
        return False
    return not belongs_to_provider(by, review.course)


def may_answer_reviews(by: Actor, course: Course) -> bool:
    """Editors and managers of the provider; the alliance does not speak for it."""
    return course.provider is not None and role_in(by, course.provider) in EDITING_ROLES
