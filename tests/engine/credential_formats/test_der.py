"""The few DER values that a seal writes itself, read back by another library."""

from __future__ import annotations

from typing import Any

from asn1crypto import core
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.credential_formats.der import der_bits, der_integer, der_sequence, der_value

# The library states no types.
OTHER: Any = core


class Numbers(core.SequenceOf):  # type: ignore[misc, unused-ignore]
    """A sequence of numbers."""

    _child_spec = core.Integer


NUMBERS: Any = Numbers


@given(st.lists(st.integers(min_value=0, max_value=2**200), max_size=5))
def test_numbers_are_read_back_as_they_were(numbers: list[int]) -> None:
    encoded = der_sequence(*(der_integer(number) for number in numbers))
    assert [int(item) for item in NUMBERS.load(encoded, strict=True).native] == numbers
    assert NUMBERS(numbers).dump() == encoded


@given(st.binary(max_size=300))
def test_bytes_of_any_length_are_read_back_as_they_were(content: bytes) -> None:
    assert OTHER.OctetString.load(der_value(0x04, content), strict=True).native == content
    assert OTHER.BitString.load(der_bits(content), strict=True).contents == b"\x00" + content
