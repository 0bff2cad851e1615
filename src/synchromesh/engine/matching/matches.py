"""What matching answers: concepts with a probability, the words that justify them, and what else it could have been."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from synchromesh.engine.matching.segments import Span


class Mode(StrEnum):
    """How much is spent on a text. A mode whose packages are missing falls back to FAST, and the answer says so."""

    FAST = "fast"
    MIDDLE = "middle"
    QUALITY = "quality"


class Use(StrEnum):
    """What the answer is for; each use has a threshold of its own below which nothing is proposed.

    SUGGEST: a person looks at each; TAG: taken over without a look, so only what is nearly certain.
    """

    SUGGEST = "suggest"
    TAG = "tag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another concept that the same words could mean."""

    uri: str
    label: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A concept found in a text.

    `probability` is calibrated: of matches with .8, about 80 % are right (see the model card for what "right" means).
    `spans` are places in the text as it was given, best first, never empty; `sentence` is the sentence of the first.
    `level` is a suggestion read from wording alone (1 to 3), None where the wording says nothing. `accepted` tells
    whether the probability reaches the threshold of the use that was asked for.
    """

    uri: str
    label: str
    probability: float
    accepted: bool
    spans: tuple[Span, ...]
    sentence: Span
    level: int | None = None
    level_words: Span | None = None
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMatches:
    """The answer for one text: its main language and the matches, most probable first.

    No accepted match is the honest answer "nothing here fits".
    """

    language: str
    matches: tuple[Match, ...]

    @property
    def accepted(self) -> tuple[Match, ...]:
        """Those that reach the threshold."""
        return tuple(match for match in self.matches if match.accepted)
