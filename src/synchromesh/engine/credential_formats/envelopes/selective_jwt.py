"""SD-JWT VC: the credential for wallets, of which the holder shows only what is asked for.

Source: IETF draft-ietf-oauth-sd-jwt-vc (media type dc+sd-jwt; what must stay in sight: section 2.2.2.3), RFC 9901, and
for reading also the W3C's form of it (vc+sd-jwt, Securing Verifiable Credentials using JOSE and COSE section 3.2).
Salts are drawn anew each time, so that two tokens of one credential cannot be recognised by them: of all envelopes this
is the one whose bytes differ from time to time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from synchromesh.engine.credential_formats.canonical_json import canonical_json, read_object
from synchromesh.engine.credential_formats.credential_shape import issuer_of
from synchromesh.engine.credential_formats.issuers import check_issuer
from synchromesh.engine.credential_formats.jose import Token, read_token, sign_token
from synchromesh.engine.credential_formats.multikeys import read_jwk
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.records import CredentialRecord
from synchromesh.engine.credential_formats.refusals import Refusal, refused
from synchromesh.engine.credential_formats.selective_disclosure import (
    Presented,
    binding_hash,
    choose_claims,
    claim_names,
    hide,
    reveal,
    split_token,
)
from synchromesh.engine.credential_formats.shown import read_shown
from synchromesh.engine.credential_formats.signing_keys import check_signer
from synchromesh.engine.credential_formats.surroundings import Signer, Surroundings
from synchromesh.engine.credential_formats.token_claims import FIELDS, claims_of, shown_claims
from synchromesh.engine.credential_formats.token_issuers import check_issuer_token
from synchromesh.engine.credential_formats.token_statuses import check_token_status
from synchromesh.engine.credential_formats.verdicts import CheckedCredential, SignatureWord, Verdict
from synchromesh.engine.errors import InvalidInput

TITLE = "SD-JWT VC"
MEDIA_TYPE = "application/dc+sd-jwt"
ENDING = "sd-jwt"
IS_WRITTEN = True

NAME = "selective_jwt"
TYPE = "dc+sd-jwt"
# Of the W3C's data model; the second is its name in drafts.
W3C_TYPES = ("vc+sd-jwt", "vc+ld+json+sd-jwt")
BINDING_TYPE = "kb+jwt"
_LETTERS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~")


def accepts(data: bytes) -> bool:
    """Whether a file looks like a token with disclosures."""
    text = data.strip()
    return text.startswith(b"ey") and b"~" in text and not set(text) - _LETTERS


def seal(record: CredentialRecord, *, signer: Signer, holder_key: Mapping[str, Any] | None = None) -> bytes:
    """Sign a record with everything disclosed that a holder may hide (`FIELDS`).

    `holder_key` is the public JSON Web Key of the holder's wallet, to which the token is bound; without it the key of
    the holder's did:key, if there is one. Raises InvalidInput for a bundle and for what no issuer may say.
    """
    check_signer(signer, record.issuer.did)
    claims = claims_of(record, holder_key=holder_key)
    payload, disclosures = hide(claims, FIELDS)
    header = {"typ": TYPE, "kid": signer.verification_method}
    signed = sign_token(canonical_json(payload), header=header, signer=signer)
    return "~".join((signed, *disclosures, "")).encode("ascii")


def fields_of(data: bytes) -> tuple[str, ...]:
    """The names of the claims that a token discloses and its holder could hide. Raises InvalidInput."""
    return claim_names(split_token(_ascii(data)))


def choose_fields(data: bytes, *, fields: Collection[str]) -> bytes:
    """Keep only these fields disclosed; what must stay in sight stays. Raises InvalidInput."""
    return choose_claims(split_token(_ascii(data)), fields).encode("ascii")


def check(data: bytes, *, around: Surroundings) -> CheckedCredential:
    """The three verdicts over what is disclosed; see the contract of envelopes."""
    try:
        return _checked(split_token(_ascii(data)), around)
    except InvalidInput as error:
        return refused(NAME, error)


def _ascii(data: bytes) -> str:
    try:
        return data.decode("ascii").strip()
    except UnicodeDecodeError:
        raise Refusal(Reason.NOT_TEXT) from None


def _checked(presented: Presented, around: Surroundings) -> CheckedCredential:
    token = read_token(presented.signed)
    payload = read_object(token.payload)
    issuer = _issuer_of(token, payload)
    found = check_issuer_token(token, issuer=issuer, around=around)
    claims = reveal(payload, presented.disclosures)
    is_bound = _check_binding(presented, payload)
    # The words of the W3C's data model, where the token uses them, are read as in every other envelope.
    shown = read_shown(claims) if "@context" in payload else shown_claims(claims, issuer=issuer)
    suite = f"SD-JWT, {token.header['alg']}" + (", shown by the holder of its key" if is_bound else "")
    return CheckedCredential(
        format=NAME,
        signature=Verdict(word=SignatureWord.GOOD, reason=Reason.SIGNATURE_GOOD, details={"suite": suite}),
        status=check_token_status(payload, issuer=issuer, around=around),
        issuer=check_issuer(found.proves, around=around, at=shown.issued_at or shown.valid_from),
        shown=shown,
        document=claims,
    )


def _issuer_of(token: Token, payload: Mapping[str, Any]) -> str:
    """Who says it, from what is signed in sight; also refuses tokens that are no credential."""
    kind = str(token.header.get("typ", "")).removeprefix("application/")
    if kind == TYPE and isinstance(payload.get("vct"), str) and isinstance(payload.get("iss"), str):
        return str(payload["iss"])
    is_w3c = kind in W3C_TYPES and "@context" in payload
    issuer = issuer_of(payload) if is_w3c else ""
    if not issuer or payload.get("iss", issuer) != issuer:
        raise Refusal(Reason.NOT_A_CREDENTIAL)
    return issuer


def _check_binding(presented: Presented, payload: Mapping[str, Any]) -> bool:
    """Whether the holder signed what is disclosed. For whom and when is between the holder and who asked.

    Raises Refusal for a binding that does not hold (RFC 9901 section 7.3).
    """
    if not presented.key_binding:
        return False
    confirmed = payload.get("cnf")
    key = confirmed.get("jwk") if isinstance(confirmed, Mapping) else None
    if not isinstance(key, Mapping):
        raise Refusal(Reason.PROOF_INVALID, problem="it is signed by a holder that the issuer did not name.")
    token = read_token(presented.key_binding)
    public, said = read_jwk(key), read_object(token.payload).get("sd_hash")
    if token.header.get("typ") != BINDING_TYPE or public.algorithm != token.algorithm:
        raise Refusal(Reason.PROOF_INVALID, problem="the holder's signature is of another kind.")
    algorithm = payload.get("_sd_alg", "sha-256")
    if said != binding_hash(presented, str(algorithm)) or not public.verify(token.signature, token.signed):
        raise Refusal(Reason.SIGNATURE_BAD)
    return True
