"""Remind those who have a place, two days before an event begins. Each registration is reminded once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from synchromesh.community.models import EventState, Registration, RegistrationState
from synchromesh.community.operations.event_mails import send_reminder
from synchromesh.plumbing import audit

AHEAD = timedelta(days=2)
_AT_ONCE = 200


def send_reminders(*, by: audit.Actor, now: datetime) -> int:
    """Remind everybody whose event begins within two days; returns how many. A repeated run finds none.

    Whoever got the place within the last day knows of it already.
    """
    today, last = timezone.localdate(now), timezone.localdate(now + AHEAD)
    soon = Q(event__starts_at=None, event__starts_on__gt=today, event__starts_on__lte=last) | Q(
        event__starts_at__gt=now, event__starts_at__lte=now + AHEAD
    )
    due = Registration.objects.filter(
        soon,
        state=RegistrationState.APPROVED,
        event__state=EventState.PUBLISHED,
        reminded_at=None,
        seated_at__lt=now - timedelta(days=1),
    )
    count = 0
    while True:
        with transaction.atomic():
            some = list(
                due.select_for_update(of=("self",))
                .select_related("person", "guest", "event__country", "event__organiser")
                .order_by("pk")[:_AT_ONCE]
            )
            for registration in some:
                registration.reminded_at = now
                count += send_reminder(registration=registration)
            Registration.objects.filter(pk__in=[one.pk for one in some]).update(reminded_at=now)
            if some:
                audit.record(by=by, action="send_reminders", kind="event", uid="reminders", registrations=len(some))
        if len(some) < _AT_ONCE:
            return count
