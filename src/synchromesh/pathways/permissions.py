"""Who may see and change a person's ratings and plans: only that person. Sharing is decided per skill, later."""

from __future__ import annotations

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import may_see_person
from synchromesh.plumbing.audit import Actor


def may_see_profile(by: Actor, person: User) -> bool:
    """The person themselves."""
    return may_see_person(by, person)


def may_change_profile(by: Actor, person: User) -> bool:
    """The person themselves; nobody plans or rates for somebody else without being asked."""
    return isinstance(by, User) and by.is_active and by.pk == person.pk
