"""What is written reads back unchanged, and no text ever becomes a formula."""

# mypy: disable-error-code="no-untyped-call, attr-defined"
# (openpyxl, with which people's own workbooks are made here, has no types)

from __future__ import annotations

import csv
import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.reading import column_name, read_table
from synchromesh.engine.tables.writing import Value, write_csv, write_xlsx

COLUMNS = ("id", "text", "more")
# Any character a file may hold: no surrogates, no NUL. The start characters make formulas likely.
any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
tricky = st.builds(str.__add__, st.text("='+-@\t;,|\"\n\r 0123456789", max_size=6), any_text)
cell = tricky.map(str.strip)
# XLSX cannot hold control characters; Excel writes them as escapes that no library reads alike.
printable = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="_\ufffe\uffff"), max_size=30)
row = st.tuples(st.just("1"), cell, cell)


@given(st.lists(row, max_size=8))
def test_csv_gives_back_every_text(rows: list[tuple[str, str, str]]) -> None:
    table = read_table(write_csv(COLUMNS, rows), name="x")
    assert [tuple(found.cells.values()) for found in table.rows] == rows
    assert table.problems == ()


@given(st.lists(cell.map(column_name).filter(bool), min_size=1, max_size=4, unique=True), cell, cell)
def test_csv_gives_back_any_headings(columns: list[str], first: str, second: str) -> None:
    rows = [tuple(f"{text}{place}" for place in range(len(columns))) for text in (first, second)]
    table = read_table(write_csv(columns, rows), name="x")
    assert table.columns == tuple(columns)
    assert [tuple(found.cells.values()) for found in table.rows] == rows


@given(st.lists(st.tuples(st.just("1"), printable.map(str.strip), printable.map(str.strip)), max_size=5))
def test_xlsx_gives_back_every_printable_text(rows: list[tuple[str, str, str]]) -> None:
    table = read_table(write_xlsx(COLUMNS, rows, title="Table"), name="x")
    assert [tuple(found.cells.values()) for found in table.rows] == rows


@given(tricky)
def test_no_cell_of_csv_can_start_a_formula(text: str) -> None:
    written = next(
        iter(csv.reader(io.StringIO(write_csv(["a"], [[f"{text}"]]).decode().split("\r\n", 1)[1], newline="")))
    )
    if written:
        start = written[0].lstrip()[:1]
        assert start not in ("=", "@")
        assert not written[0].startswith(("\t", "\r"))
        assert start not in ("+", "-") or written[0].lstrip("+-").replace(",", ".").replace(".", "").isalnum()


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 170", "-1+2", "@SUM(A1)", "\tx", " =1", "＝1", "'=1", "-cmd|' /C calc'!A0"]
)
def test_text_like_a_formula_gets_an_apostrophe(text: str) -> None:
    body = write_csv(["a"], [[text]]).decode().split("\r\n", 1)[1]
    assert body.startswith(("'" + text, "\"'" + text))


@pytest.mark.parametrize("text", ["-5", "+3", "-2,50", "1e-3", "-.5", "'tis", "a=b"])
def test_numbers_and_plain_text_stay_as_they_are(text: str) -> None:
    assert write_csv(["a"], [[text]]).decode().split("\r\n")[1].strip('"') == text


def test_a_guarded_csv_saved_as_xlsx_by_a_person_reads_back_without_the_apostrophe() -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["text"])
    workbook.active.append(["'-20 °C storage"])
    target = io.BytesIO()
    workbook.save(target)
    assert read_table(target.getvalue(), name="x").rows[0].cells["text"] == "-20 °C storage"


def test_xlsx_holds_text_as_text_and_numbers_as_numbers() -> None:
    rows: list[list[Value]] = [["=1+1", 5, Decimal("2.50"), datetime.date(2026, 3, 1), "https://example.org", None]]
    data = write_xlsx(["a", "b", "c", "d", "e", "f"], rows, title="My: [table] with a very long name indeed")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [cell.value for cell in sheet[2]] == ["=1+1", 5, "2.50", "2026-03-01", "https://example.org", None]
    assert [cell.data_type for cell in sheet[2]][:5] == ["s", "n", "s", "s", "s"]
    assert sheet["E2"].hyperlink is None
    assert sheet.title == "My   table  with a very long na"


def test_the_same_rows_give_the_same_bytes() -> None:
    assert write_xlsx(["a"], [["1"]], title="T") == write_xlsx(["a"], [["1"]], title="T")


@pytest.mark.parametrize("title", ["", "''", "[]", "History", "a/b", "x" * 40])
def test_any_title_gives_a_workbook_that_opens(title: str) -> None:
    assert read_table(write_xlsx(["a"], [["1"]], title=title), name="x").rows[0].cells == {"a": "1"}


def test_a_row_may_be_a_mapping_by_column() -> None:
    data = write_csv(["a", "b", "c"], [{"c": 3, "a": datetime.date(2026, 1, 2)}])
    assert data == b"a,b,c\r\n2026-01-02,,3\r\n"


def test_a_row_of_another_length_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="2 cells for 1 columns"):
        write_csv(["a"], [["1", "2"]])


def test_a_cell_too_long_for_a_workbook_is_refused_with_its_place() -> None:
    with pytest.raises(InvalidInput, match=r"Row 3 .* 'a'"):
        write_xlsx(["a"], [["x"], ["x" * 32_768]], title="T")


def test_the_byte_order_mark_is_written_only_on_demand() -> None:
    assert write_csv(["a"], [], byte_order_mark=True) == b"\xef\xbb\xbfa\r\n"
    assert write_csv(["a"], []) == b"a\r\n"
