"""Credentials to print and to seal: one with all that a record can say, and one with as little as it may."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from synchromesh.engine.credential_formats.records import (
    AchievementRecord,
    CredentialRecord,
    EvidenceRecord,
    HolderRecord,
    IssuerRecord,
    SkillRecord,
    StatusPlace,
)

ISSUER = IssuerRecord(
    did="did:web:alliance.example",
    name="Example Skills Alliance",
    url="https://alliance.example/",
    country="DE",
    email="credentials@alliance.example",
    legal_id="VATDE-123456789",
    is_higher_education=True,
)
ACHIEVEMENT = AchievementRecord(
    uid="0190a3f2-0000-7000-8000-000000000001",
    url="https://alliance.example/en/achievements/high-voltage",
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
        {"en": "measure the insulation of a battery pack and judge the result"},
    ),
    assessment={"en": "Practical test under supervision and an exam of 20 questions"},
    participation={"en": "Blended: online, and two days in the workshop"},
    quality_assurance={"en": "Reviewed each year by the certification body of the alliance"},
    identity_check={"en": "Identity card shown to the supervisor"},
    minutes=1500,
    level=2,
    eqf=4,
    eqf_source="the training regulation of the sector",
    ects=Decimal("1"),
    skills=(
        SkillRecord(
            url="https://alliance.example/id/skill/isolate-hv",
            names={"en": "Isolate high-voltage systems", "de": "Hochvoltsysteme freischalten"},
            level=2,
            esco_uri="http://data.europa.eu/esco/skill/0a8f4d1e-3c57-4b62-9b1d-5a7e21c3d4f0",
            esco_match="close",
        ),
        SkillRecord(url="https://alliance.example/id/skill/judge-pack", names={"en": "Judge a battery pack"}, level=3),
    ),
    part_of=("https://alliance.example/en/achievements/battery-technician",),
)
FULL = CredentialRecord(
    uid="0190a3f2-1111-7000-8000-00000000000a",
    url="https://alliance.example/c/9XK4-T7QM",
    issuer=ISSUER,
    achievement=ACHIEVEMENT,
    holder=HolderRecord(name="Zoé Müller-Šťastná", did="did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"),
    issued_at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    valid_from=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    valid_until=datetime(2029, 11, 20, 9, 30, tzinfo=UTC),
    result_percent=Decimal("88"),
    evidence=(
        EvidenceRecord(
            names={"en": "Record of measurement"},
            url="https://alliance.example/evidence/7",
            sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            media_type="application/pdf",
        ),
    ),
    status=(
        StatusPlace(list_url="https://alliance.example/status/3", index=94567, purpose="revocation"),
        StatusPlace(list_url="https://alliance.example/status/4", index=94567, purpose="suspension"),
    ),
)
LEAST = replace(
    FULL,
    holder=HolderRecord(name="A. Rossi"),
    valid_until=None,
    result_percent=None,
    evidence=(),
    status=(),
    achievement=AchievementRecord(
        uid="0190a3f2-0000-7000-8000-000000000002",
        url="https://alliance.example/en/achievements/least",
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
