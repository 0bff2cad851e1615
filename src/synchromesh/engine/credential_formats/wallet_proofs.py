"""What wallets prove: that they have a key when they ask for a credential, and whose credential they show.

The interface to openvc-core, whose names appear nowhere else. It checks the protocols' own rules (which key, for whom,
how fresh, nothing twice); what a shown credential is worth, the envelopes here say. Sources: OpenID for Verifiable
Credential Issuance 1.0, section 8.2 and appendix F; OpenID for Verifiable Presentations 1.0, sections 6, 8 and 14.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from synchromesh.engine.credential_formats.canonical_json import canonical_json, read_object
from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.contexts import (
    CREDENTIALS_1,
    LEARNER_RECORD_2,
    OPEN_BADGES_3,
    OPEN_BADGES_EXTENSIONS,
    get_context,
)
from synchromesh.engine.credential_formats.encodings import base64url_encode
from synchromesh.engine.credential_formats.jose import read_token
from synchromesh.engine.credential_formats.surroundings import Surroundings
from synchromesh.engine.credential_formats.verdicts import CheckedCredential
from synchromesh.engine.errors import InvalidInput

if TYPE_CHECKING:
    from openvc.did.base import DidResolverRegistry

SD_JWT = "dc+sd-jwt"
JWT_VC = "jwt_vc_json"
PROOF_ALGORITHMS = ("ES256", "EdDSA", "Ed25519")
_CONTEXTS = (CREDENTIALS_1, OPEN_BADGES_3, OPEN_BADGES_EXTENSIONS, LEARNER_RECORD_2)
MOST_SHOWN = 20
"""Credentials of one answer."""


class WalletFault(InvalidInput):
    """What is wrong with what a wallet sent; `error` is the code that the protocol has for it."""

    def __init__(self, error: str, message: str) -> None:
        self.error = error
        super().__init__(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderKey:
    """The key to which a credential is to be bound: as a JSON Web Key, and as an identifier of its own."""

    jwk: Mapping[str, Any]
    did: str


def check_credential_request(
    body: Mapping[str, Any],
    *,
    issuer: str,
    configurations: Collection[str],
    take_nonce: Callable[[str], bool],
    now: datetime,
) -> tuple[str, HolderKey]:
    """Which configuration a wallet asks for, and the key that it has shown to have. Raises WalletFault.

    `issuer` is our identifier, to which the proof must be addressed. `take_nonce` says whether a nonce is ours and was
    never used, and uses it up; it is called once, after the signature was found good.
    """
    from openvc.errors import OpenvcError
    from openvc.openid4vci import (
        CredentialRequestMalformed,
        ProofReplayed,
        parse_credential_request,
        verify_credential_request_proofs,
    )

    try:
        request = parse_credential_request(body)
        wanted = request.credential_configuration_id
        if wanted not in configurations:
            raise WalletFault("unknown_credential_configuration", "This is not issued here.")
        (proof,) = verify_credential_request_proofs(
            request,
            credential_issuer=issuer,
            check_nonce=take_nonce,
            resolve_proof_key=_own_key,
            allowed_algs=frozenset(PROOF_ALGORITHMS),
            now=now,
        )
    except CredentialRequestMalformed as error:
        raise WalletFault("invalid_credential_request", str(error)) from None
    except ProofReplayed:
        raise WalletFault(
            "invalid_nonce", "The nonce is not of ours, has run out or was used. Get a new one."
        ) from None
    except (OpenvcError, ValueError) as error:
        raise WalletFault("invalid_proof", str(error)) from None
    named = str(proof.header.get("kid", "")).partition("#")[0]
    jwk = {name: value for name, value in proof.public_jwk.items() if name in ("kty", "crv", "x", "y")}
    return str(wanted), HolderKey(jwk=jwk, did=named if named.startswith("did:") else _did_jwk(jwk))


def _own_key(kid: str) -> dict[str, Any]:
    """The key inside a did:key or did:jwk. Nobody is asked about others."""
    from openvc.did.did_jwk import DidJwkResolver
    from openvc.did.did_key import DidKeyResolver

    did = kid.partition("#")[0]
    for resolver in (DidKeyResolver(), DidJwkResolver()):
        if resolver.supports(did):
            return dict(resolver.resolve(did).verification_methods[0].public_key_jwk)
    raise ValueError("The key of a proof is a JSON Web Key, a did:key or a did:jwk.")


def _did_jwk(jwk: Mapping[str, Any]) -> str:
    return f"did:jwk:{base64url_encode(canonical_json(dict(jwk)))}"


def check_presentation(
    shown: Mapping[str, Any], *, query: Mapping[str, Any], nonce: str, client_id: str, around: Surroundings
) -> tuple[CheckedCredential, ...]:
    """Check an answer (`vp_token`) to a query (DCQL), and each credential in it. Raises WalletFault.

    That it was made for this request (`nonce`, `client_id`) by who holds the key that the credential names, must hold;
    else nothing of it is believed. How good the credential itself is, say the verdicts.
    """
    from openvc.errors import OpenvcError
    from openvc.openid4vp import verify_vp_token

    try:
        answered = verify_vp_token(
            shown,
            dcql_query=query,
            nonce=nonce,
            client_id=client_id,
            resolver=_resolver(around),
            now=around.now,
            extra_contexts={address: dict(get_context(address)) for address in _CONTEXTS},
            jwt_vc_issuer_fetch=lambda url: read_object(around.fetch(url).data),
        )
    except (OpenvcError, InvalidInput, ValueError) as error:
        raise WalletFault("invalid_request", f"The answer does not hold: {error}") from None
    formats = {entry.query_id: entry.format for entry in answered.presentations}
    found = [token for name, tokens in shown.items() for token in _credentials(formats[name], tokens)]
    return tuple(check_credential(token.encode(), around=around) for token in found[:MOST_SHOWN])


def _credentials(format_name: str, presentations: list[Any]) -> list[str]:
    """The credentials inside presentations that were found good."""
    if format_name == SD_JWT:
        return [str(one) for one in presentations]
    inside: list[str] = []
    for one in presentations:
        held = read_object(read_token(one).payload).get("vp", {}).get("verifiableCredential", [])
        inside += [token for token in (held if isinstance(held, list) else [held]) if isinstance(token, str)]
    return inside


def _resolver(around: Surroundings) -> DidResolverRegistry:
    """Keys for openvc: those that are identifiers themselves, and the documents that the surroundings have."""
    from openvc.did.base import DidDocument, DidResolutionError, DidResolverRegistry, parse_did_document
    from openvc.did.did_jwk import DidJwkResolver
    from openvc.did.did_key import DidKeyResolver

    from synchromesh.engine.errors import ExternalFailure

    class _Asked:
        def supports(self, did: str) -> bool:
            return did.startswith("did:web:")

        def resolve(self, did: str) -> DidDocument:
            try:
                return parse_did_document(dict(around.did_document(did)))
            except (ExternalFailure, InvalidInput) as failure:
                raise DidResolutionError(failure.message) from None

    return DidResolverRegistry([DidKeyResolver(), DidJwkResolver(), _Asked()])
