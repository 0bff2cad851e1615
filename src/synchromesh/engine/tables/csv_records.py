"""CSV bytes into records: which encoding, which separator, which row.

Sources: RFC 4180 for quoting, https://www.rfc-editor.org/rfc/rfc4180; WHATWG Encoding for Windows-1252,
https://encoding.spec.whatwg.org/#windows-1252 (Python's codec leaves its five undefined bytes undefined, which helps
to tell text from noise).
"""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import re
from collections.abc import Iterator

from synchromesh.engine.errors import InvalidInput, Problem

# In the order of preference when two fit equally well: commas occur inside headings and prices, tabs hardly ever.
SEPARATORS = ("\t", ";", "|", ",")
_SAMPLE_CHARACTERS = 200_000
_SAMPLE_RECORDS = 60
_SEPARATOR_LINE = re.compile(r"sep=([\t;|,])(?:\r\n|\r|\n|\Z)", re.IGNORECASE)
_MULTI_BYTE_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def csv_records(data: bytes, *, name: str, problems: list[Problem]) -> Iterator[tuple[int, list[str] | None]]:
    """Yield (row number, cells) for every record; None instead of cells where the record could not be read.

    Row numbers count records, as a spreadsheet does, so a line break inside quotes does not count. What went wrong is
    added to `problems`. Raises InvalidInput for bytes that are no text.
    """
    text = _decoded(data, name, problems)
    stated = _SEPARATOR_LINE.match(text)
    separator = stated[1] if stated else find_separator(text)
    # Spreadsheets hide a first line "sep=;", so it is no row.
    lines = io.StringIO(text[stated.end() :] if stated else text, newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)
    for position in itertools.count(1):
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


def _decoded(data: bytes, name: str, problems: list[Problem]) -> str:
    """Return the text, and report the encoding when it is not UTF-8."""
    if data.startswith(b"\xef\xbb\xbf"):
        return _without_nul(_strictly(data[3:], "utf-8", name, offset=3), name)
    encoding = _utf16_name(data)
    if encoding is not None:
        text = _strictly(data, encoding, name).removeprefix("\ufeff")
        problems.append(_encoding_problem("UTF-16"))
        return _without_nul(text, name)
    nul = data.find(b"\0")
    if nul >= 0:
        raise InvalidInput(
            f"{name} is not a text file: byte {nul + 1} is empty (NUL). Save it as CSV in UTF-8, or as XLSX."
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _windows_1252(data, error, name, problems)


def _windows_1252(data: bytes, error: UnicodeDecodeError, name: str, problems: list[Problem]) -> str:
    """Return the text read as Windows-1252, unless it is plainly damaged UTF-8 or no text at all."""
    multi_byte = len(_MULTI_BYTE_UTF8.findall(data))
    stray = len(re.findall(rb"[\x80-\xff]", _MULTI_BYTE_UTF8.sub(b"", data)))
    text: str | None = None
    with contextlib.suppress(UnicodeDecodeError):
        text = data.decode("cp1252")
    if text is None or multi_byte > stray:
        place = error.start + 1
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidInput(
            f"{name} fits no encoding: byte {place} (line {line}) is wrong. Save the file again as CSV in UTF-8."
        )
    problems.append(_encoding_problem("Windows-1252"))
    return text


def _utf16_name(data: bytes) -> str | None:
    """Name the UTF-16 codec by the byte order mark, or by where the empty bytes of European text stand."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or max(even, odd) * 4 < len(sample):
        return None
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else None


def _strictly(data: bytes, encoding: str, name: str, *, offset: int = 0) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        place = error.start + offset + 1
        raise InvalidInput(
            f"{name} says it is {encoding.upper()}, but byte {place} is wrong. Save the file again as CSV in UTF-8."
        ) from error


def _without_nul(text: str, name: str) -> str:
    place = text.find("\0")
    if place >= 0:
        raise InvalidInput(f"{name} is not a text file: character {place + 1} is empty (NUL).")
    return text


def _encoding_problem(encoding: str) -> Problem:
    return Problem(
        position="file",
        field="",
        message=f"The file is not UTF-8 and was read as {encoding}. Check accents and umlauts, or save it as UTF-8.",
    )
