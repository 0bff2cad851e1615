"""The few DER values that a seal writes itself, read back by another library."""

from __future__ import annotations

from asn1crypto.core import BitString, Integer, OctetString, SequenceOf
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.credential_formats.der import der_bits, der_integer, der_sequence, der_value


class Numbers(SequenceOf):  # type: ignore[misc, unused-ignore]
    """A sequence of numbers."""

    _child_spec = Integer


@given(st.lists(st.integers(min_value=0, max_value=2**200), max_size=5))
def test_numbers_are_read_back_as_they_were(numbers: list[int]) -> None:
    encoded = der_sequence(*(der_integer(number) for number in numbers))
    assert [int(item) for item in Numbers.load(encoded, strict=True).native] == numbers
    assert Numbers(numbers).dump() == encoded


@given(st.binary(max_size=300))
def test_bytes_of_any_length_are_read_back_as_they_were(content: bytes) -> None:
    assert OctetString.load(der_value(0x04, content), strict=True).native == content
    assert BitString.load(der_bits(content), strict=True).contents == b"\x00" + content
