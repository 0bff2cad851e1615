"""Give somebody more time: in one attempt, or in all tests of a bank. Why is never kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.assessment.models import Attempt, QuestionBank, TimeAllowance
from synchromesh.assessment.operations.open_attempts import lock_attempts
from synchromesh.assessment.permissions import may_mark, owns_attempt
from synchromesh.assessment.queries.attempts import get_attempt
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.plumbing import audit

MOST_MINUTES = 24 * 60
MOST_PERCENT = 300
_ONLY_TUTORS = "Only tutors of the course can give more time, and not to themselves."


def extend_time(*, by: audit.Actor, attempt_uid: str | UUID, minutes: int, now: datetime | None = None) -> Attempt:
    """Let an open attempt end later; where its time was up just now, the minutes count from now.

    Raises NotFound, NotAllowed for who does not mark, InvalidInput, and Conflict where it is handed in or has no limit.
    """
    found = get_attempt(attempt_uid, visible_to=by)
    require(may_mark(by, found.instrument.bank) and not owns_attempt(by, found), _ONLY_TUTORS)
    if not 1 <= minutes <= MOST_MINUTES:
        raise InvalidInput(f"Give 1 to {MOST_MINUTES:,} minutes.", field="minutes")
    with transaction.atomic():
        attempt = lock_attempts().get(pk=found.pk)
        if attempt.submitted_at is not None:
            raise Conflict("This attempt is handed in, so that its time is over.")
        if attempt.due_at is None:
            raise Conflict("This attempt has no time limit.")
        attempt.due_at = max(attempt.due_at, now or timezone.now()) + timedelta(minutes=minutes)
        attempt.save(update_fields=["due_at"])
        audit.record(by=by, action="extend_time", kind="attempt", uid=attempt.uid, minutes=minutes)
    return attempt


def allow_more_time(*, by: audit.Actor, bank: QuestionBank, person: User, percent: int) -> None:
    """Give a person so many percent more time in every test of a bank that they start from now on; 0 takes it away.

    Raises NotAllowed and InvalidInput.
    """
    require(may_mark(by, bank) and by.public_id != person.public_id, _ONLY_TUTORS)
    if not 0 <= percent <= MOST_PERCENT:
        raise InvalidInput(f"Give 0 to {MOST_PERCENT} percent.", field="percent")
    with transaction.atomic():
        if percent == 0:
            TimeAllowance.objects.filter(bank=bank, person=person).delete()
        else:
            given = {"percent": percent, "granted_by": by.public_id}
            TimeAllowance.objects.update_or_create(bank=bank, person=person, defaults=given)
        audit.record(by=by, action="allow_more_time", kind="question-bank", uid=bank.uid)
