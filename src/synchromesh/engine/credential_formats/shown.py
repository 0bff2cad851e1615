"""What a credential says, for people. Nothing here is a verdict: an attacker may have written all of it.

Reads Open Badges 3.0, Comprehensive Learner Records, other verifiable credentials and Open Badges 2.0; whatever has
another shape than expected is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synchromesh.engine.credential_formats.credential_shape import as_list, issuer_of, single
from synchromesh.engine.credential_formats.instants import read_instant
from synchromesh.engine.credential_formats.verdicts import Shown

_LONGEST = 4_000
_MOST_SKILLS = 60
_SKILL_TYPES = {"ext:Skill", "ext:ESCOSkill", "ceasn:Competency", "CFItem"}
# By target type of an alignment: the name of the fact, which pages translate.
_FACTS = {
    "ext:NotionalWorkload": "workload",
    "ext:AssessmentType": "assessment",
    "ext:ParticipationForm": "participation",
    "ext:QualityAssurance": "quality_assurance",
    "ext:IdentityCheck": "identity_check",
    "ext:EQFLevel": "eqf",
    "ext:Level": "level",
    "ext:LearningOutcome": "outcome",
}


def read_shown(document: Mapping[str, Any], *, language: str = "") -> Shown:
    """Take out of a credential what a person wants to read. Never raises."""
    subject = _object(document.get("credentialSubject"))
    achievement = _object(subject.get("achievement"))
    issuer = _object(document.get("issuer"))
    alignments = [_object(item) for item in as_list(achievement.get("alignment"))]
    wished = language or _text(achievement.get("inLanguage"))
    return Shown(
        title=_text(achievement.get("name"), wished) or _text(document.get("name"), wished),
        description=_text(achievement.get("description"), wished) or _text(document.get("description"), wished),
        criteria=_criteria(achievement.get("criteria"), wished),
        holder=_holder(subject),
        issuer_id=issuer_of(document),
        issuer_name=_text(issuer.get("name"), wished),
        issuer_url=_text(issuer.get("url")),
        language=_text(achievement.get("inLanguage")),
        identifier=_text(document.get("id")),
        issued_at=read_instant(document.get("awardedDate") or document.get("issuanceDate")),
        valid_from=read_instant(document.get("validFrom") or document.get("issuanceDate")),
        valid_until=read_instant(document.get("validUntil") or document.get("expirationDate")),
        skills=_skills(alignments),
        facts=_facts(issuer, subject, alignments),
    )


def _object(value: Any) -> Mapping[str, Any]:
    """The object at a place, or the first of several."""
    first = value[0] if isinstance(value, list) and value else value
    return first if isinstance(first, Mapping) else {}


def _text(value: Any, language: str = "") -> str:
    """A text; of several in different languages the wished one, else the first."""
    found = ""
    for item in as_list(value):
        text = item.get("@value") if isinstance(item, Mapping) else item
        if not isinstance(text, str):
            continue
        if isinstance(item, Mapping) and language and item.get("@language") == language:
            return text[:_LONGEST]
        found = found or text[:_LONGEST]
    return found


def _criteria(value: Any, language: str) -> str:
    criteria = _object(value)
    return _text(criteria.get("narrative"), language) or _text(criteria.get("id")) or _text(value)


def _holder(subject: Mapping[str, Any]) -> str:
    """The name of the holder, in clear as Open Badges 3.0 may hold it or as others do; else the identifier."""
    for item in as_list(subject.get("identifier")):
        entry = _object(item)
        if _text(entry.get("identityType")) == "name" and single(entry.get("hashed")) is False:
            return _text(entry.get("identityHash"))
    return _text(subject.get("name")) or _text(subject.get("id"))


def _skills(alignments: list[Mapping[str, Any]]) -> tuple[str, ...]:
    """Names of skills, each once: one that is matched with ESCO stands there twice."""
    names = [_text(item.get("targetName")) for item in alignments if _text(item.get("targetType")) in _SKILL_TYPES]
    return tuple(dict.fromkeys(name for name in names if name))[:_MOST_SKILLS]


def _facts(
    issuer: Mapping[str, Any], subject: Mapping[str, Any], alignments: list[Mapping[str, Any]]
) -> tuple[tuple[str, str], ...]:
    facts: list[tuple[str, str]] = []
    country = _text(_object(issuer.get("address")).get("addressCountryCode"))
    if country:
        facts.append(("country", country))
    for item in alignments:
        name = _FACTS.get(_text(item.get("targetType")))
        if name is not None:
            facts.append((name, _text(item.get("targetName"))))
    result = _text(_object(subject.get("result")).get("value"))
    if result:
        facts.append(("result", result))
    return tuple(facts[:_MOST_SKILLS])
