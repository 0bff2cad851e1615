"""The contract of `synchromesh.engine.matching.encoders`, held against every encoder that is found and installed."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.matching.encoders.encoder_folders import make_model_folder

from synchromesh.engine.errors import ExternalFailure
from synchromesh.engine.matching.encoders import Encoder, TextKind, list_encoders, minilm, unit_length
from synchromesh.engine.vocabulary.languages import OWN_NAMES

ENCODERS = list_encoders()
KINDS: tuple[TextKind, ...] = get_args(TextKind)
TEXTS = [
    "plan electrical installations",
    "mit Batterien umgehen",
    "a",
    "We are looking for a colleague who leads projects, writes reports and trains the team in the safe use of tools.",
]
ODD = [
    "",
    " ",
    "\n",
    "...",
    "\ud800",
    "a\x00b",
    "\x00",
    "😀" * 60,
    "שלום עולם",
    "\u202eabc",
    "e\u0301",
    "中文",
    "\ufffe",
]
LONG = ["weld the frame " * 15_000, "w" * 200_000, "😀" * 50_000, "\ud800" * 200_000]


@cache
def _loaded(name: str) -> Encoder:
    module = ENCODERS[name]
    if name == "operator_model":
        if not minilm.is_available():
            pytest.skip("The packages of MiniLM, of which the operator's folder is made, are not installed.")
        with TemporaryDirectory() as folder:
            return module.load(threads=1, folder=make_model_folder(Path(folder)))  # type: ignore[no-any-return]
    if not module.is_available():
        pytest.skip(f"The packages of {module.TITLE} are not installed.")
    return module.load(threads=1)  # type: ignore[no-any-return]


@pytest.fixture(params=ENCODERS)
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return _loaded(request.param)


def _encode(encoder: Encoder, texts: Sequence[str], kind: TextKind = "query") -> np.ndarray[tuple[int, int]]:
    vectors = encoder.encode(texts, kind=kind)
    assert vectors.dtype == np.float32
    assert vectors.shape[0] == len(texts)
    assert np.isfinite(vectors).all()
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    return vectors


def test_the_encoders_of_the_house_are_found() -> None:
    assert set(ENCODERS) == {"minilm", "multilingual_e5", "operator_model", "universal_sentence"}


@pytest.mark.parametrize("name", ENCODERS)
def test_an_encoder_says_what_it_is(name: str) -> None:
    module = ENCODERS[name]
    assert module.TITLE
    assert module.LANGUAGES is None or all(len(code) == 2 for code in module.LANGUAGES)
    assert module.LANGUAGES is None or module.LANGUAGES & OWN_NAMES.keys()
    assert module.DIMENSIONS >= 0
    for function, named in [(module.is_available, ["folder"]), (module.load, ["threads", "folder"])]:
        parameters = inspect.signature(function).parameters
        assert list(parameters) == named
        assert parameters["folder"].default is None
    assert isinstance(module.is_available(), bool)


@pytest.mark.parametrize("name", ENCODERS)
def test_an_encoder_that_is_not_there_says_what_to_do(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ENCODERS[name]
    monkeypatch.setattr(module, "find_spec", lambda _package: None)
    assert not module.is_available()
    with pytest.raises(ExternalFailure, match=r"setup|SYNCHROMESH_MATCHING_MODEL"):
        module.load(threads=1)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ENCODERS)
def test_each_text_gets_a_vector_of_unit_length_in_its_place(name: str, kind: TextKind) -> None:
    encoder = _loaded(name)
    assert encoder.identity
    vectors = _encode(encoder, TEXTS, kind)
    assert vectors.shape[1] == (ENCODERS[name].DIMENSIONS or vectors.shape[1])
    assert _encode(encoder, TEXTS[::-1], kind)[::-1] == pytest.approx(vectors, abs=0.01)


@pytest.mark.parametrize("kind", KINDS)
def test_the_other_texts_of_a_batch_do_not_change_a_vector(encoder: Encoder, kind: TextKind) -> None:
    alone = np.vstack([_encode(encoder, [text], kind) for text in [*TEXTS, *ODD]])
    crowd = [*TEXTS, *ODD, *(f"{text} {number}" for number in range(30) for text in TEXTS)]
    together = _encode(encoder, crowd, kind)[: len(alone)]
    assert (alone * together).sum(axis=1).min() > 0.999


def test_texts_of_different_meaning_get_different_vectors(encoder: Encoder) -> None:
    weld, welding, cook = _encode(encoder, ["weld metal parts", "welding of metal pieces", "cook soup for children"])
    assert weld @ welding > weld @ cook


def test_no_text_gives_no_vector_of_the_same_width(encoder: Encoder) -> None:
    width = _encode(encoder, ["weld"]).shape[1]
    assert encoder.encode([], kind="query").shape == (0, width)


@pytest.mark.parametrize("text", LONG, ids=["words", "one word", "emoji", "broken"])
def test_a_very_long_text_is_read_from_its_beginning(encoder: Encoder, text: str) -> None:
    vector, other = _encode(encoder, [text, f"{text} and cook soup"])
    assert vector @ other > 0.999


@settings(max_examples=25)
@given(texts=st.lists(st.text(st.characters(), max_size=30), max_size=4))
@pytest.mark.parametrize("name", ENCODERS)
def test_any_unicode_is_taken(name: str, texts: list[str]) -> None:
    _encode(_loaded(name), [*texts, *ODD])


def test_a_row_of_zeros_has_no_direction_and_stays() -> None:
    assert unit_length(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist() == pytest.approx(np.array([[0.6, 0.8], [0.0, 0.0]]))
