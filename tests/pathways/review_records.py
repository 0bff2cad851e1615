"""Small records for tests of reviews: a finished course and what somebody wrote about it."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.records import TODAY, a_role, the_version

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.framework.models import JobRole
from synchromesh.pathways.models import Plan, PlanStep, Review, StepStatus


def finish(person: User, course: Course, *, on: date | None = TODAY) -> PlanStep:
    """Put the course into a plan of the person as finished."""
    role = JobRole.objects.first() or a_role("welder", {"weld": 2})
    plan = Plan.objects.create(person=person, role=role, version=the_version())
    return PlanStep.objects.create(plan=plan, course=course, position=1, status=StepStatus.FINISHED, finished_on=on)


def a_review(course: Course, name: str = "anna", **columns: Any) -> Review:
    """A shown review by a person of its own: it helped, in English."""
    person = User.objects.create_user(email=f"{name}@example.org", password=None, name=f"{name.title()} Author")
    stated = {"helped": 3, "words": f"Words of {name}.", "language": "en", "finished_on": TODAY, "state": "shown"}
    return Review.objects.create(**({"course": course, "person": person} | stated | columns))
