"""What people mark: the answers that wait, one answer with its rubric, and the marks that count.

Marks are never erased. Of each criterion the latest counts; the mark with no criterion carries what was said of the
answer as a whole, with the points that it had then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from synchromesh.assessment.models import AnswerFile, Mark, QuestionBank, Response
from synchromesh.assessment.permissions import may_mark
from synchromesh.assessment.queries.question_values import asked_value
from synchromesh.assessment.queries.uids import read_uid
from synchromesh.engine.errors import NotFound
from synchromesh.engine.vocabulary.questions import Criterion, FileAnswer, FreeText
from synchromesh.engine.vocabulary.questions import Question as QuestionValue
from synchromesh.plumbing.audit import Actor

WHOLE_ANSWER = ""
"""The criterion of a mark that is about the answer as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionMark:
    """What counts for one criterion."""

    criterion: Criterion
    points: Decimal
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """One answer for who marks it: the question with its rubric, what was handed in, and all marks, newest first."""

    response: Response
    question: QuestionValue
    answer: Any
    files: tuple[AnswerFile, ...]
    marks: tuple[CriterionMark, ...]
    comment: str
    history: tuple[Mark, ...]


def list_responses_to_mark(bank: QuestionBank, *, visible_to: Actor) -> list[Response]:
    """The answers that wait for a person, those handed in first come first; none for who may not mark."""
    if not may_mark(visible_to, bank):
        return []
    waiting = Response.objects.filter(
        waits_for_mark=True, attempt__submitted_at__isnull=False, attempt__instrument__bank=bank
    )
    related = ("attempt__person", "attempt__instrument", "question")
    return list(waiting.select_related(*related).order_by("attempt__submitted_at", "attempt__pk", "position"))


def get_marking(attempt_uid: str | UUID, position: int, *, visible_to: Actor) -> Marking:
    """One answer that a person marks, marked or not. Raises NotFound, also for who may not mark."""
    wanted = read_uid(attempt_uid, missing="There is no such answer.")
    found = (
        Response.objects.filter(attempt__uid=wanted, position=position, attempt__submitted_at__isnull=False)
        .select_related("attempt__person", "attempt__instrument__bank__course__provider", "question")
        .order_by("pk")
        .first()
    )
    if found is None or not may_mark(visible_to, found.attempt.instrument.bank):
        raise NotFound("There is no such answer.")
    question = asked_value(found.question)
    if not rubric_of(question):
        raise NotFound("There is no such answer.")
    history = list(found.marks.order_by("-pk"))
    return Marking(
        response=found,
        question=question,
        answer=found.answer,
        files=tuple(found.files.order_by("pk")),
        marks=counting_marks(question, history),
        comment=whole_comment(history),
        history=tuple(history),
    )


def rubric_of(question: QuestionValue) -> tuple[Criterion, ...]:
    """The criteria by which a person marks; none for a question that the engine marks."""
    body = question.body
    return body.rubric if isinstance(body, FreeText | FileAnswer) else ()


def counting_marks(question: QuestionValue, marks: Iterable[Mark]) -> tuple[CriterionMark, ...]:
    """The latest mark of each criterion that has one, in the order of the rubric."""
    latest = latest_marks(marks)
    return tuple(
        CriterionMark(criterion=criterion, points=mark.points, comment=mark.comment)
        for criterion in rubric_of(question)
        if (mark := latest.get(criterion.key)) is not None
    )


def whole_comment(marks: Iterable[Mark]) -> str:
    """What was said last of the answer as a whole."""
    latest = latest_marks(marks).get(WHOLE_ANSWER)
    return latest.comment if latest is not None else ""


def latest_marks(marks: Iterable[Mark]) -> Mapping[str, Mark]:
    """The mark that counts, by key of the criterion: the one written last, under the lock of the attempt."""
    return {mark.criterion: mark for mark in sorted(marks, key=lambda one: one.pk)}
