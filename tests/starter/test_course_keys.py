"""The keys of the courses that ship: what they call right is marked as right, and one wrong answer to each as wrong."""

from __future__ import annotations

import pytest
from tests.starter.answers import find_question, right_answer, wrong_answer
from tests.starter.course_folders import SLUGS, folder

from synchromesh.engine.scoring.answers import read_answer
from synchromesh.engine.scoring.marking import mark
from synchromesh.engine.vocabulary.question_documents import read_question


@pytest.mark.parametrize("slug", SLUGS)
def test_every_question_tells_a_right_answer_from_a_wrong_one_in_every_language(slug: str) -> None:
    course = folder(slug)
    for document in course.asked:
        question, problems = read_question(document)
        assert question is not None, problems
        for language in course.file["languages"]:
            for answer, is_right in ((right_answer, True), (wrong_answer, False)):
                given = read_answer(question, answer(document, language))
                assert mark(question, given, language=language).is_correct is is_right, document["key"]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_question_is_known_by_its_words(slug: str) -> None:
    course = folder(slug)
    for question in course.questions:
        for language in course.file["languages"]:
            assert find_question(course.questions, question["prompts"][language], language) is question
