"""Texts of two languages compared by what they mean. The encoder here knows one direction for each word."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray
from tests.engine.deduplication.invented_courses import course

from synchromesh.engine.deduplication.corpus import Corpus, prepare
from synchromesh.engine.deduplication.reading import UNREAD, read_pairs

WORDS = {
    "de": ("Getriebe", "Kupplung", "Batterie", "Bremsen", "Lenkung", "Kühlung"),
    "en": ("gearbox", "clutch", "battery", "brakes", "steering", "cooling"),
}
PLACE = {word.casefold(): place for words in WORDS.values() for place, word in enumerate(words)}


def read(texts: Sequence[str]) -> NDArray[np.float32]:
    vectors = np.zeros((len(texts), 16), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in text.split():
            vectors[row, PLACE.get(word.casefold(), 15)] += 1
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def corpus(*told: tuple[str, str]) -> Corpus:
    """Courses by language and text, in the order of their keys."""
    return prepare(
        [
            course(f"c{at:02}", title=f"Nr {at}", language=language, text=text)
            for at, (language, text) in enumerate(told)
        ]
    )


GERMAN = [("de", f"{one} {other}.") for one, other in zip(WORDS["de"], WORDS["de"][1:], strict=False)]
ENGLISH = [("en", f"{one} {other}.") for one, other in zip(WORDS["en"], WORDS["en"][1:], strict=False)]
PAIRS = list(product(range(5), range(5, 10)))


def test_a_text_is_nearest_to_the_one_that_says_the_same_in_another_language() -> None:
    found = read_pairs(corpus(*GERMAN, *ENGLISH), PAIRS, read)
    assert all(max(PAIRS[at * 5 : at * 5 + 5], key=lambda pair: found[pair][0]) == (at, 5 + at) for at in range(5))
    assert all((found[pair][3] > 0) == (pair[1] == pair[0] + 5) for pair in PAIRS)


def test_each_passage_of_the_shorter_text_looks_for_its_likest() -> None:
    longer = ("en", "Gearbox clutch. Battery brakes. Steering cooling.")
    found = read_pairs(corpus(*GERMAN, longer, *ENGLISH[1:]), PAIRS, read)
    assert found[0, 5][1] == found[0, 5][0]  # one passage against three: its best one
    assert found[0, 5][0] > found[0, 6][0]


def test_without_an_encoder_or_without_a_text_nothing_is_read() -> None:
    assert read_pairs(corpus(*GERMAN, *ENGLISH), PAIRS, None) == dict.fromkeys(PAIRS, UNREAD)
    assert read_pairs(corpus(("de", ""), ("en", "")), [(0, 1)], read) == {(0, 1): UNREAD}
    assert read_pairs(corpus(*GERMAN, ("en", "")), [(0, 5)], read) == {(0, 5): UNREAD}
    assert read_pairs(corpus(*GERMAN), [], read) == {}


def test_only_texts_of_the_given_pairs_are_read() -> None:
    asked: list[str] = []

    def noting(texts: Sequence[str]) -> NDArray[np.float32]:
        asked.extend(texts)
        return read(texts)

    read_pairs(corpus(*GERMAN, *ENGLISH), [(0, 5)], noting)
    assert sorted(asked) == ["Getriebe Kupplung", "gearbox clutch"]
