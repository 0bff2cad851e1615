"""The one file of a credential that verifies without a network: keys, status lists and log as they are now."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Credential, LogEntry, LogHead
from synchromesh.credentials.operations.envelopes import take_envelope
from synchromesh.credentials.operations.log import sign_log_head
from synchromesh.credentials.operations.status_publishing import publish_status_list
from synchromesh.credentials.queries.keys import find_published_document, log_did
from synchromesh.credentials.queries.log import find_newest_head, proof_of_inclusion
from synchromesh.credentials.queries.records import PURPOSES, credential_record, status_address
from synchromesh.credentials.queries.status_lists import get_status_list
from synchromesh.engine.credential_formats.log_entries import facts_of
from synchromesh.engine.credential_formats.offline_file import LogProof, OfflineFile, pack_offline_file
from synchromesh.engine.credential_formats.surroundings import KeptAnswer

# Of all envelopes the one that people can read themselves.
FORMAT_INSIDE = "open_badge"


def take_offline_file(credential: Credential, *, now: datetime | None = None) -> bytes:
    """Write the file as of now: who keeps it can show later what was known today. It is not kept here.

    It holds the log's proof as well; where the newest head does not reach the credential's entry, a new one is signed.
    The caller decides who may have it. Raises what signers raise.
    """
    at = now or timezone.now()
    issuer = credential.version.achievement.issuer
    log = _log_proof(credential)  # first, since signing a head may make the log's key
    documents = {did: find_published_document(did) for did in (issuer.did, log_did())}
    status_list = get_status_list(credential.status_list.uid)
    lists = {
        status_address(status_list.uid, purpose): KeptAnswer(
            data=publish_status_list(status_list, purpose, now=at), as_of=at
        )
        for purpose in PURPOSES
    }
    contents = OfflineFile(
        envelope=FORMAT_INSIDE,
        credential=bytes(take_envelope(credential, FORMAT_INSIDE).data),
        made_at=at,
        did_documents={did: document for did, document in documents.items() if document is not None},
        status_lists=lists,
        log=log,
    )
    return pack_offline_file(contents)


def _log_proof(credential: Credential) -> LogProof | None:
    """That the log holds its issue; None for one that was never entered."""
    index = credential.log_index
    entry = LogEntry.objects.filter(index=index).first() if index is not None else None
    head = _head_over(index) if index is not None and entry is not None else None
    if index is None or entry is None or head is None:
        return None
    return LogProof(
        head=head.signed,
        entry=bytes(entry.entry),
        index=index,
        proof=proof_of_inclusion(index, head.size),
        facts=facts_of(credential_record(credential)),
        salt=bytes.fromhex(credential.log_salt),
    )


def _head_over(index: int) -> LogHead | None:
    newest = find_newest_head()
    return newest if newest is not None and newest.size > index else sign_log_head(by=OPERATOR)
