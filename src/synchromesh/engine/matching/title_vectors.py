"""Vectors of titles in many languages, for finding what is titled alike across languages."""

from __future__ import annotations

from collections.abc import Sequence

from synchromesh.engine.matching.encoders import Vectors, list_encoders
from synchromesh.engine.matching.shared_encoders import find_encoder

_ENCODERS = ("multilingual_e5", "universal_sentence")  # the better one first; the second is always installed


def encode_titles(titles: Sequence[str]) -> Vectors:
    """Vectors of length 1, shape (len(titles), dimensions), by the best encoder for many languages."""
    encoders = list_encoders()
    name = next(name for name in _ENCODERS if encoders[name].is_available())
    return find_encoder(name, threads=1).encode(titles, kind="label")
