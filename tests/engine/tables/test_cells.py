"""Single cells: what is read, what is refused, and how the refusal names the place."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.cells import CellReader, is_web_address
from synchromesh.engine.tables.lists import join_list, split_list
from synchromesh.engine.tables.model import Row

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def reader(text: str) -> CellReader:
    return CellReader(Row(position=7, cells={"x": text}), position="row 7")


@pytest.mark.parametrize(
    ("text", "date"),
    [("2026-03-01", (2026, 3, 1)), ("1.3.2026", (2026, 3, 1)),
     ("01.03.2026", (2026, 3, 1)), ("31. 12. 2026", (2026, 12, 31)), ("2026-03-01 09:00", (2026, 3, 1)),
     ("2024-02-29T08:00:00Z", (2024, 2, 29)), ("31/03/2026", (2026, 3, 31)), ("31-3-2026 09:00", (2026, 3, 31)),
     ("03/31/2026", (2026, 3, 31)), ("5/5/2026", (2026, 5, 5)), ("2026/03/31", (2026, 3, 31)),
     ("31.03.2026 09:00", (2026, 3, 31))],
)  # fmt: skip
def test_dates_are_read_in_every_order_that_is_plain(text: str, date: tuple[int, int, int]) -> None:
    cells = reader(text)
    assert cells.date("x") == datetime.date(*date)
    assert cells.problems == []


@pytest.mark.parametrize(
    "text",
    ["2026-02-29", "31.02.2026", "03/04/2026", "13/13/2026", "1.3.26", "soon", "2026", "0000-01-01", "٢٠٢٦-٠١-٠١"],
)
def test_a_date_that_is_none_or_could_be_two_is_refused(text: str) -> None:
    cells = reader(text)
    assert cells.date("x") is None
    assert [(problem.position, problem.field) for problem in cells.problems] == [("row 7", "x")]


@pytest.mark.parametrize("text", ["1.5", "1,000", "x", "9" * 5_000, "٣", "0", "11", "-1"])
def test_a_whole_number_out_of_bounds_or_unclear_is_refused(text: str) -> None:
    cells = reader(text)
    assert cells.whole_number("x", least=1, most=10) is None
    assert len(cells.problems) == 1


@pytest.mark.parametrize(
    ("text", "number"), [("0,5", "0.5"), ("0.5", "0.5"), (".5", "0.5"), ("1", "1"), ("1e-05", "0.00001")]
)
def test_decimals_take_point_and_comma(text: str, number: str) -> None:
    assert reader(text).decimal("x", least=Decimal(0), most=Decimal(1)) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "number"), [("1,000", 1_000), ("1.000", 1_000), ("12 000", 12_000), ("90.0", 90), ("90,00", 90), ("7", 7)]
)
def test_thousands_and_empty_fractions_of_whole_numbers_are_read(text: str, number: int) -> None:
    assert reader(text).whole_number("x", least=0, most=100_000) == number


@pytest.mark.parametrize("text", ["1.1", "-0.1", "nan", "Infinity", "1e999", "1.000,5", "x"])
def test_decimals_out_of_bounds_or_unclear_are_refused(text: str) -> None:
    cells = reader(text)
    assert cells.decimal("x", least=Decimal(0), most=Decimal(1)) is None
    assert len(cells.problems) == 1


def test_words_are_compared_without_case_and_with_spaces_for_hyphens() -> None:
    assert reader("On site").one_of("x", ("online", "on-site")) == "on-site"
    cells = reader("near")
    assert cells.one_of("x", ("online", "on-site")) == ""
    assert "online or on-site" in cells.problems[0].message


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "www.example.org", "https://", "http://[", "https://a b", "ftp://a.org"]
)
def test_only_web_addresses_pass_as_such(text: str) -> None:
    cells = reader(text)
    assert cells.web_address("x") == ""
    assert len(cells.problems) == 1


@given(any_text)
def test_no_text_makes_a_reader_fail(text: str) -> None:
    cells = reader(text)
    is_web_address(text)
    cells.date("x")
    cells.whole_number("x", least=0, most=10)
    cells.decimal("x", least=Decimal(0), most=Decimal(1))
    cells.country("x")
    cells.items("x")
    cells.one_of("x", ("a", "b"))
    assert all(problem.field == "x" and len(problem.message) < 200 for problem in cells.problems)


def test_empty_cells_and_unknown_columns_are_empty_values_without_a_problem() -> None:
    for cells in (reader(""), CellReader(Row(position=1, cells={}), position="row 1")):
        assert cells.date("x") is None
        assert cells.whole_number("x", least=0, most=1) is None
        assert (cells.items("x"), cells.web_address("x"), cells.country("x"), cells.one_of("x", ("a",))) == (
            (),
            "",
            "",
            "",
        )
        assert cells.problems == []


def test_what_a_parser_refuses_becomes_a_problem_of_the_cell() -> None:
    def refuse(text: str) -> int:
        raise InvalidInput(f"'{text}' will not do.")

    cells = reader("abc")
    assert cells.parsed("x", refuse) is None
    assert cells.problems[0].message == "'abc' will not do."


@given(st.lists(any_text.map(str.strip).filter(bool), max_size=6).map(tuple))
def test_a_list_in_a_cell_gives_back_every_value(items: tuple[str, ...]) -> None:
    assert split_list(join_list(items)) == items


def test_values_with_semicolons_stand_in_quotes_and_stray_quotes_are_kept() -> None:
    assert split_list('one; "two; too" ;"say ""hi""" ; ; 5" pipe; "half') == (
        "one",
        "two; too",
        'say "hi"',
        '5" pipe',
        '"half',
    )
    assert join_list(["one", "two; too"]) == 'one; "two; too"'
