"""The line "status" of a token for wallets: its dates, then the list that it names.

Source: RFC 7519 sections 4.1.4 and 4.1.5 (exp, nbf), IETF draft-ietf-oauth-status-list section 8.3 (what to check of
the list), and Bitstring Status List 1.0 for tokens that name such a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.instants import instant_text, read_instant
from synchromesh.engine.credential_formats.jose import read_token
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal
from synchromesh.engine.credential_formats.statuses import FRESH, check_status
from synchromesh.engine.credential_formats.surroundings import KeptAnswer, Surroundings
from synchromesh.engine.credential_formats.token_claims import instant_of
from synchromesh.engine.credential_formats.token_issuers import check_issuer_token
from synchromesh.engine.credential_formats.token_status_lists import INVALID, SUSPENDED, TOKEN_TYPE, VALID, state_in
from synchromesh.engine.credential_formats.verdicts import StatusWord, Verdict
from synchromesh.engine.errors import ExternalFailure, InvalidInput

_STATES = {
    VALID: (StatusWord.VALID, Reason.STATUS_CLEAR),
    INVALID: (StatusWord.WITHDRAWN, Reason.WITHDRAWN),
    SUSPENDED: (StatusWord.SUSPENDED, Reason.SUSPENDED),
}


def check_token_status(payload: Mapping[str, Any], *, issuer: str, around: Surroundings) -> Verdict:
    """Say whether a token holds at the instant of the check. Never raises for what is in it.

    A token that names lists of the W3C is judged by those; its other reference is for wallets.
    """
    try:
        verdict = check_status(_as_document(payload, issuer), around=around)
        if verdict.word != StatusWord.VALID or "credentialStatus" in payload or "status" not in payload:
            return verdict
        return _check_list(payload["status"], issuer=issuer, around=around)
    except Refusal as refusal:
        return _unchecked(refusal.reason, **refusal.details)


def _as_document(payload: Mapping[str, Any], issuer: str) -> dict[str, Any]:
    """What a credential of the W3C's data model would say of its dates and lists."""
    names = ("validFrom", "validUntil", "termsOfUse") if "@context" in payload else ()
    document = {name: payload[name] for name in ("credentialStatus", *names) if name in payload}
    # Where both kinds of date stand there, the narrower time counts.
    for claim, name, narrower in (("nbf", "validFrom", max), ("exp", "validUntil", min)):
        if claim not in payload:
            continue
        moment = instant_of(payload, claim)
        if moment is None:
            raise Refusal(Reason.INVALID_FIELD, field=claim, problem="it is no number of seconds.")
        stated = read_instant(document.get(name)) if name in document else moment
        if stated is not None:
            document[name] = instant_text(narrower(moment, stated))
    return document | {"issuer": issuer}


def _check_list(status: Any, *, issuer: str, around: Surroundings) -> Verdict:
    reference = status.get("status_list") if isinstance(status, Mapping) else None
    if not isinstance(reference, Mapping):
        named = ", ".join(str(name) for name in status) if isinstance(status, Mapping) else "?"
        raise Refusal(Reason.STATUS_TYPE_UNKNOWN, type=named[:80])
    index, url = reference.get("idx"), reference.get("uri")
    if type(index) is not int or not isinstance(url, str):
        raise Refusal(Reason.INVALID_FIELD, field="status", problem="it needs a number (idx) and an address (uri).")
    try:
        answer = around.status_list(url)
    except (ExternalFailure, InvalidInput) as failure:
        raise Refusal(Reason.STATUS_LIST_UNREACHABLE, url=url[:200], problem=failure.message) from None
    try:
        state = state_in(_proved_claims(answer, issuer=issuer, around=around), index, url=url)
    except InvalidInput as fault:
        raise Refusal(Reason.STATUS_LIST_INVALID, url=url[:200], problem=fault.message) from None
    return _verdict(state, answer, around)


def _proved_claims(answer: KeptAnswer, *, issuer: str, around: Surroundings) -> dict[str, Any]:
    """The claims of a list whose signature is good and that still holds. Raises Refusal."""
    token = read_token(answer.data)
    if str(token.header.get("typ", "")).removeprefix("application/") != TOKEN_TYPE:
        raise InvalidInput("The token at the address of the status list is not that list.")
    claims = read_object(token.payload)
    signer = claims.get("iss", issuer)
    if not isinstance(signer, str) or (answer.is_from_holder and signer != issuer):
        raise InvalidInput("The status list is one of another issuer.")
    check_issuer_token(token, issuer=signer, around=around)
    ends = instant_of(claims, "exp")
    if "exp" in claims and (ends is None or ends < answer.as_of):
        raise InvalidInput("The status list is not valid at this time.")
    return claims


def _verdict(state: int, answer: KeptAnswer, around: Surroundings) -> Verdict:
    if state not in _STATES:
        return _unchecked(Reason.STATUS_TYPE_UNKNOWN, type=f"status {state}")
    word, reason = _STATES[state]
    if around.now - answer.as_of <= FRESH:
        return Verdict(word=word, reason=reason)
    on = instant_text(answer.as_of)
    if state == VALID:
        return _unchecked(Reason.STATUS_LAST_KNOWN, on=on, was=StatusWord.VALID)
    return Verdict(word=word, reason=reason, details={"on": on})


def _unchecked(reason: Reason, **details: str) -> Verdict:
    return Verdict(word=StatusWord.COULD_NOT_CHECK, reason=reason, details=details)
