"""Entries of the log: canonical, binding, and silent about persons."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.credential_formats.log_entries import (
    CredentialFacts,
    EntryKind,
    LoggedChange,
    commitment_of,
    entry_bytes,
    facts_bytes,
    new_salt,
    read_entry,
)
from synchromesh.engine.errors import InvalidInput

NOW = datetime(2026, 5, 4, 10, 31, tzinfo=UTC)
FACTS = CredentialFacts(
    identifier="https://example.org/c/7f",
    issuer="did:web:example.org",
    achievement="https://example.org/a/1",
    valid_from=NOW,
)
SALT = bytes(range(32))


@given(kind=st.sampled_from(EntryKind), commitment=st.binary(min_size=32, max_size=32))
def test_an_entry_is_canonical_and_reads_back(kind: EntryKind, commitment: bytes) -> None:
    entry = entry_bytes(kind=kind, at=NOW, commitment=commitment)
    assert rfc8785.dumps(json.loads(entry)) == entry
    assert read_entry(entry) == LoggedChange(kind=kind, at=NOW, commitment=commitment)


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_facts_are_written_as_the_standard_of_canonical_json_says(text: str) -> None:
    facts = replace(FACTS, achievement=text, valid_until=NOW)
    assert facts_bytes(facts) == rfc8785.dumps(json.loads(facts_bytes(facts)))


@pytest.mark.parametrize(
    "changed",
    [
        replace(FACTS, identifier="https://example.org/c/80"),
        replace(FACTS, issuer="did:web:example.com"),
        replace(FACTS, achievement="https://example.org/a/2"),
        replace(FACTS, valid_from=datetime(2026, 5, 3, tzinfo=UTC)),
        replace(FACTS, valid_until=NOW),
    ],
)
def test_any_other_fact_or_salt_is_another_commitment(changed: CredentialFacts) -> None:
    assert commitment_of(changed, salt=SALT) != commitment_of(FACTS, salt=SALT)
    assert commitment_of(FACTS, salt=new_salt()) != commitment_of(FACTS, salt=SALT)


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commitment_of(FACTS, salt=b"short")


@pytest.mark.parametrize(
    "entry",
    [
        b"",
        b"[]",
        b"5",
        b"[" * 900,
        b"x" * 2000,
        b'{"at": "2026-05-04T10:31:00Z","credential":"aa","kind":"issued"}',
        b'{"at":"2026-05-04T10:31:00Z","credential":"aa","kind":"praised"}',
        b'{"at":"yesterday","credential":"aa","kind":"issued"}',
        b'{"at":"2026-05-04T10:31:00Z","credential":"aa","kind":"issued","kind":"issued"}',
        b'\xff{"at"',
    ],
)
def test_what_is_no_entry_is_refused(entry: bytes) -> None:
    with pytest.raises(InvalidInput):
        read_entry(entry)
