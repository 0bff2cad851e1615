"""A credential in the two formats that wallets take by OpenID for Verifiable Credential Issuance 1.0, appendix A.

`dc+sd-jwt` is our SD-JWT VC; `jwt_vc_json` (appendix A.1.1) has the whole Open Badge inside the claim `vc`, where
wallets of that format look for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from synchromesh.engine.credential_formats.canonical_json import canonical_json
from synchromesh.engine.credential_formats.envelopes import selective_jwt
from synchromesh.engine.credential_formats.jose import sign_token
from synchromesh.engine.credential_formats.open_badges import open_badge_document
from synchromesh.engine.credential_formats.records import CredentialRecord
from synchromesh.engine.credential_formats.surroundings import Signer
from synchromesh.engine.credential_formats.token_claims import FIELDS, VCT
from synchromesh.engine.credential_formats.vc_jwt import registered_claims
from synchromesh.engine.credential_formats.wallet_proofs import JWT_VC, PROOF_ALGORITHMS, SD_JWT, HolderKey

SELECTIVE = "achievement_sd_jwt"
WHOLE = "achievement_jwt"
CONFIGURATIONS = (SELECTIVE, WHOLE)
_TYPES = ("VerifiableCredential", "OpenBadgeCredential")


def seal_for_wallet(record: CredentialRecord, *, configuration: str, holder: HolderKey, signer: Signer) -> str:
    """Sign a credential that is bound to the key of a wallet. Raises InvalidInput as the envelopes do."""
    bound = replace(record, holder=replace(record.holder, did=holder.did))
    if configuration == SELECTIVE:
        return selective_jwt.seal(bound, signer=signer, holder_key=holder.jwk).decode("ascii")
    document = open_badge_document(bound)
    claims = {**registered_claims(document), "vc": document}
    return sign_token(canonical_json(claims), header={"typ": "JWT", "kid": signer.verification_method}, signer=signer)


def supported_configurations(*, display_name: str) -> dict[str, Mapping[str, Any]]:
    """What can be issued to wallets, as the metadata of an issuer state it (section 12.2.4)."""
    common = {
        "cryptographic_binding_methods_supported": ["jwk", "did:jwk", "did:key"],
        "credential_signing_alg_values_supported": ["EdDSA"],
        "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": list(PROOF_ALGORITHMS)}},
    }
    display = [{"name": display_name, "locale": "en"}]
    claims = [{"path": [name]} for name in ("title", *FIELDS)]
    return {
        SELECTIVE: {
            "format": SD_JWT,
            "vct": VCT,
            **common,
            "credential_metadata": {"display": display, "claims": claims},
        },
        WHOLE: {
            "format": JWT_VC,
            "credential_definition": {"type": list(_TYPES)},
            **common,
            "credential_metadata": {"display": display},
        },
    }
