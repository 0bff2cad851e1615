"""CSV into records, one at a time: which separator, which row.

Source for quoting: RFC 4180, https://www.rfc-editor.org/rfc/rfc4180.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator
from typing import BinaryIO

from synchromesh.engine.errors import Problem
from synchromesh.engine.tables.text_files import BoundedLines, decoded, find_encoding

# In the order of preference when two fit equally well: commas occur inside headings and prices, tabs hardly ever.
SEPARATORS = ("\t", ";", "|", ",")
_SAMPLE_CHARACTERS = 200_000
_SAMPLE_RECORDS = 60
_SEPARATOR_LINE = re.compile(r"sep=([\t;|,])(?:\r\n|\r|\n|\Z)", re.IGNORECASE)


def csv_records(file: BinaryIO, *, name: str, problems: list[Problem]) -> Iterator[tuple[int, list[str] | None]]:
    """Yield (row number, cells) for every record; None instead of cells where the record could not be read.

    Row numbers count records, as a spreadsheet does, so a line break inside quotes does not count. What went wrong is
    added to `problems`. Only one record is held at a time. Raises InvalidInput for bytes that are no text.
    """
    encoding = find_encoding(file, name=name, problems=problems)
    with decoded(file, encoding) as text:
        sample = text.read(_SAMPLE_CHARACTERS)
    stated = _SEPARATOR_LINE.match(sample)
    separator = stated[1] if stated else find_separator(sample)
    with decoded(file, encoding) as text:
        lines = BoundedLines(text, name=name)
        if stated:  # spreadsheets hide a first line "sep=;", so it is no row
            next(lines)
        yield from _parsed(lines, separator, problems)


def _parsed(lines: BoundedLines, separator: str, problems: list[Problem]) -> Iterator[tuple[int, list[str] | None]]:
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)
    for position in itertools.count(1):
        lines.begin_record()
        try:
            cells: list[str] | None = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message, ends_here = _explained(error)
            problems.append(Problem(position=f"row {position}", field="", message=message))
            cells = None
            if ends_here:
                yield position, cells
                return
        yield position, cells


def find_separator(text: str) -> str:
    """Return the separator that cuts the heading into most columns while the rows agree with it; a comma if none does.

    Quotes are honoured. For each candidate the number of columns of the heading counts by the share of rows that have
    just as many, so semicolons inside cells or decimal commas do not mislead.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    scores = {separator: _score(sample, separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: scores[separator])
    return best if scores[best] > (0.0, 1) else ","


def _score(sample: str, separator: str) -> tuple[float, int]:
    """Return how well a separator fits, and the columns of the heading for the case that no row agrees with it."""
    records = list(itertools.islice(_sampled(sample, separator), _SAMPLE_RECORDS))
    if not records or records[0] is None or len(records[0]) < 2:
        return 0.0, 1
    heading, rows = records[0], records[1:]
    agreeing = sum(cells is not None and len(cells) == len(heading) for cells in rows) / len(rows) if rows else 1.0
    # A wrong separator cuts through quoted cells and leaves half a pair of quotation marks on each side.
    torn = sum(cells is None or any(cell.count('"') % 2 for cell in cells) for cells in records) / len(records)
    return len(heading) * agreeing * (1 - torn / 2), len(heading)


def _sampled(sample: str, separator: str) -> Iterator[list[str] | None]:
    """Yield the records that are not blank, None for one that cannot be read."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield None
            continue
        if any(map(str.strip, cells)):
            yield cells


def _explained(error: csv.Error) -> tuple[str, bool]:
    """Return what a person should mend, and whether reading must end here."""
    reason = str(error)
    if "end of data" in reason:
        return "A quotation mark opens in this row and never closes; nothing after it could be read.", True
    if "limit" in reason:
        return "A cell is far too long, perhaps because a quotation mark never closes; reading stopped here.", True
    return "Text follows a closing quotation mark. Double the quotation marks inside a quoted cell.", False
