"""Every address of the site, visited as everybody, held against the table in docs/permissions.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.web.walk import ACTORS, LEARNING_ACTORS, SIGN_IN, list_addresses, make_site

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
# Addresses at which it matters what somebody does for a course.
LEARNING = re.compile(r"/<language>/(teach/|me/learning/|courses/<slug>/(learn|result|join|media|answers)/)")
Row = tuple[str, str, dict[str, str]]


def read_table() -> list[Row]:
    """The rows of the tables: method, address and the outcome for each actor that the table's head names."""
    rows: list[Row] = []
    actors: list[str] = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| Method |"):
            actors = [cell.lower() for cell in cells[2:]]
        elif re.match(r"\| (GET|POST) \|", line):
            rows.append((cells[0], cells[1].strip("`"), dict(zip(actors, cells[2:], strict=True))))
    return rows


ROWS = read_table()


def test_every_address_has_one_row_and_every_row_an_address() -> None:
    listed = [address for method, address, _ in ROWS if method == "GET"]
    assert sorted(listed) == list_addresses()


def test_an_address_that_is_not_the_same_for_everybody_also_says_what_a_post_does() -> None:
    seen = {address: outcomes for method, address, outcomes in ROWS if method == "GET"}
    posted = [address for method, address, _ in ROWS if method == "POST"]
    needed = {
        address for address, outcomes in seen.items() if len(set(outcomes.values())) > 1 or "405" in outcomes.values()
    }
    assert sorted(posted) == sorted(needed)


@pytest.mark.django_db
@pytest.mark.usefixtures("fresh_matching")
@pytest.mark.parametrize(("method", "address", "outcomes"), ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS])
def test_everybody_gets_at_each_address_what_the_table_says(
    method: str, address: str, outcomes: dict[str, str]
) -> None:
    site = make_site()
    seen = {actor: site.visit(actor, address, method) for actor in outcomes}
    assert seen == outcomes, f"seen: | {method} | `{address}` | {' | '.join(seen.values())} |"


def test_no_row_allows_an_error_of_the_server() -> None:
    allowed = {"200", "302", "400", "401", "403", "404", "405", "409", "422", SIGN_IN}
    assert {outcome for _, _, outcomes in ROWS for outcome in outcomes.values()} <= allowed


def test_every_row_says_something_about_everybody_of_its_part() -> None:
    for _, address, outcomes in ROWS:
        is_of_learning = LEARNING.match(address) is not None
        assert tuple(outcomes) == (ACTORS + LEARNING_ACTORS if is_of_learning else ACTORS), address
