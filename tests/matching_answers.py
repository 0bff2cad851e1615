"""Answers of the matching as a test wants them, so that it does not hang on what a model finds likely today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from synchromesh.engine.matching import Alternative, Match, Mode, Span, TextMatches
from synchromesh.framework.models import Skill
from synchromesh.framework.queries.text_matching import MatchingAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A skill that is found wherever one of its `words` stands; the first of them is the best."""

    skill: Skill
    words: tuple[str, ...]
    probability: float = 0.8
    accepted: bool = True
    level: int | None = None
    level_words: str = ""
    instead: tuple[Skill, ...] = ()


def find_in_courses(monkeypatch: pytest.MonkeyPatch, *found: Found, fell_back: str = "") -> list[dict[str, Any]]:
    """Have the matching of course texts answer this; gives what it was asked, one entry for each time."""
    asked: list[dict[str, Any]] = []

    def answer(texts: Sequence[str], **options: Any) -> MatchingAnswer:
        asked.append({"text": texts[0], **options})
        matches = [match for row in found if (match := _match(texts[0], row)) is not None]
        ranked = tuple(sorted(matches, key=lambda match: -match.probability))
        return MatchingAnswer(
            vocabulary="framework",
            mode=Mode.FAST,
            fell_back=fell_back,
            texts=(TextMatches(language=options["language"] or "en", matches=ranked),),
        )

    monkeypatch.setattr("synchromesh.catalogue.queries.course_mapping.match_texts", answer)
    return asked


def _match(text: str, row: Found) -> Match | None:
    spans = tuple(span for words in row.words if (span := _span(text, words)) is not None)
    if not spans:
        return None
    start = text.rfind("\n", 0, spans[0].start) + 1
    end = text.find("\n", spans[0].end)
    return Match(
        uri=f"/id/skill/{row.skill.uid}",
        label=str(row.skill),
        probability=row.probability,
        accepted=row.accepted,
        spans=spans,
        sentence=Span(start, end if end >= 0 else len(text)),
        level=row.level,
        level_words=_span(text, row.level_words) if row.level_words else None,
        alternatives=tuple(
            Alternative(uri=f"/id/skill/{skill.uid}", label=str(skill), probability=0.3) for skill in row.instead
        ),
    )


def _span(text: str, words: str) -> Span | None:
    at = text.find(words)
    return Span(at, at + len(words)) if at >= 0 else None
