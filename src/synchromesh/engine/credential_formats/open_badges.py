"""The record of a credential as an Open Badges 3.0 document, without any signature.

Sources: Open Badges 3.0 (context 3.0.3) over the Verifiable Credentials Data Model 2.0. Only words of these two are
used, so that every verifier knows them. What a micro-credential must say and Open Badges has no word for (workload,
type of assessment, form of participation, quality assurance, identity check, outcomes) stands among the alignments,
each with a target type of its own (`ext:...`, as section 5.1.1 of Open Badges allows).

Open Badges allows one status entry, the data model several. The first place of the record (revocation) becomes
`credentialStatus`. A further one (suspension) stands among the terms of use: the credential is not to be relied on
while its place in that list is set.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from synchromesh.engine.credential_formats.contexts import CREDENTIALS_2, OPEN_BADGES_3, OPEN_BADGES_EXTENSIONS
from synchromesh.engine.credential_formats.instants import instant_text
from synchromesh.engine.credential_formats.records import (
    AchievementRecord,
    CredentialRecord,
    EvidenceRecord,
    IssuerRecord,
    SkillRecord,
    StatusPlace,
    Texts,
)
from synchromesh.engine.errors import InvalidInput

MICRO_CREDENTIALS = "Council Recommendation 2022/C 243/02"
EQF = "European Qualifications Framework"
_EQF_ADDRESS = "http://data.europa.eu/snb/eqf/"


def open_badge_document(record: CredentialRecord) -> dict[str, Any]:
    """Write the document of a record. Raises InvalidInput for what no issuer may say (see `achievement_part`)."""
    document = {
        **credential_part(record),
        "issuer": issuer_part(record.issuer),
        "credentialSubject": {
            **subject_part(record),
            "achievement": achievement_part(record.achievement, issuer=record.issuer, language=record.language),
        },
    }
    return {name: document[name] for name in _ORDER if name in document}


_ORDER = (
    "@context", "id", "type", "name", "description", "issuer", "awardedDate", "validFrom", "validUntil",
    "credentialSubject", "evidence", "credentialStatus", "termsOfUse", "refreshService", "relatedResource",
)  # fmt: skip


def credential_part(record: CredentialRecord) -> dict[str, Any]:
    """The fields of the credential itself, without issuer and subject."""
    part: dict[str, Any] = {
        "@context": [CREDENTIALS_2, OPEN_BADGES_3, *([OPEN_BADGES_EXTENSIONS] if record.refresh_url else [])],
        "id": record.url,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": text_in(record.achievement.titles, record.language),
        "awardedDate": instant_text(record.issued_at),
        "validFrom": instant_text(record.valid_from),
    }
    if record.valid_until is not None:
        part["validUntil"] = instant_text(record.valid_until)
    return part | optional_part(record)


def optional_part(record: CredentialRecord) -> dict[str, Any]:
    """The fields of the credential itself that only some have: evidence with its hashes, status, renewal."""
    part: dict[str, Any] = {}
    if record.evidence:
        part["evidence"] = [_evidence(item, record.language) for item in record.evidence]
        if related := [_related_resource(item) for item in record.evidence if item.url and item.sha256]:
            part["relatedResource"] = related
    if record.status:
        first, *others = (_status_entry(place) for place in record.status)
        part["credentialStatus"] = first
        if others:
            part["termsOfUse"] = others
    if record.refresh_url:
        part["refreshService"] = {"id": record.refresh_url, "type": "1EdTechCredentialRefresh"}
    return part


def subject_part(record: CredentialRecord) -> dict[str, Any]:
    """Who holds it and with which result, without the achievement."""
    part: dict[str, Any] = {"type": ["AchievementSubject"]}
    if record.holder.did:
        part["id"] = record.holder.did
    if record.holder.name:
        identity = {"identityHash": record.holder.name, "identityType": "name", "hashed": False}
        part["identifier"] = [{"type": "IdentityObject", **identity}]
    if record.result_percent is not None:
        value = _number(record.result_percent)
        described = f"{record.achievement.url}#result"
        part["result"] = [{"type": ["Result"], "resultDescription": described, "value": value}]
    if record.achievement.ects is not None:
        part["creditsEarned"] = _json_number(record.achievement.ects)
    return part


def issuer_part(issuer: IssuerRecord) -> dict[str, Any]:
    """The issuer as a Profile, with its country."""
    part: dict[str, Any] = {
        "id": issuer.did,
        "type": ["Profile"],
        "name": issuer.name,
        "url": issuer.url,
        "address": {"type": ["Address"], "addressCountryCode": issuer.country},
    }
    if issuer.email:
        part["email"] = issuer.email
    if issuer.legal_id:
        identifier = {"identifier": issuer.legal_id, "identifierType": "ext:legalIdentifier"}
        part["otherIdentifier"] = [{"type": "IdentifierEntry", **identifier}]
    return part


def achievement_part(achievement: AchievementRecord, *, issuer: IssuerRecord, language: str) -> dict[str, Any]:
    """What is awarded; the same for everybody who gets it from this issuer in this language.

    Raises InvalidInput for ECTS points of an issuer that is no higher-education body, and for an EQF level whose source
    is not named.
    """
    if achievement.ects is not None and not issuer.is_higher_education:
        raise InvalidInput("Only a higher-education body may state ECTS points.", field="ects")
    if achievement.eqf is not None and not achievement.eqf_source:
        raise InvalidInput("An EQF level needs the source that states it.", field="eqf_source")
    part: dict[str, Any] = {
        "id": achievement.url,
        "type": ["Achievement"],
        "achievementType": achievement.kind,
        "name": text_in(achievement.titles, language),
        "description": text_in(achievement.descriptions, language),
        "criteria": {"narrative": text_in(achievement.criteria, language)},
        "creator": {"id": issuer.did, "type": ["Profile"]},
        "inLanguage": language,
        "alignment": _alignments(achievement, language),
        "resultDescription": [
            {
                "id": f"{achievement.url}#result",
                "type": ["ResultDescription"],
                "name": text_in(achievement.assessment, language) or text_in(achievement.titles, language),
                "resultType": "Percent",
                "valueMin": "0",
                "valueMax": "100",
            }
        ],
    }
    if achievement.ects is not None:
        part["creditsAvailable"] = _json_number(achievement.ects)
    if achievement.image_url:
        part["image"] = {"id": achievement.image_url, "type": "Image"}
    related = [{"id": address, "type": ["Related"]} for address in achievement.part_of]
    others = sorted(set(achievement.titles) - {language})
    related += [{"id": f"{achievement.url}?lang={other}", "type": ["Related"], "inLanguage": other} for other in others]
    if related:
        part["related"] = related
    return part


def text_in(texts: Texts, language: str) -> str:
    """The text in this language, else in English, else in whichever there is; empty for none."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def duration(minutes: int) -> str:
    """A workload as ISO 8601 writes it, such as PT12H30M."""
    hours, rest = divmod(minutes, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")


def _alignments(achievement: AchievementRecord, language: str) -> list[dict[str, Any]]:
    alignments: list[dict[str, Any]] = []
    for skill in achievement.skills:
        alignments += _skill_alignments(skill, language)
    if achievement.eqf is not None:
        level = str(achievement.eqf)
        alignments.append(
            _alignment(
                "ext:EQFLevel", f"EQF {level}", f"{_EQF_ADDRESS}{level}", framework=EQF, code=level,
                description=achievement.eqf_source,
            )
        )  # fmt: skip
    for number, outcome in enumerate(achievement.outcomes, start=1):
        alignments.append(_element(achievement, f"outcome-{number}", "ext:LearningOutcome", text_in(outcome, language)))
    if achievement.level:
        alignments.append(_element(achievement, "level", "ext:Level", f"{achievement.level}/3", str(achievement.level)))
    hours = _number(Decimal(achievement.minutes) / 60)
    alignments.append(
        _element(achievement, "workload", "ext:NotionalWorkload", f"{hours} h", duration(achievement.minutes))
    )
    for place, kind, texts in (
        ("assessment", "ext:AssessmentType", achievement.assessment),
        ("participation", "ext:ParticipationForm", achievement.participation),
        ("quality-assurance", "ext:QualityAssurance", achievement.quality_assurance),
        ("identity-check", "ext:IdentityCheck", achievement.identity_check),
    ):
        alignments.append(_element(achievement, place, kind, text_in(texts, language)))
    return [alignment for alignment in alignments if alignment["targetName"]]


def _skill_alignments(skill: SkillRecord, language: str) -> Sequence[dict[str, Any]]:
    name = text_in(skill.names, language)
    own = _alignment("ext:Skill", name, skill.url, code=str(skill.level))
    if not skill.esco_uri:
        return (own,)
    match = f"skos:{skill.esco_match}Match" if skill.esco_match else ""
    return own, _alignment("ext:ESCOSkill", name, skill.esco_uri, framework="ESCO", description=match)


def _element(achievement: AchievementRecord, place: str, kind: str, text: str, code: str = "") -> dict[str, Any]:
    """One of the mandatory elements of a micro-credential."""
    return _alignment(kind, text, f"{achievement.url}#{place}", framework=MICRO_CREDENTIALS, code=code)


def _alignment(
    kind: str, name: str, url: str, *, framework: str = "", code: str = "", description: str = ""
) -> dict[str, Any]:
    alignment = {"type": ["Alignment"], "targetType": kind, "targetName": name, "targetUrl": url}
    for field, value in (("targetFramework", framework), ("targetCode", code), ("targetDescription", description)):
        if value:
            alignment[field] = value
    return alignment


def _evidence(item: EvidenceRecord, language: str) -> dict[str, Any]:
    part: dict[str, Any] = {"type": ["Evidence"], "name": text_in(item.names, language)}
    address = item.url or (_hash_address(item.sha256) if item.sha256 else "")
    if address:
        part["id"] = address
    if described := text_in(item.descriptions, language):
        part["description"] = described
    return part


def _related_resource(item: EvidenceRecord) -> dict[str, Any]:
    """The hash of a file behind an address (data model 2.0, section 5.3), so that it cannot be exchanged."""
    part = {"id": item.url, "digestSRI": f"sha256-{base64.b64encode(_sha256_of(item.sha256)).decode('ascii')}"}
    if item.media_type:
        part["mediaType"] = item.media_type
    return part


def _hash_address(sha256: str) -> str:
    """A name for a file by its hash alone (RFC 6920)."""
    return f"ni:///sha-256;{base64.urlsafe_b64encode(_sha256_of(sha256)).decode('ascii').rstrip('=')}"


def _sha256_of(text: str) -> bytes:
    try:
        digest = bytes.fromhex(text)
    except ValueError:
        digest = b""
    if len(digest) != 32:
        raise InvalidInput("The SHA-256 of a piece of evidence must have 64 hexadecimal digits.", field="sha256")
    return digest


def _status_entry(place: StatusPlace) -> Mapping[str, Any]:
    """Bitstring Status List 1.0, section 2.1."""
    return {
        "id": f"{place.list_url}#{place.index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": place.purpose,
        "statusListIndex": str(place.index),
        "statusListCredential": place.list_url,
    }


def _json_number(value: Decimal) -> float:
    return int(value) if value == value.to_integral_value() else float(value)


def _number(value: Decimal) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text
