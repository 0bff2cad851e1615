"""Width and height from the first bytes of a picture."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.exchange.questions._picture_sizes import picture_size

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480)
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 480, 640) + b"\x03\x01"
WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8X" + bytes(8) + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (PNG, (640, 480)),
        (b"GIF89a" + struct.pack("<HH", 640, 480), (640, 480)),
        (JPEG, (640, 480)),
        (WEBP, (640, 480)),
        (b'<?xml version="1.0"?><svg width="640px" height="480">', (640, 480)),
        (b'<svg viewBox="0 0 640.2 480" width="100%">', (640, 480)),
        (b"<svg>", None),
        (b"no picture", None),
        (b"", None),
    ],
)
def test_the_size_of_a_picture(data: bytes, size: tuple[int, int] | None) -> None:
    assert picture_size(data) == size


@given(st.sampled_from([PNG, JPEG, WEBP]), st.integers(0, 40), st.binary(max_size=10))
def test_a_damaged_picture_has_no_size_or_some_but_is_no_error(data: bytes, cut: int, more: bytes) -> None:
    size = picture_size(data[:cut] + more)
    assert size is None or min(size) > 0
