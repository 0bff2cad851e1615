"""Every address of the site, visited as everybody, held against the table in docs/permissions.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.cache import cache
from tests.web.walk import ACTORS, LEARNING_ACTORS, SIGN_IN, list_addresses, make_site

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
# Addresses at which it matters what somebody does for a course.
LEARNING = re.compile(r"/<language>/(teach/|me/learning/|courses/<slug>/(learn|result|join|media|answers)/)")
_TOGETHER = 12
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


def _groups() -> dict[str, list[Row]]:
    """The rows by what their addresses begin with, in parts that share a site: making it takes longer than a visit."""
    found: dict[str, list[Row]] = {}
    for row in ROWS:
        words = row[1].removeprefix("/<language>").split("/")
        area = "/".join(words[1:3]) if words[1] in {"api", "desk", "me", "teach"} else words[1]
        found.setdefault(area, []).append(row)
    return {
        f"{area}-{start // _TOGETHER + 1}": rows[start : start + _TOGETHER]
        for area, rows in found.items()
        for start in range(0, len(rows), _TOGETHER)
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("fresh_matching")
@pytest.mark.parametrize("rows", [pytest.param(rows, id=name) for name, rows in _groups().items()])
def test_everybody_gets_at_each_address_what_the_table_says(rows: list[Row]) -> None:
    """Each visit is taken back, so that the next one finds the same site."""
    site = make_site()
    wrong = []
    for method, address, outcomes in rows:
        cache.clear()  # whoever visits much is slowed down
        seen = {actor: site.visit(actor, address, method) for actor in outcomes}
        if seen != outcomes:
            wrong.append(f"seen: | {method} | `{address}` | {' | '.join(seen.values())} |")
    assert not wrong, "\n".join(wrong)


def test_no_row_allows_an_error_of_the_server() -> None:
    allowed = {"200", "302", "400", "401", "403", "404", "405", "409", "422", SIGN_IN}
    assert {outcome for _, _, outcomes in ROWS for outcome in outcomes.values()} <= allowed


def test_every_row_says_something_about_everybody_of_its_part() -> None:
    for _, address, outcomes in ROWS:
        is_of_learning = LEARNING.match(address) is not None
        assert tuple(outcomes) == (ACTORS + LEARNING_ACTORS if is_of_learning else ACTORS), address
