"""When a feed gives too little: the rule at its edges, and what holds for all feeds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.feeds.yields import Yield, judge_yield

COUNTS = st.integers(0, 5000)
YIELDS = st.builds(Yield, courses=COUNTS, problems=COUNTS)
HISTORY = st.lists(YIELDS, max_size=7)


def gave(courses: int, problems: int = 0) -> Yield:
    return Yield(courses=courses, problems=problems)


@pytest.mark.parametrize(
    ("found", "earlier", "kind"),
    [
        (gave(70), [gave(100)], None),
        (gave(69), [gave(100)], "drop"),
        (gave(69), [gave(100), gave(98), gave(2)], None),
        (gave(68), [gave(100), gave(98), gave(2)], "drop"),
        (gave(69), [gave(60)] * 5 + [gave(1000)] * 9, None),
        (gave(1), [], None),
        (gave(0), [], "empty"),
        (gave(0), [gave(100)], "empty"),
        (gave(100, 30), [gave(100)], None),
        (gave(100, 31), [gave(100)], "problems"),
        (gave(100, 90), [gave(100, 60)], None),
        (gave(100, 91), [gave(100, 60)], "problems"),
        (gave(100, 900), [], None),
        (gave(60, 900), [gave(100)], "drop"),
    ],
)
def test_an_alarm_is_raised_below_70_percent_or_with_30_percent_more_problems(
    found: Yield, earlier: list[Yield], kind: str | None
) -> None:
    alarm = judge_yield(found, earlier=earlier)
    assert (alarm.kind if alarm else None) == kind


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (gave(0), "The feed holds no course that can be read."),
        (gave(40), "The feed holds 40 courses; usually it holds 100."),
        (gave(100, 50), "The feed has 50 problems; usually it has 3."),
    ],
)
def test_an_alarm_is_a_sentence(found: Yield, words: str) -> None:
    alarm = judge_yield(found, earlier=[gave(100, 3)])
    assert alarm is not None
    assert alarm.sentence == words


@given(YIELDS, HISTORY)
def test_only_the_last_five_count_in_whatever_order(found: Yield, earlier: list[Yield]) -> None:
    alarm = judge_yield(found, earlier=earlier)
    assert alarm == judge_yield(found, earlier=earlier[:5])
    assert alarm == judge_yield(found, earlier=earlier[:5][::-1])


@given(YIELDS, st.integers(0, 500), st.integers(0, 500), HISTORY)
def test_more_courses_and_fewer_problems_never_raise_an_alarm(
    found: Yield, more: int, fewer: int, earlier: list[Yield]
) -> None:
    better = gave(found.courses + more, max(0, found.problems - fewer))
    assert judge_yield(found, earlier=earlier) is not None or judge_yield(better, earlier=earlier) is None


@given(st.builds(Yield, courses=st.integers(1, 5000), problems=COUNTS), st.integers(0, 7))
def test_a_feed_that_gives_what_it_always_gave_is_fine(always: Yield, times: int) -> None:
    assert judge_yield(always, earlier=[always] * times) is None


@given(YIELDS, st.lists(YIELDS, min_size=5, max_size=5), YIELDS)
def test_one_odd_fetch_does_not_decide_what_is_usual(found: Yield, earlier: list[Yield], odd: Yield) -> None:
    """Where all others agree, replacing one of them by anything changes nothing."""
    agreed = [earlier[0]] * 5
    assert judge_yield(found, earlier=agreed) == judge_yield(found, earlier=[*agreed[:4], odd])
