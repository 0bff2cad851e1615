"""Vocabularies that no dependency holds a copy of, written as what differs from one that is pinned.

Older credentials name them: the first one of Open Badges 3.0, which lies at an address without a version, and the first
one of data integrity proofs. The outcome is pinned by the SHA-256 of its canonical JSON, taken from the published files
(purl.imsglobal.org/spec/ob/v3p0/context.json as of 2022, w3id.org/security/data-integrity/v1).
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from synchromesh.engine.credential_formats.canonical_json import canonical_json

_BADGES = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
# Where a word is not there at all.
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Derived:
    """What a vocabulary is made from: `changes` by place, the names on the way joined by slashes."""

    base: str
    changes: Mapping[str, Any]
    sha256: str


DERIVED: Mapping[str, Derived] = MappingProxyType(
    {
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json": Derived(
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
            {
                "Achievement/@context/alignment/@type": f"{_BADGES}Alignment",
                "Achievement/@context/creator/@id": f"{_BADGES}Profile",
                "Achievement/@context/image": _ABSENT,
                "Achievement/@context/otherIdentifier/@type": f"{_BADGES}IdentifierEntry",
                "Achievement/@context/related/@type": f"{_BADGES}Related",
                "Achievement/@context/resultDescription/@type": f"{_BADGES}ResultDescription",
                "AchievementSubject/@context/achievement/@id": f"{_BADGES}Achievement",
                "AchievementSubject/@context/identifier/@type": f"{_BADGES}IdentityObject",
                "AchievementSubject/@context/image": _ABSENT,
                "AchievementSubject/@context/result/@type": f"{_BADGES}Result",
                "AchievementSubject/@context/source/@type": f"{_BADGES}Profile",
                "Alignment/@id": "https://schema.org/Alignment",
                "Profile/@context/address/@id": f"{_BADGES}Address",
                "Profile/@context/address/@type": _ABSENT,
                "Profile/@context/image": _ABSENT,
                "Profile/@context/otherIdentifier/@type": f"{_BADGES}IdentifierEntry",
                "Profile/@context/parentOrg/@type": "xsd:string",
                "Profile/@context/phone/@id": f"{_BADGES}PhoneNumber",
                "ResultDescription/@context/rubricCriterionLevel/@type": f"{_BADGES}RubricCriterionLevel",
                "alignment/@type": f"{_BADGES}Alignment",
                "awardedDate": _ABSENT,
                "endorsement/@type": f"{_BADGES}EndorsementCredential",
                "image/@type": f"{_BADGES}Image",
            },
            "2c54acaa1cffda2420be32ab61f0a2082051211131c6337686f36f2537aa859b",
        ),
        "https://w3id.org/security/data-integrity/v1": Derived(
            "https://w3id.org/security/data-integrity/v2",
            {
                "DataIntegrityProof/@context/cryptosuite": "https://w3id.org/security#cryptosuite",
                "DataIntegrityProof/@context/previousProof": _ABSENT,
            },
            "9505bf85338a4c2121ad03992ac90061bc85d43bcfa34d9d47b779381cf08b5f",
        ),
    }
)


def derived(document: Mapping[str, Any], changes: Derived) -> dict[str, Any] | None:
    """Apply the changes to a copy of the base; None where the outcome is not the published one."""
    found: dict[str, Any] = copy.deepcopy(dict(document))
    for place, value in changes.changes.items():
        *path, last = place.split("/")
        part = found["@context"]
        for name in path:
            part = part[name]
        if value is _ABSENT:
            part.pop(last, None)
        else:
            part[last] = value
    return found if hashlib.sha256(canonical_json(found)).hexdigest() == changes.sha256 else None
