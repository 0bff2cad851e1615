"""Texts of a workbook that are kept apart from its cells, as spreadsheet programs save them."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.tables.reading import read_table
from synchromesh.engine.tables.shared_strings import StringTable, WorkbookReader


def saved(*rows: list[str], rich: list[Any] | None = None) -> bytes:
    """Return a workbook with shared strings; a cell of several looks may follow in the last row."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                sheet.write_string(number, place, text)
        if rich:
            bold = workbook.add_format({"bold": True})
            sheet.write_rich_string(len(rows), 0, *(bold if part is None else part for part in rich))
    return target.getvalue()


@given(st.lists(st.text(max_size=12), max_size=12), st.integers(0, 40))
def test_texts_come_back_by_number_from_memory_and_from_the_file(texts: list[str], held: int) -> None:
    table = StringTable(held=held)
    for text in texts:
        table.append(text)
    table.finish()
    assert [table[number] for number in range(len(texts))] == texts
    with pytest.raises(IndexError):
        table[len(texts)]
    table.close()


def test_a_workbook_gives_the_same_texts_when_they_wait_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(["id", "title"], ["a", "Größe"], ["b", "Größe"], ["c", "_x0041_ a_x000D_b"])
    before = read_table(data, name="x")
    monkeypatch.setattr(WorkbookReader, "texts_held", 3)
    assert read_table(data, name="x") == before
    assert [row.cells["title"] for row in before.rows] == ["Größe", "Größe", "_x0041_ a_x000D_b"]


def test_a_text_in_several_looks_is_one_text() -> None:
    table = read_table(saved(["id"], rich=["plain ", None, "bold", " plain"]), name="x")
    assert table.rows[0].cells == {"id": "plain bold plain"}
