"""Small numbers of wishes are held back, so that nobody can be recognised; everything else stays right."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synchromesh.catalogue.queries.brief_counts import (
    Thresholds,
    Wish,
    WishCount,
    add_up,
    hold_back_small,
    leave_out_rare_words,
    may_be_quoted,
)

DAY = date(2027, 3, 1)
LIMITS = Thresholds()
_WISHES = st.one_of(
    st.builds(
        Wish,
        skill=st.integers(1, 2),
        level=st.sampled_from([None, 1, 2]),
        words=st.just(""),
        language=st.sampled_from(["", "en", "de"]),
        region=st.sampled_from([None, 1, 2]),
    ),
    st.builds(
        Wish,
        skill=st.none(),
        level=st.none(),
        words=st.sampled_from(["hydrogen welding", "call 0171", "pia@example.org", "ab"]),
        language=st.sampled_from(["", "en"]),
        region=st.sampled_from([None, 1]),
    ),
)
_ROWS = st.lists(
    st.tuples(_WISHES, st.sampled_from(["search", "gap", "plan"]), st.integers(1, 9), st.just(DAY)), max_size=40
)


def counted(*rows: tuple[Wish, str, int]) -> list[WishCount]:
    """The rows added up, all of one day."""
    return add_up((wish, origin, times, DAY) for wish, origin, times in rows)


def public(*rows: tuple[Wish, str, int], limits: Thresholds = LIMITS) -> dict[Wish, int | None]:
    """What everybody sees of the rows."""
    return {cell.wish: cell.times for cell in hold_back_small(counted(*rows), limits)}


@given(rows=_ROWS, name_few=st.booleans())
@settings(max_examples=100)
def test_no_number_below_the_threshold_and_no_rare_words_are_ever_shown(
    rows: list[tuple[Wish, str, int, date]], name_few: bool
) -> None:
    shown = hold_back_small(add_up(rows), Thresholds(name_few=name_few))
    for cell in shown:
        if cell.times is None:
            assert name_few
            assert (cell.origins, dict(cell.by_origin), cell.last_on) == ((), {}, None)
            assert (cell.wish.language, cell.wish.region) == ("", None)
            assert cell.wish.skill is not None
        else:
            assert cell.times >= (LIMITS.count if cell.wish.skill else LIMITS.words)
            assert all(part >= LIMITS.count for part in cell.by_origin.values())
            assert sum(cell.by_origin.values()) in {0, cell.times}
        assert cell.wish.words in {"", "hydrogen welding"}
    assert len({cell.wish for cell in shown}) == len(shown)


@given(rows=_ROWS)
@settings(max_examples=100)
def test_every_wish_for_a_skill_is_in_one_row_and_none_is_made_up(rows: list[tuple[Wish, str, int, date]]) -> None:
    shown = hold_back_small(add_up(rows), LIMITS)
    for skill in (1, 2):
        for level in (None, 1, 2):
            wished = sum(times for wish, _, times, _ in rows if (wish.skill, wish.level) == (skill, level))
            cells = [cell for cell in shown if (cell.wish.skill, cell.wish.level) == (skill, level)]
            told = sum(cell.times or 0 for cell in cells)
            few = sum(cell.times is None for cell in cells)
            assert few <= 1
            assert told <= wished <= told + few * (LIMITS.count - 1)


@given(rows=_ROWS)
@settings(max_examples=50)
def test_added_up_nothing_is_lost(rows: list[tuple[Wish, str, int, date]]) -> None:
    assert sum(cell.times or 0 for cell in add_up(rows)) == sum(times for _, _, times, _ in rows)


def test_small_numbers_are_joined_without_the_region_and_then_without_the_language() -> None:
    found = public(
        (Wish(skill=1, level=2, language="de", region=1), "gap", 3),
        (Wish(skill=1, level=2, language="de", region=2), "gap", 4),
        (Wish(skill=1, level=2, language="en", region=1), "gap", 2),
        (Wish(skill=1, level=2, language="cs"), "gap", 3),
    )
    assert found == {Wish(skill=1, level=2, language="de"): 7, Wish(skill=1, level=2): 5}


def test_few_wishes_are_named_without_a_number_or_left_out() -> None:
    rows = (Wish(skill=1, level=3, language="mt", region=1), "gap", 1)
    assert public(rows) == {Wish(skill=1, level=3): None}
    assert public(rows, limits=Thresholds(name_few=False)) == {}


def test_origins_are_counted_apart_only_if_none_of_them_is_small() -> None:
    wish = Wish(skill=1, level=1)
    few = hold_back_small(counted((wish, "gap", 7), (wish, "plan", 2)), LIMITS)
    many = hold_back_small(counted((wish, "gap", 7), (wish, "plan", 6)), LIMITS)
    assert [(dict(cell.by_origin), cell.origins, cell.times) for cell in few] == [({}, ("gap", "plan"), 9)]
    assert [dict(cell.by_origin) for cell in many] == [{"gap": 7, "plan": 6}]


@pytest.mark.parametrize(
    ("words", "times", "is_shown"),
    [
        ("hydrogen welding", 10, True),
        ("hydrogen welding", 9, False),
        ("pia person 1987", 50, False),
        ("pia@example", 50, False),
        ("xy", 50, False),
    ],
)
def test_typed_words_are_shown_when_many_have_used_them(words: str, times: int, is_shown: bool) -> None:
    assert bool(public((Wish(words=words), "search", times))) is is_shown


def test_words_in_two_languages_are_joined_before_they_are_judged() -> None:
    found = public((Wish(words="hv", language="en"), "search", 99), (Wish(words="laser", language="en"), "search", 6),
                   (Wish(words="laser", language="de"), "search", 4))  # fmt: skip
    assert found == {Wish(words="laser"): 10}


@given(rows=_ROWS)
@settings(max_examples=50)
def test_rare_words_may_be_left_out_before_without_any_difference(rows: list[tuple[Wish, str, int, date]]) -> None:
    before = hold_back_small(add_up(leave_out_rare_words(rows, LIMITS)), LIMITS)
    assert {cell.wish: cell for cell in before} == {cell.wish: cell for cell in hold_back_small(add_up(rows), LIMITS)}


@given(words=st.text(max_size=20))
@settings(max_examples=100)
def test_no_words_with_a_digit_or_an_at_sign_may_be_quoted(words: str) -> None:
    assert not may_be_quoted(f"{words}7")
    assert not may_be_quoted(f"{words}@x.org")
