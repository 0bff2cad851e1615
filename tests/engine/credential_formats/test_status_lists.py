"""Status lists: what is packed unfolds again, here and in other libraries; hostile lists end in a sentence."""

from __future__ import annotations

import base64
import gzip
import itertools
import json
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openbadgeslib.ob3.status_list import encode_bitstring
from openvc.status.bitstring import decode_bitstring

from synchromesh.engine.credential_formats import status_lists
from synchromesh.engine.errors import InvalidInput

SEED = b"a seed of sixteen bytes or more"
PLACES = st.sets(st.integers(0, status_lists.ENTRIES - 1), max_size=30)


def _gzip(bits: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(bits, mtime=0)).decode().rstrip("=")


@settings(max_examples=30)
@given(indices=PLACES)
def test_a_list_reads_back_bit_by_bit(indices: set[int]) -> None:
    bits = status_lists.decode_list(status_lists.encode_list(status_lists.pack_bits(indices)))
    for index in indices:
        assert status_lists.entry_value(bits, index) == 1
    assert sum(byte.bit_count() for byte in bits) == len(indices)


@settings(max_examples=20)
@given(indices=PLACES)
def test_other_libraries_write_and_read_the_same_bits(indices: set[int]) -> None:
    ours = status_lists.pack_bits(indices)
    assert status_lists.decode_list(encode_bitstring(indices)) == ours
    assert bytes(decode_bitstring(status_lists.encode_list(ours))) == ours


def test_the_first_place_is_the_leftmost_bit() -> None:
    assert status_lists.pack_bits([0])[:1] == b"\x80"
    assert status_lists.pack_bits([status_lists.ENTRIES - 1])[-1:] == b"\x01"


def test_the_same_bits_give_the_same_text() -> None:
    bits = status_lists.pack_bits([5, 77])
    assert status_lists.encode_list(bits) == status_lists.encode_list(bits)
    assert status_lists.encode_list(bits)[:6] == "uH4sIA"


@given(size=st.integers(1, 9), values=st.lists(st.integers(0, 511), min_size=1, max_size=20))
def test_entries_of_several_bits_are_read_at_their_place(size: int, values: list[int]) -> None:
    masked = [value & ((1 << size) - 1) for value in values]
    text = "".join(f"{value:0{size}b}" for value in masked)
    text += "0" * (-len(text) % 8)
    bits = int(text, 2).to_bytes(len(text) // 8, "big")
    assert [status_lists.entry_value(bits, place, size=size) for place in range(len(values))] == masked


@pytest.mark.parametrize(("index", "size"), [(-1, 1), (131_072, 1), (65_536, 2), (0, 0)])
def test_a_place_outside_the_list_is_refused(index: int, size: int) -> None:
    with pytest.raises(InvalidInput):
        status_lists.entry_value(status_lists.pack_bits([]), index, size=size)


def test_the_places_of_a_list_are_a_shuffle_of_all() -> None:
    places = [status_lists.place_of(number, seed=SEED) for number in range(status_lists.ENTRIES)]
    assert sorted(places) == list(range(status_lists.ENTRIES))
    # Neighbours of a random order lie a third of the list apart on average.
    apart = sum(abs(one - next_one) for one, next_one in itertools.pairwise(places)) / len(places)
    assert apart == pytest.approx(status_lists.ENTRIES / 3, rel=0.02)


def test_another_seed_is_another_shuffle() -> None:
    ours = [status_lists.place_of(number, seed=SEED) for number in range(1000)]
    assert sum(a == status_lists.place_of(n, seed=SEED[::-1]) for n, a in enumerate(ours)) < 5


@pytest.mark.parametrize(
    ("ordinal", "seed", "entries"), [(131_072, SEED, 131_072), (0, b"short", 131_072), (0, SEED, 99)]
)
def test_a_shuffle_needs_a_seed_and_a_number_within_the_list(ordinal: int, seed: bytes, entries: int) -> None:
    with pytest.raises(ValueError, match="list"):
        status_lists.place_of(ordinal, seed=seed, entries=entries)


def test_a_list_that_unfolds_without_end_is_refused() -> None:
    bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(bomb.compress(bytes(1_000_000)) for _ in range(40)) + bomb.flush()
    with pytest.raises(InvalidInput, match="more than"):
        status_lists.decode_list("u" + base64.urlsafe_b64encode(packed).decode())


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "u",
        "no list!",
        "uAAAA",
        _gzip(bytes(100)),
        _gzip(bytes(16_384))[:-8],
        "u" + base64.urlsafe_b64encode(gzip.compress(bytes(16_384), mtime=0) + b"more").decode(),
        "zH4sIAAAA",
        "ü" * 20,
    ],
)
def test_what_is_no_list_is_refused(encoded: str) -> None:
    with pytest.raises(InvalidInput):
        status_lists.decode_list(encoded)


@given(encoded=st.text(max_size=60))
def test_no_text_makes_reading_a_list_crash(encoded: str) -> None:
    with pytest.raises(InvalidInput):
        status_lists.decode_list(encoded)


def test_the_list_s_credential_says_what_the_standard_asks_for() -> None:
    document = status_lists.list_document(
        url="https://example.org/status/1",
        issuer="did:web:example.org",
        purpose="suspension",
        bits=status_lists.pack_bits([9]),
        valid_from=datetime(2026, 5, 4, tzinfo=UTC),
        valid_until=datetime(2026, 5, 5, tzinfo=UTC),
        ttl_ms=300_000,
    )
    assert json.loads(json.dumps(document)) == document
    assert document["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert (document["validFrom"], document["validUntil"]) == ("2026-05-04T00:00:00Z", "2026-05-05T00:00:00Z")
    assert document["credentialSubject"]["ttl"] == 300_000
    assert status_lists.entry_value(status_lists.read_list(document, purpose="suspension"), 9) == 1


def test_a_list_of_another_purpose_or_kind_is_not_read() -> None:
    subject = {"type": "BitstringStatusList", "statusPurpose": "suspension", "encodedList": _gzip(bytes(16_384))}
    with pytest.raises(InvalidInput, match="purpose"):
        status_lists.read_list({"credentialSubject": subject}, purpose="revocation")
    with pytest.raises(InvalidInput, match="no status list"):
        status_lists.read_list({"credentialSubject": subject | {"type": "Person"}}, purpose="suspension")
    with pytest.raises(InvalidInput, match="encodedList"):
        status_lists.read_list({"credentialSubject": subject | {"encodedList": 5}}, purpose="suspension")
    with pytest.raises(ValueError, match="refresh"):
        status_lists.list_document(
            url="", issuer="", purpose="refresh", bits=b"", valid_from=datetime(2026, 5, 4, tzinfo=UTC)
        )


def test_the_older_draft_without_the_sign_of_multibase_is_read() -> None:
    encoded = base64.urlsafe_b64encode(gzip.compress(bytes(16_384), mtime=0)).decode()
    subject = {"type": "StatusList2021", "statusPurpose": "revocation", "encodedList": encoded}
    assert status_lists.read_list({"credentialSubject": subject}, purpose="revocation") == bytes(16_384)
