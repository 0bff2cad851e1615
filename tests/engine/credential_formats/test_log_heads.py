"""Heads of the log and its audit: who rewrites the log after a head was published is found out."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synchromesh.engine.credential_formats.log_entries import EntryKind, entry_bytes
from synchromesh.engine.credential_formats.log_heads import (
    TreeHead,
    audit_log,
    is_head_signed,
    read_head,
    sign_head,
)
from synchromesh.engine.credential_formats.signing_keys import MemoryKey, key_from_seed
from synchromesh.engine.credential_formats.transparency import Frontier, append, leaf_hash, root_of
from synchromesh.engine.errors import InvalidInput

START = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


KEY = key_from_seed(bytes(32), "did:web:example.org#log")


def _entry(number: int, *, at: datetime | None = None) -> bytes:
    at = at or START + timedelta(minutes=number)
    return entry_bytes(kind=EntryKind.ISSUED, at=at, commitment=number.to_bytes(32, "big"))


def _head(entries: list[bytes], *, at: datetime | None = None, key: MemoryKey = KEY) -> dict[str, Any]:
    frontier, _kept = append(Frontier(), [leaf_hash(entry) for entry in entries])
    at = at or START + timedelta(minutes=len(entries))
    head = TreeHead(log="https://example.org/log", size=frontier.size, root=root_of(frontier), at=at)
    return sign_head(head, signer=key)


def _public_key(method: str) -> bytes | None:
    return KEY.public_bytes() if method == KEY.verification_method else None


def _found(entries: list[bytes], heads: list[dict[str, Any]]) -> list[str]:
    return [f"{found.position}: {found.message}" for found in audit_log(entries, heads, public_key=_public_key)]


ENTRIES = [_entry(number) for number in range(12)]
HEADS = [_head(ENTRIES[:size]) for size in (0, 3, 8, 12)]


def test_an_honest_log_is_found_honest() -> None:
    assert _found(ENTRIES, HEADS) == []


@settings(max_examples=30)
@given(place=st.integers(0, 11), what=st.sampled_from(["removed", "changed", "slipped in", "swapped"]))
def test_every_change_of_a_published_entry_is_found(place: int, what: str) -> None:
    entries = list(ENTRIES)
    if what == "removed":
        del entries[place]
    elif what == "changed":
        entries[place] = _entry(99, at=START + timedelta(minutes=place))
    elif what == "slipped in":
        entries.insert(place, _entry(99, at=START + timedelta(minutes=place)))
    else:
        entries[place - 1], entries[place] = entries[place], entries[place - 1]
    assert _found(entries, HEADS)


def test_an_entry_dated_before_the_last_head_is_back_dated() -> None:
    entries = [*ENTRIES, _entry(50, at=START)]
    assert _found(entries, HEADS) == ["entry 12: It is dated before a head that lacks it: back-dated."]


def test_an_entry_dated_after_a_head_that_holds_it_is_found() -> None:
    entries = [_entry(0, at=START + timedelta(days=1))]
    assert _found(entries, [_head(entries, at=START)]) == ["entry 0: It is dated after a head that holds it."]


def test_a_log_shorter_than_a_head_lost_entries() -> None:
    assert any("entries were removed" in found for found in _found(ENTRIES[:8], HEADS))


def test_a_head_of_another_key_or_with_another_number_is_not_signed() -> None:
    foreign = _head(ENTRIES, key=key_from_seed(bytes([2]) * 32, KEY.verification_method))
    assert _found(ENTRIES, [foreign]) == ["head of size 12: This head is not signed by a key of the log."]
    assert not is_head_signed(HEADS[1] | {"size": 4}, public_key=KEY.public_bytes())
    assert not is_head_signed(HEADS[1] | {"at": "2026-05-04T10:04:00Z"}, public_key=KEY.public_bytes())
    assert is_head_signed(HEADS[1], public_key=KEY.public_bytes())
    assert not audit_log(ENTRIES, HEADS, public_key=_public_key)
    unknown = HEADS[1] | {"verificationMethod": "did:web:example.org#other"}
    assert len(audit_log(ENTRIES, [unknown], public_key=_public_key)) == 1


def test_an_address_that_is_no_text_is_not_signed() -> None:
    assert not is_head_signed(HEADS[1] | {"log": "\ud800"}, public_key=KEY.public_bytes())


def test_two_heads_of_one_size_must_agree_and_time_must_not_run_back() -> None:
    split_view = _head([*ENTRIES[:11], _entry(99)], at=START + timedelta(minutes=13))
    assert len(_found(ENTRIES, [*HEADS, split_view])) == 1
    early = _head(ENTRIES[:3], at=START + timedelta(hours=3))
    assert "head of size 12: A smaller head of this log is younger." in _found(ENTRIES, [early, HEADS[3]])


@pytest.mark.parametrize(
    "change",
    [
        {"size": -1},
        {"size": True},
        {"size": "12"},
        {"root": "aa"},
        {"root": "zz" * 32},
        {"root": None},
        {"log": 5},
        {"at": "yesterday"},
    ],
)
def test_what_is_no_head_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        read_head(HEADS[1] | change)
    assert not is_head_signed(HEADS[1] | change, public_key=KEY.public_bytes())


@pytest.mark.parametrize("signature", [None, "", "ü", "AAAA", base64.b64encode(bytes(64)).decode()])
def test_a_broken_signature_is_no_signature(signature: object) -> None:
    assert not is_head_signed(HEADS[1] | {"signature": signature}, public_key=KEY.public_bytes())
