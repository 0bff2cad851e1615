"""Places in a picture as shapes, and parts of a file."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synchromesh.engine.scoring.public import PublicRegion
from synchromesh.web.courses.learning.ranges import read_range
from synchromesh.web.courses.learning.regions import digit_paths, region_fields


def _region(shape: str, *places: int) -> PublicRegion:
    return PublicRegion(key="k", shape=shape, places=tuple(map(Decimal, places)), labels={"en": "Here"})


def test_each_shape_has_its_attributes_and_a_number_in_its_middle() -> None:
    regions = [_region("circle", 20, 30, 5), _region("rectangle", 10, 20, 30, 60), _region("polygon", 0, 0, 9, 0, 0, 9)]
    circle, rectangle, polygon = region_fields(regions, chosen=["k"])
    assert (circle["x"], circle["radius"], circle["middle_y"]) == ("20", "5", "30")
    assert (rectangle["width"], rectangle["height"], rectangle["middle_x"]) == ("20", "40", "20")
    assert (polygon["points"], polygon["middle_x"]) == ("0,0 9,0 0,9", "3")
    assert [one["number"] for one in (circle, rectangle, polygon)] == [1, 2, 3]
    assert circle["is_chosen"] is True


def test_a_number_of_two_digits_stands_around_its_middle() -> None:
    assert [digit["x"] for digit in digit_paths(12)] == ["-4.5", "4.5"]
    assert len({digit_paths(number)[0]["d"] for number in range(10)}) == 10


@pytest.mark.parametrize("asked", ["", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "items=0-1", "bytes=-0"])
def test_a_range_that_says_nothing_is_none(asked: str) -> None:
    assert read_range(asked, 10) is None


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 200))
def test_a_part_lies_within_the_file(first: int, last: int, size: int) -> None:
    part = read_range(f"bytes={first}-{last}", size)
    if part is None:
        assert first > min(last, size - 1)
    else:
        assert part == (first, min(last, size - 1))
