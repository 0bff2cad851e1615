"""The questions of an attempt as their learner sees them: without keys, with feedback only when it is due.

Nothing else may show a question to a learner. The caller has the attempt from `attempts.get_attempt`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.assessment.models import AnswerFile, Attempt, FeedbackTime, Mark, Purpose, Response
from synchromesh.assessment.queries.attempts import is_overdue
from synchromesh.assessment.queries.feedback_times import is_answer_feedback_due, is_feedback_due
from synchromesh.assessment.queries.marking import CriterionMark, counting_marks, rubric_of, whole_comment
from synchromesh.assessment.queries.question_values import KEPT_QUESTIONS, asked_value
from synchromesh.assessment.queries.uids import read_uid
from synchromesh.engine.errors import NotFound
from synchromesh.engine.scoring.answers import is_empty, read_answer
from synchromesh.engine.scoring.marking import PartMark, mark
from synchromesh.engine.scoring.public import PublicQuestion, public_question
from synchromesh.engine.scoring.right_answers import right_answer
from synchromesh.engine.vocabulary.questions import FreeText, QuestionKind, Texts
from synchromesh.engine.vocabulary.questions import Question as QuestionValue

KEPT_ATTEMPTS = 8192
"""Of how many attempts a process keeps the number of questions."""
_NOT_ASKED = "There is no such question in an attempt of yours."
_UNUSED = (
    *("question__document", "question__bank", "question__key", "question__revision", "question__skill"),
    *("question__level", "question__made_at", "question__made_by", "question__replaced_at"),
)
_MARKED_BY_PEOPLE = {QuestionKind.FREE_TEXT.value, QuestionKind.FILE.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFeedback:
    """What a learner is told of an answer. `points` and `is_correct` are None while a person has to mark it.

    `texts` are for this answer, then for everybody; `solution` is a right answer in the shape of answers (None where a
    person judges); `marks`, `comment` and `model_answers` belong to what people mark.
    """

    points: Decimal | None
    most_points: Decimal
    is_correct: bool | None
    waits_for_mark: bool
    parts: tuple[PartMark, ...]
    texts: tuple[Texts, ...]
    solution: Any
    model_answers: Texts
    marks: tuple[CriterionMark, ...]
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """One question of an attempt, with the answer as it is saved.

    `answer` has the shape of answers, None when there is none; the page sends it back with `save_number` + 1.
    `may_check` says that the learner may see now whether it is right.
    """

    position: int
    count: int
    question: PublicQuestion
    answer: Any
    is_answered: bool
    save_number: int
    saved_at: datetime | None
    is_checked: bool
    may_check: bool
    may_change: bool
    files: tuple[AnswerFile, ...]
    feedback: AnswerFeedback | None


def question_view(attempt: Attempt, position: int, *, language: str, now: datetime | None = None) -> QuestionView:
    """One question by its place, from 1. Raises NotFound for a place that is not there."""
    asked = attempt.responses.select_related("question").defer(*_UNUSED).filter(position=position)
    found = list(asked.order_by("pk"))
    if not found:
        raise NotFound("There is no such question in this attempt.")
    return _views(attempt, found, count=_count_asked(attempt.pk, attempt.uid), language=language, now=now)[0]


def question_views(
    attempt: Attempt, *, language: str, now: datetime | None = None, responses: Sequence[Response] | None = None
) -> list[QuestionView]:
    """All questions in their order; as many queries as for one, or one less where the caller has read `responses`."""
    found = list(attempt.responses.select_related("question").order_by("position")) if responses is None else responses
    return _views(attempt, found, count=len(found), language=language, now=now)


def get_asked_question(attempt_uid: str | UUID, position: int, *, person: User) -> PublicQuestion:
    """One question of one's own attempt, without the answer: what is needed to read what a form sent. One query,
    and none where it is kept.

    Raises NotFound, also for everybody else's attempt.
    """
    found = _asked(read_uid(attempt_uid, missing=_NOT_ASKED), position, person.pk) if person.is_active else None
    if found is None:
        raise NotFound(_NOT_ASKED)
    return found


@lru_cache(maxsize=KEPT_QUESTIONS)
def _asked(attempt: UUID, position: int, person: int) -> PublicQuestion | None:
    """What was asked of whom never changes, and it is asked for again with every save."""
    own = Response.objects.filter(attempt__uid=attempt, attempt__person=person, position=position)
    related = ("question", "attempt__instrument")
    columns = (
        "position",
        "question__uid",
        "question__document",
        "attempt__seed",
        "attempt__instrument__shuffle_choices",
    )
    found = own.select_related(*related).only(*columns).order_by("pk").first()
    if found is None:
        return None
    shuffle = found.attempt.instrument.shuffle_choices
    return public_question(asked_value(found.question), seed=found.attempt.seed + found.position, shuffle=shuffle)


@lru_cache(maxsize=KEPT_ATTEMPTS)
def _count_asked(pk: int, uid: UUID) -> int:
    """How many questions an attempt has; they are drawn when it begins. By uid too: numbers of rows are given again."""
    del uid
    return Response.objects.filter(attempt=pk).count()


def _views(
    attempt: Attempt, responses: Sequence[Response], *, count: int, language: str, now: datetime | None
) -> list[QuestionView]:
    is_open = attempt.submitted_at is None and not is_overdue(attempt, now=now or timezone.now())
    is_due = is_feedback_due(attempt)
    by_people = [response for response in responses if response.question.kind in _MARKED_BY_PEOPLE]
    newest_last = (AnswerFile.objects.order_by("pk"), Mark.objects.order_by("pk"))
    prefetch_related_objects(by_people, Prefetch("files", newest_last[0]), Prefetch("marks", newest_last[1]))
    return [
        _view(attempt, response, count=count, language=language, is_open=is_open, is_due=is_due)
        for response in responses
    ]


def _view(
    attempt: Attempt, response: Response, *, count: int, language: str, is_open: bool, is_due: bool
) -> QuestionView:
    question, instrument = asked_value(response.question), attempt.instrument
    is_checked = response.checked_at is not None
    is_shown = is_answer_feedback_due(response, attempt, attempt_is_due=is_due)
    checks_each = instrument.feedback == FeedbackTime.AFTER_EACH and instrument.purpose != Purpose.QUESTIONNAIRE
    return QuestionView(
        position=response.position,
        count=count,
        question=public_question(question, seed=attempt.seed + response.position, shuffle=instrument.shuffle_choices),
        answer=response.answer,
        is_answered=not is_empty(read_answer(question, response.answer)),
        save_number=response.save_number,
        saved_at=response.saved_at,
        is_checked=is_checked,
        may_check=is_open and checks_each and not is_checked and question.kind is not QuestionKind.SCALE,
        may_change=is_open and not is_checked,
        files=tuple(response.files.all()) if response.question.kind in _MARKED_BY_PEOPLE else (),
        feedback=_feedback(question, response, attempt, language=language) if is_shown else None,
    )


def _feedback(question: QuestionValue, response: Response, attempt: Attempt, *, language: str) -> AnswerFeedback:
    """Points as they stand in the record; the words from the engine, which marks the same answer alike every time."""
    marked = mark(question, read_answer(question, response.answer), language=attempt.language)
    marks = list(response.marks.all()) if rubric_of(question) else []
    model = question.body.model_answers if isinstance(question.body, FreeText) else {}
    return AnswerFeedback(
        points=response.points,
        most_points=response.question.points,
        is_correct=response.is_correct,
        waits_for_mark=response.waits_for_mark,
        parts=marked.parts,
        texts=tuple(text for text in marked.feedback if text != model),
        solution=right_answer(question, language=language),
        model_answers=model,
        marks=counting_marks(question, marks),
        comment=whole_comment(marks),
    )
