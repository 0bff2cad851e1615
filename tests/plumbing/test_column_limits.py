"""What a column cannot hold is found before the database is asked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.models import Course
from synchromesh.plumbing.column_limits import limit_problems


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("record_type", "x" * 81),
        ("source", "x" * 201),
        ("source_url", "https://example.org/" + "x" * 1000),
        ("price_cents", 2**31),
        ("price_cents", -1),
        ("ects", Decimal("1.125")),
        ("ects", Decimal("1000.00")),
    ],
)
def test_a_value_beyond_its_column_is_a_problem_that_names_row_and_column(column: str, value: Any) -> None:
    (problem,) = list(limit_problems(Course, {column: value}, position="row 7"))
    assert (problem.position, problem.field) == ("row 7", column)
    assert problem.message.endswith("The row is left out.")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("record_type", "x" * 80),
        ("price_cents", 2**31 - 1),
        ("price_cents", None),
        ("titles", {"en": "x" * 5000}),
        ("ects", Decimal("2.5")),
        ("source_url", "http://localhost/unusual"),
    ],
)
def test_a_value_that_fits_is_none(column: str, value: Any) -> None:
    assert not list(limit_problems(Course, {column: value}, position="row 7"))


def test_a_relation_has_no_limit() -> None:
    assert not list(limit_problems(Course, {"provider": Organisation()}, position="row 7"))
