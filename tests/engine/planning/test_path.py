"""The planner gives the best path by the written order of criteria, names what cannot be reached, and proves it."""

from __future__ import annotations

import dataclasses
import random

import pytest
from benchmarks.planning.catalogues import make_gap, make_offers
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.planning.exhaustive import ask, best_key, key, need, offer, requests, slugs

from synchromesh.engine.planning import bounded_search, path
from synchromesh.engine.planning.checking import check_path
from synchromesh.engine.planning.path import find_path
from synchromesh.engine.planning.problem import Close, Need, Offer, PathRequest, Step, Unreachable


@settings(max_examples=400, deadline=None)
@given(requests())
def test_the_path_is_the_best_of_all_subsets_by_all_four_criteria(request_: PathRequest) -> None:
    found = find_path(request_)
    assert key(request_, slugs(found)) == best_key(request_)
    assert found.proved
    assert found.bound == found.objective
    assert check_path(request_, found) == []


@settings(max_examples=150, deadline=None)
@given(requests())
def test_the_path_is_the_best_also_when_highs_has_to_find_it(request_: PathRequest) -> None:
    with pytest.MonkeyPatch.context() as patch:
        _leave_everything_to_highs(patch)
        found = find_path(request_)
    assert key(request_, slugs(found)) == best_key(request_)
    assert found.proved
    assert found.bound == found.objective


def _leave_everything_to_highs(patch: pytest.MonkeyPatch) -> None:
    search = bounded_search.search
    patch.setattr(bounded_search, "search", lambda part: search(part, node_limit=0))
    patch.setattr(path, "reduce_covering", lambda covering: covering)


def test_a_thousand_gaps_on_a_catalogue_of_240_pass_the_independent_check() -> None:
    offers = make_offers(240, skills=60, seed=240)
    generator = random.Random(1000)
    steps = unreachable = 0
    for number in range(1000):
        request_ = PathRequest(
            needs=make_gap(generator, skills=60, size=generator.randint(5, 30)),
            offers=offers,
            required=frozenset({f"course-{number % 240:06}"} if number % 5 == 0 else ()),
            excluded=frozenset({f"course-{number * 7 % 240:06}"} if number % 3 == 0 else ()),
        )
        found = find_path(request_)
        assert check_path(request_, found) == []
        assert found.proved
        steps += len(found.steps)
        unreachable += len(found.unreachable)
    assert steps > 5000
    assert unreachable > 500


def test_an_empty_gap_needs_no_course() -> None:
    found = find_path(ask([need("x", 2, 2), need("y", 3, 1)], [offer("a", ("x", 0, 3))]))
    assert found.steps == ()
    assert found.unreachable == ()
    assert (found.objective, found.bound, found.proved, found.at_least) == (0.0, 0.0, True, False)


def test_a_course_that_states_no_entry_level_counts_one_below() -> None:
    found = find_path(ask([need("x", 0, 2)], [offer("jump", ("x", None, 2))]))
    assert found.steps == ()
    assert found.unreachable == (Unreachable(skill="x", level=1), Unreachable(skill="x", level=2))


def test_a_level_that_no_course_crosses_makes_all_levels_above_it_unreachable() -> None:
    offers = [offer("one", ("x", 0, 1)), offer("three", ("x", 2, 3), price=1), offer("other", ("y", 0, 3))]
    found = find_path(ask([need("x", 0, 3), need("y", 1, 3)], offers))
    assert found.unreachable == (Unreachable(skill="x", level=2), Unreachable(skill="x", level=3))
    assert slugs(found) == ["one", "other"]
    assert found.proved


def test_a_skill_that_nobody_teaches_is_named_with_each_of_its_levels() -> None:
    found = find_path(ask([need("x", 1, 3)], []))
    assert found.unreachable == (Unreachable(skill="x", level=2), Unreachable(skill="x", level=3))


def test_money_and_time_are_weighed_at_the_value_of_an_hour() -> None:
    offers = (
        Offer(slug="dear", price_cents=10_000, minutes=60, teaches=offer("", ("x", 0, 1)).teaches),
        Offer(slug="long", price_cents=0, minutes=420, teaches=offer("", ("x", 0, 1)).teaches),
    )
    needs = (Need(skill="x", have=0, need=1),)
    at_20 = find_path(PathRequest(needs=needs, offers=offers))
    at_10 = find_path(PathRequest(needs=needs, offers=offers, hour_value_cents=1000))
    assert (slugs(at_20), at_20.objective) == (["dear"], 120.0)
    assert (slugs(at_10), at_10.objective) == (["long"], 70.0)


def test_a_known_dear_course_goes_before_one_of_unknown_price() -> None:
    offers = [offer("known", ("x", 0, 1), price=9000), offer("unknown", ("x", 0, 1), price=None)]
    found = find_path(ask([need("x", 0, 1)], offers))
    assert slugs(found) == ["known"]
    assert not found.at_least


@pytest.mark.parametrize(("price", "minutes"), [(None, 60), (5, None), (None, None)])
def test_a_path_that_needs_an_unknown_course_counts_its_known_part_and_says_at_least(
    price: int | None, minutes: int | None
) -> None:
    found = find_path(ask([need("x", 0, 1)], [offer("only", ("x", 0, 1), price=price, minutes=minutes)]))
    assert found.at_least
    assert found.price_cents == (price or 0) * 100
    assert found.minutes == (minutes or 0)
    assert found.objective == (price or 0) + (minutes or 0) / 60 * 20


def test_one_unknown_course_goes_before_two_even_if_it_costs_more() -> None:
    offers = [
        offer("a", ("x", 0, 1), price=None),
        offer("b", ("y", 0, 1), price=None),
        offer("both", ("x", 0, 1), ("y", 0, 1), price=None, minutes=6000),
    ]
    assert slugs(find_path(ask([need("x", 0, 1), need("y", 0, 1)], offers))) == ["both"]


def test_of_equal_cost_the_path_with_fewer_courses_wins() -> None:
    offers = [offer("a", ("x", 0, 1), price=1), offer("b", ("x", 1, 2), price=1), offer("c", ("x", 0, 2), price=2)]
    assert slugs(find_path(ask([need("x", 0, 2)], offers))) == ["c"]


def test_of_equal_paths_the_one_with_the_smallest_slugs_wins() -> None:
    offers = [offer(slug, ("x", 0, 1), price=1) for slug in ("delta", "alpha", "beta")]
    assert slugs(find_path(ask([need("x", 0, 1)], offers))) == ["alpha"]


def test_a_narrow_course_with_an_earlier_slug_is_not_lost_to_a_wider_one_of_equal_cost() -> None:
    offers = [offer("a", ("x", 0, 1)), offer("b", ("x", 0, 1), ("y", 0, 1)), offer("c", ("y", 0, 1), ("z", 0, 1))]
    found = find_path(ask([need("x", 0, 1), need("y", 0, 1), need("z", 0, 1)], offers))
    assert slugs(found) == ["a", "c"]


def test_an_excluded_course_is_not_used_even_if_required() -> None:
    offers = [offer("cheap", ("x", 0, 1)), offer("dear", ("x", 0, 1), price=7)]
    request_ = ask([need("x", 0, 1)], offers, excluded=["cheap"], required=["cheap"])
    assert slugs(find_path(request_)) == ["dear"]


def test_a_level_that_only_an_excluded_course_crosses_is_unreachable() -> None:
    found = find_path(ask([need("x", 0, 1)], [offer("only", ("x", 0, 1))], excluded=["only"]))
    assert found.unreachable == (Unreachable(skill="x", level=1),)


def test_a_required_course_is_taken_counted_and_used() -> None:
    offers = [offer("cheap", ("x", 0, 1)), offer("wish", ("x", 0, 1), price=7)]
    found = find_path(ask([need("x", 0, 1)], offers, required=["wish"]))
    assert found.steps == (Step(slug="wish", closes=(Close(skill="x", from_level=0, to_level=1),)),)
    assert found.objective == 7.0


def test_a_required_course_that_closes_nothing_comes_last_with_nothing_to_close() -> None:
    offers = [offer("a-hobby", ("painting", 0, 1), price=None), offer("b", ("x", 0, 1))]
    found = find_path(ask([need("x", 0, 1)], offers, required=["a-hobby", "gone"]))
    assert slugs(found) == ["b", "a-hobby"]
    assert found.steps[-1].closes == ()
    assert found.at_least


@settings(max_examples=100, deadline=None)
@given(requests(), st.randoms(use_true_random=False))
def test_the_order_of_offers_and_needs_does_not_change_the_path(request_: PathRequest, shuffler: random.Random) -> None:
    offers, needs = list(request_.offers), list(request_.needs)
    shuffler.shuffle(offers)
    shuffler.shuffle(needs)
    shuffled = dataclasses.replace(request_, offers=tuple(offers), needs=tuple(needs))
    assert find_path(shuffled) == find_path(request_)


def test_the_order_of_a_large_catalogue_does_not_change_the_path() -> None:
    offers = list(make_offers(2000, skills=60, seed=3))
    generator = random.Random(3)
    needs = make_gap(generator, skills=60, size=25)
    paths = []
    for _ in range(3):
        generator.shuffle(offers)
        paths.append(find_path(PathRequest(needs=needs, offers=tuple(offers))))
    assert paths[0] == paths[1] == paths[2]
    assert paths[0].proved


def test_without_time_the_path_is_still_complete_and_its_bound_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    offers = make_offers(2000, skills=40, seed=5)
    generator = random.Random(5)
    cases = [PathRequest(needs=make_gap(generator, skills=40, size=30), offers=offers) for _ in range(5)]
    best = [find_path(case) for case in cases]
    search = bounded_search.search
    monkeypatch.setattr(bounded_search, "search", lambda part: search(part, node_limit=0))
    hurried = [find_path(case, time_limit_seconds=0.0) for case in cases]
    for case, rushed, good in zip(cases, hurried, best, strict=True):
        assert check_path(case, rushed) == []
        assert not rushed.proved
        assert 0 < rushed.bound <= good.objective
        assert key(case, slugs(rushed)) >= key(case, slugs(good))
