"""Applications of training providers: one's own, and those that wait."""

from __future__ import annotations

from uuid import UUID

from synchromesh.accounts.models import ApplicationState, ProviderApplication, User
from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.audit import Actor

_STAFF_ONLY = "Only alliance staff see the applications of training providers."


def list_own_applications(person: User) -> list[ProviderApplication]:
    """Everything the person asked for, newest first."""
    return list(person.provider_applications.select_related("organisation").order_by("-made_at", "-pk"))


def list_waiting_applications(*, visible_to: Actor) -> list[ProviderApplication]:
    """Applications to decide, oldest first. Raises NotAllowed for all but alliance staff."""
    require(is_alliance_staff(visible_to), _STAFF_ONLY)
    found = ProviderApplication.objects.filter(state=ApplicationState.OPEN)
    return list(found.select_related("person", "country").order_by("made_at", "pk")[:100])


def count_waiting_applications() -> int:
    """How many applications wait."""
    return ProviderApplication.objects.filter(state=ApplicationState.OPEN).count()


def get_application(uid: UUID, *, visible_to: Actor) -> ProviderApplication:
    """One application. Raises NotAllowed for all but alliance staff, and NotFound."""
    require(is_alliance_staff(visible_to), _STAFF_ONLY)
    found = ProviderApplication.objects.select_related("person", "country").filter(uid=uid).first()
    if found is None:
        raise NotFound("There is no such application.")
    return found
