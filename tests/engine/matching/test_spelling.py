"""Words spelled nearly alike: what is forgiven, what it costs, and that nothing else comes along."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from tests.engine.matching.sample_vocabulary import concepts_of

from synchromesh.engine.matching.completion_arrays import CompletionArrays, build_arrays
from synchromesh.engine.matching.concepts import Vocabulary
from synchromesh.engine.matching.spelling import alike_words, allowed_errors

WORDS = st.text(alphabet="abcde", min_size=4, max_size=12)


def _arrays(*labels: str) -> CompletionArrays:
    return build_arrays(Vocabulary(name="words", concepts=concepts_of([[label] for label in labels])))


def _found(arrays: CompletionArrays, word: str, *, begun: bool = False) -> list[tuple[str, int]]:
    return [(arrays.word.text(number), cost) for number, cost in alike_words(arrays, word, begun=begun)]


@pytest.mark.parametrize("typed", ["weldnig", "weldin", "weldiing", "weldimg", "eelding"])
def test_one_error_costs_two(typed: str) -> None:
    assert _found(_arrays("welding", "bending", "wedding ring"), typed)[0] == ("welding", 2)


def test_a_word_that_is_only_begun_costs_one_more() -> None:
    arrays = _arrays("management")
    assert _found(arrays, "manegem", begun=True) == [("management", 3)]
    assert _found(arrays, "manegem") == []


@pytest.mark.parametrize(("word", "errors"), [("abc", 0), ("abcd", 1), ("abcdefg", 1), ("abcdefgh", 2)])
def test_longer_words_may_hold_more_errors(word: str, errors: int) -> None:
    assert allowed_errors(word) == errors


@given(st.lists(WORDS, min_size=1, max_size=30), WORDS)
def test_only_words_within_the_allowed_errors_are_found(words: list[str], typed: str) -> None:
    for word, cost in _found(_arrays(*words), typed):
        assert OSA.distance(word, typed) * 2 == cost <= 2 * allowed_errors(typed)


@given(st.lists(WORDS, min_size=1, max_size=30), st.data())
def test_a_swap_of_two_letters_in_a_word_is_found(words: list[str], data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(words))
    at = data.draw(st.integers(1, len(word) - 2))
    typed = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    shared = {f" {word}"[i : i + 3] for i in range(len(word) - 1)} & {
        f" {typed}"[i : i + 3] for i in range(len(word) - 1)
    }
    if shared:
        assert word in dict(_found(_arrays(*words), typed))
