"""Presentations of credentials, as W3C's suites send them: their shape, their proofs and the credentials inside.

The product itself takes presentations from wallets by OpenID4VP; this is the plain form, for the suites only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.checking import ENVELOPED, check_document
from synchromesh.engine.credential_formats.contexts import CREDENTIALS_1, CREDENTIALS_2
from synchromesh.engine.credential_formats.credential_shape import as_list, types_of
from synchromesh.engine.credential_formats.data_integrity import check_proofs
from synchromesh.engine.credential_formats.did_documents import find_key
from synchromesh.engine.credential_formats.jose import read_token
from synchromesh.engine.credential_formats.surroundings import Surroundings
from synchromesh.engine.errors import InvalidInput

ENVELOPED_PRESENTATION = "EnvelopedVerifiablePresentation"
_PURPOSE = "authentication"


def check_presentation(
    presentation: Any, *, around: Surroundings, challenge: str | None, domain: str | None
) -> list[str]:
    """What is wrong with a presentation, as sentences; nothing for a good one."""
    if not isinstance(presentation, Mapping):
        return ["A presentation must be an object."]
    try:
        if ENVELOPED_PRESENTATION in types_of(presentation):
            return _faults_of_token(presentation, around)
        faults = _faults_of_shape(presentation)
        if not faults:
            faults = _faults_of_proofs(presentation, around, challenge=challenge, domain=domain)
    except InvalidInput as fault:
        return [fault.message]
    return faults


def _faults_of_shape(presentation: Mapping[str, Any]) -> list[str]:
    contexts = presentation.get("@context")
    if not isinstance(contexts, list) or not contexts or contexts[0] not in (CREDENTIALS_1, CREDENTIALS_2):
        return ["@context must be a list that begins with the data model's."]
    if "VerifiablePresentation" not in types_of(presentation):
        return ["The type VerifiablePresentation is missing."]
    if "holder" in presentation and not _holder(presentation):
        return ["The holder must be an address, or an object with one."]
    for credential in as_list(presentation.get("verifiableCredential")):
        if not isinstance(credential, Mapping):
            return ["Credentials must be objects."]
        if not {"VerifiableCredential", ENVELOPED} & set(types_of(credential)):
            return ["A credential lacks its type."]
    return []


def _holder(presentation: Mapping[str, Any]) -> str:
    holder = presentation.get("holder")
    identifier = holder.get("id") if isinstance(holder, Mapping) else holder
    return identifier if isinstance(identifier, str) and ":" in identifier else ""


def _faults_of_proofs(
    presentation: Mapping[str, Any], around: Surroundings, *, challenge: str | None, domain: str | None
) -> list[str]:
    finding = check_proofs(presentation, around=around, issuer="", purpose=_PURPOSE)
    if not finding.is_good:
        return [f"The proof of the presentation: {finding.verdict.reason} {dict(finding.verdict.details)}"]
    for proof in as_list(presentation["proof"]):
        if challenge is not None and proof.get("challenge") != challenge:
            return ["The proof answers another challenge."]
        if domain is not None and "domain" in proof and domain not in as_list(proof["domain"]):
            return ["The proof is for another domain."]
    return [fault for item in as_list(presentation.get("verifiableCredential")) for fault in _faults_of(item, around)]


def _faults_of(credential: Any, around: Surroundings) -> list[str]:
    checked = check_document(credential, around=around, format_name="open_badge")
    if checked.signature.word == "good":
        return []
    return [f"A credential: {checked.signature.reason} {dict(checked.signature.details)}"]


def _faults_of_token(presentation: Mapping[str, Any], around: Surroundings) -> list[str]:
    if CREDENTIALS_2 not in as_list(presentation.get("@context")):
        return ["@context must hold the data model's."]
    kind, _, text = str(presentation.get("id")).partition(",")
    if kind not in ("data:application/vp+jwt", "data:application/jwt"):
        return ["The id must be a data address with a token."]
    token = read_token(text)
    claims = read_object(token.payload)
    inner = claims.get("vp", claims)
    key = find_key(token.header.get("kid"), issuer=str(claims.get("iss", "")), around=around, purpose=_PURPOSE).key
    if not key.verify(token.signature, token.signed):
        return ["The signature of the token is bad."]
    return _faults_of_shape(inner) if isinstance(inner, Mapping) else ["The token holds no presentation."]
