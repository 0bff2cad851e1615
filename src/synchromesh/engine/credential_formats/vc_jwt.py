"""A credential as the payload of a token (VC-JWT): its claims, and how they and the credential must agree.

Sources: W3C Securing Verifiable Credentials using JOSE and COSE 1.0, section 3; Open Badges 3.0, section 8.2 (iss, jti,
sub, nbf and exp beside the credential); Verifiable Credentials Data Model 1.1, section 6.3.1 (the older form, with the
credential inside the claim `vc`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.credential_shape import as_list, issuer_of
from synchromesh.engine.credential_formats.data_integrity import Finding
from synchromesh.engine.credential_formats.instants import instant_text, read_instant
from synchromesh.engine.credential_formats.jose import Token, check_token, read_token
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal
from synchromesh.engine.credential_formats.surroundings import Surroundings
from synchromesh.engine.credential_formats.verdicts import SignatureWord, Verdict

_KINDS = {"vc+jwt", "vc-ld+jwt", "vc+ld+json+jwt", "jwt", "application/vc+jwt"}
_CLAIMS = frozenset({"iss", "jti", "sub", "nbf", "exp", "iat", "aud", "cnf", "nonce"})


def read_credential(token: Token) -> dict[str, Any]:
    """The credential that a token holds, its registered claims put where the data model has them.

    Raises Refusal for a token of another kind, and where a claim contradicts the credential.
    """
    kind = token.header.get("typ")
    if kind is not None and (not isinstance(kind, str) or kind.lower() not in _KINDS):
        raise Refusal(Reason.INVALID_FIELD, field="typ", problem=f"“{str(kind)[:40]}” is no token of a credential.")
    claims = read_object(token.payload)
    if "type" in claims:
        for name in ("vc", "vp"):
            if name in claims:
                raise Refusal(Reason.INVALID_FIELD, field=name, problem="a token holds the credential itself.")
        return _agreeing(claims, {name: value for name, value in claims.items() if name not in _CLAIMS})
    inner = claims.get("vc")
    if not isinstance(inner, dict):
        raise Refusal(Reason.NOT_A_CREDENTIAL)
    return _agreeing(claims, dict(inner))


def check_credential_token(token: Token, document: Mapping[str, Any], *, around: Surroundings) -> Finding:
    """Check the signature of a token that holds this credential. Never raises for what is in the token."""
    dates = (read_instant(document.get(field)) for field in ("awardedDate", "issuanceDate", "validFrom"))
    signed_at = next((date for date in dates if date is not None), None)
    try:
        found = check_token(token, issuer=issuer_of(document), around=around, at=signed_at)
    except Refusal as refusal:
        return Finding(verdict=refusal.verdict())
    verdict = Verdict(
        word=SignatureWord.GOOD,
        reason=Reason.SIGNATURE_GOOD,
        details={"suite": f"{token.header['alg']} (VC-JWT)"},
    )
    return Finding(verdict=verdict, proves=found.proves)


def open_token(data: bytes | str, *, around: Surroundings) -> tuple[dict[str, Any], Finding]:
    """Read and check a token at once. Raises Refusal where it holds no credential."""
    token = read_token(data)
    document = read_credential(token)
    return document, check_credential_token(token, document, around=around)


def registered_claims(document: Mapping[str, Any]) -> dict[str, Any]:
    """The claims that a token bears beside its credential: seconds since 1970 for instants."""
    claims: dict[str, Any] = {"iss": issuer_of(document)}
    if "id" in document:
        claims["jti"] = document["id"]
    subject = document.get("credentialSubject")
    if isinstance(subject, Mapping) and "id" in subject:
        claims["sub"] = subject["id"]
    for claim, field in (("nbf", "validFrom"), ("exp", "validUntil")):
        instant = read_instant(document.get(field))
        if instant is not None:
            claims[claim] = int(instant.timestamp())
    return claims


def _agreeing(claims: Mapping[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """Hold the claims against the credential; what only a claim says becomes a field."""
    is_first_version = "issuanceDate" in document or "vc" in claims
    _hold(claims, "iss", issuer_of(document), document, "issuer")
    _hold(claims, "jti", document.get("id"), document, "id")
    subjects = as_list(document.get("credentialSubject"))
    if "sub" in claims and len(subjects) == 1 and isinstance(subjects[0], dict):
        subject = dict(subjects[0])
        _hold(claims, "sub", subject.get("id"), subject, "id")
        document["credentialSubject"] = subject
    begins, ends = ("issuanceDate", "expirationDate") if is_first_version else ("validFrom", "validUntil")
    for claim, field in (("nbf", begins), ("exp", ends)):
        if claim in claims:
            instant = _instant(claims[claim], claim)
            stated = read_instant(document.get(field))
            if field in document and (stated is None or int(stated.timestamp()) != int(instant.timestamp())):
                raise Refusal(Reason.INVALID_FIELD, field=claim, problem=f"it contradicts {field}.")
            document.setdefault(field, instant_text(instant))
    return document


def _hold(claims: Mapping[str, Any], claim: str, stated: Any, target: dict[str, Any], field: str) -> None:
    if claim not in claims:
        return
    if not isinstance(claims[claim], str):
        raise Refusal(Reason.INVALID_FIELD, field=claim, problem="it must be a text.")
    if stated in (None, ""):
        target[field] = claims[claim]
    elif stated != claims[claim]:
        raise Refusal(Reason.INVALID_FIELD, field=claim, problem=f"it contradicts {field}.")


def _instant(value: Any, claim: str) -> datetime:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 253_402_300_800:
        raise Refusal(Reason.INVALID_FIELD, field=claim, problem="it must be seconds since 1970.")
    return datetime.fromtimestamp(value, tz=UTC)
