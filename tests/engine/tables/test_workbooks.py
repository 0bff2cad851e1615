"""Workbooks of several tables: each sheet comes back as it was, and damage in any of them is named."""

# mypy: disable-error-code="no-untyped-call, attr-defined, index"
# (openpyxl, with which people's own workbooks are made here, has no types)

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.limits import Limits
from synchromesh.engine.tables.workbooks import read_workbook, sheet_titles, write_workbook

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30).map(str.strip)


def saved(workbook: Workbook) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def two_sheets() -> Workbook:
    workbook = Workbook()
    workbook.active.title = "Skills"
    workbook.active.append(["id"])
    workbook.active.append(["a"])
    other = workbook.create_sheet("Roles")
    other.append([])
    other.append(["name"])
    other.append(["b"])
    return workbook


@given(st.lists(text.filter(bool), max_size=4), st.lists(st.floats(0, 1), max_size=4))
def test_texts_and_numbers_come_back_as_they_were(texts: list[str], numbers: list[float]) -> None:
    data = write_workbook(
        {"texts": (["text"], [[one] for one in texts]), "numbers": (["n"], [[one] for one in numbers])}
    )
    tables = read_workbook(data, name="a.xlsx")
    assert [row.cells["text"] for row in tables["texts"].rows] == texts
    assert [float(row.cells["n"]) for row in tables["numbers"].rows] == numbers


@pytest.mark.parametrize(
    "hard", ["a_x000D_b", "_x0041_", "_x005F_x", "a\rb", "\x01", "\ufffe", "_xFFFF_", "'=1", "=1+1"]
)
def test_escapes_of_workbooks_and_texts_that_look_like_them_are_told_apart(hard: str) -> None:
    tables = read_workbook(write_workbook({"a": (["x"], [[hard]])}), name="a.xlsx")
    assert tables["a"].rows[0].cells["x"] == hard


def test_every_visible_sheet_with_content_is_a_table_with_its_own_row_numbers() -> None:
    workbook = two_sheets()
    workbook.create_sheet("Empty")
    hidden = workbook.create_sheet("Hidden")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    tables = read_workbook(saved(workbook), name="a.xlsx")
    assert list(tables) == ["Skills", "Roles"]
    assert [(row.position, dict(row.cells)) for row in tables["Roles"].rows] == [(3, {"name": "b"})]
    assert sheet_titles(saved(workbook), name="a.xlsx") == ("Skills", "Roles", "Empty", "Hidden")


def test_a_file_that_is_no_workbook_has_no_sheets() -> None:
    assert sheet_titles(b"id\na\n", name="a.csv") == ()


def test_a_damaged_workbook_is_refused_with_its_name() -> None:
    with pytest.raises(InvalidInput, match=r"a\.xlsx is damaged"):
        sheet_titles(saved(two_sheets())[:-60], name="a.xlsx")


def test_a_sheet_without_usable_headings_is_named() -> None:
    workbook = two_sheets()
    workbook["Roles"]["B2"] = "name"
    with pytest.raises(InvalidInput, match=r"a\.xlsx sheet Roles has the heading 'name' twice"):
        read_workbook(saved(workbook), name="a.xlsx")


@pytest.mark.parametrize("limits", [Limits(rows=1), Limits(cells=1), Limits(bytes=10)])
def test_the_limits_hold_for_all_sheets_together(limits: Limits) -> None:
    with pytest.raises(InvalidInput, match=r"a\.xlsx"):
        read_workbook(saved(two_sheets()), name="a.xlsx", limits=limits)
