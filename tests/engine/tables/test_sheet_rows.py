"""Rows of a worksheet, from its XML alone: what counts as a cell's text, and what no workbook can hold."""

from __future__ import annotations

import datetime
import io
from xml.parsers.expat import ExpatError
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.tables.sheet_rows import LAST_COLUMN, Looks, sheet_rows

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
DAY, SPAN = 1, 2
EPOCH = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zones
LOOKS = Looks(texts=["zero", "_x0041_", "a_x000D_b"], dates={DAY, SPAN}, spans={SPAN}, epoch=EPOCH)


def read(rows: str, *, namespace: str = TRANSITIONAL, before: str = "") -> list[tuple[int, list[str]]]:
    document = f'{before}<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'
    return list(sheet_rows(io.BytesIO(document.encode()), LOOKS))


def cell(inner: str, *, kind: str = "n", style: int = 0) -> str:
    return f'<row><c t="{kind}" s="{style}">{inner}</c></row>'


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (cell("<v>3</v>"), "3"), (cell("<v>3.0</v>"), "3"), (cell("<v>1E3</v>"), "1000"), (cell("<v>0.1</v>"), "0.1"),
        (cell("<v>0.30000000000000004</v>"), "0.3"), (cell("<v>46082</v>", style=DAY), "2026-03-01"),
        (cell("<v>46082.5</v>", style=DAY), "2026-03-01 12:00"), (cell("<v>0.5</v>", style=SPAN), "12:00:00"),
        (cell("<v>1e12</v>", style=DAY), "#VALUE!"), (cell("<v>2026-03-01T00:00:00Z</v>", kind="d"), "2026-03-01"),
        (cell("<v>1</v>", kind="b"), "true"), (cell("<v>0</v>", kind="b"), "false"),
        (cell("<v>0</v>", kind="s"), "zero"), (cell("<v>1</v>", kind="s"), "_x0041_"),
        (cell("<v>2</v>", kind="s"), "a\rb"),
        (cell("<f>1+1</f><v>2</v>"), "2"), (cell("<f>A1</f><v>x</v>", kind="str"), "x"),
        (cell("<v>#N/A</v>", kind="e"), "#N/A"), (cell("<v>6</v><is><t>five</t></is>", kind="inlineStr"), "five"),
        (cell("<is><r><t>a </t></r><r><t>b</t></r><rPh><t>said</t></rPh></is>", kind="inlineStr"), "a b"),
    ],
)  # fmt: skip
def test_a_value_is_as_a_person_sees_it(xml: str, text: str) -> None:
    assert read(xml) == [(1, [text])]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).map(str.strip)))
def test_any_texts_are_read_as_they_stand(texts: list[str]) -> None:
    plain = [text for text in texts if text and "_x" not in text and "\ufffe" not in text and "\uffff" not in text]
    rows = "".join(cell(f"<is><t>{escape(text)}</t></is>", kind="inlineStr") for text in plain)
    assert [cells for _, cells in read(rows)] == [[text] for text in plain]


def test_cells_stand_in_their_columns_and_rows_have_their_numbers() -> None:
    rows = '<row r="2"><c r="C2"><v>3</v></c><c r="A2"><v>1</v></c></row><row><c><v>4</v></c><c/><c><v>6</v></c></row>'
    assert read(rows) == [(2, ["1", "", "3"]), (3, ["4", "", "6"])]


def test_the_strict_namespace_is_read_and_foreign_elements_are_not() -> None:
    row = '<row><c><v>1</v></c></row><row xmlns="urn:other"><c><v>2</v></c></row>'
    assert read(row, namespace=STRICT) == [(1, ["1"])]


def test_a_column_that_no_workbook_has_is_refused() -> None:
    assert len(read('<row><c r="XFD1"><v>1</v></c></row>')[0][1]) == LAST_COLUMN
    with pytest.raises(ValueError, match="column"):
        read('<row><c r="XFE1"><v>1</v></c></row>')


def test_a_document_type_is_refused_before_its_entities_are_used() -> None:
    with pytest.raises(ValueError, match="document type"):
        read(cell("<v>&a;</v>"), before='<!DOCTYPE worksheet [<!ENTITY a "1">]>')


@pytest.mark.parametrize("rows", ["<row>", cell("<v>9</v>", kind="s"), cell("<v>x</v>"), '<row r="x"/>'])
def test_damage_is_no_row(rows: str) -> None:
    with pytest.raises((ExpatError, ValueError, IndexError)):
        read(rows)
