"""A meeting, on the spot or online: {descriptions, minutes}. When and where it is, each cohort says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_noop

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.learning.unit_kinds import DoneBy, Progress, TextPlace
from synchromesh.learning.unit_kinds._contents import findings_of, mapping, shown, text_places

TITLE = gettext_noop("Live session")
DONE_BY = DoneBy.ATTENDANCE
MOST_MINUTES = 24 * 60


def check(content: Mapping[str, Any], *, languages: Collection[str], media: Collection[str]) -> list[Problem]:
    """A session says what happens there and how long it takes."""
    top = findings_of(content, languages, media)
    top.allow("descriptions", "minutes")
    top.check_texts("descriptions", is_needed=True)
    if _minutes(top.content) is None:
        top.add("minutes", f"Say how many minutes the session takes: a whole number from 1 to {MOST_MINUTES}.")
    return top.problems


def media_of(content: Mapping[str, Any]) -> set[str]:
    """None."""
    return set()


def texts_of(content: Mapping[str, Any]) -> list[TextPlace]:
    """What happens in the session."""
    return text_places(content, {"descriptions": True})


def show(content: Mapping[str, Any], *, language: str, links: Mapping[str, str]) -> Mapping[str, Any]:
    """What happens in the session, and how long it takes; `minutes` is None where a draft does not say so."""
    own = mapping(content)
    return {"description": shown(own.get("descriptions"), language), "minutes": _minutes(own)}


def accept(content: Mapping[str, Any], state: Mapping[str, Any], report: Mapping[str, Any]) -> Progress:
    """Whoever leads the session says who was there: it reports nothing."""
    raise InvalidInput("This unit takes no reports.")


def _minutes(content: Mapping[Any, Any]) -> int | None:
    value = content.get("minutes")
    return value if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_MINUTES else None
