"""Agreements of the alliance: the list, one of them, and its actions."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from synchromesh.accounts.models import Organisation
from synchromesh.community.models import Agreement, AgreementAction
from synchromesh.engine.errors import NotFound


def list_agreements(*, organisation: Organisation | None = None) -> QuerySet[Agreement]:
    """Agreements with their parties, the newest first; those of one organisation if asked."""
    found = Agreement.objects.prefetch_related("parties__organisation")
    if organisation is not None:
        found = found.filter(parties__organisation=organisation)
    return found.order_by("-signed", "slug")


def get_agreement(slug: str) -> Agreement:
    """One agreement with its parties and actions. Raises NotFound."""
    known = Agreement.objects.prefetch_related("parties__organisation__stated_values", "actions")
    found = known.filter(slug=slug).first()
    if found is None:
        raise NotFound("There is no such agreement.")
    return found


def get_agreement_action(uid: UUID, agreement: Agreement) -> AgreementAction:
    """One action of an agreement. Raises NotFound."""
    found = agreement.actions.select_related("agreement").filter(uid=uid).first()
    if found is None:
        raise NotFound("There is no such action.")
    return found
