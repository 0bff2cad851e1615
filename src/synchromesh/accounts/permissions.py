"""Predicates of permission, in one place and in plain sentences. Anything not allowed here is refused.

Operations call `require(predicate, ...)`; pages and the API call the same predicates to decide what to show.
"""

from __future__ import annotations

from dataclasses import dataclass

from synchromesh.accounts.models import MembershipRole, Organisation, User
from synchromesh.engine.errors import NotAllowed
from synchromesh.plumbing.audit import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltInActor:
    """An actor that is no person."""

    public_id: str


OPERATOR = BuiltInActor(public_id="operator")
VISITOR = BuiltInActor(public_id="visitor")


def require(allowed: bool, message: str) -> None:
    """Raise NotAllowed with a sentence that says who could do it."""
    if not allowed:
        raise NotAllowed(message)


def is_operator(by: Actor) -> bool:
    """The person at the command line of the server."""
    return by is OPERATOR


def is_alliance_staff(by: Actor) -> bool:
    """Staff of the alliance, and the operator."""
    return is_operator(by) or (isinstance(by, User) and by.is_active and by.is_alliance_staff)


def role_in(by: Actor, organisation: Organisation) -> str | None:
    """The membership role of a person in an organisation, or None. No query where the memberships are prefetched."""
    if not isinstance(by, User) or not by.is_active:
        return None
    return next((one.role for one in by.memberships.all() if one.organisation_id == organisation.pk), None)


def may_manage_organisation(by: Actor, organisation: Organisation) -> bool:
    """Managers of the organisation, and alliance staff."""
    return is_alliance_staff(by) or role_in(by, organisation) == MembershipRole.MANAGER


def may_edit_for_organisation(by: Actor, organisation: Organisation) -> bool:
    """Editors and managers of the organisation, and alliance staff."""
    return is_alliance_staff(by) or role_in(by, organisation) in {MembershipRole.EDITOR, MembershipRole.MANAGER}


def may_see_person(by: Actor, person: User) -> bool:
    """Only the person; sharing with others is decided per skill, per viewer, with an end date."""
    return is_operator(by) or (isinstance(by, User) and by.is_active and by.pk == person.pk)
