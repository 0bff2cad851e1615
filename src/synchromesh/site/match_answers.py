"""The answer of matching as data: the console and the interface for machines give the same."""

from __future__ import annotations

from typing import Any

from synchromesh.engine.matching.matches import Match, TextMatches


def match_answer(found: TextMatches) -> dict[str, Any]:
    """Matches from the most probable down, whether accepted or not; the addresses of the accepted; the language.

    Spans are places in the text, counted in Unicode characters from 0, the end exclusive.
    """
    return {
        "matches": [_match(match) for match in found.matches],
        "accepted": [match.uri for match in found.accepted],
        "language": found.language,
    }


def empty_answer(language: str | None) -> dict[str, Any]:
    """The answer for a text without words."""
    return {"matches": [], "accepted": [], "language": language or ""}


def _match(match: Match) -> dict[str, Any]:
    return {
        "uri": match.uri,
        "label": match.label,
        "probability": match.probability,
        "spans": [[span.start, span.end] for span in match.spans],
        "level": match.level,
        "alternatives": [
            {"uri": other.uri, "label": other.label, "probability": other.probability} for other in match.alternatives
        ],
    }
