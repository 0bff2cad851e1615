"""When the address of a course counts as broken: never in a hurry, and never for good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.catalogue.queries.link_rule import (
    CLOSED_EVERY,
    EVERY,
    FIRST_RETRY,
    GONE_AFTER,
    LEAST_FAILURES,
    UNSURE_AFTER,
    LinkAnswer,
    LinkNote,
    Verdict,
    judge_answer,
    next_state,
)

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
UID = UUID(int=3600)  # spreads the next look by an hour
GOOD, GONE, UNSURE, REFUSED, CLOSED = (LinkAnswer(verdict=verdict) for verdict in Verdict)
COURSE = "https://example.org/courses/7"

looks = st.lists(
    st.tuples(st.sampled_from(list(Verdict)), st.integers(1, 30 * 24)), min_size=1, max_size=30
)  # what each look says, and the hours since the one before


def history(*answers: LinkAnswer) -> list[tuple[datetime, LinkNote]]:
    """What is known after each look, when each look comes as soon as it is due."""
    note, at, seen = LinkNote(), NOON, []
    for answer in answers:
        note = next_state(note, answer, now=at, uid=UID)
        seen.append((at, note))
        at = note.next_check_at or at
    return seen


@given(looks=looks)
def test_an_address_is_never_broken_in_a_hurry(looks: list[tuple[Verdict, int]]) -> None:
    note, at = LinkNote(), NOON
    for verdict, hours in looks:
        at += timedelta(hours=hours)
        note = next_state(note, LinkAnswer(verdict=verdict), now=at, uid=UID)
        if note.state == "broken":
            assert note.first_failed_at is not None
            assert note.failures >= LEAST_FAILURES
            assert at - note.first_failed_at >= GONE_AFTER


@given(looks=looks)
def test_one_good_answer_heals_whatever_came_before(looks: list[tuple[Verdict, int]]) -> None:
    note, at = LinkNote(), NOON
    for verdict, hours in looks:
        at += timedelta(hours=hours)
        note = next_state(note, LinkAnswer(verdict=verdict), now=at, uid=UID)
    healed = next_state(note, GOOD, now=at + HOUR, uid=UID)
    assert (healed.state, healed.failures, healed.first_failed_at) == ("good", 0, None)
    assert healed.last_good_at == at + HOUR
    assert healed.reason == ""


@given(looks=st.lists(st.tuples(st.sampled_from([Verdict.UNSURE, Verdict.REFUSED]), st.integers(1, 48)), max_size=40))
def test_what_could_not_be_checked_alone_breaks_nothing_for_ten_days(looks: list[tuple[Verdict, int]]) -> None:
    note, at = next_state(LinkNote(), GOOD, now=NOON, uid=UID), NOON
    for verdict, hours in looks:
        at += timedelta(hours=hours)
        note = next_state(note, LinkAnswer(verdict=verdict), now=at, uid=UID)
        assert note.first_failed_at is not None
        assert (note.state == "broken") <= (at - note.first_failed_at >= UNSURE_AFTER)


@given(looks=looks)
def test_the_next_look_lies_ahead_and_no_more_than_a_month_away(looks: list[tuple[Verdict, int]]) -> None:
    note, at = LinkNote(), NOON
    for verdict, hours in looks:
        at += timedelta(hours=hours)
        note = next_state(note, LinkAnswer(verdict=verdict), now=at, uid=UID)
        assert note.next_check_at is not None
        assert FIRST_RETRY <= note.next_check_at - at <= CLOSED_EVERY + DAY


def test_a_page_that_is_gone_is_looked_at_after_6_12_24_and_48_hours_and_broken_after_three_days() -> None:
    seen = history(GONE, GONE, GONE, GONE, GONE)
    waits = [(note.next_check_at or at) - at for at, note in seen]
    assert waits == [6 * HOUR, 12 * HOUR, 24 * HOUR, 48 * HOUR, EVERY + HOUR]
    assert [note.state for _, note in seen] == ["failing"] * 4 + ["broken"]
    assert seen[-1][1].first_failed_at == NOON


def test_a_server_that_does_not_answer_breaks_an_address_after_ten_days() -> None:
    seen = history(*[UNSURE] * 9)
    broken = [at for at, note in seen if note.state == "broken"]
    assert UNSURE_AFTER <= broken[0] - NOON < UNSURE_AFTER + 2 * DAY


def test_a_server_that_has_never_let_a_program_in_breaks_no_address_and_is_asked_less_and_less() -> None:
    seen = history(*[REFUSED] * 20)
    assert {note.state for _, note in seen} == {"failing"}
    at, last = seen[-1]
    assert last.next_check_at == at + EVERY + HOUR


def test_a_server_that_let_programs_in_before_breaks_an_address_after_ten_days() -> None:
    assert history(GOOD, *[REFUSED] * 9)[-1][1].state == "broken"


def test_a_site_that_asks_programs_to_stay_away_is_no_failure() -> None:
    note = history(GONE, GONE, CLOSED)[-1][1]
    assert (note.state, note.failures, note.first_failed_at) == ("unknown", 0, None)


def test_a_server_that_asks_for_time_gets_it() -> None:
    busy = LinkAnswer(verdict=Verdict.REFUSED, wait=3 * DAY)
    assert next_state(LinkNote(), busy, now=NOON, uid=UID).next_check_at == NOON + 3 * DAY


@pytest.mark.parametrize(
    ("url", "status", "verdict"),
    [
        (COURSE, 200, "good"),
        ("https://example.org/courses/7?lang=en", 206, "good"),
        ("https://other.example/training/7", 200, "good"),
        ("https://other.example/", 200, "gone"),
        ("https://other.example/en/index.html", 200, "gone"),
        ("https://other.example/?course=7", 200, "good"),
        ("https://example.org/", 200, "unsure"),
        ("https://www.example.org/de", 200, "unsure"),
        (COURSE, 404, "gone"),
        (COURSE, 410, "gone"),
        (COURSE, 401, "refused"),
        (COURSE, 403, "refused"),
        (COURSE, 429, "refused"),
        (COURSE, 500, "unsure"),
        (COURSE, 503, "unsure"),
        (COURSE, 418, "unsure"),
        (COURSE, 302, "unsure"),
    ],
)
def test_an_answer_is_judged_by_its_status_and_by_where_it_came_from(url: str, status: int, verdict: str) -> None:
    found = judge_answer(asked=COURSE, url=url, status=status)
    assert (found.verdict, found.status) == (verdict, status)
    assert bool(found.reason) == (verdict != "good")


@pytest.mark.parametrize("asked", ["https://example.org", "https://example.org/en/", "https://example.org/index.php"])
def test_a_course_that_is_a_start_page_itself_may_lead_to_one(asked: str) -> None:
    assert judge_answer(asked=asked, url="https://other.example/", status=200).verdict == "good"
