"""A stored question as the value that the engine thinks with."""

from __future__ import annotations

from synchromesh.assessment.models import Question
from synchromesh.engine.vocabulary.question_documents import read_question
from synchromesh.engine.vocabulary.questions import Question as QuestionValue


def question_value(question: Question) -> QuestionValue:
    """What the document of a stored question says. It was checked when it was saved: anything else is a bug."""
    value, problems = read_question(question.document)
    if value is None:
        raise ValueError(f"The stored question {question.uid} cannot be read: {problems[0].message}")
    return value
