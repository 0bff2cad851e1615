"""The page of the review sheet: what a reviewer sees of a draft and of an older version."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.browser.authoring_addresses import AUTHOR, EMPTY, REVIEWER, SLUG, authoring_content

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Question

pytestmark = pytest.mark.django_db
PAGE = f"/en/teach/courses/{SLUG}/review/"


@pytest.fixture(autouse=True)
def _content() -> None:
    authoring_content()


def _words(client: Client, name: str, address: str) -> str:
    client.force_login(User.objects.get(email=f"{name}@example.org"))
    page = client.get(address)
    assert page.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_a_reviewer_sees_gaps_outcomes_units_questions_and_what_is_unchecked(client: Client) -> None:
    words = _words(client, REVIEWER, PAGE)
    for shown in (
        "Puts the steps in order",
        "There is no unit &#x27;gone&#x27; any more.",
        "It is tested by 1 question of a test; 2 are wanted.",
        "1 text missing in de.",
        "Words of a sentence",
        "Questions of the tests",
        "A rule",
    ):
        assert shown in words, shown
    assert words.index("gaps") < words.index("Outcomes")


def test_signs_in_the_words_of_a_question_are_shown_as_they_are(client: Client) -> None:
    question = Question.objects.get(key="q-single", replaced_at=None)
    question.document["prompts"]["en"] = 'Is an "empty" pack < 60 V?'
    question.save()
    client.force_login(User.objects.get(email=f"{REVIEWER}@example.org"))
    assert "Is an &quot;empty&quot; pack &lt; 60 V?" in client.get(PAGE).content.decode()


def test_an_older_version_has_a_sheet_of_its_own(client: Client) -> None:
    assert "This sheet: version 1" in _words(client, REVIEWER, f"{PAGE}?version=1")
    assert client.get(f"{PAGE}?version=99").status_code == 404


def test_a_course_without_content_leads_its_author_to_the_outline(client: Client) -> None:
    words = _words(client, AUTHOR, f"/en/teach/courses/{EMPTY}/review/")
    assert "Nothing is written for this course yet. Begin in the outline." in words
