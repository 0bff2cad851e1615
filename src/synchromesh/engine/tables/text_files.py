"""Text of unknown encoding, read line by line: the whole file is checked first, but never held.

Sources: WHATWG Encoding for Windows-1252, https://encoding.spec.whatwg.org/#windows-1252 (Python's codec leaves its
five undefined bytes undefined, which helps to tell text from noise).
"""

from __future__ import annotations

import codecs
import contextlib
import io
import itertools
import re
from collections.abc import Iterator
from typing import BinaryIO

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.tables.limits import MEBIBYTE

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_MULTI_BYTE_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_LONGEST_RECORD = 16 * MEBIBYTE  # characters; all cells of a row at their limits need less


def find_encoding(file: BinaryIO, *, name: str, problems: list[Problem]) -> str:
    """Return the codec of the whole file, and report it when it is not UTF-8; the file stands at its start afterwards.

    Raises InvalidInput, with the place, for bytes that are no text, for damaged UTF-8 and UTF-16, and for NUL.
    """
    file.seek(0)
    start = file.read(4096)
    if start.startswith(_UTF8_MARK):
        _check(file, "utf-8", name, offset=len(_UTF8_MARK))
        found = "utf-8-sig"
    elif encoding := _utf16_name(start, size_of(file)):
        _check(file, encoding, name)
        problems.append(_encoding_problem("UTF-16"))
        found = encoding
    else:
        _refuse_nul(file, name)
        fault = _first_fault(file)
        found = "utf-8" if fault is None else _windows_1252(file, fault, name, problems)
    file.seek(0)
    return found


def size_of(file: BinaryIO) -> int:
    """Return the length of a seekable file in bytes; it stands at its start afterwards."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    return size


@contextlib.contextmanager
def decoded(file: BinaryIO, encoding: str) -> Iterator[io.TextIOWrapper]:
    """Give the file from its start as text with its own line ends; the file stays open afterwards."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        yield text
    finally:
        with contextlib.suppress(ValueError):  # somebody closed the file before the reading came to its end
            text.detach()


class BoundedLines:
    """The lines of a text for the parser of CSV, which takes as many as a record has; `begin_record` starts anew.

    Raises InvalidInput where one record is so long that it could fill the memory.
    """

    def __init__(self, text: io.TextIOWrapper, *, name: str) -> None:
        self._text = text
        self._name = name
        self._left = _LONGEST_RECORD

    def begin_record(self) -> None:
        """Allow the next record its full length."""
        self._left = _LONGEST_RECORD

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(self._left)
        if not line:
            raise StopIteration
        self._left -= len(line)
        if self._left <= 0:
            raise InvalidInput(
                f"{self._name} has a row of more than {_LONGEST_RECORD:,} characters. Perhaps it is no table."
            )
        return line


class _WrongByte(Exception):
    """A byte that does not fit the encoding; `place` counts from 0."""

    def __init__(self, place: int) -> None:
        super().__init__(place)
        self.place = place


def _chunks(file: BinaryIO, offset: int = 0) -> Iterator[bytes]:
    file.seek(offset)
    while chunk := file.read(MEBIBYTE):
        yield chunk


def _texts(file: BinaryIO, encoding: str, *, offset: int = 0) -> Iterator[str]:
    """Yield the text in pieces; raises _WrongByte."""
    decoder = codecs.getincrementaldecoder(encoding)()
    before = offset
    for chunk in itertools.chain(_chunks(file, offset), [b""]):
        waiting = len(decoder.getstate()[0])
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            raise _WrongByte(before - waiting + error.start) from error
        yield text
        before += len(chunk)


def _check(file: BinaryIO, encoding: str, name: str, *, offset: int = 0) -> None:
    """Raise InvalidInput for a byte that does not fit the encoding which the file states, and for NUL."""
    before = 0
    try:
        for text in _texts(file, encoding, offset=offset):
            place = text.find("\0")
            if place >= 0:
                raise InvalidInput(f"{name} is not a text file: character {before + place + 1} is empty (NUL).")
            before += len(text)
    except _WrongByte as error:
        raise InvalidInput(
            f"{name} says it is {encoding.upper()}, but byte {error.place + 1} is wrong. "
            "Save the file again as CSV in UTF-8."
        ) from error


def _refuse_nul(file: BinaryIO, name: str) -> None:
    before = 0
    for chunk in _chunks(file):
        place = chunk.find(b"\0")
        if place >= 0:
            raise InvalidInput(
                f"{name} is not a text file: byte {before + place + 1} is empty (NUL). "
                "Save it as CSV in UTF-8, or as XLSX."
            )
        before += len(chunk)


def _first_fault(file: BinaryIO) -> int | None:
    """Return the place of the first byte that is no UTF-8, counted from 0, None if there is none."""
    try:
        for _ in _texts(file, "utf-8"):
            pass
    except _WrongByte as error:
        return error.place
    return None


def _windows_1252(file: BinaryIO, fault: int, name: str, problems: list[Problem]) -> str:
    """Return the codec Windows-1252, unless the file is plainly damaged UTF-8 or no text at all."""
    multi_byte = stray = 0
    readable = True
    file.seek(0)
    while chunk := file.read(MEBIBYTE):
        chunk += file.readline(4096)  # so that hardly ever a character is cut in two
        multi_byte += len(_MULTI_BYTE_UTF8.findall(chunk))
        stray += len(_NOT_ASCII.findall(_MULTI_BYTE_UTF8.sub(b"", chunk)))
        try:
            chunk.decode("cp1252")
        except UnicodeDecodeError:
            readable = False
            break
    if not readable or multi_byte > stray:
        line = _line_of(file, fault)
        raise InvalidInput(
            f"{name} fits no encoding: byte {fault + 1} (line {line}) is wrong. Save the file again as CSV in UTF-8."
        )
    problems.append(_encoding_problem("Windows-1252"))
    return "cp1252"


def _line_of(file: BinaryIO, place: int) -> int:
    """Return the number of the line in which a byte stands, counted from 1."""
    line, left = 1, place
    for chunk in _chunks(file):
        line += chunk[:left].count(b"\n")
        left -= len(chunk)
        if left <= 0:
            break
    return line


def _utf16_name(start: bytes, size: int) -> str:
    """Name the UTF-16 codec by the byte order mark, or by where the empty bytes of European text stand; "" for none."""
    if start.startswith(_UTF16_MARKS):
        return "utf-16"
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if size % 2 or max(even, odd) * 4 < len(start):
        return ""
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else ""


def _encoding_problem(encoding: str) -> Problem:
    return Problem(
        position="file",
        field="",
        message=f"The file is not UTF-8 and was read as {encoding}. Check accents and umlauts, or save it as UTF-8.",
    )
