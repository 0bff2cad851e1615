"""Counting what a visitor does."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
import time_machine
from django.test import RequestFactory

from synchromesh.plumbing.rate_limits import Rate, add_to_count, read_count, take, visitor_digest

RATE = Rate(name="test", most=10, seconds=60)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2027-03-01T12:00:15+00:00", tick=False) as traveller:
        yield traveller


def _digest(address: str, headers: dict[str, str] | None = None) -> str:
    return visitor_digest(RequestFactory(REMOTE_ADDR=address).get("/", headers=headers))


def test_what_is_left_goes_down_until_nothing_is_granted() -> None:
    assert take(RATE, "a", units=4).remaining == 6
    assert take(RATE, "a", units=6).remaining == 0
    refused = take(RATE, "a")
    assert (refused.granted, refused.remaining, refused.limit, refused.reset_seconds) == (False, 0, 10, 45)


def test_a_refusal_takes_nothing() -> None:
    take(RATE, "a", units=8)
    assert not take(RATE, "a", units=3).granted
    assert take(RATE, "a", units=2).granted


def test_everybody_has_a_share_of_their_own_and_so_has_every_rate() -> None:
    take(RATE, "a", units=10)
    assert take(RATE, "b", units=10).granted
    assert take(Rate(name="other", most=10, seconds=60), "a", units=10).granted


def test_in_the_next_window_everything_is_there_again(clock: time_machine.Traveller) -> None:
    take(RATE, "a", units=10)
    clock.shift(44)
    assert not take(RATE, "a").granted
    clock.shift(1)
    assert take(RATE, "a", units=10).granted


@pytest.mark.parametrize("seed", range(20))
def test_never_more_is_granted_than_the_rate_allows(seed: int) -> None:
    chance = random.Random(seed)
    asked = [chance.randint(1, 6) for _ in range(20)]
    granted = [units for units in asked if take(RATE, "a", units=units).granted]
    assert sum(granted) <= RATE.most
    assert sum(granted) + min(asked) > RATE.most  # what was refused did not fit


def test_a_count_is_forgotten_after_its_time(clock: time_machine.Traveller) -> None:
    assert read_count("x") == 0
    assert add_to_count("x", seconds=60) == 1
    assert add_to_count("x", 2, seconds=60) == 3
    clock.shift(61)
    assert read_count("x") == 0


def test_addresses_are_told_apart_and_kept_as_hashes_only() -> None:
    assert _digest("192.0.2.1") != _digest("192.0.2.2")
    assert "192.0.2.1" not in _digest("192.0.2.1")


def test_a_household_counts_once_however_many_ipv6_addresses_it_has() -> None:
    assert _digest("2001:db8:1:2::1") == _digest("2001:db8:1:2:ffff::9")
    assert _digest("2001:db8:1:2::1") != _digest("2001:db8:1:3::1")


def test_ipv4_in_the_clothes_of_ipv6_is_told_apart() -> None:
    assert _digest("::ffff:192.0.2.1") != _digest("::ffff:192.0.2.2")


def test_a_header_that_a_visitor_writes_does_not_change_who_they_are() -> None:
    assert _digest("192.0.2.1", {"X-Forwarded-For": "203.0.113.9"}) == _digest("192.0.2.1")
