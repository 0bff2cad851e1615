"""Which files of ESCO packs are there, whatever the packs are called, and their rows, read piece by piece.

The European Commission publishes ESCO as CSV tables in UTF-8, one set of tables for each language, in one zip or
several. Up to 1.1 the tables of relations have no language in their name, from 1.2 on they do. Source of the names and
columns: the download page of ESCO, https://esco.ec.europa.eu/en/use-esco/download
"""

from __future__ import annotations

import codecs
import csv
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange._esco_report import EscoReport
from synchromesh.engine.tables.archives import named_files, unpacked, zip_file
from synchromesh.engine.tables.limits import MEBIBYTE, Limits

LIMITS = Limits(bytes=100 * MEBIBYTE, unpacked_bytes=512 * MEBIBYTE)
"""A classification of one language unpacks to about 17 MB, the relations to 26 MB; packs of all languages are more."""

_NAME = re.compile(r"(?P<table>[A-Za-z]+?)(?:_(?P<language>[A-Za-z]{2}))?\.csv", re.IGNORECASE)
_VERSION = re.compile(r"(?<![a-z0-9.])v?(\d{1,3}(?:\.\d{1,3}){1,2})(?!\.?\d)", re.IGNORECASE)
_CHUNK = 64 * 1024
_LONGEST_LINE = 4 * MEBIBYTE  # the longest of ESCO has 0.6; without a line break a file would be read as one


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFile:
    """One table: its name for messages, what it holds in lower case, its language ("" if unstated), and its bytes."""

    name: str
    table: str
    language: str
    chunks: Callable[[], Iterator[bytes]]


def find_files(paths: Sequence[Path], *, limits: Limits = LIMITS) -> list[PackFile]:
    """Return every CSV table in the given zips, folders and single files.

    Raises InvalidInput for what cannot be read, for hostile archives and where there is no table at all.
    """
    found: list[PackFile] = []
    for path in paths:
        try:
            found += _in_folder(path, limits) if path.is_dir() else _in_file(path, limits)
        except OSError as error:
            raise InvalidInput(f"{path} cannot be read: {error.strerror}.", field="paths") from None
    if not found:
        named = ", ".join(path.name for path in paths) or "nothing"
        raise InvalidInput(
            f"There is no ESCO table (such as skills_en.csv) in {named}. Give the zip files as they were downloaded, "
            "or a folder with their CSV files.",
            field="paths",
        )
    return found


def version_labels(paths: Iterable[Path]) -> list[str]:
    """Return the versions that the names of the packs state ("ESCO dataset - v1.1.1 ..." gives "1.1.1"), each once."""
    labels: dict[str, None] = {}
    for path in paths:
        for name in (path.resolve().name, path.resolve().parent.name):
            stated = _VERSION.findall(re.sub(r"\.(zip|csv)$", "", name, flags=re.IGNORECASE))
            if stated:
                labels[stated[0]] = None
                break
    return list(labels)


def _in_folder(folder: Path, limits: Limits) -> list[PackFile]:
    files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in {".csv", ".zip"} and file.is_file())
    return [table for file in files for table in _in_file(file, limits)]


def _in_file(path: Path, limits: Limits) -> list[PackFile]:
    if path.suffix.lower() == ".csv":
        return _named(path.name, lambda: _file_chunks(path, limits))
    if path.stat().st_size > limits.bytes:
        raise InvalidInput(f"{path.name} has more than {limits.bytes:,} bytes and was not opened.", field="paths")
    data = path.read_bytes()
    archive = zip_file(data, name=path.name, limits=limits)
    found = []
    for member, info in named_files(archive, len(data), name=path.name, limits=limits):
        # Bound now, not when it is called: every member has its own entry.
        def chunks(info: object = info) -> Iterator[bytes]:
            return unpacked(archive, info, name=path.name)  # type: ignore[arg-type]

        found += _named(member.rsplit("/", 1)[-1], chunks)
    return found


def _named(name: str, chunks: Callable[[], Iterator[bytes]]) -> list[PackFile]:
    match = _NAME.fullmatch(name)
    if match is None:
        return []
    language = (match["language"] or "").lower()
    return [PackFile(name=name, table=match["table"].lower(), language=language, chunks=chunks)]


def _file_chunks(path: Path, limits: Limits) -> Iterator[bytes]:
    if path.stat().st_size > limits.unpacked_bytes:
        raise InvalidInput(f"{path.name} has more than {limits.unpacked_bytes:,} bytes and was not read.")
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def read_rows(file: PackFile, *, needed: Sequence[str], report: EscoReport) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (position, cells by column) for each row; a row that cannot be read is reported and left out.

    Rows count records, as a spreadsheet does. Raises InvalidInput when the file is no UTF-8 text or lacks a column.
    """
    reader = csv.reader(_lines(file), strict=True)
    columns = _heading(reader, file, needed)
    for number in itertools.count(2):
        position = f"{file.name} row {number}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            report.add("unreadable_row", position, "", f"The row cannot be read ({error}) and is left out.")
            continue
        if cells and len(cells) <= len(columns):  # empty cells at the end of a row may be left out
            yield position, dict(itertools.zip_longest(columns, cells, fillvalue=""))
        elif cells:
            message = f"The row has {len(cells)} cells but the heading {len(columns)}; it is left out."
            report.add("unreadable_row", position, "", message)


def _heading(reader: Iterator[list[str]], file: PackFile, needed: Sequence[str]) -> list[str]:
    try:
        columns = [column.strip() for column in next(reader, [])]
    except csv.Error:
        columns = []
    missing = [column for column in needed if column not in columns]
    if missing:
        raise InvalidInput(
            f"{file.name} has no column '{missing[0]}', so it is not the ESCO table of that name. Download it again."
        )
    return columns


def _lines(file: PackFile) -> Iterator[str]:
    """Yield lines with their ends: csv.reader itself joins the lines of a quoted cell."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    rest = ""
    try:
        for chunk in file.chunks():
            *lines, rest = (rest + decoder.decode(chunk)).split("\n")
            if len(rest) > _LONGEST_LINE:
                raise InvalidInput(f"{file.name} has a line of more than {_LONGEST_LINE:,} characters; it is no table.")
            for line in lines:
                yield line + "\n"
        rest += decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{file.name} is damaged or no text in UTF-8 ({error.reason}). Download it again.") from None
    if rest:
        yield rest
