"""The independent check finds every kind of fault, and alternatives can really stand in."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from tests.engine.planning.exhaustive import ask, need, offer, requests, slugs

from synchromesh.engine.planning.checking import alternatives, check_path
from synchromesh.engine.planning.path import find_path
from synchromesh.engine.planning.problem import Close, Path, PathRequest, Step, Unreachable

REQUEST = ask(
    [need("x", 0, 2), need("y", 0, 2)],
    [
        offer("first", ("x", 0, 1), price=10, minutes=60),
        offer("second", ("x", 1, 2), price=None, minutes=60),
        offer("third", ("y", 0, 1), price=3),
        offer("useless", ("z", 0, 1)),
        offer("unwanted", ("x", 0, 2), price=500),
    ],
    required=["third"],
    excluded=["unwanted"],
)
GOOD = find_path(REQUEST)


def _with_steps(*steps: Step) -> Path:
    return dataclasses.replace(GOOD, steps=steps)


def _raise(slug: str, skill: str, start: int, end: int) -> Step:
    return Step(slug=slug, closes=(Close(skill=skill, from_level=start, to_level=end),))


FIRST, SECOND, THIRD = _raise("first", "x", 0, 1), _raise("second", "x", 1, 2), _raise("third", "y", 0, 1)

FAULTS: list[tuple[str, Path]] = [
    ("'ghost' is not among the offers", _with_steps(FIRST, SECOND, THIRD, Step(slug="ghost", closes=()))),
    ("'first' is taken twice", _with_steps(FIRST, FIRST, SECOND, THIRD)),
    ("'unwanted' is excluded", _with_steps(_raise("unwanted", "x", 0, 2), THIRD)),
    ("'third' is required and missing", _with_steps(FIRST, SECOND)),
    ("'useless' closes nothing", _with_steps(FIRST, SECOND, THIRD, Step(slug="useless", closes=()))),
    ("'first' closes more", _with_steps(Step(slug="first", closes=()), SECOND, THIRD)),
    ("'second' comes before", _with_steps(SECOND, FIRST, THIRD)),
    ("'third' does not raise y from 0 to 2", _with_steps(FIRST, SECOND, _raise("third", "y", 0, 2))),
    ("'third' does not raise w from 0 to 1", _with_steps(FIRST, SECOND, _raise("third", "w", 0, 1))),
    ("leaves x at 1, but 2", _with_steps(FIRST, THIRD)),
    ("unreachable levels are [('y', 2)]", dataclasses.replace(GOOD, unreachable=())),
    ("unreachable levels", dataclasses.replace(GOOD, unreachable=(Unreachable(skill="y", level=2),) * 2)),
    ("minutes are not the sum", dataclasses.replace(GOOD, minutes=121)),
    ("price is not the sum", dataclasses.replace(GOOD, price_cents=0)),
    ("'At least'", dataclasses.replace(GOOD, at_least=False)),
    ("objective is 53.0, not 52", dataclasses.replace(GOOD, objective=52.0, bound=52.0)),
    ("bound does not fit", dataclasses.replace(GOOD, bound=53.5)),
    ("bound does not fit", dataclasses.replace(GOOD, bound=50.0)),
]


def test_a_right_path_has_no_faults() -> None:
    assert GOOD.steps == (FIRST, SECOND, THIRD)
    assert check_path(REQUEST, GOOD) == []


@pytest.mark.parametrize(("message", "path"), FAULTS, ids=[message for message, _ in FAULTS])
def test_each_kind_of_fault_is_named(message: str, path: Path) -> None:
    assert any(message in found for found in check_path(REQUEST, path)), check_path(REQUEST, path)


def test_an_unproved_path_may_have_a_bound_below_its_objective() -> None:
    assert check_path(REQUEST, dataclasses.replace(GOOD, bound=1.0, proved=False)) == []


def test_alternatives_come_known_first_then_cheap_then_by_slug_and_at_most_five() -> None:
    prices = {"f": None, "e": 9, "d": 5, "c": 5, "b": 20, "g": 30, "a": 1}
    offers = [offer(slug, ("x", 0, 1), price=price) for slug, price in prices.items()]
    request_ = ask([need("x", 0, 1)], [*offers, offer("other", ("y", 0, 1))])
    path = find_path(request_)
    assert slugs(path) == ["a"]
    assert alternatives(request_, path, "a") == ("c", "d", "e", "b", "g")


def test_an_alternative_need_not_cross_what_another_step_crosses() -> None:
    offers = [offer("a", ("x", 0, 2)), offer("b", ("x", 1, 3), ("y", 0, 1)), offer("c", ("x", 0, 1), price=2)]
    request_ = ask([need("x", 0, 3), need("y", 0, 1)], offers)
    path = find_path(request_)
    assert slugs(path) == ["a", "b"]
    assert alternatives(request_, path, "a") == ("c",)


def test_an_excluded_course_is_no_alternative() -> None:
    offers = [offer("a", ("x", 0, 1)), offer("b", ("x", 0, 1))]
    request_ = ask([need("x", 0, 1)], offers, excluded=["b"])
    assert alternatives(request_, find_path(request_), "a") == ()


@pytest.mark.parametrize("ask_for", ["a", "b", "nobody-offers-this"])
def test_a_required_step_and_a_course_outside_the_path_have_no_alternatives(ask_for: str) -> None:
    request_ = ask([need("x", 0, 1)], [offer("a", ("x", 0, 1)), offer("b", ("x", 0, 1))], required=["a"])
    assert alternatives(request_, find_path(request_), ask_for) == ()


def test_a_step_that_the_others_make_needless_has_no_alternatives() -> None:
    path = _with_steps(*GOOD.steps, Step(slug="useless", closes=()))
    assert alternatives(REQUEST, path, "useless") == ()


@settings(max_examples=200, deadline=None)
@given(requests())
def test_every_alternative_closes_the_gap_together_with_the_other_steps(request_: PathRequest) -> None:
    path = find_path(request_)
    for slug in slugs(path):
        for stand_in in alternatives(request_, path, slug):
            kept = frozenset(slugs(path)) - {slug} | {stand_in}
            swapped = dataclasses.replace(request_, required=kept)
            again = find_path(swapped)
            assert frozenset(slugs(again)) == kept
            assert check_path(swapped, again) == []


@settings(max_examples=200, deadline=None)
@given(requests())
def test_a_path_with_a_step_left_out_never_passes(request_: PathRequest) -> None:
    path = find_path(request_)
    for left_out in path.steps:
        fewer = tuple(step for step in path.steps if step is not left_out)
        assert check_path(request_, dataclasses.replace(path, steps=fewer)) != []
