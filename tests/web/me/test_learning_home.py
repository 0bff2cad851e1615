"""My learning: what is next, when is it due, how did I do; waiting lists and what was earned."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.learning.records import NOW, a_cohort, a_course_with_content, a_learner, an_enrolment

from synchromesh.accounts.models import User
from synchromesh.learning.models import CohortDate, EarnedAchievement

pytestmark = pytest.mark.django_db
HOME = "/en/me/learning/"


def _text(client: Client) -> str:
    page = client.get(HOME)
    assert page.status_code == 200
    text = page.content.decode()
    assert "⚠" not in text
    return text


@pytest.fixture
def learner(client: Client) -> User:
    person = a_learner("lea")
    client.force_login(person)
    return person


def test_who_learns_nothing_is_led_to_the_courses(client: Client, learner: User) -> None:
    text = _text(client)
    assert "You are not learning anything yet" in text
    assert "Find a course" in text


def test_the_first_screen_answers_the_three_questions(client: Client, learner: User) -> None:
    version = a_course_with_content("first", kinds=("text", "file"))
    cohort = a_cohort(version.course)
    due = timezone.now() + timedelta(days=3)
    CohortDate.objects.create(cohort=cohort, unit_key="text", at=due)
    an_enrolment(version, learner, run=cohort.run)
    text = _text(client)
    for words in ("Next: Unit text", "What is next", "When is it due", "How did I do", "Continue", "10 minutes"):
        assert words in text, words
    assert f"{due.day} {due:%B %Y}" in text
    assert "no test yet" in text


def test_waiting_lists_and_what_was_earned_are_shown(client: Client, learner: User) -> None:
    waiting = a_course_with_content("waiting")
    an_enrolment(waiting, learner, state="waiting", run=a_cohort(waiting.course, seats=0).run)
    done = an_enrolment(a_course_with_content("done"), learner, state="completed", completed_at=NOW)
    EarnedAchievement.objects.create(enrolment=done, earned_at=NOW, result={}, to_be_issued=True, percent=80)
    an_enrolment(a_course_with_content("gone"), learner, state="left", left_at=NOW)
    text = _text(client)
    for words in ("number 1; we write to you", "to be issued as a credential later", "80 %", "you can come back"):
        assert words in text, words


def test_more_courses_ask_no_more_questions(client: Client, learner: User) -> None:
    for number in range(4):
        an_enrolment(a_course_with_content(f"course-{number}", kinds=("text", "quiz")), learner)
    client.get(HOME)
    with CaptureQueriesContext(connection) as asked:
        _text(client)
    assert len(asked) <= 10, [query["sql"] for query in asked]


def test_my_pages_lead_to_my_learning(client: Client, learner: User) -> None:
    assert f'href="{HOME}"' in client.get("/en/me/").content.decode()


def test_it_needs_an_account(client: Client) -> None:
    assert client.get(HOME).headers["Location"].startswith("/en/account/login/")
