"""Pictures from strangers: known kinds are opened, everything else ends in a sentence."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from synchromesh.engine.credential_formats.pictures import MOST_PIXELS, WORKING_SIDE, open_grey
from synchromesh.engine.errors import InvalidInput


def _saved(kind: str, mode: str = "RGB", size: tuple[int, int] = (8, 4), colour: object = 0) -> bytes:
    out = BytesIO()
    Image.new(mode, size, colour).save(out, kind)  # type: ignore[arg-type]
    return out.getvalue()


def _png_of_size(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_the_usual_kinds_are_opened(kind: str) -> None:
    picture = open_grey(_saved(kind))
    assert (picture.mode, picture.size) == ("L", (8, 4))


def test_what_is_clear_becomes_white() -> None:
    assert open_grey(_saved("PNG", "RGBA", colour=(0, 0, 0, 0))).getpixel((0, 0)) == 255


def test_a_large_picture_is_brought_down() -> None:
    assert max(open_grey(_saved("PNG", "L", (WORKING_SIDE * 2, 10))).size) == WORKING_SIDE


@pytest.mark.parametrize("side", [MOST_PIXELS // 5_000, 10_500, 20_000, 60_000])
def test_more_pixels_than_a_camera_makes_are_not_unpacked(side: int) -> None:
    with pytest.raises(InvalidInput, match="million pixels"):
        open_grey(_png_of_size(side, side))


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM"])
def test_other_kinds_are_refused(kind: str) -> None:
    with pytest.raises(InvalidInput, match="no picture"):
        open_grey(_saved(kind, size=(16, 16)))


def test_a_file_that_is_too_long_is_refused() -> None:
    with pytest.raises(InvalidInput, match="megabytes"):
        open_grey(bytes(12_000_001))


@settings(max_examples=60)
@given(data=st.data(), kind=st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]))
def test_a_damaged_picture_is_opened_or_refused(data: st.DataObject, kind: str) -> None:
    picture = bytearray(_saved(kind))
    for _number in range(data.draw(st.integers(1, 4))):
        picture[data.draw(st.integers(0, len(picture) - 1))] = data.draw(st.integers(0, 255))
    with suppress(InvalidInput):
        assert open_grey(bytes(picture[: data.draw(st.integers(0, len(picture)))])).mode == "L"
