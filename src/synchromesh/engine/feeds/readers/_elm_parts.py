"""Elements of the European Learning Model as plain values: the parts of them that a course needs."""

from __future__ import annotations

from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from synchromesh.engine.feeds.readers import _elm_codes as elm
from synchromesh.engine.feeds.readers._elm_ids import own_parts
from synchromesh.engine.feeds.readers._xml_texts import (
    Parts,
    attribute,
    first_text,
    parts_of,
    raw_text,
    text_of,
    texts_by_language,
)
from synchromesh.engine.vocabulary.iso_codes import TWO_LETTER_LANGUAGES

__all__ = ["Kept", "codes", "idrefs", "kept_parts", "language_codes", "notes", "page", "run_parts"]

Kept: TypeAlias = dict[str, Any]  # what JSON can hold

_MOST = 500  # of one kind within an element


def kept_parts(element: Element, name: str) -> Kept:
    """What is kept of an element that opportunities refer to; `name` is its local name."""
    return _KEPT_BY_NAME[name](parts_of(element))


def codes(parts: Parts, name: str, scheme: str) -> list[str]:
    """The last parts of the addresses of concepts of one scheme."""
    addresses = (attribute(element, "uri") for element in parts.get(name, ())[:_MOST])
    return [address.removeprefix(scheme) for address in addresses if address.startswith(scheme)]


def language_codes(parts: Parts, name: str) -> list[str]:
    """Two-letter codes of languages; those without one are left out."""
    found = (TWO_LETTER_LANGUAGES.get(code.lower(), "") for code in codes(parts, name, elm.LANGUAGE))
    return [code for code in found if code]


def idrefs(parts: Parts, name: str) -> list[str]:
    """The ids that elements refer to."""
    return [attribute(element, "idref") for element in parts.get(name, ())[:_MOST]]


def page(parts: Parts, name: str = "homepage") -> str:
    """The first address of a web page."""
    for element in parts.get(name, ()):
        if address := next(filter(None, map(raw_text, parts_of(element).get("contentUrl", ()))), ""):
            return address
    return ""


def notes(parts: Parts) -> dict[str, dict[str, str]]:
    """Notes on a subject: its address to the words by language."""
    found: dict[str, dict[str, str]] = {}
    for element in parts.get("additionalNote", ()):
        note = parts_of(element)
        subject = next((attribute(one, "uri") for one in note.get("subject", ())), "")
        words = texts_by_language(note.get("noteLiteral", ()), language="")
        if subject:
            found.setdefault(subject, {}).update(words)
    return found


def run_parts(parts: Parts) -> Kept:
    """What an opportunity says about when and where it takes place."""
    period = parts_of(next(iter(parts.get("temporal", ())), None))
    stated = notes(parts)
    return {
        "start": first_text(period, "startDate"),
        "end": first_text(period, "endDate"),
        "words": first_text(period, "prefLabel"),
        "deadlines": [raw_text(element) for element in parts.get("applicationDeadline", ())[:_MOST]],
        "locations": idrefs(parts, "location"),
        "activities": idrefs(parts, "learningActivitySpecification"),
        "modes": codes(parts, "mode", elm.MODE),
        "mode": own_note(stated, "mode"),
        "seats": own_note(stated, "seats"),
        "page": page(parts),
    }


def own_note(stated: dict[str, dict[str, str]], key: str) -> str:
    """The words of a note of our own."""
    return next(iter(stated.get(f"{elm.NOTE}{key}", {}).values()), "")


def _specification(parts: Parts) -> Kept:
    points = [parts_of(element) for element in parts.get("creditPoint", ())]
    return {
        "descriptions": texts_by_language(parts.get("description", ()), language="", joined=True),
        "outcomes": idrefs(parts, "learningOutcome"),
        "summary": _note(parts, "learningOutcomeSummary"),
        "keywords": [text_of(element) for element in parts.get("category", ())[:_MOST]] + _subjects(parts),
        "topics": _own_concepts(parts, "educationSubject", "topic"),
        "volume": first_text(parts, "volumeOfLearning"),
        "ects": next((first_text(one, "point") for one in points if codes(one, "framework", elm.ECTS)), ""),
        "levels": _levels(parts),
        "languages": language_codes(parts, "language"),
        "modes": codes(parts, "mode", elm.MODE),
        "certificate": next(iter(_own_concepts(parts, "type", "certificate")), ""),
        "activities": idrefs(parts, "influencedBy"),
    }


def _qualification(parts: Parts) -> Kept:
    return _specification(parts) | {"certificate": "qualification"}


def _outcome(parts: Parts) -> Kept:
    """Its titles, and the link in our own notation where it is one of ours that stands for a skill."""
    own = [one for one in parts.get("relatedSkill", ()) if own_parts(attribute(one, "uri"), "skill")]
    return {
        "titles": texts_by_language(parts.get("title", ()), language=""),
        "is_link": bool(own),
        "link": next((raw_text(notation) for one in own for notation in parts_of(one).get("notation", ())), ""),
    }


def _activity(parts: Parts) -> Kept:
    return {
        "languages": language_codes(parts, "language"),
        "volume": first_text(parts, "volumeOfLearning"),
        "hours": first_text(parts, "contactHour"),
    }


def _agent(parts: Parts) -> Kept:
    name = first_text(parts, "legalName", "prefLabel", "altLabel")
    return {"name": name, "page": page(parts), "locations": idrefs(parts, "location")}


def _location(parts: Parts) -> Kept:
    addresses = [parts_of(element) for element in parts.get("address", ())]
    full = next((_note(address, "fullAddress") for address in addresses if "fullAddress" in address), {})
    countries = [elm.COUNTRIES.get(code, "") for one in addresses for code in codes(one, "countryCode", elm.COUNTRY)]
    return {
        "country": next(filter(None, countries), ""),
        "nuts": next(iter(codes(parts, "spatialCode", elm.NUTS)), ""),
        "place": first_text(parts, "geographicName") or next(iter(full.values()), ""),
    }


def _note(parts: Parts, name: str) -> dict[str, str]:
    note = parts_of(next(iter(parts.get(name, ())), None))
    return texts_by_language(note.get("noteLiteral", ()), language="")


def _subjects(parts: Parts) -> list[str]:
    """Names of subjects of others; our own are topics."""
    return [
        first_text(parts_of(element), "prefLabel")
        for element in parts.get("educationSubject", ())[:_MOST]
        if own_parts(attribute(element, "uri"), "topic") is None
    ]


def _own_concepts(parts: Parts, name: str, kind: str) -> list[str]:
    found = (own_parts(attribute(element, "uri"), kind) for element in parts.get(name, ())[:_MOST])
    return [own[0] for own in found if own]


def _levels(parts: Parts) -> list[tuple[int, str]]:
    """EQF levels, each with "lowest" or "highest" where that is said."""
    found = []
    for element in (*parts.get("EQFLevel", ()), *parts.get("educationLevel", ())):
        code = attribute(element, "uri").removeprefix(elm.EQF)
        if code in "12345678" and len(code) == 1:
            found.append((int(code), first_text(parts_of(element), "notation")))
    return found


_KEPT_BY_NAME = {
    "learningAchievementSpecification": _specification,
    "qualification": _qualification,
    "learningOutcome": _outcome,
    "learningActivitySpecification": _activity,
    "organisation": _agent,
    "agent": _agent,
    "location": _location,
}
