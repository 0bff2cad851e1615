from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.matching import lexical_arrays, word_kernel
from synchromesh.engine.matching.lexical import (
    LexicalArrays,
    LexicalIndex,
    LexicalScores,
    build_lexical_arrays,
    load_lexical_arrays,
    store_lexical_arrays,
)
from synchromesh.engine.matching.words import words

LABELS = [
    ["arc welding", "weld with an electric arc", "MIG welding"],
    ["Lichtbogenschweißen", "Schweißen"],
    ["battery management", "manage batteries"],
    ["manage a team"],
    ["---", "..."],
    [],
    ["C++", "C plus plus"],
]
# Few letters, so that words share n-grams as inflections and compounds do.
WORDS = st.text(alphabet="abcß", min_size=2, max_size=9)
TEXTS = st.lists(WORDS, max_size=5).map(" ".join)
VOCABULARIES = st.lists(st.lists(TEXTS, max_size=3), max_size=5)


def _folded(text: str) -> list[str]:
    return [word.folded for word in words(text)]


def _index(labels: Sequence[Sequence[str]]) -> LexicalIndex:
    return LexicalIndex(build_lexical_arrays(labels))


def _grams(folded: Sequence[str]) -> Counter[str]:
    """Written apart from the product: every piece of three to five signs of a word between two blanks."""
    found: Counter[str] = Counter()
    for word in folded:
        padded = f" {word} "
        found.update(
            padded[first:last]
            for first in range(len(padded))
            for last in range(first + 3, min(first + 5, len(padded)) + 1)
        )
    return found


def _reference(labels: Sequence[Sequence[str]], query: Sequence[str]) -> list[list[float]]:
    """The cosine of TF-IDF vectors with every label of each concept, as the textbook has it."""
    rows = [[_grams(_folded(label)) for label in several or [""]] for several in labels]
    total = sum(len(several) for several in rows)
    held = Counter(gram for several in rows for row in several for gram in row)
    idf = {gram: math.log((1 + total) / (1 + count)) + 1 for gram, count in held.items()}
    rarest = max(idf.values(), default=1.0)

    def weigh(row: Counter[str]) -> dict[str, float]:
        return {gram: count * idf.get(gram, rarest) for gram, count in row.items()}

    def cosine(one: dict[str, float], other: dict[str, float]) -> float:
        product = sum(weight * other.get(gram, 0.0) for gram, weight in one.items())
        length = math.hypot(*one.values()) * math.hypot(*other.values())
        return product / length if length else 0.0

    asked = weigh(_grams(query))
    return [[cosine(asked, weigh(row)) for row in several] for several in rows]


def _alike(one: LexicalScores, other: LexicalScores) -> bool:
    return all(np.array_equal(getattr(one, field.name), getattr(other, field.name)) for field in fields(LexicalScores))


@given(labels=VOCABULARIES, text=TEXTS)
def test_the_cosine_is_that_of_the_textbook(labels: list[list[str]], text: str) -> None:
    expected = _reference(labels, _folded(text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexical_arrays, "_RELATED", np.float32(0))
        found = _index(labels).score(_folded(text))
    assert found.cosine == pytest.approx([max(several) for several in expected], abs=1e-5)
    assert found.first == pytest.approx([several[0] for several in expected], abs=1e-5)


@given(labels=VOCABULARIES, text=TEXTS)
def test_leaving_out_chance_likeness_takes_little_from_the_cosine(labels: list[list[str]], text: str) -> None:
    query = _folded(text)
    expected = _reference(labels, query)
    found = _index(labels).score(query).cosine
    for at, several in enumerate(labels):
        # Each pair of words may lose a tenth of the product of their lengths, and lengths add up as squares do.
        most_words = max((len(_folded(label)) for label in several), default=0)
        bound = 0.1 * math.sqrt(len(query) * most_words)
        assert max(expected[at]) - bound - 1e-5 <= found[at] <= max(expected[at]) + 1e-5


@given(labels=VOCABULARIES, text=TEXTS)
def test_scores_lie_between_0_and_1_for_every_concept(labels: list[list[str]], text: str) -> None:
    found = _index(labels).score(_folded(text))
    for field in fields(LexicalScores):
        values = getattr(found, field.name)
        assert values.shape == (len(labels),)
        assert values.dtype == np.float32
        assert ((values >= 0) & (values <= 1 + 1e-5)).all()
    assert (found.first <= found.cosine).all()
    assert (found.exact <= found.coverage + 1e-5).all()


@given(labels=VOCABULARIES.filter(lambda several: any(_folded(label) for row in several for label in row)))
def test_a_label_itself_is_wholly_covered(labels: list[list[str]]) -> None:
    index = _index(labels)
    for at, several in enumerate(labels):
        for label in several:
            if query := _folded(label):
                found = index.score(query)
                assert found.coverage[at] == pytest.approx(1, abs=1e-5)
                assert found.exact[at] == pytest.approx(1, abs=1e-5)


@given(labels=VOCABULARIES, text=TEXTS, seed=st.integers(0, 99))
def test_the_order_of_words_and_what_was_asked_before_change_no_score(
    labels: list[list[str]], text: str, seed: int
) -> None:
    query = _folded(text)
    mixed = random.Random(seed).sample(query, len(query))
    used = _index(labels)
    for word in query:
        used.score([word])
    assert _alike(used.score(mixed), _index(labels).score(query))


@given(labels=VOCABULARIES, text=TEXTS)
def test_stored_arrays_are_read_as_they_were(
    labels: list[list[str]], text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = build_lexical_arrays(labels)
    path = tmp_path_factory.mktemp("arrays") / "below" / "labels.npz"
    store_lexical_arrays(path, made)
    read = load_lexical_arrays(path)
    for field in fields(LexicalArrays):
        one, other = getattr(made, field.name), getattr(read, field.name)
        assert one.dtype == other.dtype
        assert np.array_equal(one, other)
    assert _alike(LexicalIndex(read).score(_folded(text)), LexicalIndex(made).score(_folded(text)))
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_a_file_that_holds_no_arrays_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "labels.npz"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=r"labels\.npz"):
        load_lexical_arrays(path)


def test_a_file_of_which_an_end_or_an_array_is_missing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "labels.npz"
    store_lexical_arrays(path, build_lexical_arrays(LABELS))
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(InvalidInput):
        load_lexical_arrays(path)
    np.savez(path, vocabulary=np.array(["weld"]))
    with pytest.raises(InvalidInput):
        load_lexical_arrays(path)


def test_a_file_with_python_objects_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "labels.npz"
    rows: Any = {field.name: np.array([object()]) for field in fields(LexicalArrays)}
    np.savez(path, **rows)
    with pytest.raises(InvalidInput):
        load_lexical_arrays(path)


def test_a_write_that_fails_leaves_no_part_and_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise OSError("No space left on device")

    path = tmp_path / "labels.npz"
    path.write_bytes(b"before")
    monkeypatch.setattr(np, "savez", fail)
    with pytest.raises(OSError, match="No space"):
        store_lexical_arrays(path, build_lexical_arrays(LABELS))
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"before"]


def test_spelling_variants_inflections_and_parts_of_compounds_are_found() -> None:
    index = _index(LABELS)
    for text, wanted in [
        ("welder for arcs", 0),
        ("Lichtbogen-Schweisser", 1),
        ("managing batery systems", 2),
        ("C++", 6),
    ]:
        found = index.score(_folded(text))
        assert int(np.argmax(found.cosine + found.coverage)) == wanted
    assert index.score(_folded("Schweißer")).exact[1] == 0 < index.score(_folded("Schweißer")).coverage[1]


def test_rarer_words_count_for_more_of_a_label() -> None:
    found = _index([["manage batteries"], ["manage teams"], ["manage projects"]])
    assert found.score(["batteries"]).exact[0] > found.score(["manage"]).exact[0] > 0


@pytest.mark.parametrize("labels", [[], [[]], [["", "---"]]])
def test_a_vocabulary_without_words_scores_nothing(labels: list[list[str]]) -> None:
    index = _index(labels)
    for query in ([], ["weld"], ["weld", "weld"]):
        found = index.score(query)
        assert found.cosine.tolist() == found.coverage.tolist() == found.exact.tolist() == [0.0] * len(labels)


@pytest.mark.parametrize("query", [[], ["qqqqqq"], ["qqqqqq", "щит"]])
def test_a_text_that_shares_nothing_scores_nothing(query: list[str]) -> None:
    found = _index(LABELS).score(query)
    assert not any(getattr(found, field.name).any() for field in fields(LexicalScores))


def test_words_that_were_asked_for_long_ago_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_kernel, "_MOST_CACHED_WORDS", 3)
    index = _index(LABELS)
    before = index.score(["welding"])
    for one, other in pairwise("abcdefgh"):
        index.score([one * 4, other * 5])
    assert len(index._kernel._remembered) == 3
    assert _alike(index.score(["welding"]), before)


def test_labels_are_read_some_at_a_time_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = build_lexical_arrays(LABELS)
    monkeypatch.setattr(lexical_arrays, "_LABELS_AT_ONCE", 2)
    parts = build_lexical_arrays(LABELS)
    assert np.allclose(whole.label_length, parts.label_length)
    assert np.allclose(whole.gram_idf, parts.gram_idf)
