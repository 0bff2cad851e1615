"""The one record of a credential, from which every envelope is written.

What a micro-credential must say (Council Recommendation 2022/C 243/02, annex I): learner, title, country of the issuer,
awarding body, date, learning outcomes, notional workload, level where there is one, type of assessment, form of
participation, quality assurance; and how the person's identity was checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

Texts = Mapping[str, str]  # by language, such as {"en": "..."}


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerRecord:
    """Who awards. `did` is its identifier (did:web or did:key), `country` an ISO 3166-1 alpha-2 code."""

    did: str
    name: str
    url: str
    country: str
    email: str = ""
    legal_id: str = ""
    # Only a higher-education body may state ECTS points.
    is_higher_education: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillRecord:
    """A skill that the achievement proves, at a level of the one scale (1 Awareness, 2 Practitioner, 3 Expert)."""

    url: str
    names: Texts
    level: int
    esco_uri: str = ""
    # SKOS: exact, close, broad, narrow or related.
    esco_match: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRecord:
    """What was handed in or done. `sha256` (hex) is that of the file behind it, so that it cannot be exchanged."""

    names: Texts
    descriptions: Texts = field(default_factory=dict)
    url: str = ""
    sha256: str = ""
    media_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AchievementRecord:
    """What is awarded, as it was when it was awarded.

    `kind` is a type of Open Badges 3.0 (such as MicroCredential, Certificate, Badge, Course, Competency). `minutes` is
    the notional workload. `eqf` is only what the source of the course or qualification states, with that source.
    """

    uid: str
    url: str
    kind: str
    titles: Texts
    descriptions: Texts
    criteria: Texts
    outcomes: tuple[Texts, ...]
    assessment: Texts
    participation: Texts
    quality_assurance: Texts
    identity_check: Texts
    minutes: int
    level: int = 0
    eqf: int | None = None
    eqf_source: str = ""
    ects: Decimal | None = None
    skills: tuple[SkillRecord, ...] = ()
    image_url: str = ""
    # Addresses of achievements that this one counts towards.
    part_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderRecord:
    """Who holds it. `did` is the holder's own identifier, if they have one; else the credential has no subject id."""

    name: str
    did: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPlace:
    """A place in a Bitstring Status List: `purpose` is revocation or suspension."""

    list_url: str
    index: int
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialRecord:
    """One credential of one person. Instants are UTC. `language` is the one that formats of one language write."""

    uid: str
    url: str
    issuer: IssuerRecord
    achievement: AchievementRecord
    holder: HolderRecord
    issued_at: datetime
    valid_from: datetime
    valid_until: datetime | None = None
    language: str = "en"
    result_percent: Decimal | None = None
    evidence: tuple[EvidenceRecord, ...] = ()
    status: tuple[StatusPlace, ...] = ()
    refresh_url: str = ""
    # A bundle (CLR) holds credentials of its own.
    parts: tuple[CredentialRecord, ...] = ()
