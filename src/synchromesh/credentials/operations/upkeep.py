"""What is done from time to time: go on with interrupted lists, forget links that have ended."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import is_operator, require
from synchromesh.credentials.models import (
    BatchState,
    ClaimLink,
    CredentialShare,
    IssueBatch,
    WalletOffer,
    WalletRequest,
)
from synchromesh.credentials.operations.batches import resume_batch
from synchromesh.plumbing import audit

KEPT = timedelta(days=30)
_ONLY_OPERATOR = "Only the operator of the server does this."


def resume_batches(*, by: audit.Actor) -> int:
    """Go on with released lists that are not finished, and return how many there were. Raises NotAllowed.

    Two processes at one list share its parts, so nothing is doubled.
    """
    require(is_operator(by), _ONLY_OPERATOR)
    found = list(IssueBatch.objects.filter(state=BatchState.RUNNING).values_list("uid", flat=True))
    for uid in found:
        resume_batch(by=by, batch_uid=uid)
    return len(found)


def remove_expired(*, by: audit.Actor, now: datetime | None = None) -> int:
    """Remove links, offers and requests that ended more than thirty days ago. Raises NotAllowed."""
    require(is_operator(by), _ONLY_OPERATOR)
    before = (now or timezone.now()) - KEPT
    with transaction.atomic():
        removed = 0
        for model in (ClaimLink, WalletOffer, WalletRequest, CredentialShare):
            removed += model.objects.filter(ends_at__lt=before).delete()[0]
        if removed:
            audit.record(by=by, action="remove_expired", kind="site", uid="credentials", removed=removed)
    return removed
