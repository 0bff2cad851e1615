"""The framework as one workbook: sheets are known by title or headings, problems name sheet and row."""

# mypy: disable-error-code="no-untyped-call, attr-defined"
# (openpyxl, with which people's own workbooks are made here, has no types)

from __future__ import annotations

import dataclasses
import io
import zipfile

import pytest
from openpyxl import Workbook
from tests.engine.exchange.framework_documents import SMALL, reported

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.frameworks import FrameworkDocument, read_framework, xlsx_workbook

ROLES = [["id", "title_en", "tasks_en"], ["r1", "One", "a; b"]]
SKILLS = [["ID", "Kind", "Title EN"], ["s1", "skill", "One"], ["s2", "talent", "Two"]]


def workbook_of(**sheets: list[list[str]]) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def read(**sheets: list[list[str]]) -> FrameworkDocument:
    return read_framework({"book.xlsx": workbook_of(**sheets)})


def test_problems_and_records_name_sheet_and_row() -> None:
    document = read(Notes=[["anything"], ["x"]], Skills=SKILLS, Roles=ROLES)
    assert [skill.position for skill in document.skills] == ["book.xlsx sheet Skills row 2"]
    assert reported(document) == [("book.xlsx sheet Notes", ""), ("book.xlsx sheet Skills row 3", "kind")]


def test_a_sheet_of_another_title_is_known_by_its_headings() -> None:
    document = read(Profiles=ROLES, Skills=SKILLS[:2])
    assert [role.external_id for role in document.roles] == ["r1"]
    assert document.problems == ()


def test_a_sheet_that_lacks_a_column_is_named() -> None:
    with pytest.raises(InvalidInput, match=r"book\.xlsx sheet Skills lacks the columns 'kind'"):
        read(Skills=[["id", "title_en"], ["a", "A"]], Roles=ROLES)


def test_a_damaged_workbook_is_refused_as_such() -> None:
    data = workbook_of(Skills=SKILLS, Roles=ROLES)
    with pytest.raises(InvalidInput, match=r"book\.xlsx is damaged"):
        read_framework({"book.xlsx": data[: len(data) // 2]})


def test_an_entity_bomb_in_a_sheet_is_refused() -> None:
    target = io.BytesIO()
    data = io.BytesIO(workbook_of(Skills=SKILLS, Roles=ROLES))
    with zipfile.ZipFile(data) as before, zipfile.ZipFile(target, "w") as after:
        for info in before.infolist():
            bomb = b'<!DOCTYPE a [<!ENTITY b "c">]>' if info.filename == "xl/worksheets/sheet1.xml" else b""
            after.writestr(info.filename, bomb + before.read(info))
    with pytest.raises(InvalidInput, match="document type"):
        read_framework({"book.xlsx": target.getvalue()})


def test_a_text_that_no_cell_can_hold_is_refused_when_writing() -> None:
    long = dataclasses.replace(SMALL.skills[0], descriptions={"en": "x" * 40_000})
    with pytest.raises(InvalidInput, match="32,767"):
        xlsx_workbook.write(FrameworkDocument(skills=(long,)))
