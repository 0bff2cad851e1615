"""What providers said they would offer."""

from __future__ import annotations

from django.db.models import QuerySet

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import BriefClaim
from synchromesh.catalogue.permissions import EDITING_ROLES, may_edit_courses_of
from synchromesh.catalogue.queries.briefs import still_open
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.audit import Actor


def list_own_claims(person: User) -> list[BriefClaim]:
    """Claims of the providers whose courses the person edits, newest first, without those given up."""
    edited = person.memberships.filter(role__in=EDITING_ROLES).values("organisation")
    return list(_with_records().filter(provider__in=edited, given_up_at=None))


def list_open_claims(provider: Organisation) -> list[BriefClaim]:
    """What one provider prepares, newest first. The caller has asked for the permission to see its desk."""
    return list(_with_records().filter(still_open(), provider=provider))


def get_claim(uid: object, *, visible_to: Actor) -> BriefClaim:
    """One claim. Raises NotFound, and NotAllowed for all but editors and managers of its provider and staff."""
    found = _with_records().filter(uid=str(uid)).first()
    if found is None:
        raise NotFound("There is no such claim.")
    require(
        may_edit_courses_of(visible_to, found.provider), "Only editors and managers of the provider see its claims."
    )
    return found


def _with_records() -> QuerySet[BriefClaim]:
    return BriefClaim.objects.select_related("provider", "skill", "region", "course").order_by("-claimed_at", "-pk")
