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
    IssueRow,
    WalletNonce,
    WalletOffer,
    WalletRequest,
)
from synchromesh.credentials.operations.batches import resume_batch
from synchromesh.plumbing import audit

KEPT = timedelta(days=30)
SHOWN_FOR = timedelta(hours=1)  # what a wallet showed to somebody here
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
    """Remove links and offers that ended more than thirty days ago, and the rows of lists. Raises NotAllowed.

    What wallets showed goes with the first run an hour after the request ended: it is nobody's business who checked
    whom. A list of people is personal data: once it is issued the credentials say all that is needed, and a preview
    that nobody submitted is dropped.
    """
    require(is_operator(by), _ONLY_OPERATOR)
    at = now or timezone.now()
    before = at - KEPT
    with transaction.atomic():
        removed = 0
        for model in (ClaimLink, WalletOffer, CredentialShare):
            removed += model.objects.filter(ends_at__lt=before).delete()[0]
        removed += WalletRequest.objects.filter(ends_at__lt=at - SHOWN_FOR).delete()[0]
        removed += WalletNonce.objects.filter(ends_at__lt=at).delete()[0]
        IssueBatch.objects.filter(state=BatchState.PREVIEW, made_at__lt=before).update(state=BatchState.CANCELLED)
        ended = IssueBatch.objects.filter(state__in=[BatchState.DONE, BatchState.CANCELLED], made_at__lt=before)
        ended = ended.exclude(finished_at__gte=before)
        removed += IssueRow.objects.filter(batch__in=ended).delete()[0]
        if removed:
            audit.record(by=by, action="remove_expired", kind="site", uid="credentials", removed=removed)
    return removed
