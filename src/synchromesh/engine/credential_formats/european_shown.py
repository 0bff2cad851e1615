"""What a European credential says, for people. Other issuers' files take many shapes, so nothing is taken for granted.

Source: European Learning Model 3.1; texts are maps by language, or lists of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from synchromesh.engine.credential_formats.instants import read_instant
from synchromesh.engine.credential_formats.verdicts import Shown

_MOST_SKILLS = 50
_MOST_LETTERS = 5_000


def shown_of_elm(document: Mapping[str, Any], *, language: str = "en") -> Shown:
    """Read what viewers show; empty where the document says nothing or something else. Never raises."""
    display, subject = _node(document.get("displayParameter")), _node(document.get("credentialSubject"))
    claim, issuer = _node(subject.get("hasClaim")), _node(document.get("issuer"))
    specified, assessed = _node(claim.get("specifiedBy")), _node(claim.get("provenBy"))
    return Shown(
        title=_text(claim.get("title"), language) or _text(display.get("title"), language),
        description=_text(claim.get("description"), language) or _text(display.get("description"), language),
        criteria=_text(_node(assessed.get("specifiedBy")).get("description"), language),
        holder=_person(subject, language),
        issuer_id=_plain(issuer.get("id") or document.get("issuer")),
        issuer_name=_text(issuer.get("legalName"), language) or _text(issuer.get("prefLabel"), language),
        issuer_url=_plain(_node(issuer.get("homepage")).get("contentURL")),
        language=_plain(_node(display.get("primaryLanguage")).get("id")).rsplit("/", 1)[-1].lower(),
        identifier=_plain(document.get("id")),
        issued_at=read_instant(document.get("issued") or document.get("issuanceDate")),
        valid_from=read_instant(document.get("validFrom")),
        valid_until=read_instant(document.get("validUntil") or document.get("expirationDate")),
        skills=tuple(_skills(specified, language)),
        facts=tuple(_facts(claim, specified, assessed, language)),
    )


def _skills(specified: Mapping[str, Any], language: str) -> Iterator[str]:
    for outcome in _nodes(specified.get("learningOutcome"))[:_MOST_SKILLS]:
        if title := _text(outcome.get("title"), language):
            yield title


def _facts(
    claim: Mapping[str, Any], specified: Mapping[str, Any], assessed: Mapping[str, Any], language: str
) -> Iterator[tuple[str, str]]:
    credit = _node(claim.get("creditReceived") or specified.get("creditPoint"))
    facts = (
        ("workload", _plain(specified.get("volumeOfLearning"))),
        ("eqf", _plain(_node(specified.get("eqfLevel")).get("id")).rsplit("/", 1)[-1]),
        ("credit_points", _plain(credit.get("point"))),
        ("assessment", _text(assessed.get("title"), language)),
        ("result", _text(_node(assessed.get("grade")).get("noteLiteral"), language)),
    )
    yield from ((name, value) for name, value in facts if value)


def _person(subject: Mapping[str, Any], language: str) -> str:
    parts = (_text(subject.get(name), language) for name in ("givenName", "familyName"))
    return _text(subject.get("fullName"), language) or " ".join(part for part in parts if part)


def _node(value: Any) -> Mapping[str, Any]:
    """The object, or the first of several; an empty one for anything else."""
    nodes = _nodes(value)
    return nodes[0] if nodes else {}


def _nodes(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, Mapping)]


def _text(value: Any, language: str) -> str:
    """A text of a map by language: the language that is asked for, else English, else the first."""
    if isinstance(value, str):
        return value[:_MOST_LETTERS]
    texts = _node(value)
    for code in (language, "en", *texts):
        text = texts.get(code)
        first = text[0] if isinstance(text, list) and text else text
        if isinstance(first, str) and first:
            return first[:_MOST_LETTERS]
    return ""


def _plain(value: Any) -> str:
    return value[:_MOST_LETTERS] if isinstance(value, str) else ""
