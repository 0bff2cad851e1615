"""Read a table of people who are to get an achievement: good rows, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from synchromesh.credentials.models import IssueRow
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.limits import MEBIBYTE, Limits
from synchromesh.engine.tables.model import Row
from synchromesh.engine.tables.reading import open_table
from synchromesh.engine.vocabulary.languages import ISO_639_1
from synchromesh.engine.vocabulary.storable_text import is_storable, printable

LARGEST_LIST = 200 * MEBIBYTE
_LIMITS = Limits(bytes=LARGEST_LIST, rows=1_000_000, columns=50, cells=10_000_000, unpacked_bytes=400 * MEBIBYTE)
_HEADINGS = {
    "name": ("name", "full_name", "holder", "vollständiger_name"),
    "email": ("email", "e-mail", "e_mail", "mail", "email_address", "e-mail_address", "e-mail-adresse"),
    "language": ("language", "sprache", "jazyk"),
    "percent": ("percent", "result", "prozent", "ergebnis"),
    "external_id": ("id", "external_id", "number", "nummer"),
}
_LONGEST_NAME = 200
_LONGEST_ID = 100


def read_issue_list(file: BinaryIO, *, name: str) -> Iterator[IssueRow]:
    """Unsaved rows of a CSV or XLSX file in their order, each with its `problem` where it has one.

    Columns: name, and email, language, percent, id if there are such. Raises InvalidInput where the file is no such
    table or too large. `position` is the row in the file.
    """
    table = open_table(file, name=name, limits=_LIMITS)
    columns = {
        ours: next((column for column in table.columns if column in names), "") for ours, names in _HEADINGS.items()
    }
    if not columns["name"]:
        raise InvalidInput(f"{name} has no column 'name'. Name the column of the holders' names so.", field="name")
    seen: dict[int, int] = {}  # by 64 bits of who it is: a list of a million people must not fill the memory
    for entry in table.rows:
        if isinstance(entry, Row):
            yield _read_row(entry, columns, seen)
        else:
            yield IssueRow(position=_number(entry.position), name="", problem=f"{entry.field}: {entry.message}"[:500])


def _number(position: str) -> int:
    digits = "".join(letter for letter in position if letter.isdigit())
    return int(digits) if digits else 0


def _read_row(row: Row, columns: Mapping[str, str], seen: dict[int, int]) -> IssueRow:
    cells = {ours: " ".join(row.cells[theirs].split()) if theirs else "" for ours, theirs in columns.items()}
    found = IssueRow(
        position=row.position,
        name=printable(cells["name"])[:_LONGEST_NAME],
        email=printable(cells["email"]).lower()[:254],
        language=printable(cells["language"]).lower()[:2],
        external_id=printable(cells["external_id"])[:_LONGEST_ID],
    )
    found.percent = _percent(cells["percent"])
    found.problem = next(_wrong(cells, found, seen), "")
    return found


def _wrong(cells: Mapping[str, str], row: IssueRow, seen: dict[int, int]) -> Iterator[str]:
    if not cells["name"]:
        yield "name: it is empty. A credential needs the name of its holder."
    if not is_storable(cells["name"]):
        yield "name: it has signs that are no letters. Write it anew."
    if len(cells["name"]) > _LONGEST_NAME:
        yield f"name: it may have {_LONGEST_NAME} letters at most."
    if cells["email"] and not is_address(cells["email"]):
        yield "email: this is no address. It should look like name@example.org."
    if cells["language"] and cells["language"].lower() not in ISO_639_1:
        yield "language: this is no code of two letters, such as en."
    if cells["percent"] and row.percent is None:
        yield "percent: give a number from 0 to 100."
    if len(cells["external_id"]) > _LONGEST_ID:
        yield f"id: it may have {_LONGEST_ID} letters at most."
    same = hash((row.name.casefold(), row.email, row.external_id))
    if same in seen:
        yield f"name: the same person stands in row {seen[same]} already."
    seen.setdefault(same, row.position)


def is_address(text: str) -> bool:
    """Whether a text can be an e-mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _percent(text: str) -> Decimal | None:
    try:
        value = Decimal(text.rstrip("% ").replace(",", "."))
    except InvalidOperation:
        return None
    return value.quantize(Decimal("0.01")) if value.is_finite() and 0 <= value <= 100 else None
