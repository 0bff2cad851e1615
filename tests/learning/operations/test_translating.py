"""Translate a unit side by side: every text is there, and only the texts that were sent change."""

from __future__ import annotations

import pytest
from tests.learning.records import a_course_with_content

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.assessment.models import Question
from synchromesh.engine.errors import InvalidInput
from synchromesh.learning.models import ContentVersion
from synchromesh.learning.operations.translating import save_unit_texts
from synchromesh.learning.queries.authoring import list_texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> ContentVersion:
    """A text and a quiz, in English and German, with Czech to come."""
    return a_course_with_content(kinds=("text", "quiz"), published=False, languages=["en", "de", "cs"])


def test_all_texts_of_a_unit_are_listed_with_what_is_there(draft: ContentVersion) -> None:
    texts = {text.path: text for text in list_texts(draft.units.get(key="text"), language="de")}
    assert texts["titles"].source == "Unit text"
    assert texts["titles"].text == "Einheit text"
    assert not texts["titles"].is_markdown
    assert texts["content/blocks/0/texts"].text == "Orange Kabel."
    assert texts["content/blocks/2/alternatives"].source == "A battery pack"
    quiz = {text.path: text for text in list_texts(draft.units.get(key="quiz"), language="cs")}
    assert quiz["questions/single/prompts"].source == "Which cable carries high voltage?"
    assert quiz["questions/single/choices/0/texts"].text == ""
    assert "instrument/titles" in quiz


def test_texts_are_set_and_taken_out_by_their_path(draft: ContentVersion) -> None:
    unit = draft.units.get(key="text")
    sent = {"titles": "Jednotka", "content/blocks/0/texts": " Oranžové\r\nkabely ", "content/blocks/1/titles": ""}
    save_unit_texts(by=OPERATOR, unit=unit, language="cs", texts=sent)
    save_unit_texts(by=OPERATOR, unit=unit, language="de", texts={"content/blocks/1/titles": ""})
    stored = draft.units.get(key="text")
    assert stored.titles == {"en": "Unit text", "de": "Einheit text", "cs": "Jednotka"}
    assert stored.content["blocks"][0]["texts"]["cs"] == "Oranžové\nkabely"
    assert stored.content["blocks"][1]["titles"] == {"en": "Danger"}
    assert stored.content["blocks"][2] == unit.content["blocks"][2]


def test_the_texts_of_a_test_and_its_questions_are_set(draft: ContentVersion) -> None:
    unit = draft.units.get(key="quiz")
    sent = {"instrument/titles": "Zkouška", "questions/single/choices/0/texts": "Oranžový"}
    save_unit_texts(by=OPERATOR, unit=unit, language="cs", texts=sent)
    stored = draft.units.get(key="quiz")
    assert stored.instrument is not None
    assert stored.instrument.titles["cs"] == "Zkouška"
    question = Question.objects.get(key="single", replaced_at=None)
    assert question.document["choices"][0]["texts"]["cs"] == "Oranžový"
    assert question.document["choices"][0]["correct"] is True


@pytest.mark.parametrize(
    ("language", "texts"),
    [("fr", {"titles": "x"}), ("de", {"content/blocks/9/texts": "x"}), ("de", {"content/blocks/0/kind": "x"})],
)
def test_a_place_that_is_not_there_is_refused(draft: ContentVersion, language: str, texts: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        save_unit_texts(by=OPERATOR, unit=draft.units.get(key="text"), language=language, texts=texts)
