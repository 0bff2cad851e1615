"""Several credentials of one person in one signed file: the Comprehensive Learner Record 2.0.

Signed like an Open Badge (eddsa-rdfc-2022); the credentials inside keep signatures of their own and are checked one by
one. Source: 1EdTech Comprehensive Learner Record 2.0, section 5.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.checking import check_credential, check_document
from synchromesh.engine.credential_formats.credential_shape import as_list, types_of
from synchromesh.engine.credential_formats.data_integrity import RDFC, add_proof
from synchromesh.engine.credential_formats.jose import looks_like_token
from synchromesh.engine.credential_formats.learner_record import KIND, MOST_PARTS, learner_record_document
from synchromesh.engine.credential_formats.proved_badges import NAME as BADGE
from synchromesh.engine.credential_formats.proved_badges import seal_badge
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.records import CredentialRecord
from synchromesh.engine.credential_formats.refusals import Refusal, refused
from synchromesh.engine.credential_formats.signing_keys import check_signer
from synchromesh.engine.credential_formats.surroundings import Signer, Surroundings
from synchromesh.engine.credential_formats.verdicts import CheckedCredential
from synchromesh.engine.errors import InvalidInput

TITLE = "Comprehensive Learner Record 2.0"
MEDIA_TYPE = "application/vc"
ENDING = "clr.json"
IS_WRITTEN = True
IS_BUNDLE = True

NAME = "learner_record"


def accepts(data: bytes) -> bool:
    """Whether it is a JSON object of the type of a learner record."""
    if not data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or f'"{KIND}"'.encode() not in data:
        return False
    try:
        return KIND in types_of(read_object(data))
    except InvalidInput:
        return False


def seal(record: CredentialRecord, *, signer: Signer) -> bytes:
    """Sign each of `record.parts`, then the record around them. Raises InvalidInput without parts or with too many."""
    return seal_around(record, [seal_badge(part, signer=signer) for part in record.parts], signer=signer)


def seal_around(record: CredentialRecord, members: Sequence[bytes], *, signer: Signer) -> bytes:
    """Sign the record around credentials that are signed already: `members`, in the order of `record.parts`.

    Raises InvalidInput without parts or with too many, and for a signer of another issuer.
    """
    check_signer(signer, record.issuer.did)
    document = learner_record_document(record, [json.loads(member) for member in members])
    signed = add_proof(document, signer=signer, cryptosuite=RDFC, created=record.issued_at)
    return json.dumps(signed, ensure_ascii=False, separators=(",", ":")).encode()


def check(data: bytes, *, around: Surroundings) -> CheckedCredential:
    """Check the record, and each credential inside as a part with three lines of its own."""
    try:
        document = read_object(data)
        members = _members(document)
    except InvalidInput as error:
        return refused(NAME, error)
    checked = check_document(document, around=around, format_name=NAME)
    return replace(checked, parts=tuple(_check_member(member, around) for member in members))


def _members(document: Mapping[str, Any]) -> list[Any]:
    subjects = [item for item in as_list(document.get("credentialSubject")) if isinstance(item, Mapping)]
    members = [member for subject in subjects for member in as_list(subject.get("verifiableCredential"))]
    if len(members) > MOST_PARTS:
        problem = f"there are more than {MOST_PARTS}."
        raise Refusal(Reason.INVALID_FIELD, field="verifiableCredential", problem=problem)
    return members


def _check_member(member: Any, around: Surroundings) -> CheckedCredential:
    if isinstance(member, Mapping):
        return check_document(member, around=around, format_name=BADGE)
    # A token; nothing else that is text, since a picture in here could hold another record, and so on.
    if isinstance(member, str) and looks_like_token(member.encode("utf-8", "replace")):
        return check_credential(member.encode("ascii"), around=around)
    return refused(NAME, Refusal(Reason.NOT_A_CREDENTIAL))
