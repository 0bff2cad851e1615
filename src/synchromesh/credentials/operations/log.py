"""Append to the transparency log and sign its heads. Whoever appends locks the tip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import OPERATOR, is_operator, require
from synchromesh.credentials.models import KeyPurpose, LogEntry, LogHead, LogNode, LogTip, SigningKey
from synchromesh.credentials.operations.keys import rotate_key
from synchromesh.credentials.operations.signers import active_key, signer_of
from synchromesh.credentials.queries.log import find_newest_head
from synchromesh.engine.credential_formats.log_entries import EntryKind, entry_bytes
from synchromesh.engine.credential_formats.log_heads import TreeHead, sign_head
from synchromesh.engine.credential_formats.transparency import Frontier, append, leaf_hash, root_of
from synchromesh.plumbing import audit
from synchromesh.plumbing.bulk_writing import insert_records


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """What happened to a credential, as the log says it: the commitment names it to nobody who lacks its salt."""

    kind: EntryKind
    commitment: bytes
    subject: UUID


def append_entries(changes: Sequence[Logged]) -> int:
    """Append changes in their order and return the index of the first. Call it inside a transaction.

    It locks the tip, so whoever locks other rows too must do so before. The entries are dated in here: one that is
    older than a head which lacks it would count as back-dated.
    """
    tip = _locked_tip()
    first, at = tip.size, _not_before_the_newest_head()
    entries = [entry_bytes(kind=one.kind, at=at, commitment=one.commitment) for one in changes]
    leaves = [leaf_hash(entry) for entry in entries]
    frontier, nodes = append(Frontier.from_text(tip.frontier), leaves)
    insert_records(
        [
            LogEntry(index=first + place, entry=entry, leaf_hash=leaf, subject=one.subject, added_at=at)
            for place, (one, entry, leaf) in enumerate(zip(changes, entries, leaves, strict=True))
        ]
    )
    insert_records([LogNode(level=node.level, index=node.index, hash=node.hash) for node in nodes])
    tip.size, tip.frontier = frontier.size, frontier.to_text()
    tip.save(update_fields=["size", "frontier"])
    return first


def sign_log_head(*, by: audit.Actor, now: datetime | None = None) -> LogHead | None:
    """Sign the present tip, unless its size has a head already; None while the log is empty. Raises NotAllowed."""
    require(is_operator(by), "Only the operator of the server signs the log.")
    with transaction.atomic():
        tip = _locked_tip()
        newest = find_newest_head()
        if tip.size == 0 or (newest is not None and newest.size == tip.size):
            return newest
        newest_entry = LogEntry.objects.get(index=tip.size - 1).added_at
        at = max((now or timezone.now()).replace(microsecond=0), newest_entry, _not_before_the_newest_head())
        root = root_of(Frontier.from_text(tip.frontier))
        head = TreeHead(log=f"{settings.SITE_ADDRESS}/id/log", size=tip.size, root=root, at=at)
        signed = sign_head(head, signer=signer_of(_log_key()))
        audit.record(by=by, action="sign_log_head", kind="transparency log", uid=tip.size, root=root.hex())
        return LogHead.objects.create(size=tip.size, root=root.hex(), signed=signed, signed_at=at)


def _not_before_the_newest_head() -> datetime:
    """This second; clocks of several machines may differ, and the log must not run backwards."""
    now, newest = timezone.now().replace(microsecond=0), find_newest_head()
    return now if newest is None else max(now, newest.signed_at)


def _locked_tip() -> LogTip:
    LogTip.objects.bulk_create([LogTip(pk=1, size=0, frontier=Frontier().to_text())], ignore_conflicts=True)
    return LogTip.objects.select_for_update().get(pk=1)


def _log_key() -> SigningKey:
    """The log's own key; the first one is made when it is needed."""
    if not SigningKey.objects.filter(issuer=None, purpose=KeyPurpose.LOG, retired_at=None).exists():
        rotate_key(by=OPERATOR, issuer=None, purpose=KeyPurpose.LOG)
    return active_key(None, KeyPurpose.LOG)
