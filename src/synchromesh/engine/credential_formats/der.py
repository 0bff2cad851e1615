"""The few DER values that a seal writes itself. Source: ITU-T X.690, clauses 8 and 10 (distinguished encoding)."""

from __future__ import annotations

SEQUENCE = 0x30
_INTEGER = 0x02
_BIT_STRING = 0x03


def der_value(tag: int, content: bytes) -> bytes:
    """Return one value with its tag and length."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def der_sequence(*values: bytes) -> bytes:
    """Return values that are encoded already as one sequence."""
    return der_value(SEQUENCE, b"".join(values))


def der_integer(number: int) -> bytes:
    """Return a number that is not negative."""
    # One bit more than the number has, so that its first bit does not read as a sign.
    return der_value(_INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def der_bits(content: bytes) -> bytes:
    """Return whole bytes as a string of bits, none of them unused."""
    return der_value(_BIT_STRING, b"\x00" + content)
