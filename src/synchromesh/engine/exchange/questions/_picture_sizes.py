"""How wide and high a picture is, from its first bytes; nothing is decoded.

Sources: PNG (W3C, section 11.2.1), GIF89a (section 18), JPEG (ITU-T T.81, B.2.2), SVG 2 (section 8.2), WebP container.
"""

from __future__ import annotations

import re
import struct

_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_HEAD = 4_096
_SVG = re.compile(rb"<svg\b[^>]*>", re.IGNORECASE)
_BOX = re.compile(rb"viewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)")
_SIDE = r"\b{}\s*=\s*[\"']\s*([\d.]+)(?:px)?\s*[\"']"


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None for what is no PNG, GIF, JPEG, WebP or SVG with a size, or is damaged."""
    try:
        size = _bitmap_size(data) or _svg_size(data[:_HEAD])
    except (struct.error, IndexError, ValueError):
        return None
    return size if size and all(0 < side <= 100_000 for side in size) else None


def _bitmap_size(data: bytes) -> tuple[int, int] | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return struct.unpack(">II", data[16:24])
    if data.startswith((b"GIF87a", b"GIF89a")):
        return struct.unpack("<HH", data[6:10])
    if data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    if data[:4] == b"RIFF" and data[8:16] == b"WEBPVP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 < len(data) and data[place] == 0xFF:
        mark, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4])
        if mark in _FRAMES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        place += 2 + length
    return None


def _svg_size(head: bytes) -> tuple[int, int] | None:
    root = _SVG.search(head)
    if root is None:
        return None
    sides = [re.search(_SIDE.format(side).encode(), root[0]) for side in ("width", "height")]
    box = _BOX.search(root[0])
    if all(sides):
        numbers = [float(side[1]) for side in sides if side is not None]
    elif box is not None:
        numbers = [float(box[1]), float(box[2])]
    else:
        return None
    return round(numbers[0]), round(numbers[1])
