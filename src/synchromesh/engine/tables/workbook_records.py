"""XLSX into records, one at a time: the first visible sheet with content, values as a person sees them.

The zip file is measured and read through once before openpyxl sees it, because openpyxl trusts what it opens.
Source of the format: ECMA-376, https://ecma-international.org/publications-and-standards/standards/ecma-376/ (its parts
may not declare a document type, part 2, section 8, which rules out entity bombs).
"""

from __future__ import annotations

import contextlib
import itertools
import warnings
from collections.abc import Iterator
from typing import Any, BinaryIO

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.tables.archives import members, unpacked, zip_file
from synchromesh.engine.tables.limits import LAST_ROW, Limits
from synchromesh.engine.tables.shared_strings import WorkbookReader
from synchromesh.engine.tables.sheet_rows import Looks, sheet_rows
from synchromesh.engine.tables.text_files import size_of

_BATCH = 500
_PEEKED_ROWS = 1_000
_OTHER_KINDS = {
    "word/": "a Word document",
    "ppt/": "a presentation",
    "content.xml": "an OpenDocument file",
    "xl/workbook.bin": "a binary workbook (.xlsb)",
}


def workbook_records(
    file: BinaryIO, *, name: str, limits: Limits, problems: list[Problem]
) -> Iterator[tuple[int, list[str] | None]]:
    """Yield (row number, cells) of the first visible sheet that has content.

    Formulas give the value stored with them. Other sheets with content are added to `problems`. Raises InvalidInput for
    anything that is no sound workbook, before unpacking more than `limits` allow.
    """
    with open_workbook(file, name=name, limits=limits) as workbook:
        yield from sheet_records(_chosen_sheet(workbook, name, problems), name=name)


@contextlib.contextmanager
def open_workbook(file: BinaryIO, *, name: str, limits: Limits) -> Iterator[Any]:
    """Give the workbook of openpyxl after checking it, and close it afterwards; raises InvalidInput as above."""
    _refuse_unsound(file, name, limits)

    def opened() -> WorkbookReader:
        file.seek(0)
        reader = WorkbookReader(file)
        try:
            reader.read()  # type: ignore[no-untyped-call]
        except BaseException:
            reader.close()
            raise
        return reader

    reader = _quietly(name, opened)
    try:
        yield reader.wb
    finally:
        reader.close()


def filled_sheets(workbook: Any, *, name: str) -> list[Any]:
    """Return the visible sheets that have content; all are looked at when none is visible."""
    visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"] or workbook.worksheets
    return [sheet for sheet in visible if _has_content(sheet, name)]


def sheet_records(sheet: Any, *, name: str) -> Iterator[tuple[int, list[str] | None]]:
    """Yield (row number, cells) of one sheet of an opened workbook, blank rows included."""
    expected = 1
    for position, cells in _rows(sheet, name):
        if position > LAST_ROW:
            raise InvalidInput(f"{name} has a row number above {LAST_ROW:,}, which no workbook can have.")
        for missing in range(expected, position):
            yield missing, []
        # A row below its place would have the number of another: no spreadsheet program shows it.
        if position >= expected:
            yield position, cells
            expected = position + 1


def _refuse_unsound(file: BinaryIO, name: str, limits: Limits) -> None:
    """Raise InvalidInput for bombs, damage, other kinds of file and declared document types."""
    with zip_file(file, name=name, limits=limits) as archive:
        listed = members(archive, size_of(file), name=name, limits=limits)
        names = {info.filename for info in listed}
        for sign, kind in _OTHER_KINDS.items():
            if any(member.startswith(sign) for member in names):
                raise InvalidInput(f"{name} is {kind}, not a workbook. Save the table as XLSX or CSV.")
        if "[Content_Types].xml" not in names or not any(member.startswith("xl/") for member in names):
            raise InvalidInput(f"{name} is a zip file but not a workbook. Save the table as XLSX or CSV.")
        total = 0
        for info in listed:
            tail = b""
            for chunk in unpacked(archive, info, name=name):
                total += len(chunk)
                if total > limits.unpacked_bytes:
                    raise InvalidInput(f"{name} unpacks to more than {limits.unpacked_bytes:,} bytes.")
                # Without its empty bytes UTF-16 looks like ASCII here; the tail catches a word cut by the chunk.
                plain = tail + chunk.replace(b"\0", b"")
                if info.filename.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in plain or b"<!ENTITY" in plain):
                    raise InvalidInput(f"{name} declares a document type in {info.filename}, which workbooks may not.")
                tail = plain[-16:]


def _chosen_sheet(workbook: Any, name: str, problems: list[Problem]) -> Any:
    """Return the first visible sheet with content; name the others with content as a problem."""
    filled = filled_sheets(workbook, name=name)
    if not filled:
        raise InvalidInput(f"{name} has no sheet with content.")
    problems.extend(
        Problem(
            position=f"sheet {sheet.title}",
            field="",
            message=f"Only the first sheet with content, {filled[0].title}, is read; this one is not.",
        )
        for sheet in filled[1:]
    )
    return filled[0]


def _has_content(sheet: Any, name: str) -> bool:
    return any(any(cells) for _, cells in itertools.islice(_rows(sheet, name), _PEEKED_ROWS))


def _rows(sheet: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that a sheet states, and turn every failure into InvalidInput."""
    workbook = sheet.parent
    looks = Looks(
        texts=sheet._shared_strings,
        dates=workbook._date_formats,
        spans=workbook._timedelta_formats,
        epoch=workbook.epoch,
    )
    with _quietly(name, sheet._get_source) as part:
        rows = sheet_rows(part, looks)
        while batch := _quietly(name, lambda: list(itertools.islice(rows, _BATCH))):
            yield from batch


def _quietly(name: str, call: Any) -> Any:
    """Run one step of openpyxl: its warnings about looks are of no use to the reader, its failures mean a bad file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return call()
    except Exception as error:
        # openpyxl raises whatever a damaged part happens to trip over, from KeyError to AttributeError.
        raise InvalidInput(
            f"{name} is a damaged workbook. Open it in a spreadsheet program and save it again."
        ) from error
