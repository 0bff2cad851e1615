"""XLSX as people really send it, and as people send it who mean harm."""

# mypy: disable-error-code="no-untyped-call, attr-defined"
# (openpyxl, with which people's own workbooks are made here, has no types)

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.model import Table
from synchromesh.engine.tables.reading import Limits, read_table
from synchromesh.engine.tables.writing import write_xlsx

SHEET = "xl/worksheets/sheet1.xml"


def workbook_of(*rows: list[object]) -> bytes:
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def changed(data: bytes, change: Callable[[str, bytes], bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(target, "w", compression) as after:
        for info in before.infolist():
            after.writestr(info.filename, change(info.filename, before.read(info)))
    return target.getvalue()


def read(data: bytes, *, name: str = "file.xlsx", **limits: int) -> Table:
    return read_table(data, name=name, limits=Limits(**limits))


def test_values_are_read_as_a_person_sees_them() -> None:
    moment = datetime.datetime(2026, 3, 1, 9, 30)  # noqa: DTZ001 - spreadsheets know no time zones
    header: list[object] = ["Whole", "Broken", "Sum", "Day", "Moment", "Yes", "Text", "Empty"]
    table = read(workbook_of(header, [3.0, 2.5, 0.1 + 0.2, datetime.date(2026, 3, 1), moment, True, " 007 ", None]))
    assert list(table.rows[0].cells.values()) == [
        "3",
        "2.5",
        "0.3",
        "2026-03-01",
        "2026-03-01 09:30",
        "true",
        "007",
        "",
    ]


def test_the_content_decides_and_not_the_name() -> None:
    data = workbook_of(["id"], ["a"])
    assert read(data, name="courses.csv").rows[0].cells == {"id": "a"}
    assert read(b"id\na\n", name="courses.xlsx").rows[0].cells == {"id": "a"}


def test_positions_are_the_row_numbers_of_the_spreadsheet() -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet["B3"], sheet["C3"], sheet["B7"], sheet["C9"] = "id", "title", "a", "b"
    table = read(saved(workbook))
    assert [(row.position, dict(row.cells)) for row in table.rows] == [
        (7, {"id": "a", "title": ""}),
        (9, {"id": "", "title": "b"}),
    ]


def test_a_stated_size_that_is_too_small_loses_no_rows() -> None:
    data = changed(workbook_of(["id"], ["a"], ["b"]), lambda _, part: part.replace(b'ref="A1:A3"', b'ref="A1:A1"'))
    assert b"A1:A1" in zipfile.ZipFile(io.BytesIO(data)).read(SHEET)
    assert len(read(data).rows) == 2


def test_the_first_visible_sheet_with_content_is_read_and_the_others_are_named() -> None:
    workbook = Workbook()
    workbook.active.title = "Empty"
    for title, state in (("Hidden", "hidden"), ("Courses", "visible"), ("More", "visible")):
        sheet = workbook.create_sheet(title)
        sheet.append(["id"])
        sheet.append([title])
        sheet.sheet_state = state
    table = read(saved(workbook))
    assert table.rows[0].cells == {"id": "Courses"}
    assert [problem.position for problem in table.problems] == ["sheet More"]


def test_a_workbook_without_content_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no sheet with content"):
        read(saved(Workbook()))


def test_a_sheet_that_packs_a_thousand_to_one_is_refused_before_it_is_unpacked() -> None:
    rows = b'<row r="2"><c r="A2" t="inlineStr"><is><t>' + b" " * 4_000_000 + b"</t></is></c></row></sheetData>"
    bomb = changed(
        workbook_of(["id"]), lambda name, part: part.replace(b"</sheetData>", rows) if name == SHEET else part
    )
    assert len(bomb) < 40_000
    with pytest.raises(InvalidInput, match="200 times"):
        read(bomb)


def test_a_workbook_that_unpacks_to_more_than_the_limit_is_refused() -> None:
    with pytest.raises(InvalidInput, match="unpack"):
        read(workbook_of(["id"], ["a"]), unpacked_bytes=1_000)


def test_a_directory_that_lies_about_a_size_is_refused() -> None:
    sheet = zipfile.ZipFile(io.BytesIO(workbook_of(["id"], ["a"]))).getinfo(SHEET)
    data = workbook_of(["id"], ["a"])
    true_size = sheet.file_size.to_bytes(4, "little")
    start = data.index(b"PK\x01\x02")
    while data[start + 46 : start + 46 + len(SHEET)] != SHEET.encode():
        start = data.index(b"PK\x01\x02", start + 4)
    assert data[start + 24 : start + 28] == true_size
    lying = data[: start + 24] + (20).to_bytes(4, "little") + data[start + 28 :]
    with pytest.raises(InvalidInput, match="damaged"):
        read(lying)


def test_a_part_that_declares_a_document_type_is_refused_in_any_encoding() -> None:
    entity = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'
    for part in (entity.encode(), entity.replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")):
        data = changed(workbook_of(["id"]), lambda name, old, part=part: part if name == SHEET else old)  # type: ignore[misc]
        with pytest.raises(InvalidInput, match="document type"):
            read(data)


def test_a_row_number_no_workbook_can_have_is_refused() -> None:
    far = changed(workbook_of(["id"], ["a"]), lambda _, part: part.replace(b'r="2"', b'r="99999999999"'))
    with pytest.raises(InvalidInput, match="row number"):
        read(far)


def test_unusual_packing_is_refused() -> None:
    data = changed(workbook_of(["id"]), lambda _, part: part, compression=zipfile.ZIP_LZMA)
    with pytest.raises(InvalidInput, match="unusual"):
        read(data)


@pytest.mark.parametrize(
    ("member", "named"),
    [("readme.txt", "not a workbook"), ("word/document.xml", "Word"), ("content.xml", "OpenDocument"),
     ("xl/workbook.bin", "xlsb")],
)  # fmt: skip
def test_a_zip_file_that_is_no_workbook_is_called_what_it_is(member: str, named: str) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(member, "x")
    with pytest.raises(InvalidInput, match=named):
        read(target.getvalue())


def test_a_workbook_cut_short_is_refused_wherever_the_cut_is() -> None:
    data = workbook_of(["id", "title"], ["a", "b"])
    for end in range(4, len(data) - 22, 97):
        with pytest.raises(InvalidInput):
            read(data[:end])


def test_a_part_that_is_missing_or_no_xml_is_refused() -> None:
    for name in ("xl/workbook.xml", SHEET, "xl/styles.xml", "[Content_Types].xml"):
        data = changed(workbook_of(["id"]), lambda part_name, part, name=name: b"<x" if part_name == name else part)  # type: ignore[misc]
        with pytest.raises(InvalidInput, match="damaged"):
            read(data)


def test_rows_of_very_many_cells_are_stopped_by_the_limit() -> None:
    data = write_xlsx([f"c{place}" for place in range(50)], [["x"] * 50] * 50, title="Wide")
    with pytest.raises(InvalidInput, match="cells"):
        read(data, cells=1_000)
    with pytest.raises(InvalidInput, match="columns"):
        read(data, columns=49)
