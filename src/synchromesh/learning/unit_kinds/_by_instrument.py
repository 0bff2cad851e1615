"""What the kinds share that are done by their instrument: their content is an introduction and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.learning.unit_kinds import Progress, TextPlace
from synchromesh.learning.unit_kinds._contents import findings_of, mapping, shown, text_places


def check(content: Mapping[str, Any], *, languages: Collection[str], media: Collection[str]) -> list[Problem]:
    """Only the introduction stands here; whether there is an instrument is seen on the unit."""
    top = findings_of(content, languages, media)
    top.allow("introductions")
    top.check_texts("introductions")
    return top.problems


def media_of(content: Mapping[str, Any]) -> set[str]:
    """None: what the questions show is named there."""
    return set()


def texts_of(content: Mapping[str, Any]) -> list[TextPlace]:
    """The introduction."""
    return text_places(content, {"introductions": True})


def show(content: Mapping[str, Any], *, language: str, links: Mapping[str, str]) -> Mapping[str, Any]:
    """The introduction in the reader's language."""
    return {"introduction": shown(mapping(content).get("introductions"), language)}


def accept(content: Mapping[str, Any], state: Mapping[str, Any], report: Mapping[str, Any]) -> Progress:
    """What was answered is reported to the instrument, not here."""
    raise InvalidInput("This unit takes no reports.")
