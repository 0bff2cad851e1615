"""The geometry of the pictures: sums hold, nothing lies outside the view box, and any content can be given."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.passport_models.passport_samples import used

from synchromesh.engine.passport_models.passport import FieldValue, Reading
from synchromesh.engine.passport_models.pictures import ageing, flow, footprint
from synchromesh.engine.passport_models.pictures.ageing import draw_ageing
from synchromesh.engine.passport_models.pictures.flow import draw_flow
from synchromesh.engine.passport_models.pictures.footprint import draw_stages
from synchromesh.engine.passport_models.pictures.numbers import ticks

ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("a1.<\ud800\n-", max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=4),
    max_leaves=8,
)
NAMES = st.text(alphabet="abcdefghijklmnopqrst", min_size=1, max_size=2)
MASSES = st.floats(min_value=0.001, max_value=5000)
ROWS = st.lists(st.fixed_dictionaries({"name": NAMES, "component": NAMES, "mass": MASSES}), min_size=1, max_size=40)
STAGES = st.lists(
    st.fixed_dictionaries({"stage": NAMES, "footprint": st.floats(min_value=-1e9, max_value=1e9)}),
    min_size=1,
    max_size=20,
)
NUMBERS = st.lists(st.floats(min_value=-1e9, max_value=1e9), min_size=2, max_size=30)


def stated(values: list[float]) -> FieldValue:
    days = [date(2024, 1, 1) + timedelta(30 * place) for place in range(len(values))]
    history = tuple(Reading(value=value, at=day.isoformat()) for value, day in zip(values, days, strict=True))
    return FieldValue(value=values[-1], at=(days[-1] + timedelta(9)).isoformat(), history=history)


@given(ROWS)
def test_what_flows_out_of_the_materials_flows_into_the_parts(rows: list[dict[str, Any]]) -> None:
    drawn = draw_flow(FieldValue(value=rows))
    assert drawn is not None
    assert sum(node.mass for node in drawn.materials) == pytest.approx(sum(row["mass"] for row in rows))
    for side, nodes in (("material", drawn.materials), ("part", drawn.parts)):
        assert len(nodes) <= flow.MOST_NODES
        assert sum(node.mass for node in nodes) == pytest.approx(drawn.total)
        for node in nodes:
            ribbons = [ribbon for ribbon in drawn.ribbons if getattr(ribbon, side) == node.name]
            assert sum(ribbon.mass for ribbon in ribbons) == pytest.approx(node.mass)
            assert sum(ribbon.height for ribbon in ribbons) == pytest.approx(node.height)


@given(ROWS)
def test_bars_of_a_flow_do_not_overlap_and_lie_in_the_view_box(rows: list[dict[str, Any]]) -> None:
    drawn = draw_flow(FieldValue(value=rows))
    assert drawn is not None
    for nodes in (drawn.materials, drawn.parts):
        for above, below in itertools.pairwise(nodes):
            assert above.y + above.height < below.y
            assert min(above.room, below.room) >= flow.SLOT, "the words would overlap"
        assert nodes[0].y >= 0
        rooms = itertools.accumulate((node.room for node in nodes), initial=0.0)
        for top, node in zip(rooms, nodes, strict=False):
            assert node.y + node.height / 2 == pytest.approx(top + (node.room - flow.GAP) / 2)
        assert nodes[-1].y + nodes[-1].height <= drawn.height
    for ribbon in drawn.ribbons:
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", ribbon.path)]
        assert all(0 <= x <= flow.WIDTH for x in numbers[::2])
        assert all(0 <= y <= drawn.height + 0.01 for y in numbers[1::2])


@given(STAGES)
def test_bars_of_a_footprint_are_as_long_as_their_numbers_and_lie_in_the_view_box(rows: list[dict[str, Any]]) -> None:
    drawn = draw_stages(FieldValue(value=rows))
    assert drawn is not None
    assert drawn.total == pytest.approx(sum(row["footprint"] for row in rows[: footprint.MOST_BARS]))
    largest = max(drawn.bars, key=lambda bar: abs(bar.value))
    for bar in drawn.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= footprint.WIDTH + 1e-9
        assert bar.width * abs(largest.value) == pytest.approx(
            largest.width * abs(bar.value), abs=1e-6 * footprint.WIDTH * abs(largest.value)
        )
    assert sum(bar.share for bar in drawn.bars) == pytest.approx(1 if largest.value else 0)


@given(NUMBERS, st.none() | st.floats(min_value=-1e9, max_value=1e9))
def test_a_line_goes_from_left_to_right_within_its_axes(values: list[float], threshold: float | None) -> None:
    drawn = draw_ageing(stated(values), threshold=threshold)
    assert drawn is not None
    assert [point.value for point in drawn.points] == [*values, values[-1]]
    assert [point.x for point in drawn.points] == sorted(point.x for point in drawn.points)
    marks = [*drawn.ticks, *([drawn.threshold] if drawn.threshold else [])]
    for y in [*(point.y for point in drawn.points), *(mark.y for mark in marks)]:
        assert ageing.TOP <= y <= ageing.BOTTOM
        assert all(0 <= point.x <= ageing.WIDTH for point in drawn.points)


@given(st.floats(min_value=-1e12, max_value=1e12), st.floats(min_value=0, max_value=1e12))
def test_ticks_enclose_what_they_are_for(least: float, span: float) -> None:
    most = min(least + span, 1e12)
    marks = ticks(least, most)
    assert 2 <= len(marks) <= 8
    assert list(marks) == sorted(set(marks))
    slack = 1e-8 * max(abs(least), abs(most)) + 1e-12
    assert marks[0] <= least + slack
    assert marks[-1] >= most - slack


@given(ANYTHING)
def test_any_content_is_drawn_or_left_alone(value: Any) -> None:
    anything = FieldValue(value=value, at="2026-01-01", history=(Reading(value=value, at="x"),))
    for draw in (draw_flow, draw_stages, draw_ageing):
        draw(anything)
    for row in ({"name": value, "component": value, "mass": value, "stage": value, "footprint": value}, value):
        draw_flow(FieldValue(value=[row]))
        draw_stages(FieldValue(value=[row]))


def test_a_higher_value_stands_higher_and_the_threshold_has_its_place() -> None:
    drawn = draw_ageing(stated([100, 90, 70]), threshold=80)
    assert drawn is not None
    assert drawn.threshold is not None
    first, second, third, _ = (point.y for point in drawn.points)
    assert first < second < drawn.threshold.y < third


def test_one_reading_is_no_line_and_readings_are_sorted_by_day() -> None:
    assert draw_ageing(FieldValue(value=80.0, at="2026-01-01")) is None
    late_first = FieldValue(value=80.0, at="2024-01-01", history=(Reading(value=70.0, at="2026-01-01"),))
    drawn = draw_ageing(late_first)
    assert drawn is not None
    assert [point.value for point in drawn.points] == [80.0, 70.0]


def test_the_smallest_materials_are_gathered() -> None:
    rows = [{"name": f"m{number}", "component": "cathode", "mass": number + 1} for number in range(30)]
    drawn = draw_flow(FieldValue(value=rows))
    assert drawn is not None
    assert drawn.materials[-1].name == flow.OTHERS
    assert drawn.materials[-1].mass == sum(range(1, 20))
    assert drawn.materials[0].name == "m29"


def test_a_generated_passport_has_all_three_pictures() -> None:
    passport = used()
    assert draw_ageing(passport.values["remaining_capacity"])
    assert draw_flow(passport.values["materials"])
    assert draw_stages(passport.values["footprint_stages"])
