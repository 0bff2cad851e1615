"""Answers of the index are kept until the index changes, each for exactly what was asked."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import pytest

from synchromesh.search import kept_answers
from synchromesh.search.contract import Answer
from synchromesh.search.kept_answers import MOST, kept_answer


@pytest.fixture
def stamp(monkeypatch: pytest.MonkeyPatch) -> list[Hashable]:
    """A list whose last entry is the state of the index."""
    states: list[Hashable] = ["first"]
    monkeypatch.setattr(kept_answers, "index_stamp", lambda: states[-1])
    kept_answers._answers.clear()
    return states


def _answer(total: int) -> Callable[[], Answer]:
    return lambda: Answer(total=total, exact=True, hits=(), filters={})


@pytest.mark.usefixtures("stamp")
def test_the_same_question_is_asked_once_and_another_for_itself() -> None:
    assert kept_answer(("a", 1), _answer(1)).total == 1
    assert kept_answer(("a", 1), _answer(2)).total == 1
    assert kept_answer(("a", 2), _answer(3)).total == 3


def test_a_changed_index_is_asked_anew(stamp: list[Hashable]) -> None:
    kept_answer("a", _answer(1))
    stamp.append("second")
    assert kept_answer("a", _answer(2)).total == 2


def test_an_answer_that_came_while_the_index_changed_is_not_kept(stamp: list[Hashable]) -> None:
    def ask() -> Answer:
        stamp.append("second")
        return _answer(1)()

    assert kept_answer("a", ask).total == 1
    assert kept_answer("a", _answer(2)).total == 2


def test_without_a_known_state_every_question_is_asked(stamp: list[Hashable]) -> None:
    stamp.append(None)
    assert kept_answer("a", _answer(1)).total == 1
    assert kept_answer("a", _answer(2)).total == 2


@pytest.mark.usefixtures("stamp")
def test_the_answers_that_were_not_asked_for_the_longest_give_way() -> None:
    for number in range(MOST):
        kept_answer(number, _answer(number))
    kept_answer(0, _answer(-1))
    kept_answer("one more", _answer(0))
    assert kept_answer(0, _answer(-1)).total == 0
    assert kept_answer(1, _answer(-1)).total == -1
