"""What is asked of an attempt before it changes: whose it is, whether it is open, whether the answer may change.

Every change of an attempt or its responses takes the lock of the attempt first, so that two devices, a tutor and the
clock come one after the other.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Attempt, Response
from synchromesh.assessment.queries.attempts import is_overdue
from synchromesh.assessment.queries.uids import read_uid
from synchromesh.engine.errors import Conflict, NotFound
from synchromesh.engine.scoring.answers import Answer
from synchromesh.plumbing import audit

_ANSWER_COLUMNS = (
    *("attempt", "position", "answer", "save_number", "saved_at", "checked_at", "seconds", "points", "is_correct"),
    *("waits_for_mark", "question__uid", "question__kind", "question__points"),
)
_LONGEST_SIGHT = timedelta(minutes=30)  # who was away for longer did not look at the question


def lock_attempts() -> QuerySet[Attempt]:
    """Attempts with their instruments, locked until the caller's transaction ends."""
    found = Attempt.objects.select_related("instrument").order_by("pk")
    return found.select_for_update(no_key=True, of=("self",))


def lock_own_attempt(by: audit.Actor, uid: str | UUID) -> Attempt:
    """One's own attempt, locked. Raises NotFound, also for anybody else's."""
    missing = "There is no such attempt."
    wanted = read_uid(uid, missing=missing)
    if isinstance(by, User) and by.is_active:
        own = Attempt.objects.filter(uid=wanted, person=by).order_by("pk")  # saving asks nothing of the instrument
        found = own.select_for_update(no_key=True).first()
        if found is not None:
            return found
    raise NotFound(missing)


def require_open(attempt: Attempt, *, now: datetime) -> None:
    """Raise Conflict for an attempt that is handed in, or whose time is up."""
    if attempt.submitted_at is not None:
        raise Conflict("This attempt is handed in, so that its answers stay as they are.")
    if is_overdue(attempt, now=now):
        raise Conflict("The time is up. What you answered before is handed in.")


def find_response(attempt: Attempt, position: int) -> Response:
    """One response of a locked attempt with its question, whose document is kept (`asked_value`). Raises NotFound."""
    last_saved = Response.objects.filter(attempt=OuterRef("attempt"), saved_at__isnull=False).order_by("-saved_at")
    found = (
        attempt.responses.select_related("question")
        .only(*_ANSWER_COLUMNS)
        .annotate(last_saved_at=Subquery(last_saved.values("saved_at")[:1]))
        .filter(position=position)
        .order_by("pk")
        .first()
    )
    if found is None:
        raise NotFound("There is no such question in this attempt.")
    return found


def require_changeable(response: Response) -> None:
    """Raise Conflict where feedback was shown: the answer stands."""
    if response.checked_at is not None:
        raise Conflict("You have seen whether this answer is right, so that it stays as it is.")


def write_answer(
    *, by: audit.Actor, attempt: Attempt, response: Response, answer: Answer, save_number: int, now: datetime
) -> None:
    """Write the answer of a response from `find_response`, inside the caller's transaction, which holds the lock.

    The time since the last save of the attempt counts as time on this question. No line in the audit trail: these are
    a learner's own words, every few seconds.
    """
    since: datetime = getattr(response, "last_saved_at", None) or attempt.started_at
    sight = min(max(now - since, timedelta(0)), _LONGEST_SIGHT)
    response.answer, response.save_number, response.saved_at = answer, save_number, now
    response.seconds += round(sight.total_seconds())
    response.save(update_fields=["answer", "save_number", "saved_at", "seconds"])
