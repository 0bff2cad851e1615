"""The record of a credential as claims of a token for wallets, and back as words for people.

Texts stand in one language, the record's. Which claims a holder may hide is `FIELDS`; all others stay in sight, because
without them nobody could tell what the token is or whether it holds.
Source: IETF draft-ietf-oauth-sd-jwt-vc section 2.2.2 (registered claims); names of other claims are our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from synchromesh.engine.credential_formats.credential_shape import as_list
from synchromesh.engine.credential_formats.multikeys import read_multikey
from synchromesh.engine.credential_formats.open_badges import achievement_part, credential_part, duration, text_in
from synchromesh.engine.credential_formats.records import AchievementRecord, CredentialRecord, EvidenceRecord
from synchromesh.engine.credential_formats.records import SkillRecord as Skill
from synchromesh.engine.credential_formats.verdicts import Shown
from synchromesh.engine.errors import InvalidInput

VCT = "urn:synchromesh:achievement:1"
"""The type of our tokens."""

FIELDS = (
    "sub", "holder_name", "description", "criteria", "outcomes", "skills", "level", "eqf", "ects", "workload",
    "assessment", "participation", "quality_assurance", "identity_check", "result", "evidence",
)  # fmt: skip
"""What a holder may hide, each on its own."""

_LONGEST = 4_000
_MOST = 60
_LAST_SECOND = 253_402_300_799  # of the year 9999
_FACTS = ("workload", "assessment", "participation", "quality_assurance", "identity_check", "eqf", "level", "result")


def claims_of(record: CredentialRecord, *, holder_key: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Write all claims of a record, those that may be hidden among them.

    `holder_key` is the public JSON Web Key that the token is bound to; without it that of the holder's did:key, if any.
    Raises InvalidInput for a bundle and for what no issuer may say.
    """
    if record.parts:
        raise InvalidInput("A token for wallets holds one credential, not a bundle of them.", field="parts")
    # The rules of what an issuer may say are those of the badge.
    achievement_part(record.achievement, issuer=record.issuer, language=record.language)
    claims = {
        "vct": VCT,
        "iss": record.issuer.did,
        "jti": record.url,
        "iat": _seconds(record.issued_at),
        "nbf": _seconds(record.valid_from),
        "issuer": {"name": record.issuer.name, "url": record.issuer.url, "country": record.issuer.country},
        "language": record.language,
        "title": text_in(record.achievement.titles, record.language),
        "achievement": {"id": record.achievement.url, "kind": record.achievement.kind},
        "sub": record.holder.did,
        "holder_name": record.holder.name,
        **_achievement_claims(record.achievement, record.language),
        "evidence": [_evidence(item, record.language) for item in record.evidence],
        **_status_claims(record),
        **_binding(record, holder_key),
    }
    if record.valid_until is not None:
        claims["exp"] = _seconds(record.valid_until)
    if record.result_percent is not None:
        claims["result"] = f"{record.result_percent:f}"
    return {name: value for name, value in claims.items() if value not in ("", [], 0)}


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _achievement_claims(achievement: AchievementRecord, language: str) -> dict[str, Any]:
    claims: dict[str, Any] = {
        "description": text_in(achievement.descriptions, language),
        "criteria": text_in(achievement.criteria, language),
        "outcomes": [text_in(outcome, language) for outcome in achievement.outcomes],
        "skills": [_skill(skill, language) for skill in achievement.skills],
        "level": achievement.level,
        "workload": duration(achievement.minutes) if achievement.minutes else "",
        "assessment": text_in(achievement.assessment, language),
        "participation": text_in(achievement.participation, language),
        "quality_assurance": text_in(achievement.quality_assurance, language),
        "identity_check": text_in(achievement.identity_check, language),
    }
    if achievement.eqf is not None:
        claims["eqf"] = {"level": achievement.eqf, "source": achievement.eqf_source}
    if achievement.ects is not None:
        claims["ects"] = f"{achievement.ects:f}"
    return claims


def _skill(skill: Skill, language: str) -> dict[str, Any]:
    claims = {"id": skill.url, "name": text_in(skill.names, language), "level": skill.level}
    if skill.esco_uri:
        claims |= {"esco": skill.esco_uri, "esco_match": skill.esco_match}
    return claims


def _evidence(item: EvidenceRecord, language: str) -> dict[str, str]:
    claims = {
        "name": text_in(item.names, language),
        "description": text_in(item.descriptions, language),
        "url": item.url,
        "sha256": item.sha256,
    }
    return {name: value for name, value in claims.items() if value}


def _status_claims(record: CredentialRecord) -> dict[str, Any]:
    """The places in the W3C's lists, and the one in the list that wallets ask for, at the same address."""
    part = credential_part(record)
    # A badge has room for one entry and holds the others elsewhere; a token takes all at one place.
    entries = as_list(part.get("credentialStatus")) + as_list(part.get("termsOfUse"))
    claims: dict[str, Any] = {"credentialStatus": entries}
    for place in record.status:
        if place.purpose == "revocation":
            claims["status"] = {"status_list": {"idx": place.index, "uri": place.list_url}}
    return claims


def _binding(record: CredentialRecord, holder_key: Mapping[str, Any] | None) -> dict[str, Any]:
    if holder_key is not None:
        return {"cnf": {"jwk": dict(holder_key)}}
    if record.holder.did.startswith("did:key:"):
        return {"cnf": {"jwk": read_multikey(record.holder.did.removeprefix("did:key:")).jwk()}}
    return {}


def instant_of(claims: Mapping[str, Any], name: str) -> datetime | None:
    """Read a claim in seconds since 1970 (RFC 7519, NumericDate); None for one that is absent or is none."""
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LAST_SECOND:
        return None
    return datetime.fromtimestamp(value, tz=UTC)


def shown_claims(claims: Mapping[str, Any], *, issuer: str) -> Shown:
    """Take out of a token's disclosed claims what a person wants to read. Never raises; nothing here is a verdict."""
    by = claims.get("issuer")
    of_issuer = by if isinstance(by, Mapping) else {}
    skills = [skill.get("name") for skill in _objects(claims.get("skills"))]
    return Shown(
        title=_text(claims.get("title")) or _text(claims.get("vct")),
        description=_text(claims.get("description")),
        criteria=_text(claims.get("criteria")),
        holder=_holder(claims),
        issuer_id=issuer,
        issuer_name=_text(of_issuer.get("name")),
        issuer_url=_text(of_issuer.get("url")),
        language=_text(claims.get("language")),
        identifier=_text(claims.get("jti")) or _text(claims.get("id")),
        issued_at=instant_of(claims, "iat"),
        valid_from=instant_of(claims, "nbf"),
        valid_until=instant_of(claims, "exp"),
        skills=tuple(skill for skill in skills if isinstance(skill, str))[:_MOST],
        facts=_facts(claims, _text(of_issuer.get("country"))),
    )


def _facts(claims: Mapping[str, Any], country: str) -> tuple[tuple[str, str], ...]:
    facts = [("country", country)]
    for name in _FACTS:
        value = claims.get(name)
        value = value.get("level") if isinstance(value, Mapping) else value
        facts.append((name, str(value) if type(value) is int else _text(value)))
    outcomes = claims.get("outcomes")
    facts += [("outcome", _text(outcome)) for outcome in (outcomes if isinstance(outcomes, list) else [])]
    return tuple(fact for fact in facts if fact[1])[:_MOST]


def _holder(claims: Mapping[str, Any]) -> str:
    """The holder's name under our claim or those of OpenID Connect, else the identifier."""
    parts = " ".join(filter(None, (_text(claims.get("given_name")), _text(claims.get("family_name")))))
    return _text(claims.get("holder_name")) or _text(claims.get("name")) or parts or _text(claims.get("sub"))


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""
