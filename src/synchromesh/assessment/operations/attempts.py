"""Take a test: start, save answers, have one checked, hand in.

One account on two devices shares one attempt: whatever comes second waits for the lock of the first. An answer is
acknowledged by returning: it is committed then. Nothing about an attempt is kept in memory, so that a restart changes
nothing, and time is told by the server's clock alone.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import is_operator, require
from synchromesh.assessment.models import (
    Attempt,
    FeedbackTime,
    Instrument,
    Purpose,
    Response,
    TimeAllowance,
)
from synchromesh.assessment.operations.drawing import draw_questions
from synchromesh.assessment.operations.ending import close_attempt, mark_by_engine
from synchromesh.assessment.operations.open_attempts import (
    find_response,
    lock_attempts,
    lock_own_attempt,
    require_changeable,
    require_open,
    write_answer,
)
from synchromesh.assessment.queries.attempts import GRACE, is_overdue
from synchromesh.assessment.queries.question_values import asked_value
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.scoring.answers import Answer, is_empty, read_answer
from synchromesh.engine.vocabulary.questions import FileAnswer
from synchromesh.plumbing import audit

MOST_SAVES = 1_000_000
"""The highest save number: far more than anybody types, far less than the column holds."""
_SEEDS = 2**31

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What came of a save. `is_newer_elsewhere`: not saved, since another device saved after this page was read.

    `save_number` is the one that stands now; the next save has a higher one.
    """

    save_number: int
    is_newer_elsewhere: bool
    attempt: Attempt


def start_attempt(
    *, by: User, instrument: Instrument, occasion: UUID, language: str, now: datetime | None = None
) -> Attempt:
    """The open attempt of this person, or a new one with its questions drawn and its time running.

    An open one whose time was up is ended and returned as it ended, so that no attempt is begun unseen. The caller has
    asked whether the person may take the instrument on this `occasion`. Raises NotAllowed without an account, and
    Conflict where the instrument is not published or the attempts are used up.
    """
    require(isinstance(by, User) and by.is_active, "Sign in to take a test.")
    if instrument.frozen_at is None:
        raise Conflict("This test is not published yet.")
    moment = now or timezone.now()
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two devices start one after the other
        own = {"instrument": instrument, "person": by, "occasion": occasion}
        present = lock_attempts().filter(submitted_at=None, **own).first()
        if present is not None:
            if is_overdue(present, now=moment):
                close_attempt(by=by, attempt=present, now=moment)
            return present
        last = Attempt.objects.filter(**own).aggregate(last=Max("number"))["last"] or 0
        if instrument.attempts_allowed is not None and last >= instrument.attempts_allowed:
            raise Conflict("You have used all attempts.")
        return _begin(by, instrument, occasion, number=last + 1, language=language, now=moment)


def save_answer(
    *, by: User, attempt_uid: str | UUID, position: int, raw: Any, save_number: int, now: datetime | None = None
) -> Saved:
    """Keep an answer; when this returns it is committed (unless the caller opened a transaction of its own).

    `save_number` is higher than the one that the page read or wrote last: a lower or equal one never overwrites, but
    the same save that arrives twice is acknowledged again. `raw` has the shape that `engine.scoring.answers` reads;
    None takes the answer back. Raises NotFound, InvalidInput, and Conflict after the end or where the answer was
    checked. No line in the audit trail: it is the learner's own work, every few seconds.
    """
    if not 1 <= save_number <= MOST_SAVES:
        raise InvalidInput("This page is damaged. Load it again.", field="save_number")
    moment = now or timezone.now()
    with transaction.atomic():
        attempt = lock_own_attempt(by, attempt_uid)
        require_open(attempt, now=moment)
        response = find_response(attempt, position)
        require_changeable(response)
        answer = _read(response, raw)
        if save_number <= response.save_number:
            is_repeated = save_number == response.save_number and answer == response.answer
            return Saved(save_number=response.save_number, is_newer_elsewhere=not is_repeated, attempt=attempt)
        write_answer(by=by, attempt=attempt, response=response, answer=answer, save_number=save_number, now=moment)
    return Saved(save_number=save_number, is_newer_elsewhere=False, attempt=attempt)


def check_answer(*, by: User, attempt_uid: str | UUID, position: int, now: datetime | None = None) -> Response:
    """Mark the saved answer of one question now, so that its feedback is shown; then it stands. Twice is once.

    Raises NotFound, InvalidInput without an answer, and Conflict after the end or where feedback comes later.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        attempt = lock_own_attempt(by, attempt_uid)
        require_open(attempt, now=moment)
        if (
            attempt.instrument.feedback != FeedbackTime.AFTER_EACH
            or attempt.instrument.purpose == Purpose.QUESTIONNAIRE
        ):
            raise Conflict("In this test you see what was right later.")
        response = find_response(attempt, position)
        if response.checked_at is not None:
            return response
        if is_empty(read_answer(asked_value(response.question), response.answer)):
            raise InvalidInput("Answer the question first.", field="answer")
        mark_by_engine(response, language=attempt.language)
        response.checked_at = moment
        response.save(update_fields=["points", "is_correct", "waits_for_mark", "checked_at"])
        audit.record(by=by, action="check_answer", kind="attempt", uid=attempt.uid, position=position)
    return response


def submit_attempt(*, by: User, attempt_uid: str | UUID, now: datetime | None = None) -> Attempt:
    """Hand in an attempt with the answers that are saved; one that is handed in already is returned as it is.

    Raises NotFound.
    """
    with transaction.atomic():
        attempt = lock_own_attempt(by, attempt_uid)
        if attempt.submitted_at is None:
            close_attempt(by=by, attempt=attempt, now=now or timezone.now())
    return attempt


def submit_overdue_attempts(
    *, by: audit.Actor, occasion: UUID | None = None, now: datetime | None = None
) -> list[Attempt]:
    """Hand in the attempts whose time is up, of one occasion or of all, each in a transaction of its own.

    Returns those that ended now; nothing overdue is one query. An attempt that cannot be ended is logged and does not
    hold up the others. Raises NotAllowed for anybody but the operator.
    """
    require(is_operator(by), "Only the operator hands in for others.")
    moment = now or timezone.now()
    overdue = Attempt.objects.filter(submitted_at=None, due_at__lt=moment - GRACE)
    if occasion is not None:
        overdue = overdue.filter(occasion=occasion)
    ended = (
        _close_overdue(by, pk, now=moment) for pk in list(overdue.order_by("due_at", "pk").values_list("pk", flat=True))
    )
    return [attempt for attempt in ended if attempt is not None]


def _close_overdue(by: audit.Actor, pk: int, *, now: datetime) -> Attempt | None:
    try:
        with transaction.atomic():
            attempt = lock_attempts().filter(pk=pk).first()
            if attempt is None or not is_overdue(attempt, now=now):  # handed in, or given more time, meanwhile
                return None
            close_attempt(by=by, attempt=attempt, now=now)
            return attempt
    except Exception:
        _log.exception("Attempt %s could not be handed in.", pk)
        return None


def _begin(by: User, instrument: Instrument, occasion: UUID, *, number: int, language: str, now: datetime) -> Attempt:
    seed = secrets.randbelow(_SEEDS)
    questions = draw_questions(instrument, seed=seed)
    if not questions:
        raise Conflict("This test has no questions.")
    attempt = Attempt.objects.create(
        instrument=instrument,
        person=by,
        occasion=occasion,
        number=number,
        seed=seed,
        language=language,
        started_at=now,
        due_at=_due_at(by, instrument, now=now),
    )
    Response.objects.bulk_create(
        Response(attempt=attempt, position=position, question=question)
        for position, question in enumerate(questions, start=1)
    )
    audit.record(
        by=by, action="start_attempt", kind="attempt", uid=attempt.uid, instrument=str(instrument.uid), number=number
    )
    return attempt


def _due_at(person: User, instrument: Instrument, *, now: datetime) -> datetime | None:
    """When time is up: the limit, and what the person was allowed on top of it."""
    if instrument.minutes is None:
        return None
    allowance = TimeAllowance.objects.filter(bank=instrument.bank_id, person=person).first()
    percent = 100 + (allowance.percent if allowance is not None else 0)
    return now + timedelta(minutes=instrument.minutes) * percent / 100


def _read(response: Response, raw: Any) -> Answer:
    """The answer in the form in which it is kept. Raises InvalidInput; files must be those of this response."""
    question = asked_value(response.question)
    answer = read_answer(question, raw)
    if isinstance(question.body, FileAnswer) and isinstance(answer, list):
        own = {str(uid) for uid in response.files.order_by("pk").values_list("uid", flat=True)}
        if not set(answer) <= own:
            raise InvalidInput("One of these files is not there any more. Send it again.", field="answer")
    return answer
