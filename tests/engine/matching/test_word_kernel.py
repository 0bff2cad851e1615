"""What words of texts and of labels have in common: looked up or worked out, alone or together, it is the same."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.matching.lexical_arrays import build_lexical_arrays
from synchromesh.engine.matching.word_kernel import Compared, WordKernel

WORDS = st.text(alphabet="abcß", min_size=2, max_size=9).map(str.casefold)
TEXTS = st.lists(WORDS, max_size=5)
VOCABULARIES = st.lists(st.lists(TEXTS.map(" ".join), max_size=3), max_size=5)


def _kernel(labels: list[list[str]]) -> WordKernel:
    return WordKernel(build_lexical_arrays(labels))


def _same(one: Compared, other: Compared) -> bool:
    return all(np.array_equal(getattr(one, field.name), getattr(other, field.name)) for field in fields(Compared))


@given(labels=VOCABULARIES, texts=st.lists(TEXTS, max_size=4))
def test_texts_together_give_what_each_gives_alone(labels: list[list[str]], texts: list[list[str]]) -> None:
    together = _kernel(labels).compare(texts)
    assert len(together) == len(texts)
    for text, found in zip(texts, together, strict=True):
        [alone] = _kernel(labels).compare([text])
        assert _same(found, alone)


@given(labels=VOCABULARIES, word=WORDS, others=st.lists(WORDS, max_size=5))
def test_a_word_that_labels_have_is_compared_as_one_that_they_lack(
    labels: list[list[str]], word: str, others: list[str]
) -> None:
    labels = [*labels, [" ".join([word, *others])]]
    kernel = _kernel(labels)
    [looked_up] = kernel.compare([[word]])
    kernel._word_number = {known: at for known, at in kernel._word_number.items() if known != word}
    [worked_out] = kernel.compare([[word]])
    assert looked_up.related.tolist() == worked_out.related.tolist()
    assert looked_up.products == pytest.approx(worked_out.products, rel=1e-5)
    assert looked_up.forms.tolist() == worked_out.forms.tolist()
    assert looked_up.same.sum() == 1
    assert not worked_out.same.any()


def test_a_form_of_two_words_is_as_alike_as_the_liker_one() -> None:
    kernel = _kernel([["welding"]])
    [of_both] = kernel.compare([["weld", "welding"]])
    assert of_both.forms.tolist() == [0]
    assert of_both.likeness.tolist() == pytest.approx([1])
    assert of_both.same.tolist() == [True]


def test_words_without_any_n_gram_in_common_have_nothing_in_common() -> None:
    [found] = _kernel([["welding", "team"]]).compare([["qqqq", "щит"]])
    assert not len(found.related)
    assert not len(found.forms)
