"""Several credentials of one person in one: the Comprehensive Learner Record, without its own signature.

Source: 1EdTech Comprehensive Learner Record 2.0 (context 2.0.1) over the Verifiable Credentials Data Model 2.0: section
5.1 (ClrCredential), 5.2 (ClrSubject), 5.3 (associations). The credentials inside keep their own signatures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from synchromesh.engine.credential_formats.contexts import CREDENTIALS_2, LEARNER_RECORD_2, OPEN_BADGES_3
from synchromesh.engine.credential_formats.open_badges import credential_part, issuer_part, subject_part
from synchromesh.engine.credential_formats.records import CredentialRecord
from synchromesh.engine.errors import InvalidInput

MOST_PARTS = 100
"""Credentials of one record: more would make a graph that no verifier finishes in a moment."""
KIND = "ClrCredential"

# Fields of a badge's credential that a record has another form of, or none.
_ONLY_OF_A_BADGE = {"@context", "type", "evidence", "relatedResource"}


def learner_record_document(record: CredentialRecord, members: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Write the record around its signed credentials, `members`, one for each of `record.parts` in their order.

    Raises InvalidInput for no part, too many, or two of the same address.
    """
    _refuse_unfit(record, members)
    badge = credential_part(record)
    document: dict[str, Any] = {
        "@context": [CREDENTIALS_2, LEARNER_RECORD_2, OPEN_BADGES_3, *badge["@context"][2:]],
        "type": ["VerifiableCredential", KIND],
    }
    document |= {name: value for name, value in badge.items() if name not in _ONLY_OF_A_BADGE}
    holder = subject_part(record)
    subject: dict[str, Any] = {"type": ["ClrSubject"], "verifiableCredential": [dict(member) for member in members]}
    for name in ("id", "identifier"):
        if name in holder:
            subject[name] = holder[name]
    associations = _associations(record.parts)
    if associations:
        subject["association"] = associations
    return document | {"issuer": issuer_part(record.issuer), "credentialSubject": subject}


def _refuse_unfit(record: CredentialRecord, members: Sequence[Mapping[str, Any]]) -> None:
    if not 1 <= len(record.parts) <= MOST_PARTS or len(members) != len(record.parts):
        raise InvalidInput(f"A learner record holds 1 to {MOST_PARTS} credentials.", field="parts")
    addresses = {part.url for part in record.parts} | {record.url}
    if len(addresses) != len(record.parts) + 1:
        raise InvalidInput("A learner record cannot hold the same credential twice, or itself.", field="parts")


def _associations(parts: Sequence[CredentialRecord]) -> list[dict[str, Any]]:
    """Which achievement of the record counts towards which other one of it."""
    held = {part.achievement.url for part in parts}
    return [
        {
            "type": "Association",
            "associationType": "isPartOf",
            "sourceId": part.achievement.url,
            "targetId": whole,
        }
        for part in parts
        for whole in part.achievement.part_of
        if whole in held
    ]
