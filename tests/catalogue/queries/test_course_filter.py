"""A filter and its address say the same, and the index understands by it what the rules of the catalogue say."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st
from tests.records import TODAY

from synchromesh.catalogue.queries.course_filter import (
    AVAILABILITY,
    GROUPS,
    HIGHEST_PRICE,
    ORDERS,
    PRICE_MOST,
    CourseFilter,
    chosen_in_index,
    day_number,
    filter_query,
    index_bands,
    read_filter,
)
from synchromesh.catalogue.queries.freshness import freshness_of

TEXTS = st.text("aB1 &=+%#;,é\0", max_size=9)


@given(
    words=TEXTS,
    chosen=st.dictionaries(st.sampled_from(GROUPS), st.lists(TEXTS, max_size=3), max_size=3),
    price=st.none() | st.integers(0, HIGHEST_PRICE),
    over=st.booleans(),
    order=st.sampled_from(["", *ORDERS]),
)
def test_a_filter_that_was_read_is_read_again_from_its_address(
    words: str, chosen: dict[str, list[str]], price: int | None, over: bool, order: str
) -> None:
    values = {"q": [words], "price_most": ["" if price is None else str(price)], "over": ["1"] if over else []}
    wanted = read_filter({**chosen, **values, "order": [order]})
    assert (wanted.price_most, wanted.over, wanted.order) == (price, over, order)
    assert read_filter(parse_qs(filter_query(wanted), keep_blank_values=True)) == wanted


def test_what_an_address_cannot_mean_is_passed_over() -> None:
    odd = {"order": ["rubbish"], "price_most": ["-3"], "page": ["7"], "language": ["", "\0", " de "], "q": [" a \0 b "]}
    assert read_filter(odd) == CourseFilter(words="a b", chosen={"language": ("de",)})
    assert len(read_filter({"skill": [str(number) for number in range(99)]}).chosen["skill"]) == 20


def test_only_what_can_be_taken_is_asked_for_unless_everything_is_wanted() -> None:
    assert chosen_in_index(CourseFilter()) == {AVAILABILITY: ("open",)}
    assert chosen_in_index(CourseFilter(over=True, chosen={"kind": ("programme",)})) == {"record": ("programme",)}
    assert chosen_in_index(CourseFilter(over=True, price_most=3)) == {PRICE_MOST: ("within",)}


@given(st.none() | st.dates(date(2024, 1, 1), date(2027, 3, 1)))
def test_the_index_calls_the_same_courses_fresh_as_the_rule_does(day: date | None) -> None:
    band = index_bands(CourseFilter(), today=TODAY)["freshness"]
    expected = str(freshness_of(day, today=TODAY))
    assert band.values_of(None if day is None else day_number(day)) == (expected,)


def test_spans_begin_today_and_the_year_ends_on_its_last_day() -> None:
    band = index_bands(CourseFilter(), today=TODAY)["start"]
    assert band.values_of(day_number(date(2027, 2, 28))) == ()
    assert band.values_of(day_number(TODAY)) == ("30-days", "3-months", "this-year")
    assert band.values_of(day_number(date(2027, 6, 2))) == ("this-year",)
    assert band.values_of(day_number(date(2028, 1, 1))) == ()
    assert band.values_of(None) == ("unknown",)


def test_a_price_ceiling_is_in_euro_and_includes_itself() -> None:
    band = index_bands(CourseFilter(price_most=20), today=TODAY)[PRICE_MOST]
    assert band.values_of(2000) == ("within",)
    assert band.values_of(2001) == band.values_of(None) == ()


def test_a_filter_that_only_orders_is_empty() -> None:
    assert CourseFilter(order="price", chosen={"skill": ()}).is_empty
    assert not CourseFilter(price_most=0).is_empty
    assert not CourseFilter(over=True).is_empty
