"""Requests that make no sense are refused with a reason."""

from __future__ import annotations

import pytest
from tests.engine.planning.exhaustive import ask, need, offer

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.planning.problem import PathRequest, Teaching, assumed_entry


def test_the_entry_level_is_the_stated_one_or_one_below_the_taught_one() -> None:
    assert assumed_entry(Teaching(skill="x", entry=0, level=3)) == 0
    assert assumed_entry(Teaching(skill="x", entry=None, level=3)) == 2


def test_a_negative_price_is_refused() -> None:
    with pytest.raises(InvalidInput, match="price of 'a'"):
        offer("a", price=-1)


def test_a_negative_workload_is_refused() -> None:
    with pytest.raises(InvalidInput, match="workload of 'a'"):
        offer("a", minutes=-1)


def test_a_negative_value_of_an_hour_is_refused() -> None:
    with pytest.raises(InvalidInput, match="value of an hour"):
        PathRequest(needs=(), offers=(), hour_value_cents=-1)


def test_a_skill_listed_twice_is_refused() -> None:
    with pytest.raises(InvalidInput, match="skill is listed twice"):
        ask([need("x", 0, 1), need("x", 1, 2)], [])


def test_a_course_listed_twice_is_refused() -> None:
    with pytest.raises(InvalidInput, match="course is listed twice"):
        ask([], [offer("a"), offer("a")])
