"""Sentence encoders: one module each, found by discovery. Adding an encoder is adding a file.

The contract of an encoder module:

- `TITLE: str`: what a person calls it, with its licence;
- `LANGUAGES: frozenset[str] | None`: two-letter codes it was trained for; None means about all of the EU's;
- `DIMENSIONS: int`: length of a vector, 0 where that depends on the operator's model;
- `is_available(*, folder: Path | None = None) -> bool`: whether its packages and weights are installed; quick, imports
  nothing heavy, never raises;
- `load(*, threads: int, folder: Path | None = None) -> Encoder`: read the weights from an installed dependency or from
  the operator's folder; never from a network. Raises ExternalFailure with what to install or mend when that fails.

`folder` is the one that the operator has named for a model of their own, None where there is none. Encoders with a
model of their own package leave it aside. Heavy packages are imported inside `load` alone, so that a server that never
matches never pays for them. An encoder serves one thread at a time.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.plugins import discover

Vectors = NDArray[np.float32]
TextKind = Literal["query", "label"]


class Encoder(Protocol):
    """A loaded encoder. `identity` names model and build, so that cached vectors of another one are never used."""

    identity: str

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> Vectors:
        """Vectors of unit length, float32, shape (len(texts), dimensions), in the order of the texts.

        Any text is taken, also an empty one, a very long one (its beginning counts) and broken Unicode. The vector of
        a text does not depend on the others, but for rounding.
        `kind` says on which side a text stands; models that were trained with a prefix per side need it.
        """


def list_encoders() -> dict[str, ModuleType]:
    """The encoder modules by name."""
    return discover(sys.modules[__name__])


def readable(text: str, longest: int) -> str:
    """The beginning of a text as tokenizers can take it: no NUL, and no half of a pair of surrogates."""
    return text[:longest].encode("utf-8", "replace").decode().replace("\x00", " ")


def unit_length(vectors: NDArray[np.floating]) -> Vectors:
    """Scale each row to length 1; a zero row stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
