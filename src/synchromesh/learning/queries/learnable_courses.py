"""Courses in which one can learn here, as their pages ask for them."""

from __future__ import annotations

from django.db.models import QuerySet

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.courses import get_course_or_winner
from synchromesh.learning.models import Enrolment, EnrolmentState
from synchromesh.plumbing.audit import Actor


def get_course_to_learn(slug: str, *, person: Actor | None = None) -> Course:
    """One published course by its slug, or the one that it was found to be the same as. One query. Raises NotFound.

    Whoever is in a course finds it also when nobody else does any more: they go on, change the language, or leave.
    """
    courses = Course.objects.select_related("provider").filter(slug=slug)
    published = courses.exclude(published_at=None).first()
    return published or _own_course(courses, person) or get_course_or_winner(slug)


def _own_course(courses: QuerySet[Course], person: Actor | None) -> Course | None:
    if not isinstance(person, User):
        return None
    here = Enrolment.objects.filter(person=person).exclude(state=EnrolmentState.LEFT)
    return courses.filter(pk__in=here.values("course")).first()
