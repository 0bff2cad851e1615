"""The question bank and the tests by plain forms: nothing is lost, and what is wrong stands at its field."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.learning.question_documents import DOCUMENTS, a_document
from tests.learning.records import a_course_with_content, a_learner, a_question, an_instrument, give_part

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Instrument, Question
from synchromesh.assessment.queries.instruments import list_parts
from synchromesh.catalogue.models import Course
from synchromesh.engine.vocabulary.question_documents import read_question
from synchromesh.learning.models import Unit

pytestmark = pytest.mark.django_db
PAGES = "/en/teach/courses/hv-safety/"


@pytest.fixture
def author(client: Client) -> User:
    """Somebody who is signed in as the author of a course with a draft."""
    course = a_course_with_content(published=False, kinds=("exercise",)).course
    author = give_part(a_learner(), course, "author")
    client.force_login(author)
    return author


def _sent(page: Any) -> dict[str, str]:
    """What a browser sends when nothing was changed."""
    forms = page.context["forms"]
    sent = {"row-rows": str(len(forms.rows))}
    for form in forms.all_forms:
        for field in form:
            value = field.value()
            if field.widget_type == "checkbox":
                sent |= {field.html_name: "on"} if value else {}
            else:
                sent[field.html_name] = "" if value is None else str(value)
    return sent


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_question_of_each_kind_is_saved_as_it_was(kind: str, client: Client, author: User) -> None:
    stored = a_question(Course.objects.get(), kind, "asked")
    address = f"{PAGES}questions/asked/"
    page = client.get(address)
    saved = client.post(address, _sent(page))
    assert saved.status_code == 302, [form.errors for form in saved.context["forms"].all_forms]
    newest = Question.objects.get(key="asked", replaced_at=None)
    assert read_question(newest.document)[0] == read_question(stored.document)[0]


def test_a_new_question_in_two_languages(client: Client, author: User) -> None:
    sent = {
        "first-prompts-en": "What do you wear?",
        "first-prompts-de": "Was tragen Sie?",
        "first-key": "clothes",
        "row-rows": "4",
        "row-0-texts-en": "Gloves",
        "row-0-texts-de": "Handschuhe",
        "row-0-correct": "on",
        "row-2-texts-en": "A watch",
        "row-2-texts-de": "Eine Uhr",
        "last-points": "2",
        "last-level": "1",
    }
    assert client.post(f"{PAGES}questions/new/?kind=multiple", sent)["Location"] == f"{PAGES}questions/clothes/"
    document = Question.objects.get(key="clothes").document
    second = document["choices"][1]
    assert (second["key"], second["texts"], second["correct"]) == (
        "a-watch",
        {"en": "A watch", "de": "Eine Uhr"},
        False,
    )
    assert (document["points"], document["level"]) == (2, 1)
    again = client.post(f"{PAGES}questions/new/?kind=multiple", sent)
    assert again.status_code == 422
    assert "Another question has this name" in again.content.decode()


@pytest.mark.parametrize(
    ("kind", "sent", "field"),
    [
        ("single", {"row-rows": "2", "row-0-texts-en": "One", "row-1-texts-en": "Two"}, "row-0-texts-en"),
        ("numeric", {"body-value": "many"}, "body-value"),
        ("numeric", {"body-value": "4", "body-units": "kV = 1000"}, "body-units"),
        ("short-text", {}, "body-accepted-en"),
        ("fill-in", {"row-rows": "1", "row-0-key": "volts", "row-0-accepted-en": "400"}, "first-prompts-en"),
        ("free-text", {"row-rows": "1", "row-0-titles-en": "All", "row-0-steps-en": "Nothing\nAll"}, "row-0-steps-en"),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    kind: str, sent: dict[str, str], field: str, client: Client, author: User
) -> None:
    page = client.post(f"{PAGES}questions/new/?kind={kind}", {"first-prompts-en": "Why?"} | sent)
    assert page.status_code == 422
    words = page.content.decode()
    assert f'href="#id_{field}"' in words
    assert not Question.objects.filter(bank__course__slug="hv-safety").exists()


def test_a_question_is_looked_at_before_it_is_saved_and_taken_out(client: Client, author: User) -> None:
    a_question(Course.objects.get(), "single", "asked")
    address = f"{PAGES}questions/asked/"
    changed = _sent(client.get(address)) | {"first-prompts-en": "Which one is orange?", "do": "preview"}
    page = client.post(address, changed)
    assert 'id="preview-asked-question"' in page.content.decode()
    assert Question.objects.get().document["prompts"]["en"] != "Which one is orange?"
    client.post(address, {"do": "retire"})
    assert not Question.objects.filter(replaced_at=None).exists()


def test_questions_of_an_exercise_are_edited_in_their_unit(client: Client, author: User) -> None:
    address = f"{PAGES}units/exercise/?question="
    page = client.get(f"{address}colour")
    client.post(f"{address}colour", _sent(page) | {"first-prompts-en": "Which colour?"})
    sent = {"first-prompts-en": "Is it hot?", "first-prompts-de": "Ist es heiß?", "body-answer": "false"}
    client.post(f"{address}new&kind=true-false", sent)
    questions = Unit.objects.get(key="exercise").content["questions"]
    assert [one["prompts"]["en"] for one in questions][::2] == ["Which colour?", "Is it hot?"]
    assert questions[0]["prompts"]["de"] == a_document("single")["prompts"]["de"]
    assert questions[2]["answer"] is False
    client.post(f"{address}colour", {"do": "retire"})
    assert len(Unit.objects.get(key="exercise").content["questions"]) == 2
    assert client.get(f"{address}nowhere").status_code == 404


def test_a_test_draws_some_of_a_group_and_asks_all_of_another(client: Client, author: User) -> None:
    course = Course.objects.get()
    for number in range(4):
        a_question(course, "true-false", f"q{number}")
    rules = {"rules-titles-en": "Final", "rules-titles-de": "Schluss", "rules-purpose": "final-test"}
    rules |= {"rules-attempt_rule": "latest", "rules-feedback": "never", "rules-minutes": "30"}
    parts = {"part-group-q0": "1", "part-group-q1": "1", "part-place-q1": "1"}
    made = client.post(f"{PAGES}tests/new/", rules | parts)
    assert made["Location"] == f"{PAGES}tests/final/"
    page = client.get(f"{PAGES}tests/final/")
    assert 'name="part-count-2"' in page.content.decode()
    parts |= {"part-group-q2": "2", "part-group-q3": "2", "part-count-2": "1"}
    assert client.post(f"{PAGES}tests/final/", rules | parts).status_code == 302
    test = Instrument.objects.get()
    assert [(count, [one.key for one in asked]) for count, asked in list_parts(test)] == [
        (2, ["q1", "q0"]),
        (1, ["q2", "q3"]),
    ]
    assert (test.minutes, test.attempt_rule, test.shuffle_choices) == (30, "latest", False)
    wrong = client.post(f"{PAGES}tests/final/", rules | {"part-group-q0": "1", "part-count-1": "3"})
    assert wrong.status_code == 422
    client.post(f"{PAGES}tests/final/", {"do": "discard"})
    assert not Instrument.objects.exists()


def test_a_published_test_is_changed_in_a_copy(client: Client, author: User) -> None:
    an_instrument(Course.objects.get(), "final", questions=("single",))
    page = client.get(f"{PAGES}tests/final/").content.decode()
    assert "Change a copy of it" in page
    assert "Save the test" not in page
    client.post(f"{PAGES}tests/final/", {"do": "copy"})
    assert Instrument.objects.filter(key="final", frozen_at=None).count() == 1
    assert "Save the test" in client.get(f"{PAGES}tests/final/").content.decode()
