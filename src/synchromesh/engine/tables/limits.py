"""How much of a file is read at most, so that no upload can exhaust memory or time."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024
# Of an XLSX sheet. A row number above it is a lie that would cost hours of empty rows, and in CSV it is blank lines.
LAST_ROW = 1_048_576


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Upper bounds for one file.

    `bytes` as sent; `rows` (the broken ones too), `columns` and `cells` of a table (`cells` counts the empty ones in
    front of a filled one too); `cell_characters` of one cell; `unpacked_bytes` of everything in a zip file together;
    `ratio` of unpacked to packed size of one member; `members` of a zip file.
    """

    bytes: int = 20 * MEBIBYTE
    rows: int = 200_000
    columns: int = 200
    cells: int = 10_000_000
    cell_characters: int = 50_000
    unpacked_bytes: int = 200 * MEBIBYTE
    ratio: int = 200
    members: int = 1_000


DEFAULT = Limits()
# For readers that hold one row at a time, so that a long file costs time and no memory. What a workbook may unpack to
# grows only to the size of an honest table of 100,000 courses; how well it may pack stays as it is.
STREAMED = Limits(bytes=2048 * MEBIBYTE, rows=LAST_ROW, cells=200_000_000, unpacked_bytes=512 * MEBIBYTE)
