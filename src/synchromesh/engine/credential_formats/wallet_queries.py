"""What wallets are asked to show, in the Digital Credentials Query Language.

Source: OpenID for Verifiable Presentations 1.0, section 6 (DCQL), appendices B.1.1 and B.3.5 (what a query says of each
format).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from synchromesh.engine.credential_formats.token_claims import VCT
from synchromesh.engine.credential_formats.wallet_proofs import JWT_VC, SD_JWT

SELECTIVE = "selective"
WHOLE = "whole"
_BADGE = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential"
_ALWAYS = ("title", "issuer")
ASKED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": ("holder_name",),
        "skills": ("skills", "level"),
        "workload": ("workload", "assessment"),
        "result": ("result",),
    }
)
"""What can be asked for besides title and issuer, with the claims that it stands for."""


def presentation_query(asked: Collection[str]) -> dict[str, Any]:
    """Ask for one credential: as a token of which no more is shown than is asked for, else as a whole badge."""
    claims = [*_ALWAYS, *(claim for name in ASKED if name in asked for claim in ASKED[name])]
    return {
        "credentials": [
            {
                "id": SELECTIVE,
                "format": SD_JWT,
                "meta": {"vct_values": [VCT]},
                "claims": [{"path": [claim]} for claim in claims],
            },
            {"id": WHOLE, "format": JWT_VC, "meta": {"type_values": [[_BADGE]]}},
        ],
        "credential_sets": [{"options": [[SELECTIVE], [WHOLE]]}],
    }


def supported_formats() -> dict[str, Any]:
    """The formats and algorithms that are checked here (`vp_formats_supported`, appendix B)."""
    algorithms = ["ES256", "ES384", "EdDSA", "Ed25519"]
    return {
        SD_JWT: {"sd-jwt_alg_values": algorithms, "kb-jwt_alg_values": algorithms},
        JWT_VC: {"alg_values": algorithms},
    }
