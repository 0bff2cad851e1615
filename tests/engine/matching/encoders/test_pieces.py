"""The most probable pieces of a word, against trying every way to cut it."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.matching.encoders._pieces import BLANK, LONGEST_CACHED_WORD, UnigramPieces

UNKNOWN = 0
# Sums of these are exact, so that two ways are equally probable or clearly not.
SCORES = st.integers(-64, -1).map(lambda number: number / 8)
PIECES = st.dictionaries(
    st.text(alphabet="abc" + BLANK, min_size=1, max_size=6).filter(lambda text: BLANK not in text[1:]),
    SCORES,
    min_size=1,
    max_size=12,
)
WORDS = st.text(alphabet="abcd", max_size=8).map(lambda text: BLANK + text)


def _ways(word: str, scores: dict[str, float]) -> Iterator[float]:
    """How probable each way to cut a word is; a sign that is no piece is unknown."""
    if not word:
        yield 0.0
    for size in range(1, len(word) + 1):
        own = scores.get(word[:size])
        if own is None and size == 1:
            own = min([0.0, *scores.values()]) - 10
        if own is not None:
            yield from (own + rest for rest in _ways(word[size:], scores))


@given(scores=PIECES, word=WORDS)
def test_a_word_is_cut_the_most_probable_way(scores: dict[str, float], word: str) -> None:
    texts = ["?", *scores]
    values = [0.0, *scores.values()]
    cut = UnigramPieces({text: at for at, text in enumerate(texts) if at}, values, unknown=UNKNOWN)
    found = cut.of_word(word)
    unknown = min(values) - 10
    probability = math.fsum(unknown if number == UNKNOWN else values[number] for number in found)
    assert probability == max(_ways(word, scores))
    assert len("".join("?" if number == UNKNOWN else texts[number] for number in found)) == len(word)
    assert found == cut.cut(word)


@pytest.mark.parametrize("size", [LONGEST_CACHED_WORD, LONGEST_CACHED_WORD + 1, 5000])
def test_a_long_word_is_cut_too(size: int) -> None:
    cut = UnigramPieces({"aaaaaaaa": 1, "a": 2}, [0.0, -1.0, -2.0], unknown=UNKNOWN)
    assert cut.of_word("a" * size).count(1) == size // 8
