"""Make, renew and withdraw the secret address of one's own calendar."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import may_see_person, require
from synchromesh.community.models import OwnCalendar
from synchromesh.community.queries.own_calendars import hash_calendar_key
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing import audit

_SIGN_IN = "Sign in to have a calendar of your own."
_BYTES = 32


def renew_own_calendar(*, by: User, now: datetime | None = None) -> str:
    """Make a new key, which is shown this once; an older one opens nothing any more. Raises NotAllowed."""
    require(may_see_person(by, by), _SIGN_IN)
    key = secrets.token_urlsafe(_BYTES)
    with transaction.atomic():
        OwnCalendar.objects.update_or_create(
            person=by, defaults={"key_hash": hash_calendar_key(key), "made_at": now or timezone.now()}
        )
        audit.record(by=by, action="renew_own_calendar", kind="person", uid=by.uid)
    return key


def withdraw_own_calendar(*, by: User) -> None:
    """End the secret address. Raises NotAllowed, and NotFound where there is none."""
    require(may_see_person(by, by), _SIGN_IN)
    with transaction.atomic():
        deleted, _ = OwnCalendar.objects.filter(person=by).delete()
        if not deleted:
            raise NotFound("There is no calendar with this address.")
        audit.record(by=by, action="withdraw_own_calendar", kind="person", uid=by.uid)
