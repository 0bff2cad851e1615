"""What people say of an event when they were registered for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.community.models import EventFeedback, Registration, RegistrationState
from synchromesh.community.operations.event_registering import is_own
from synchromesh.community.queries.event_times import has_begun
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.plumbing import audit

LONGEST = 2000


def save_feedback(
    *, by: audit.Actor, registration: Registration, useful: int, words: str = "", now: datetime | None = None
) -> EventFeedback:
    """Say how useful it was, from 1 to 4, and why; said again, it replaces what was said.

    Only whoever had a place says something, once the event has begun. Raises NotAllowed, InvalidInput, Conflict.
    """
    require(is_own(by, registration), "Only you can say what you think.")
    if useful not in {1, 2, 3, 4}:
        raise InvalidInput("Choose one of the four answers.", field="useful")
    if len(words) > LONGEST:
        raise InvalidInput(f"Say it in at most {LONGEST} characters.", field="words")
    now = now or timezone.now()
    if registration.state != RegistrationState.APPROVED or not has_begun(registration.event, now=now):
        raise Conflict("You can say what you think once the event has begun and you have a place.")
    with transaction.atomic():
        feedback, _ = EventFeedback.objects.update_or_create(
            registration=registration, defaults={"useful": useful, "words": words.strip(), "given_at": now}
        )
        audit.record(by=by, action="save_feedback", kind="event", uid=registration.event.uid)
    return feedback
