"""Ask those who were at an event what they think of it, the day after it. Each registration is asked once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from synchromesh.community.models import EventState, Registration, RegistrationState
from synchromesh.community.operations.event_mails import send_feedback_question
from synchromesh.plumbing import audit

AFTER = timedelta(hours=18)
"""So long after the end, by when organisers have noted who was there."""
NOT_AFTER = timedelta(days=14)
"""Nobody is asked about what is over for longer, such as an event whose arrivals were noted weeks later."""
_AT_ONCE = 200


def ask_for_feedback(*, by: audit.Actor, now: datetime) -> int:
    """Ask everybody who was noted at an event that is over and has not said anything; returns how many mails left.

    A repeated run finds none.
    """
    last, first = now - AFTER, now - NOT_AFTER
    over = Q(event__ends_at__gt=first, event__ends_at__lte=last) | Q(
        event__ends_at=None, event__ends_on__gte=timezone.localdate(first), event__ends_on__lt=timezone.localdate(last)
    )
    due = Registration.objects.filter(
        over,
        state=RegistrationState.APPROVED,
        event__state=EventState.PUBLISHED,
        check_in__isnull=False,
        feedback=None,
        feedback_asked_at=None,
    )
    count = 0
    while True:
        with transaction.atomic():
            some = list(
                due.select_for_update(of=("self",))
                .select_related("person", "guest", "event__country", "event__organiser")
                .order_by("pk")[:_AT_ONCE]
            )
            count += sum(send_feedback_question(registration=registration) for registration in some)
            Registration.objects.filter(pk__in=[one.pk for one in some]).update(feedback_asked_at=now)
            if some:
                audit.record(by=by, action="ask_for_feedback", kind="event", uid="feedback", registrations=len(some))
        if len(some) < _AT_ONCE:
            return count
