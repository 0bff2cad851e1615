"""From rows to the one record that every envelope is written from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch

from synchromesh.credentials.models import Achievement, AchievementSkill, AchievementVersion, Credential, StatusList
from synchromesh.credentials.queries.issuers import issuer_record
from synchromesh.engine.credential_formats.records import (
    AchievementRecord,
    CredentialRecord,
    EvidenceRecord,
    HolderRecord,
    IssuerRecord,
    SkillRecord,
    StatusPlace,
)
from synchromesh.framework.models import EscoLink

PURPOSES = ("revocation", "suspension")  # Bitstring Status List 1.0, section 2.1
DAYS_A_MONTH = 30.4375


def stable_address(kind: str, uid: UUID) -> str:
    """The permanent address of a record, as envelopes carry it."""
    return f"{settings.SITE_ADDRESS}/id/{kind}/{uid}"


def status_address(uid: UUID, purpose: str) -> str:
    """Where a status list is published."""
    return f"{settings.SITE_ADDRESS}/id/status/{uid}/{purpose}"


def page_address(code: str) -> str:
    """The public page of a credential, without a language; it stands in QR codes."""
    return f"{settings.SITE_ADDRESS}/c/{code}"


def get_version_with_skills(pk: int) -> AchievementVersion:
    """A version with all that its record needs, in four queries."""
    links = AchievementSkill.objects.select_related("skill").prefetch_related(
        Prefetch("skill__esco_links", queryset=EscoLink.objects.exclude(confirmed_at=None), to_attr="confirmed_links")
    )
    return (
        AchievementVersion.objects.select_related("achievement__issuer__organisation__country")
        .prefetch_related(Prefetch("skills", queryset=links))
        .get(pk=pk)
    )


def achievement_record(version: AchievementVersion, *, at: datetime) -> AchievementRecord:
    """What an achievement said at an instant; `version` comes from `get_version_with_skills`."""
    achievement = version.achievement
    return AchievementRecord(
        uid=str(achievement.uid),
        url=stable_address("achievement", achievement.uid),
        kind=version.kind,
        titles=version.titles,
        descriptions=version.descriptions,
        criteria=version.criteria,
        outcomes=tuple(version.outcomes),
        assessment=version.assessments,
        participation=version.participations,
        quality_assurance=version.quality_assurances,
        identity_check=version.identity_checks,
        minutes=version.minutes,
        level=version.level,
        eqf=version.eqf,
        eqf_source=version.eqf_source,
        ects=version.ects,
        skills=tuple(_skill_record(link) for link in version.skills.all()),
        image_url=f"{stable_address('achievement', achievement.uid)}/badge.png",
        part_of=tuple(_wholes(achievement, at)),
    )


def _wholes(achievement: Achievement, at: datetime) -> Iterator[str]:
    """The addresses of achievements that this one counted towards in the second `at`: in what they awarded then."""
    end = at + timedelta(seconds=1)
    wholes = Achievement.objects.filter(versions__parts__part=achievement, versions__published_at__lt=end).distinct()
    for whole in wholes.order_by("pk"):
        awarded = whole.versions.filter(published_at__lt=end).order_by("-number").first()
        if awarded is not None and awarded.parts.filter(part=achievement).exists():
            yield stable_address("achievement", whole.uid)


def _skill_record(link: AchievementSkill) -> SkillRecord:
    confirmed: list[EscoLink] = getattr(link.skill, "confirmed_links", [])
    esco = next(iter(sorted(confirmed, key=_closeness)), None)
    return SkillRecord(
        url=stable_address("skill", link.skill.uid),
        names=link.skill.titles,
        level=link.level,
        esco_uri=esco.uri if esco else "",
        esco_match=esco.match if esco else "",
    )


def _closeness(link: EscoLink) -> tuple[int, str]:
    order: Mapping[str, int] = {"exact": 0, "close": 1, "broad": 2, "narrow": 3, "related": 4}
    return order.get(link.match, 9), link.uri


def record_of(credential: Credential, *, issuer: IssuerRecord, achievement: AchievementRecord) -> CredentialRecord:
    """One credential's record. All of a version share `issuer` and `achievement`, which formats then write once."""
    status_list: StatusList = credential.status_list
    return CredentialRecord(
        uid=str(credential.uid),
        url=stable_address("credential", credential.uid),
        issuer=issuer,
        achievement=achievement,
        holder=HolderRecord(name=credential.holder_name, did=credential.holder_did),
        issued_at=credential.issued_at,
        valid_from=credential.valid_from,
        valid_until=credential.valid_until,
        language=credential.language,
        result_percent=credential.percent,
        evidence=tuple(_evidence(one) for one in credential.evidence),
        status=tuple(
            StatusPlace(
                list_url=status_address(status_list.uid, purpose), index=credential.status_index, purpose=purpose
            )
            for purpose in PURPOSES
        ),
    )


def _evidence(stored: Mapping[str, Any]) -> EvidenceRecord:
    return EvidenceRecord(
        names=stored.get("names", {}),
        descriptions=stored.get("descriptions", {}),
        url=stored.get("url", ""),
        sha256=stored.get("sha256", ""),
        media_type=stored.get("media_type", ""),
    )


def credential_record(credential: Credential) -> CredentialRecord:
    """The record of one credential, with what it needs read from the database."""
    version = get_version_with_skills(credential.version_id)
    return record_of(
        credential,
        issuer=issuer_record(version.achievement.issuer, name=version.issuer_name),
        achievement=achievement_record(version, at=credential.issued_at),
    )


def months(count: int) -> timedelta:
    """So many months as days, rounded up: twelve months are 366 days."""
    return timedelta(days=-int(-count * DAYS_A_MONTH // 1))
