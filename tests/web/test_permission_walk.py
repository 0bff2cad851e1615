"""Every address of the site, visited as everybody, held against the table in docs/permissions.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.web.walk import ACTORS, SIGN_IN, list_addresses, make_site

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
Row = tuple[str, str, tuple[str, ...]]


def read_table() -> list[Row]:
    """The rows of the table: method, address and the outcome for each actor."""
    rows: list[Row] = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if re.match(r"\| (GET|POST) \|", line):
            rows.append((cells[0], cells[1].strip("`"), tuple(cells[2:])))
    return rows


ROWS = read_table()


def test_every_address_has_one_row_and_every_row_an_address() -> None:
    listed = [address for method, address, _ in ROWS if method == "GET"]
    assert sorted(listed) == list_addresses()


def test_an_address_that_is_not_the_same_for_everybody_also_says_what_a_post_does() -> None:
    seen = {address: outcomes for method, address, outcomes in ROWS if method == "GET"}
    posted = [address for method, address, _ in ROWS if method == "POST"]
    needed = {address for address, outcomes in seen.items() if len(set(outcomes)) > 1 or "405" in outcomes}
    assert sorted(posted) == sorted(needed)


@pytest.mark.django_db
@pytest.mark.usefixtures("fresh_matching")
@pytest.mark.parametrize(("method", "address", "outcomes"), ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS])
def test_everybody_gets_at_each_address_what_the_table_says(
    method: str, address: str, outcomes: tuple[str, ...]
) -> None:
    site = make_site()
    seen = tuple(site.visit(actor, address, method) for actor in ACTORS)
    assert seen == outcomes, f"seen: | {method} | `{address}` | {' | '.join(seen)} |"


def test_no_row_allows_an_error_of_the_server() -> None:
    allowed = {"200", "302", "403", "404", "405", "409", "422", SIGN_IN}
    assert {outcome for _, _, outcomes in ROWS for outcome in outcomes} <= allowed
    assert {len(outcomes) for _, _, outcomes in ROWS} == {len(ACTORS)}
