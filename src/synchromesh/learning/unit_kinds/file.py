"""One file to take away, such as a sheet to print: {media, descriptions}."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_noop

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.learning.unit_kinds import DoneBy, Progress, TextPlace
from synchromesh.learning.unit_kinds._contents import (
    address_of,
    ending_of,
    findings_of,
    mapping,
    shown,
    text_places,
    word,
)

TITLE = gettext_noop("File")
DONE_BY = DoneBy.READER


def check(content: Mapping[str, Any], *, languages: Collection[str], media: Collection[str]) -> list[Problem]:
    """A file is there and says what it is."""
    top = findings_of(content, languages, media)
    top.allow("media", "descriptions")
    top.check_medium("media")
    top.check_texts("descriptions", is_needed=True)
    return top.problems


def media_of(content: Mapping[str, Any]) -> set[str]:
    """The file."""
    return {name for name in [word(mapping(content).get("media"))] if name}


def texts_of(content: Mapping[str, Any]) -> list[TextPlace]:
    """What is said of the file."""
    return text_places(content, {"descriptions": True})


def show(content: Mapping[str, Any], *, language: str, links: Mapping[str, str]) -> Mapping[str, Any]:
    """The file's address, and what is said of it in the reader's language."""
    own = mapping(content)
    return {
        "name": word(own.get("media")),
        "address": address_of(links, own.get("media")),
        "ending": ending_of(own.get("media")),
        "description": shown(own.get("descriptions"), language),
    }


def accept(content: Mapping[str, Any], state: Mapping[str, Any], report: Mapping[str, Any]) -> Progress:
    """A file is marked as done by its reader: it reports nothing."""
    raise InvalidInput("This unit takes no reports.")
