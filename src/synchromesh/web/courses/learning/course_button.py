"""The button that leads from the page of a course, or from a plan, into learning here."""

from __future__ import annotations

from typing import Any

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.learning.models import EnrolmentState
from synchromesh.learning.queries.enrolments import find_enrolment


def learning_button(course: Course, user: Any) -> str:
    """What one can do here: "start", "continue", "waiting" or "completed"; empty where there is nothing to learn."""
    if course.learned_here_since is None:
        return ""
    enrolment = find_enrolment(user, course) if isinstance(user, User) else None
    if enrolment is None or enrolment.state == EnrolmentState.LEFT:
        return "start"
    return {"active": "continue", "waiting": "waiting"}.get(enrolment.state, "completed")
