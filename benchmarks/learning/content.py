"""Fill an empty site with the content that ships and with learners; prints the course and a session for each learner.

Run as `python -m benchmarks.learning.content` with the environment of the site that is to be filled. With the word
`saved` it prints instead what is stored of every attempt: `{attempt: {position: [save number, answer]}}`.
"""

from __future__ import annotations

import json
import os
import sys

import django

COURSE = "high-voltage-safety-awareness"
LEARNERS = int(os.environ.get("BENCHMARK_LEARNERS", "300"))


def main() -> None:
    """Fill the site, or say what is stored."""
    django.setup()
    if sys.argv[1:] == ["saved"]:
        json.dump(_saved(), sys.stdout)
        return
    from django.core.management import call_command

    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.site.starter import load_starter

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    load_starter(by=OPERATOR)
    json.dump({"course": COURSE, "units": _units(), "sessions": _learners()}, sys.stdout)


def _units() -> list[dict[str, str]]:
    from synchromesh.learning.models import Unit

    units = Unit.objects.filter(version__course__slug=COURSE).select_related("instrument")
    return [
        {"key": unit.key, "kind": unit.kind}
        for unit in units
        if unit.instrument is None or unit.instrument.attempts_allowed is None
    ]


def _learners() -> list[str]:
    """People who are enrolled and signed in; the keys of their sessions."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from synchromesh.accounts.models import User
    from synchromesh.catalogue.models import Course
    from synchromesh.learning.operations.enrolment import enrol_person

    course = Course.objects.get(slug=COURSE)
    keys = []
    for number in range(LEARNERS):
        person = User.objects.create(email=f"learner-{number}@example.org", sign_in_name=f"learner-{number}")
        enrol_person(by=person, course=course, language="en")
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        keys.append(str(session.session_key))
    return keys


def _saved() -> dict[str, dict[str, list[object]]]:
    from synchromesh.assessment.models import Response

    found: dict[str, dict[str, list[object]]] = {}
    rows = Response.objects.exclude(saved_at=None).values_list("attempt__uid", "position", "save_number", "answer")
    for attempt, position, number, answer in rows:
        found.setdefault(str(attempt), {})[str(position)] = [number, answer]
    return found


if __name__ == "__main__":
    main()
