"""Guests by the key of their mails, which is made from the guest's id and the site's secret: none of it is stored."""

from __future__ import annotations

from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from synchromesh.community.models import EventGuest
from synchromesh.engine.errors import NotFound

_SALT = "synchromesh.community.event-guest"
_UID_SIGNS = 32


def guest_key(guest: EventGuest) -> str:
    """The key of a guest: the same in every mail, and nobody else can make it."""
    return f"{guest.uid.hex}{_seal(guest.uid)}"


def find_guest(key: str) -> EventGuest:
    """The guest with this key. Raises NotFound for one that is wrong, or whose guest is forgotten."""
    uid, seal = _uid(key[:_UID_SIGNS]), key[_UID_SIGNS:]
    guest = None
    if uid is not None and constant_time_compare(seal, _seal(uid)):
        guest = EventGuest.objects.filter(uid=uid).select_related("event__country", "event__organiser").first()
    if guest is None:
        raise NotFound("This link is not valid (any more). Register again to get a new one.")
    return guest


def _seal(uid: UUID) -> str:
    return salted_hmac(_SALT, uid.hex, algorithm="sha256").hexdigest()[:32]


def _uid(text: str) -> UUID | None:
    try:
        return UUID(hex=text)
    except ValueError:
        return None
