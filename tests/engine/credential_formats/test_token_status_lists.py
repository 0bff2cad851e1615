"""The token of states for wallets: as another library reads and writes it; hostile tokens end in a sentence."""

from __future__ import annotations

import base64
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openvc.status import token_status_list as other

from synchromesh.engine.credential_formats.status_lists import ENTRIES, pack_bits
from synchromesh.engine.credential_formats.token_status_lists import (
    INVALID,
    SUSPENDED,
    VALID,
    WIDTH,
    issued_at,
    pack_states,
    state_in,
    token_claims,
)
from synchromesh.engine.errors import InvalidInput

URL = "https://example.org/status/1"
NOW = datetime(2026, 5, 4, tzinfo=UTC)
PLACES = st.sets(st.integers(0, ENTRIES - 1), max_size=10)


def _claims(states: bytes) -> dict[str, Any]:
    return token_claims(url=URL, states=states, issued_at=NOW, expires_at=NOW, ttl_seconds=300)


@settings(max_examples=15)
@given(revoked=PLACES, suspended=PLACES)
def test_both_lists_in_one_token_and_withdrawn_goes_before_suspended(revoked: set[int], suspended: set[int]) -> None:
    states = pack_states(revoked=pack_bits(revoked), suspended=pack_bits(suspended))
    claims = _claims(states)
    theirs = other.decode_status_list(claims["status_list"]["lst"])
    for place in {*revoked, *suspended, 0, ENTRIES - 1}:
        expected = INVALID if place in revoked else SUSPENDED if place in suspended else VALID
        assert state_in(claims, place, url=URL) == other.get_status(theirs, place, bits=WIDTH) == expected


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
def test_lists_of_other_issuers_are_read_in_every_width(bits: int) -> None:
    theirs = other.new_status_list(100, bits=bits)
    other.set_status(theirs, 41, 1, bits=bits)
    claims = {"sub": URL, "status_list": {"bits": bits, "lst": other.encode_status_list(bytes(theirs))}}
    assert [place for place in range(100) if state_in(claims, place, url=URL)] == [41]


def test_lists_of_different_length_are_not_joined() -> None:
    with pytest.raises(ValueError, match="same places"):
        pack_states(revoked=bytes(2), suspended=bytes(3))


BOMB = base64.urlsafe_b64encode(zlib.compress(bytes(40_000_000))).decode().rstrip("=")


@pytest.mark.parametrize(
    "listed",
    [
        None,
        {},
        {"bits": True, "lst": ""},
        {"bits": 3, "lst": ""},
        {"bits": 1, "lst": 5},
        {"bits": 1, "lst": "AAAA"},
        {"bits": 1, "lst": "ü"},
        {"bits": 1, "lst": BOMB},
        {"bits": 1, "lst": "eJw"},
    ],
)
def test_what_is_no_such_list_is_refused(listed: object) -> None:
    with pytest.raises(InvalidInput):
        state_in({"sub": URL, "status_list": listed}, 0, url=URL)


def test_a_list_of_another_address_or_without_the_place_is_refused() -> None:
    claims = _claims(bytes(16))
    with pytest.raises(InvalidInput, match="not that list"):
        state_in(claims, 0, url="https://example.org/status/2")
    with pytest.raises(InvalidInput, match="no place"):
        state_in(claims, 64, url=URL)


@pytest.mark.parametrize(
    ("value", "expected"), [(int(NOW.timestamp()), NOW), (True, None), (-1, None), ("1", None), (10**30, None)]
)
def test_a_token_says_when_it_was_signed_or_nothing(value: object, expected: datetime | None) -> None:
    assert issued_at({"iat": value}) == expected
