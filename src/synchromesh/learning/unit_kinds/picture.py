"""One picture to look at: {media, alternatives, descriptions?, captions?}."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_noop

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.learning.unit_kinds import DoneBy, Progress, TextPlace
from synchromesh.learning.unit_kinds._contents import (
    PICTURES,
    address_of,
    findings_of,
    mapping,
    shown,
    shown_or_empty,
    text_places,
    word,
)

TITLE = gettext_noop("Picture")
DONE_BY = DoneBy.READER


def check(content: Mapping[str, Any], *, languages: Collection[str], media: Collection[str]) -> list[Problem]:
    """A picture needs its file and the words that say the same."""
    top = findings_of(content, languages, media)
    top.allow("media", "alternatives", "descriptions", "captions")
    top.check_medium("media", PICTURES)
    top.check_texts("alternatives", is_needed=True)
    top.check_texts("descriptions")
    top.check_texts("captions")
    return top.problems


def media_of(content: Mapping[str, Any]) -> set[str]:
    """The picture."""
    return {name for name in [word(mapping(content).get("media"))] if name}


def texts_of(content: Mapping[str, Any]) -> list[TextPlace]:
    """The alternative, the caption and the long description."""
    return text_places(content, {"alternatives": False, "captions": True, "descriptions": True})


def show(content: Mapping[str, Any], *, language: str, links: Mapping[str, str]) -> Mapping[str, Any]:
    """The picture with its words in the reader's language."""
    own = mapping(content)
    return {
        "name": word(own.get("media")),
        "address": address_of(links, own.get("media")),
        "alternative": shown_or_empty(own.get("alternatives"), language),
        "caption": shown(own.get("captions"), language),
        "description": shown(own.get("descriptions"), language),
    }


def accept(content: Mapping[str, Any], state: Mapping[str, Any], report: Mapping[str, Any]) -> Progress:
    """A picture is marked as done by its reader: it reports nothing."""
    raise InvalidInput("This unit takes no reports.")
