"""A credential of ordinary size, of about 4 KB as an Open Badge."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from synchromesh.engine.credential_formats.multikeys import did_key
from synchromesh.engine.credential_formats.records import (
    AchievementRecord,
    CredentialRecord,
    HolderRecord,
    IssuerRecord,
    SkillRecord,
    StatusPlace,
)
from synchromesh.engine.credential_formats.signing_keys import key_from_seed

KEY = key_from_seed(bytes(32))
DID = did_key(KEY.public_bytes())
SITE = "https://alliance.example"
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

ISSUER = IssuerRecord(did=DID, name="Example Skills Alliance", url=f"{SITE}/", country="DE")
ACHIEVEMENT = AchievementRecord(
    uid="0190a3f2-0000-7000-8000-000000000001",
    url=f"{SITE}/en/achievements/high-voltage",
    kind="MicroCredential",
    titles={"en": "High-voltage battery safety"},
    descriptions={"en": "Works safely on the high-voltage battery of an electric vehicle."},
    criteria={"en": "A supervised practical test without a safety error, and at least 70 % in the exam."},
    outcomes=({"en": "isolate a high-voltage system, lock it out and prove that it carries no voltage"},),
    assessment={"en": "Practical test under supervision"},
    participation={"en": "Blended: online, and two days in the workshop"},
    quality_assurance={"en": "Reviewed each year by the certification body"},
    identity_check={"en": "Identity card shown to the supervisor"},
    minutes=1500,
    level=2,
    skills=(SkillRecord(url=f"{SITE}/id/skill/isolate-hv", names={"en": "Isolate high-voltage systems"}, level=2),),
)


def record_of(number: int) -> CredentialRecord:
    """The credential of one person; issuer and achievement are the same objects for all, as in a batch."""
    return CredentialRecord(
        uid=f"0190a3f2-1111-7000-8000-{number:012d}",
        url=f"{SITE}/c/{number:08d}",
        issuer=ISSUER,
        achievement=ACHIEVEMENT,
        holder=HolderRecord(name=f"Zoé Müller-Šťastná {number}"),
        issued_at=NOW,
        valid_from=NOW,
        valid_until=datetime(2029, 11, 20, 9, 30, tzinfo=UTC),
        result_percent=Decimal(number % 100),
        status=tuple(
            StatusPlace(list_url=f"{SITE}/status/{purpose}/1", index=number, purpose=purpose)
            for purpose in ("revocation", "suspension")
        ),
    )
