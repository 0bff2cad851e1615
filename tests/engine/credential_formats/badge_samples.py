"""An issuer with a key, and credentials of it, of about 4 KB."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from synchromesh.engine.credential_formats.multikeys import did_key
from synchromesh.engine.credential_formats.offline import Offline
from synchromesh.engine.credential_formats.records import (
    AchievementRecord,
    CredentialRecord,
    EvidenceRecord,
    HolderRecord,
    IssuerRecord,
    SkillRecord,
    StatusPlace,
)
from synchromesh.engine.credential_formats.signing_keys import key_from_seed
from synchromesh.engine.credential_formats.surroundings import IssuerStanding

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KEY = key_from_seed(bytes(range(32)))
DID = did_key(KEY.public_bytes())
ISSUER = IssuerRecord(
    did=DID,
    name="Example Skills Alliance",
    url="https://alliance.example/",
    country="DE",
    email="credentials@alliance.example",
    legal_id="VATDE-123456789",
)
SITE = "https://alliance.example"
ACHIEVEMENT = AchievementRecord(
    uid="0190a3f2-0000-7000-8000-000000000001",
    url=f"{SITE}/en/achievements/high-voltage",
    kind="MicroCredential",
    titles={"en": "High-voltage battery safety", "de": "Sicherheit an Hochvoltbatterien"},
    descriptions={
        "en": "Works safely on the high-voltage battery of an electric vehicle and hands it over to others.",
        "de": "Arbeitet sicher an der Hochvoltbatterie eines Elektrofahrzeugs und übergibt sie anderen.",
    },
    criteria={"en": "A supervised practical test without a safety error, and at least 70 % in the exam."},
    outcomes=(
        {"en": "isolate a high-voltage system, lock it out and prove that it carries no voltage"},
        {"en": "recognise a battery that must not be opened"},
    ),
    assessment={"en": "Practical test under supervision and an exam of 20 questions"},
    participation={"en": "Blended: online, and two days in the workshop"},
    quality_assurance={"en": "Reviewed each year by the certification body of the alliance"},
    identity_check={"en": "Identity card shown to the supervisor"},
    minutes=1500,
    level=2,
    eqf=4,
    eqf_source="the training regulation of the sector",
    skills=(
        SkillRecord(
            url=f"{SITE}/id/skill/isolate-hv",
            names={"en": "Isolate high-voltage systems", "de": "Hochvoltsysteme freischalten"},
            level=2,
            esco_uri="http://data.europa.eu/esco/skill/0a8f4d1e-3c57-4b62-9b1d-5a7e21c3d4f0",
            esco_match="close",
        ),
        SkillRecord(url=f"{SITE}/id/skill/judge-pack", names={"en": "Judge a battery pack"}, level=3),
    ),
    part_of=(f"{SITE}/en/achievements/battery-technician",),
)
LISTS = {purpose: f"{SITE}/status/{purpose}" for purpose in ("revocation", "suspension")}
BADGE = CredentialRecord(
    uid="0190a3f2-1111-7000-8000-00000000000a",
    url=f"{SITE}/c/9XK4-T7QM",
    issuer=ISSUER,
    achievement=ACHIEVEMENT,
    holder=HolderRecord(name="Zoé Müller-Šťastná", did="did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"),
    issued_at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    valid_from=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    valid_until=datetime(2029, 11, 20, 9, 30, tzinfo=UTC),
    result_percent=Decimal("88.5"),
    evidence=(
        EvidenceRecord(
            names={"en": "Record of measurement"},
            url=f"{SITE}/evidence/7",
            sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            media_type="application/pdf",
        ),
    ),
)
WITH_STATUS = replace(
    BADGE,
    status=tuple(StatusPlace(list_url=url, index=94_567, purpose=purpose) for purpose, url in LISTS.items()),
)
LEAST = replace(
    BADGE,
    holder=HolderRecord(name="A. Rossi"),
    valid_until=None,
    result_percent=None,
    evidence=(),
    achievement=AchievementRecord(
        uid="0190a3f2-0000-7000-8000-000000000002",
        url=f"{SITE}/en/achievements/least",
        kind="Badge",
        titles={"en": "Least"},
        descriptions={},
        criteria={},
        outcomes=(),
        assessment={},
        participation={},
        quality_assurance={},
        identity_check={},
        minutes=0,
    ),
)
KNOWN = IssuerStanding(name="Example Skills Alliance", accredited_by="Example Ministry")


def offline(**kept: object) -> Offline:
    """Surroundings without network that know the issuer."""
    return Offline(**{"now": NOW, "standings": {DID: KNOWN}, **kept})  # type: ignore[arg-type]
