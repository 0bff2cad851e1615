"""The texts of a workbook, which XLSX keeps apart from the cells, without holding them all.

A cell names its text by a number (ECMA-376, part 1, 18.4 shared string table), so any text may be asked for at any
time. The first few million characters stay in memory, the rest waits in a temporary file.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from typing import IO, Any, BinaryIO

from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS

from synchromesh.engine.tables.workbook_xml import parse_parts

_HELD = 4_000_000  # characters


class StringTable:
    """Texts by their number, in the order in which they were added."""

    def __init__(self, *, held: int = _HELD) -> None:
        self._left = held
        self._held: list[str] = []
        self._file: IO[bytes] | None = None
        self._ends = array("Q", [0])  # where each text in the file ends, and the next one begins

    def append(self, text: str) -> None:
        """Add the next text."""
        if self._file is None and len(text) <= self._left:
            self._left -= len(text)
            self._held.append(text)
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - `close` closes it
        self._ends.append(self._ends[-1] + self._file.write(text.encode("utf-8", "surrogatepass")))

    def finish(self) -> None:
        """Say that no more texts come, so that those in the file can be read."""
        if self._file is not None:
            self._file.flush()

    def __getitem__(self, number: int) -> str:
        """Return a text; raises IndexError where there is none of this number."""
        if number < len(self._held):
            return self._held[number]
        if self._file is None:
            raise IndexError(number)
        place = number - len(self._held)
        start, end = self._ends[place], self._ends[place + 1]
        return os.pread(self._file.fileno(), end - start, start).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Give the temporary file back."""
        if self._file is not None:
            self._file.close()


class WorkbookReader(ExcelReader):
    """openpyxl's reader of workbooks with the shared strings in a `StringTable`, which `close` gives back."""

    texts_held = _HELD

    def __init__(self, file: Any) -> None:
        super().__init__(file, read_only=True, data_only=True)  # type: ignore[no-untyped-call]
        self.shared_strings: Any = StringTable(held=self.texts_held)

    def read_strings(self) -> None:
        """Read the shared strings; called by `read`."""
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                _read_strings(source, self.shared_strings)
        self.shared_strings.finish()

    def close(self) -> None:
        """Close the workbook and its texts."""
        self.archive.close()
        self.shared_strings.close()


def _read_strings(source: BinaryIO, table: StringTable) -> None:
    """Read `si` elements: a text, or runs of text in several looks; how it is pronounced (`rPh`) does not count."""
    parts: list[str] = []
    spoken = False

    def start(name: str, _: dict[str, str]) -> bool:
        nonlocal spoken
        if name == "si":
            parts.clear()
        spoken = spoken or name == "rPh"
        return name == "t" and not spoken

    def end(name: str) -> None:
        nonlocal spoken
        if name == "si":
            table.append("".join(parts))
        elif name == "rPh":
            spoken = False

    for _ in parse_parts(source, start=start, end=end, text=parts.append):
        pass
