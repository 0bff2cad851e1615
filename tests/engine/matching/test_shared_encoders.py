"""Encoders of a process are loaded once and used by one thread at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from synchromesh.engine.matching.encoders import TextKind, Vectors, universal_sentence
from synchromesh.engine.matching.shared_encoders import find_encoder

NAME = "universal_sentence"


class Watched:
    """Notes when two threads are inside at once."""

    identity = "watched"

    def __init__(self) -> None:
        self.inside = 0
        self.most = 0
        self.met = threading.Event()

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> Vectors:
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.met.wait(0.05)  # room for another thread to come in
        self.inside -= 1
        return np.zeros((len(texts), 2), dtype=np.float32)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Watched]]:
    """The encoders that were loaded; the real one is kept out."""
    made: list[Watched] = []

    def load(*, threads: int) -> Watched:
        made.append(Watched())
        return made[-1]

    find_encoder.cache_clear()
    monkeypatch.setattr(universal_sentence, "load", load)
    yield made
    find_encoder.cache_clear()


def test_an_encoder_is_loaded_once(watched: list[Watched]) -> None:
    assert find_encoder(NAME, threads=1) is find_encoder(NAME, threads=1)
    assert len(watched) == 1
    assert find_encoder(NAME, threads=1).identity == "watched"


def test_two_threads_take_turns(watched: list[Watched]) -> None:
    encoder = find_encoder(NAME, threads=1)
    threads = [threading.Thread(target=encoder.encode, args=(["a"],), kwargs={"kind": "query"}) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert watched[0].most == 1
