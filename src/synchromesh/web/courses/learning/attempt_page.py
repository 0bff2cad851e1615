"""What the pages of a test show: one question, all answers before handing in, and the result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from synchromesh.assessment.models import AnswerFile, Attempt, FeedbackTime
from synchromesh.assessment.queries.question_views import QuestionView, question_views
from synchromesh.assessment.queries.results import attempt_result, list_responses
from synchromesh.engine.vocabulary.questions import QuestionKind
from synchromesh.learning.models import Enrolment
from synchromesh.web.courses.learning.feedback import show_feedback
from synchromesh.web.courses.learning.question_fields import Asked, show_question
from synchromesh.web.courses.learning.unit_page import step_frame

PREFIX = "answer"
_UNCHANGED: Any = object()


def question_state(
    enrolment: Enrolment, unit_key: str, attempt: Attempt, view: QuestionView, *, typed: Any = _UNCHANGED
) -> dict[str, Any]:
    """One question of an open attempt; `typed` is what was sent and refused, so that it is not lost."""
    answer = view.answer if typed is _UNCHANGED else typed
    return step_frame(enrolment, unit_key) | {
        "attempt": attempt,
        "view": view,
        "q": shown_question(enrolment, view, prefix=PREFIX, answer=answer),
        "feedback": shown_answer_feedback(enrolment, view),
        "instrument": attempt.instrument,
        "checks_each": attempt.instrument.feedback == FeedbackTime.AFTER_EACH,
        "seconds_left": seconds_left(attempt),
        "error": None,
    }


def attempt_state(enrolment: Enrolment, unit_key: str, attempt: Attempt) -> dict[str, Any]:
    """All answers at a glance, to check them before handing in."""
    views = question_views(attempt, language=enrolment.language)
    return step_frame(enrolment, unit_key) | {
        "attempt": attempt,
        "instrument": attempt.instrument,
        "views": views,
        "open": sum(not view.is_answered for view in views),
        "seconds_left": seconds_left(attempt),
    }


def attempt_result_state(enrolment: Enrolment, unit_key: str, attempt: Attempt) -> dict[str, Any]:
    """What came of a try, by skill, with feedback where it is due, and what is next."""
    responses = list_responses(attempt)
    result = attempt_result(attempt, responses)
    views = question_views(attempt, language=enrolment.language, responses=responses) if result.shows_feedback else []
    return step_frame(enrolment, unit_key) | {
        "attempt": attempt,
        "instrument": attempt.instrument,
        "result": result,
        "reviewed": [_reviewed(enrolment, view) for view in views],
        "is_complete": enrolment.completed_at is not None,
    }


def shown_question(enrolment: Enrolment, view: QuestionView, *, prefix: str, answer: Any) -> dict[str, Any]:
    """The fields of a question of a test."""
    slug = enrolment.course.slug
    media = view.question.media
    asked = Asked(
        prefix=prefix,
        language=enrolment.language,
        answer=answer,
        is_open=view.may_change,
        links={media: reverse("learn:media", args=[slug, media])} if media else {},
        files=_files(slug, view.files),
    )
    return show_question(view.question, asked)


def shown_answer_feedback(enrolment: Enrolment, view: QuestionView) -> dict[str, Any] | None:
    """What came of an answer, where it is due."""
    if view.feedback is None or view.question.kind is QuestionKind.SCALE:
        return None
    return show_feedback(view.question, view.feedback, language=enrolment.language)


def _reviewed(enrolment: Enrolment, view: QuestionView) -> dict[str, Any]:
    q = shown_question(enrolment, view, prefix=f"{PREFIX}-{view.position}", answer=view.answer) | {"is_open": False}
    return {"view": view, "q": q, "feedback": shown_answer_feedback(enrolment, view)}


def _files(slug: str, files: Sequence[AnswerFile]) -> list[dict[str, Any]]:
    return [
        {
            "uid": file.uid,
            "name": file.name,
            "bytes": file.bytes,
            "address": reverse("learn:answer-file", args=[slug, file.uid]),
        }
        for file in files
    ]


def seconds_left(attempt: Attempt, *, now: datetime | None = None) -> int | None:
    """Seconds until time is up, by the server's clock; None without a time limit."""
    if attempt.due_at is None:
        return None
    return max(0, int((attempt.due_at - (now or timezone.now())).total_seconds()))
