"""The sheet of rows that were left out: mended and imported again, it brings the courses in."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from tests.engine.feeds.course_strategies import catalogues
from tests.engine.feeds.course_tables import read_bytes, written

from synchromesh.engine.errors import Problem
from synchromesh.engine.feeds.error_sheet import error_sheet_ending, write_error_sheet
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings
from synchromesh.engine.tables.reading import read_table
from synchromesh.engine.tables.writing import Values, write_csv, write_xlsx


def sheet_of(data: bytes, problems: list[Problem], *, settings: ReadSettings | None = None) -> bytes:
    out = io.BytesIO()
    write_error_sheet(io.BytesIO(data), problems, out, name="courses.csv", settings=settings)
    return out.getvalue()


def left_out(data: bytes) -> bytes:
    return sheet_of(data, list(read_bytes(data).problems))


def cells(data: bytes) -> list[list[str]]:
    return [list(row.cells.values()) for row in read_table(data, name="sheet").rows]


ROWS: list[Values] = [["a", "A", "960", "=1"], ["b", "B", "long", ""], ["c", "", "5", "x"], ["d", "D", "0", "-"]]


@pytest.mark.parametrize("write", [write_csv, lambda columns, rows: write_xlsx(columns, rows, title="T")])
def test_rows_with_problems_come_with_their_cells_and_what_is_wrong(
    write: Callable[[list[str], list[Values]], bytes],
) -> None:
    data = write(["Id", "Title", "Minutes", "Note"], ROWS)
    sheet = left_out(data)
    assert read_table(sheet, name="sheet").columns == ("problem", "problem_column", "id", "title", "minutes", "note")
    assert [row[1:] for row in cells(sheet)] == [
        ["minutes", "b", "B", "long", ""], ["title", "c", "", "5", "x"], ["minutes", "d", "D", "0", "-"]
    ]  # fmt: skip
    assert "no duration" in cells(sheet)[0][0]
    ending = error_sheet_ending(io.BytesIO(data), [Problem(position="row 2", field="", message="x")], name="x")
    assert sheet.startswith(b"PK") is (ending == ".xlsx")


def test_a_mended_sheet_is_read_without_a_word_about_its_columns() -> None:
    sheet = left_out(write_csv(["id", "title", "minutes"], [["b", "B", "long"], ["c", "C", "5"]]))
    feed = read_bytes(sheet.replace(b"long", b"60"))
    assert feed.problems == ()
    assert [(course.external_id, course.minutes) for course in feed.courses] == [("b", 60)]


def test_a_second_sheet_does_not_repeat_the_columns_of_the_first() -> None:
    first = left_out(write_csv(["id", "title", "minutes"], [["b", "B", "long"]]))
    second = left_out(first.replace(b"long", b"0"))
    assert read_table(second, name="x").columns == read_table(first, name="x").columns
    assert "whole number" in cells(second)[0][0]


def test_all_rows_of_a_course_come_together_so_that_no_run_is_lost() -> None:
    data = write_csv(
        ["id", "title", "run_id", "run_seats"],
        [["a", "A", "1", "5"], ["b", "B", "1", ""], ["b", "", "2", "many"], ["b", "", "3", ""], ["a", "", "2", ""]],
    )
    sheet = left_out(data)
    assert [row[2:5] for row in cells(sheet)] == [
        ["b", "B", "1"], ["b", "", "2"], ["b", "", "3"], ["a", "A", "1"], ["a", "", "2"]
    ]  # fmt: skip
    feed = read_bytes(sheet.replace(b"many", b"7"))
    assert feed.problems == ()
    assert [len(course.runs) for course in feed.courses] == [3, 2]


def test_rows_that_have_too_many_cells_or_cannot_be_read_are_there_too() -> None:
    sheet = left_out(b'id,title\n1,A\n2,B, and more\n3,"C" x\n')
    assert sheet.splitlines()[0] == b"problem,problem_column,id,title,"
    assert sheet.splitlines()[1].endswith(b",2,B,and more")
    assert b"closing quotation mark" in sheet.splitlines()[2]
    assert read_bytes(sheet).problems[0].position == "row 2"


def test_headings_of_another_system_and_chosen_columns_are_understood() -> None:
    data = write_csv(["Bezeichnung", "Beginn"], [["A", "2026-03-01"], ["", "2026-03-02"], ["A", "2026-03-01"]])
    sheet = left_out(data)
    assert [row[1:] for row in cells(sheet)] == [
        ["", "A", "2026-03-01"], ["Bezeichnung", "", "2026-03-02"], ["run_id", "A", "2026-03-01"]
    ]  # fmt: skip
    chosen = ReadSettings(columns={"Bezeichnung": "id", "Beginn": "title"})
    problems = [Problem(position="row 2", field="", message="x")]
    assert [row[2] for row in cells(sheet_of(data, problems, settings=chosen))] == ["A", "A"]


@pytest.mark.parametrize(
    ("data", "position"),
    [(b'{"courses": []}', "row 2"), (b"title\nA\n", "file"), (b"synchromesh feed bundle 1\n", "row 1")],
)
def test_other_formats_and_problems_of_no_row_give_a_plain_list(data: bytes, position: str) -> None:
    sheet = sheet_of(data, [Problem(position=position, field="x", message="=wrong")])
    assert sheet == f"position,field,message\r\n{position},x,'=wrong\r\n".encode()
    assert error_sheet_ending(io.BytesIO(data), [], name="x") == ".csv"


@hypothesis_settings(max_examples=15)
@given(catalogues)
def test_a_sheet_of_all_rows_reads_as_the_table_did(records: list[CourseRecord]) -> None:
    data = written(records)
    before = read_bytes(data)
    problems = [Problem(position=course.position, field="", message="x") for course in before.courses]
    again = read_bytes(sheet_of(data, problems)) if problems else before
    assert again == before
