"""Somebody who learns on the site that is measured, and the addresses of their pages.

Run as `python -m benchmarks.pages.learner` with the environment of a site that is filled; prints one JSON object: the
key of a session and the addresses of a course's page, of a unit, of an exercise and of a question.
"""

from __future__ import annotations

import json
import sys

import django

COURSE, UNIT, EXERCISE, TEST = "battery-life-cycle", "energy-that-stays", "read-and-sort", "final-test"


def prepare() -> dict[str, object]:
    """Make the learner, begin the course and its test. Needs django.setup()."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from synchromesh.accounts.models import User
    from synchromesh.catalogue.models import Course
    from synchromesh.learning.operations.enrolment import enrol_person
    from synchromesh.learning.operations.unit_attempts import start_unit_attempt

    person = User.objects.create_user(email="learner@example.org", password=None, name="Lea")
    enrolment = enrol_person(by=person, course=Course.objects.get(slug=COURSE), language="en")
    attempt = start_unit_attempt(by=person, enrolment_uid=enrolment.uid, unit_key=TEST)
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    learn = f"/en/courses/{COURSE}/learn/"
    paths = [f"{learn}{UNIT}/", f"{learn}{EXERCISE}/", f"{learn}{TEST}/attempt/{attempt.uid}/1/"]
    return {"session": session.session_key, "course": f"/en/courses/{COURSE}/", "pages": paths}


if __name__ == "__main__":
    django.setup()
    json.dump(prepare(), sys.stdout)
