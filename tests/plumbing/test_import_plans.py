"""A preview counts everything and shows what a person can look at."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.errors import Problem
from synchromesh.plumbing import import_plans
from synchromesh.plumbing.import_plans import FieldChange, PlanCollector, PlannedRow, count_left_out, make_plan


def _row(effect: str, *changes: FieldChange) -> PlannedRow:
    return PlannedRow(position="row 2", label="Weld", effect=effect, changes=changes)


def _change(before: str, after: str, *, kept: bool = False) -> FieldChange:
    return FieldChange(field="titles", before=before, after=after, kept=kept)


def test_a_large_file_is_counted_whole_and_shown_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_plans, "MOST_ROWS", 2)
    monkeypatch.setattr(import_plans, "MOST_PROBLEMS", 3)
    problems = [Problem(position=f"row {number}", field="", message="No.") for number in range(5)]
    plan = make_plan(format_name="f", rows=[_row(e) for e in ("new", "same") * 4], problems=problems, left_out=5)
    assert plan.counts == {"new": 4, "changed": 0, "same": 4, "error": 5}
    assert [row.effect for row in plan.rows] == ["new", "same", "new", "same"]
    assert (plan.more_rows, len(plan.problems), plan.more_problems) == (2, 3, 2)


def test_a_row_of_which_people_keep_everything_counts_as_the_same() -> None:
    kept = _change("a", "b", kept=True)
    plan = make_plan(format_name="f", rows=[_row("kept", kept), _row("changed", kept, _change("1", "2"))])
    assert plan.counts == {"new": 0, "changed": 1, "same": 1, "error": 0, "kept": 2}


@pytest.mark.parametrize(
    ("effect", "expected"), [("new", True), ("changed", True), ("missing", True), ("same", False), ("kept", False)]
)
def test_a_commit_is_worth_it_where_something_would_be_written(effect: str, expected: bool) -> None:
    assert make_plan(format_name="f", rows=[_row(effect)]).changes_something is expected
    collector = PlanCollector()
    collector.add(_row(effect), is_noted=True)
    assert collector.finish(format_name="f", left_out=0).changes_something


def test_long_values_are_shown_from_shortly_before_their_first_difference() -> None:
    long = "word " * 200
    (row,) = make_plan(format_name="f", rows=[_row("changed", _change(long + "old", long + "new"))]).rows
    (change,) = row.changes
    assert change.before.startswith("…")
    assert change.before.endswith("old")
    assert change.after.endswith("new")
    assert max(len(change.before), len(change.after)) <= import_plans.LONGEST_WORDS + 2


@given(before=st.text(max_size=500), after=st.text(max_size=500))
def test_whatever_is_in_a_file_its_preview_can_be_stored(before: str, after: str) -> None:
    problem = Problem(position=before, field=before, message=after)
    plan = make_plan(format_name="f", rows=[_row("changed", _change(before, after))], problems=[problem])
    texts = [plan.rows[0].changes[0].before, plan.rows[0].changes[0].after, plan.problems[0].message]
    stored = json.dumps(texts, ensure_ascii=False).encode()
    assert b"\\u0000" not in stored or "\\u0000" in before + after


def test_rows_left_out_are_those_with_a_problem_that_do_not_load() -> None:
    places = ("row 2", "row 2", "row 3", "file", "column C", "skills.csv", "skills.csv row 4")
    problems = [Problem(position=place, field="", message="") for place in places]
    assert count_left_out(problems, loaded=["row 3"]) == 2
