"""Steps stand in an order in which each course closes what it says."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from tests.engine.planning.exhaustive import ask, levels_after, need, offer, requests, slugs

from synchromesh.engine.planning.checking import check_path
from synchromesh.engine.planning.path import find_path
from synchromesh.engine.planning.problem import Close, Offer, PathRequest, Step


def test_a_course_comes_after_the_one_it_builds_on() -> None:
    found = find_path(ask([need("x", 0, 3)], [offer("a", ("x", 1, 3)), offer("b", ("x", 0, 1))]))
    assert found.steps == (
        Step(slug="b", closes=(Close(skill="x", from_level=0, to_level=1),)),
        Step(slug="a", closes=(Close(skill="x", from_level=1, to_level=3),)),
    )


def test_independent_courses_stand_in_the_order_of_their_slugs() -> None:
    found = find_path(ask([need("x", 0, 1), need("y", 0, 1)], [offer("b", ("x", 0, 1)), offer("a", ("y", 0, 1))]))
    assert slugs(found) == ["a", "b"]


def test_a_course_closes_no_more_than_is_needed_and_no_more_than_is_left() -> None:
    offers = [offer("a", ("x", 0, 2), ("y", 0, 3)), offer("b", ("x", 1, 3))]
    found = find_path(ask([need("x", 1, 3), need("y", 1, 2)], offers))
    assert [(close.skill, close.from_level, close.to_level) for step in found.steps for close in step.closes] == [
        ("x", 1, 2),
        ("y", 1, 2),
        ("x", 2, 3),
    ]


def test_two_parts_of_one_course_in_one_skill_build_on_each_other() -> None:
    found = find_path(ask([need("x", 0, 2)], [offer("a", ("x", 1, 2), ("x", 0, 1))]))
    assert found.steps == (Step(slug="a", closes=(Close(skill="x", from_level=0, to_level=2),)),)


def test_a_course_waits_although_its_other_skill_could_start() -> None:
    offers = [offer("a", ("x", 1, 2), ("y", 0, 1)), offer("b", ("x", 0, 1))]
    assert slugs(find_path(ask([need("x", 0, 2), need("y", 0, 1)], offers))) == ["b", "a"]


def test_a_part_that_another_course_also_closes_does_not_hold_its_course_up() -> None:
    offers = [offer("a", ("x", 0, 2), ("y", 1, 2)), offer("c", ("x", 1, 2), ("y", 0, 1))]
    request_ = ask([need("x", 0, 2), need("y", 0, 2)], offers)
    found = find_path(request_)
    assert slugs(found) == ["c", "a"]
    assert check_path(request_, found) == []


def test_courses_that_need_each_other_are_followed_side_by_side() -> None:
    offers = [offer("a", ("x", 0, 1), ("y", 1, 2)), offer("b", ("x", 1, 2), ("y", 0, 1))]
    request_ = ask([need("x", 0, 2), need("y", 0, 2)], offers)
    found = find_path(request_)
    assert found.steps == (
        Step(slug="a", closes=(Close(skill="x", from_level=0, to_level=1), Close(skill="y", from_level=1, to_level=2))),
        Step(slug="b", closes=(Close(skill="x", from_level=1, to_level=2), Close(skill="y", from_level=0, to_level=1))),
    )
    assert check_path(request_, found) == []


def _one_after_the_other(request_: PathRequest, order: tuple[Offer, ...]) -> dict[str, int]:
    """Take each course once, in order; what is not ready at its turn is lost."""
    levels = {one.skill: one.have for one in request_.needs}
    for course in order:
        here = PathRequest(needs=tuple(need(s, level, 9) for s, level in levels.items()), offers=())
        levels = levels_after(here, [course])
    return {one.skill: min(levels[one.skill], max(one.need, one.have)) for one in request_.needs}


@settings(max_examples=200, deadline=None)
@given(requests(most_offers=6))
def test_if_any_order_serves_every_course_at_its_turn_the_path_has_such_an_order(request_: PathRequest) -> None:
    found = find_path(request_)
    offers = {one.slug: one for one in request_.offers}
    chosen = tuple(offers[slug] for slug in slugs(found))
    goal = levels_after(request_, chosen)
    possible = any(_one_after_the_other(request_, order) == goal for order in itertools.permutations(chosen))
    assert (_one_after_the_other(request_, chosen) == goal) == possible
