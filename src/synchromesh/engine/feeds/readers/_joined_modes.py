"""The form of a course from several words of its feed."""

from __future__ import annotations

from collections.abc import Iterable

from synchromesh.engine.feeds.wording import parse_mode

__all__ = ["joined_mode"]

_LONGEST = 120  # characters; a longer text is a description


def joined_mode(words: Iterable[str]) -> str:
    """One of `records.MODES`; "" where nothing is understood, or where the words contradict each other.

    Online and on site together are blended; online and in one's own time is self-study.
    """
    modes = {parse_mode(word[:_LONGEST]) for word in words} - {""}
    if "blended" in modes or {"online", "on-site"} <= modes:
        return "blended"
    if modes == {"online", "self-study"}:
        return "self-study"
    return modes.pop() if len(modes) == 1 else ""
