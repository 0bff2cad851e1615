"""A stored question as the value that the engine thinks with."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from synchromesh.assessment.models import Question
from synchromesh.engine.vocabulary.question_documents import read_question
from synchromesh.engine.vocabulary.questions import Question as QuestionValue

KEPT_QUESTIONS = 2048
"""How many questions a process keeps: those of some hundred tests, of a few thousand characters each."""


def question_value(question: Question) -> QuestionValue:
    """What the document of a stored question says. It was checked when it was saved: anything else is a bug."""
    value, problems = read_question(question.document)
    if value is None:
        raise ValueError(f"The stored question {question.uid} cannot be read: {problems[0].message}")
    return value


def asked_value(question: Question) -> QuestionValue:
    """The same of a question that somebody was asked. Such a revision never changes, so each process reads it once.

    Its document may be deferred: then reading it the first time is one query.
    """
    return _kept(_Asked(uid=question.uid, question=question))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question that is the same as another with its uid, whatever was loaded of it."""

    uid: UUID
    question: Question = field(compare=False)


@lru_cache(maxsize=KEPT_QUESTIONS)
def _kept(asked: _Asked) -> QuestionValue:
    return question_value(asked.question)
