"""What stands in the calendar of one person, and whose calendar a secret address opens."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import QuerySet
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.community.models import GroupMemberState, Meeting, OwnCalendar, Registration, RegistrationState
from synchromesh.community.queries.event_lists import visible_events
from synchromesh.engine.errors import NotFound

PAST = timedelta(days=90)
"""What is over for longer stands in no calendar any more."""
_GOING = (RegistrationState.ASKED, RegistrationState.APPROVED, RegistrationState.WAITING)


def hash_calendar_key(key: str) -> str:
    """What is kept of a key. It is long and random, so that nobody finds it by its hash."""
    return sha256(f"synchromesh own calendar:{key}".encode()).hexdigest()


def find_own_calendar(person: User) -> OwnCalendar | None:
    """Whether, and since when, a person has a secret address."""
    return OwnCalendar.objects.filter(person=person).first()


def get_calendar_owner(key: str) -> User:
    """Whose calendar this key opens. Raises NotFound for any other key, and for an account that is closed."""
    found = OwnCalendar.objects.select_related("person").filter(key_hash=hash_calendar_key(key)).first()
    if found is None or not found.person.is_active:
        raise NotFound("There is no calendar with this address.")
    return found.person


def list_own_dates(person: User, *, now: datetime) -> QuerySet[Registration]:
    """The registrations of a person that stand, for events of which they may know, soonest first."""
    found = Registration.objects.filter(
        person=person,
        state__in=_GOING,
        event__in=visible_events(person),
        event__ends_on__gte=timezone.localdate(now - PAST),
    )
    return found.select_related("event__country", "event__organiser").order_by("event__starts_on", "pk")


def list_own_meetings(person: User, *, now: datetime) -> QuerySet[Meeting]:
    """The meetings of the groups to which a person belongs, soonest first; nothing of other groups, for nobody."""
    found = Meeting.objects.filter(
        group__people__person=person, group__people__state=GroupMemberState.APPROVED, ends_at__gte=now - PAST
    )
    return found.select_related("group").order_by("starts_at", "pk")
