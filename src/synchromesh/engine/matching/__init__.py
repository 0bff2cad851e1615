"""Find the skills and occupations that a text speaks of.

    matcher = Matcher(vocabulary, mode=Mode.QUALITY, cache=folder)
    [answer] = matcher.match(["We look for somebody who can isolate high-voltage systems."], language="en")

Owns retrieval, ranking, calibration, evidence. Does not own where vocabularies come from or what is done with a match.
Contract: docs/how-to/match-texts.md; figures and limits: docs/matching-model-card.md.
"""

from __future__ import annotations

from synchromesh.engine.matching.concepts import Concept, ConceptKind, Vocabulary
from synchromesh.engine.matching.matcher import Matcher
from synchromesh.engine.matching.matches import Alternative, Match, Mode, TextMatches, Use
from synchromesh.engine.matching.segments import Span

__all__ = [
    "Alternative",
    "Concept",
    "ConceptKind",
    "Match",
    "Matcher",
    "Mode",
    "Span",
    "TextMatches",
    "Use",
    "Vocabulary",
]
