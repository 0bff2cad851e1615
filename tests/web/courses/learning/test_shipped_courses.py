"""Courses that ship, from their start to the final test, failed first and passed then. All without a script.

In a real browser every course is taken in English (tests/browser/test_shipped_courses.py). Here those are taken that
have more languages, in the last of them, and those whose exercises are made anew for each learner.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.browser.passport_answers import right_form
from tests.learning.records import a_learner
from tests.starter.answers import as_form, right_answer, wrong_answer
from tests.starter.course_folders import COURSES, SLUGS, CourseFolder, folder
from tests.web.courses.learning.learning_site import text_of

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.assessment.models import Attempt
from synchromesh.engine.exchange.course_files.course_folders import read_folder
from synchromesh.learning.models import Enrolment
from synchromesh.learning.operations.course_files import import_course

pytestmark = pytest.mark.django_db
FINAL = "final-test"
OTHERWISE_MADE = {"passport-exercise"}
TAKEN = [
    slug
    for slug in SLUGS
    if len(folder(slug).file["languages"]) > 1 or OTHERWISE_MADE & {unit["kind"] for unit in folder(slug).units}
]
MOST_QUERIES = 10


class Walk:
    """A learner in one course, in the last of its languages."""

    def __init__(self, client: Client, course: CourseFolder) -> None:
        self.client, self.course = client, course
        self.language: str = course.file["languages"][-1]
        self.learn = f"/en/courses/{course.slug}/learn/"
        self.person = a_learner("lea")
        client.force_login(self.person)
        client.post(self.learn, {"do": "enrol", "language": self.language})

    def look_at(self, unit: str) -> None:
        """Open the page of a unit."""
        with CaptureQueriesContext(connection) as asked:
            text_of(self.client.get(f"{self.learn}{unit}/"))
        assert len(asked) <= MOST_QUERIES + 2, unit  # the first sight of a unit writes

    def do(self, unit: Any) -> None:
        """Do a unit that is no test."""
        address = f"{self.learn}{unit['key']}/"
        self.look_at(unit["key"])
        for number, question in enumerate(self.course.exercise(unit)):
            form = as_form(question, right_answer(question, self.language), f"q-{question['key']}")
            report = {"do": "report", "question": question["key"], "save_number": str(number)}
            assert self.client.post(address, report | form).status_code == 302, question["key"]
        if unit["kind"] == "passport-exercise":
            form = right_form(Enrolment.objects.get(person=self.person), unit["key"])
            report = {"do": "report", "number": "0", "save_number": "1"}
            assert self.client.post(address, report | form).status_code == 302, unit["key"]
        elif unit["kind"] != "exercise":
            assert self.client.post(address, {"do": "done"}).status_code == 302

    def take(self, unit: str, *, rightly: bool) -> str:
        """Answer every question of a test and hand in; the page of the result."""
        self.look_at(unit)
        assert self.client.post(f"{self.learn}{unit}/attempt/").status_code == 302
        attempt = Attempt.objects.get(person=self.person, submitted_at=None)
        questions = {question["key"]: question for question in self.course.questions}
        address = f"{self.learn}{unit}/attempt/{attempt.uid}/"
        for response in attempt.responses.select_related("question"):
            question = questions[response.question.key]
            answer = (right_answer if rightly else wrong_answer)(question, self.language)
            form = as_form(question, answer, "answer") | {"save_number": "0", "go": "next"}
            assert self.client.post(f"{address}{response.position}/", form).status_code == 302, question["key"]
        assert self.client.post(address).status_code == 302
        return text_of(self.client.get(f"{address}result/"))


@pytest.mark.parametrize("slug", TAKEN)
def test_a_course_is_done_by_its_keys_and_only_when_the_final_test_is_passed(slug: str, client: Client) -> None:
    course = folder(slug)
    import_course(by=OPERATOR, files=read_folder(COURSES / slug), publish=True)
    walk = Walk(client, course)
    for unit in course.units:
        if unit["kind"] != "quiz":
            walk.do(unit)
        elif unit["key"] != FINAL:
            assert "100 %" in walk.take(unit["key"], rightly=True)
    enrolment = Enrolment.objects.get(person=walk.person)
    assert "Not passed yet." in walk.take(FINAL, rightly=False)
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None
    assert "You passed." in walk.take(FINAL, rightly=True)
    enrolment.refresh_from_db()
    assert enrolment.completed_at is not None
