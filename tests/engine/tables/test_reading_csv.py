"""CSV as people really send it: encodings, separators, broken rows, and where each problem is."""

from __future__ import annotations

import io

import pytest

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.model import Row, Table
from synchromesh.engine.tables.reading import Limits, is_workbook, open_table, read_columns, read_headings, read_table


def read(text: str | bytes, **limits: int) -> Table:
    data = text.encode() if isinstance(text, str) else text
    return read_table(data, name="file.csv", limits=Limits(**limits))


def cells(table: Table) -> list[dict[str, str]]:
    return [dict(row.cells) for row in table.rows]


def test_headings_become_lower_case_keys_and_cells_are_stripped() -> None:
    table = read("Course Title, Price \n  Safety ,  240 \n")
    assert table.columns == ("course_title", "price")
    assert cells(table) == [{"course_title": "Safety", "price": "240"}]
    assert table.problems == ()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_usual_separator_and_line_ending_is_read(separator: str, ending: str) -> None:
    text = ending.join(separator.join(row) for row in (["id", "title", "price"], ["a", "b", "c"], ["d", "e", "f"]))
    assert [list(row.values()) for row in cells(read(text))] == [["a", "b", "c"], ["d", "e", "f"]]


def test_decimal_commas_do_not_pass_for_separators() -> None:
    table = read("title;price, net;url\nA;1,50;x\nB;2,50;y\n")
    assert table.columns == ("title", "price,_net", "url")
    assert cells(table)[0]["price,_net"] == "1,50"


def test_semicolon_lists_inside_cells_do_not_pass_for_separators() -> None:
    table = read("id,topics\na,battery; safety; tools\nb,battery; safety; tools\n")
    assert cells(table)[0] == {"id": "a", "topics": "battery; safety; tools"}


def test_a_table_of_one_column_needs_no_separator() -> None:
    assert cells(read("title\nOne\nTwo\n")) == [{"title": "One"}, {"title": "Two"}]


def test_the_separator_line_of_spreadsheets_is_obeyed_and_is_no_row() -> None:
    table = read("sep=|\nid,x|title\n1|Two\n")
    assert table.columns == ("id,x", "title")
    assert table.rows[0].position == 2


def test_a_line_break_in_quotes_is_part_of_the_cell_and_positions_count_rows() -> None:
    table = read('id,text\n1,"two\nlines, ""quoted"""\n\n2,x\n')
    assert cells(table)[0]["text"] == 'two\nlines, "quoted"'
    assert [row.position for row in table.rows] == [2, 4]


def test_blank_rows_above_the_heading_and_between_rows_are_skipped_but_counted() -> None:
    table = read("\n,,\nid,title\n , \n1,A\n")
    assert [(row.position, dict(row.cells)) for row in table.rows] == [(5, {"id": "1", "title": "A"})]


def test_a_short_row_has_empty_cells_at_its_end() -> None:
    assert cells(read("a,b,c\n1\n")) == [{"a": "1", "b": "", "c": ""}]


def test_a_row_with_too_many_cells_is_reported_and_the_others_load() -> None:
    table = read("id,title\n1,A\n2,B, and more\n3,C,,\n")
    assert [row.cells["id"] for row in table.rows] == ["1", "3"]
    assert [(problem.position, problem.field) for problem in table.problems] == [("row 3", "")]
    assert "3 cells" in table.problems[0].message


def test_text_after_a_closing_quote_spoils_only_its_row() -> None:
    table = read('id,title\n1,"A" b\n2,B\n')
    assert [row.cells["id"] for row in table.rows] == ["2"]
    assert table.problems[0].position == "row 2"


def test_a_quote_that_never_closes_is_reported_where_it_opens() -> None:
    table = read('id,title\n1,A\n2,"B\n3,C\n')
    assert [row.cells["id"] for row in table.rows] == ["1"]
    assert table.problems[0].position == "row 3"
    assert "never closes" in table.problems[0].message


def test_an_endless_cell_ends_the_reading_with_a_problem() -> None:
    table = read('id,title\n1,A\n2,"' + "x" * 140_000 + '"\n3,C\n')
    assert [row.cells["id"] for row in table.rows] == ["1"]
    assert table.problems[0].position == "row 3"


def test_a_cell_over_the_limit_spoils_only_its_row_and_names_the_column() -> None:
    table = read("id,title\n1,abcdef\n2,abc\n", cell_characters=5)
    assert [row.cells["id"] for row in table.rows] == ["2"]
    assert (table.problems[0].position, table.problems[0].field) == ("row 2", "title")


def test_a_column_without_heading_is_reported_once_when_it_has_content() -> None:
    table = read("id,,title\n1,x,A\n2,y,B\n")
    assert table.columns == ("id", "title")
    assert cells(table) == [{"id": "1", "title": "A"}, {"id": "2", "title": "B"}]
    assert [problem.position for problem in table.problems] == ["column B"]


def test_empty_columns_without_heading_are_no_problem() -> None:
    assert read("id,title,,\n1,A,,\n").problems == ()


@pytest.mark.parametrize("heading", ["title,price,Title", "Course title;x;course_title"])
def test_two_columns_of_one_heading_are_refused_with_their_letters(heading: str) -> None:
    with pytest.raises(InvalidInput, match="columns A and C"):
        read(f"{heading}\n1,2,3\n")


@pytest.mark.parametrize("data", [b"", b"  \n \r\n", b",,,\n,,\n"])
def test_a_file_without_content_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"empty|no heading"):
        read(data)


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"),
     ("cp1252", "Windows-1252")],
)  # fmt: skip
def test_the_encoding_is_found_and_named_when_it_is_not_utf8(encoding: str, named: str) -> None:
    table = read("id;title\n1;Prüfung für Fräser\n".encode(encoding))
    assert cells(table) == [{"id": "1", "title": "Prüfung für Fräser"}]
    assert [problem.position for problem in table.problems] == (["file"] if named else [])
    assert not named or named in table.problems[0].message


def test_utf16_with_a_mark_holds_greek_and_bulgarian() -> None:
    table = read("id\ttitle\n1\tΑσφάλεια\n2\tБатерия\n".encode("utf-16"))
    assert [row.cells["title"] for row in table.rows] == ["Ασφάλεια", "Батерия"]


def test_damaged_utf8_is_refused_with_the_place_and_not_read_as_another_encoding() -> None:
    data = "id,title\n1,Größe für Prüfer\n2,".encode() + b"\xff\n"
    with pytest.raises(InvalidInput, match=rf"byte {data.index(0xFF) + 1} \(line 3\)"):
        read(data)


def test_bytes_of_no_encoding_are_refused_with_their_place() -> None:
    with pytest.raises(InvalidInput, match="byte 10 "):
        read(b"id,title\n\x81\x8d,b\n")


@pytest.mark.parametrize("cut", [1, 3])
def test_half_a_character_at_the_end_of_utf16_is_refused(cut: int) -> None:
    with pytest.raises(InvalidInput, match="UTF-16"):
        read("id,title\n1,Größe\n".encode("utf-16")[:-cut])


def test_an_empty_byte_in_text_is_refused_with_its_place() -> None:
    with pytest.raises(InvalidInput, match="byte 11 "):
        read(b"id,title\n1\x00,A\n")
    with pytest.raises(InvalidInput, match="NUL"):
        read("id,title\n1\0,A\n".encode("utf-16"))


@pytest.mark.parametrize(
    ("limits", "message"),
    [({"bytes": 10}, "bytes"), ({"rows": 1}, "more than 1 rows"), ({"columns": 1}, "columns"), ({"cells": 3}, "cells")],
)
def test_each_limit_refuses_the_file_with_its_number(limits: dict[str, int], message: str) -> None:
    assert len(read("id,title\n1,A\n2,B\n").rows) == 2
    with pytest.raises(InvalidInput, match=message):
        read("id,title\n1,A\n2,B\n", **limits)


def test_broken_rows_count_against_the_limit_too() -> None:
    broken = "id,title\n" + '1,"A" b\n' * 3
    assert len(read(broken, rows=3).problems) == 3
    with pytest.raises(InvalidInput, match="more than 2 rows"):
        read(broken, rows=2)


def test_more_blank_rows_than_a_spreadsheet_has_are_refused() -> None:
    with pytest.raises(InvalidInput, match="blank ones included"):
        read(b"id,title\n" + b"\n" * 1_048_576)


@pytest.mark.parametrize(
    ("data", "named"),
    [(b"<!DOCTYPE html><table></table>", "web page"), (b"%PDF-1.7\n", "PDF"), (b"<?xml version='1.0'?><a/>", "XML"),
     (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "xls")],
)  # fmt: skip
def test_other_kinds_of_file_are_named_in_the_refusal(data: bytes, named: str) -> None:
    with pytest.raises(InvalidInput, match=named):
        read(data)


def test_the_headings_alone_can_be_read() -> None:
    assert read_columns("\ufeffId;Title en;;\n1;2".encode(), name="x") == ("id", "title_en")


MEBIBYTE = 1024 * 1024


@pytest.mark.parametrize("shift", range(3))
def test_a_character_on_the_border_of_two_pieces_of_the_file_is_whole(shift: int) -> None:
    lines = b"title\n" + b"x" * shift + "€".encode() * (MEBIBYTE // 3) + b"\n"
    table = read("\n".join(lines.decode()[place : place + 900] for place in range(0, len(lines.decode()), 900)))
    assert "".join(row.cells["title"] for row in table.rows).count("€") > 300_000


def test_a_wrong_byte_far_down_is_found_before_the_first_row_is_given() -> None:
    data = b"title\n" + ("Größe " * 200 + "\n").encode() * 1_000 + b"\xff\n"
    with pytest.raises(InvalidInput, match=rf"byte {len(data) - 1} \(line 1002\)"):
        open_table(io.BytesIO(data), name="x")


def test_one_letter_of_windows_far_down_makes_it_windows() -> None:
    table = read(b"title\n" + (b"plain " * 200 + b"\n") * 1_000 + "Größe\n".encode("cp1252"))
    assert table.rows[-1].cells["title"] == "Größe"
    assert [problem.position for problem in table.problems] == ["file"]


def test_a_row_that_could_fill_the_memory_ends_the_reading() -> None:
    with pytest.raises(InvalidInput, match="row of more than"):
        read("a\n" + "x," * 9_000_000)


def test_rows_and_problems_come_in_their_order() -> None:
    table = open_table(io.BytesIO('Id ;Kurs Titel\n1;A\n2;"B" x\n3;C\n'.encode("cp1252")), name="x")
    assert (table.columns, table.headings) == (("id", "kurs_titel"), ("Id", "Kurs Titel"))
    assert [entry.cells["id"] if isinstance(entry, Row) else entry.position for entry in table.rows] == [
        "1",
        "row 3",
        "3",
    ]


def test_headings_are_found_without_the_rest_of_the_file() -> None:
    file = io.BytesIO("Kurs Titel;Größe\n".encode() + b"\xff" * 400_000)
    assert read_headings(file, name="x") == ("Kurs Titel", "Größe")
    assert file.tell() == 0
    assert not is_workbook(file)
