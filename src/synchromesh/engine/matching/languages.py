"""Which language a sentence is in: a course page mixes two, a CV three.

A short sentence says little about its language, so it takes that of the whole text unless it is clear by itself.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol, cast

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from synchromesh.engine.vocabulary.languages import OWN_NAMES

# Irish and Maltese are left out: short English and Italian sentences are taken for them far too often.
DETECTED = tuple(sorted(set(OWN_NAMES) - {"ga", "mt"}))
_SURE_FROM = 25  # characters of a sentence that may differ from its text
_LEAD = 0.9  # probability that it needs for that
_MOST_CHARACTERS = 2000
_lock = threading.Lock()


class _Identifier(Protocol):
    """What is used of py3langid, which states no types."""

    def set_languages(self, langs: Sequence[str]) -> None: ...

    def classify(self, text: str) -> tuple[str, float]: ...


@lru_cache(maxsize=1)
def _identifier() -> _Identifier:
    made = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)  # type: ignore[no-untyped-call]
    identifier = cast("_Identifier", made)
    identifier.set_languages(list(DETECTED))
    return identifier


def detect_language(text: str) -> tuple[str, float]:
    """The most probable language of the EU (two-letter code) and its probability; ("en", 0.0) for no letters."""
    looked_at = text[:_MOST_CHARACTERS]
    if not any(sign.isalpha() for sign in looked_at):
        return "en", 0.0
    with _lock:  # the model holds working arrays of its own
        language, probability = _identifier().classify(looked_at)
    return str(language), 0.0 if math.isnan(probability) else float(probability)


def sentence_languages(text: str, pieces: Sequence[str], *, given: str | None = None) -> tuple[str, list[str]]:
    """The language of a text and of each of its sentences; `given` is what the caller knows about the text."""
    main = given or detect_language(text)[0]
    found = []
    for piece in pieces:
        language, probability = detect_language(piece) if len(piece) >= _SURE_FROM else (main, 1.0)
        found.append(language if probability >= _LEAD else main)
    return main, found
