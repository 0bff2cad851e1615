"""Tables of people: columns by their usual names, in CSV and XLSX, and each fault with its row."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from tests.engine.tables.test_reading_workbooks import workbook_of

from synchromesh.credentials.queries.issue_lists import read_issue_list
from synchromesh.engine.errors import InvalidInput


def test_a_workbook_is_read_by_its_headings() -> None:
    data = workbook_of(["E-Mail", "Name", "Ergebnis", "Sprache"], ["Zoe@Example.org", "  Zoë   Müller ", 87.5, "DE"])
    (row,) = read_issue_list(io.BytesIO(data), name="people.xlsx")
    assert (row.name, row.email, row.percent, row.language, row.problem) == (
        "Zoë Müller",
        "zoe@example.org",
        Decimal("87.50"),
        "de",
        "",
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Zoë,zoe@,,,", "email"),
        ("Zoë,,xx,,", "language"),
        ("Zoë,,english,,", "language"),
        ("Zoë,,,-1,", "percent"),
        ("Zoë,,,NaN,", "percent"),
        (f"{'x' * 201},,,,", "name"),
        ("Zo\x01,,,,", "name"),
        (f"Zoë,,,,{'x' * 101}", "id"),
    ],
)
def test_what_a_credential_cannot_say_is_named(line: str, problem: str) -> None:
    text = f"name,email,language,percent,id\nAnna,,,,\n{line}\n"
    good, bad = read_issue_list(io.BytesIO(text.encode()), name="people.csv")
    assert good.problem == ""
    assert bad.problem.startswith(f"{problem}: ")
    assert bad.position == 3


def test_percent_may_be_written_as_people_write_it() -> None:
    rows = read_issue_list(io.BytesIO(b"name;percent\nA;87,5 %\nB;100\n"), name="people.csv")
    assert [row.percent for row in rows] == [Decimal("87.50"), Decimal(100)]


def test_a_file_that_is_no_table_of_people_is_refused_whole() -> None:
    for content in (b"email\na@example.org\n", b""):
        with pytest.raises(InvalidInput):
            list(read_issue_list(io.BytesIO(content), name="people.csv"))
