"""End an attempt: mark what the engine can mark, and finish the attempt when nothing waits for a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from synchromesh.assessment.models import Attempt, Instrument, Purpose, Response
from synchromesh.assessment.queries.attempts import is_overdue
from synchromesh.assessment.queries.question_values import asked_value
from synchromesh.engine.scoring.answers import is_empty, read_answer
from synchromesh.engine.scoring.marking import mark
from synchromesh.engine.vocabulary.questions import FileAnswer, FreeText
from synchromesh.plumbing import audit

RESULT_COLUMNS = ("marked_at", "points", "most_points", "passed")
"""What `set_result` sets."""


def close_attempt(*, by: audit.Actor, attempt: Attempt, now: datetime) -> None:
    """End a locked attempt that is open; when its time was up before, it ended then."""
    attempt.time_was_up = is_overdue(attempt, now=now)
    attempt.submitted_at = attempt.due_at if attempt.time_was_up else now
    responses = list(attempt.responses.select_related("question").order_by("position"))
    if attempt.instrument.purpose != Purpose.QUESTIONNAIRE:
        for response in responses:
            if response.checked_at is None:
                mark_by_engine(response, language=attempt.language)
        Response.objects.bulk_update(responses, ["points", "is_correct", "waits_for_mark"])
    set_result(attempt, responses, now=now)
    attempt.save(update_fields=["submitted_at", "time_was_up", *RESULT_COLUMNS])
    audit.record(by=by, action="submit_attempt", kind="attempt", uid=attempt.uid, time_was_up=attempt.time_was_up)


def mark_by_engine(response: Response, *, language: str) -> None:
    """Set points and correctness of a response, or that it waits for a person; nothing is saved.

    What was not answered has no points and waits for nobody.
    """
    question = asked_value(response.question)
    answer = read_answer(question, response.answer)
    marked = mark(question, answer, language=language)
    response.waits_for_mark = isinstance(question.body, FreeText | FileAnswer) and not is_empty(answer)
    response.points = None if response.waits_for_mark else marked.points or Decimal(0)
    response.is_correct = None if response.waits_for_mark else marked.is_correct


def set_result(attempt: Attempt, responses: Sequence[Response], *, now: datetime) -> None:
    """Set the result of an attempt when no response waits any more; nothing is saved.

    A questionnaire has no result. Where nothing is needed to pass, taking part is enough.
    """
    if any(response.waits_for_mark for response in responses):
        return
    attempt.marked_at = attempt.marked_at or now
    if attempt.instrument.purpose == Purpose.QUESTIONNAIRE:
        return
    attempt.points = sum((response.points or Decimal(0) for response in responses), Decimal(0))
    attempt.most_points = sum((response.question.points for response in responses), Decimal(0))
    attempt.passed = _is_passed(attempt.instrument, attempt.points, attempt.most_points)


def _is_passed(instrument: Instrument, points: Decimal, most: Decimal) -> bool:
    """Whether so many points are enough; compared exactly, before any rounding for show."""
    if instrument.pass_percent is None:
        return True
    return most > 0 and points * 100 >= instrument.pass_percent * most
