"""With whom a passport is shared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from synchromesh.engine.errors import NotFound
from synchromesh.engine.passport_models.model import Tier
from synchromesh.passports.models import ChainRole, PassportGrant
from synchromesh.passports.queries.views import PassportView


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRow:
    """A grant; `how` is person, organisation or link, `who` its name, empty for a link."""

    uid: UUID
    how: str
    who: str
    tier: Tier
    role: ChainRole | None
    note: str
    made_at: datetime
    ends_at: datetime
    is_live: bool


def list_grants(view: PassportView) -> list[GrantRow]:
    """All grants of a passport as somebody sees it, the newest first. Raises NotFound for who may not share it."""
    if not view.rights.may_share:
        raise NotFound("Only who owns a passport sees with whom it is shared.")
    found = PassportGrant.objects.filter(passport__uid=view.uid).select_related("person", "organisation")
    return [_row(grant) for grant in found.order_by("-made_at", "-id")]


def _row(grant: PassportGrant) -> GrantRow:
    receiver = grant.person or grant.organisation
    return GrantRow(
        uid=grant.uid,
        how="person" if grant.person_id else "organisation" if grant.organisation_id else "link",
        who=str(receiver) if receiver is not None else "",
        tier=Tier(grant.tier),
        role=ChainRole(grant.role) if grant.role else None,
        note=grant.note,
        made_at=grant.made_at,
        ends_at=grant.ends_at,
        is_live=grant.ended_at is None and grant.ends_at > timezone.now(),
    )
