"""The encoders of this process: each is loaded once, however many vocabularies are matched with it.

An encoder holds 120 to 320 MB and serves one thread at a time, so it comes with a lock.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache

from synchromesh.engine.matching.encoders import Encoder, TextKind, Vectors, list_encoders


class _OneAtATime:
    def __init__(self, encoder: Encoder) -> None:
        self.identity = encoder.identity
        self._encoder = encoder
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> Vectors:
        """See the contract of encoders."""
        with self._lock:
            return self._encoder.encode(texts, kind=kind)


@cache
def find_encoder(name: str, *, threads: int) -> Encoder:
    """The encoder of a module of `encoders`. Raises ExternalFailure where its packages are not installed."""
    return _OneAtATime(list_encoders()[name].load(threads=threads))
