"""Baking: a credential inside the picture of its badge, and taking it out again.

The pixels are never unpacked here, and nothing in the picture is run, fetched or expanded.
Source: Open Badges 3.0 section 5.3 (PNG: an uncompressed iTXt chunk; SVG: an element after the root's start) and Open
Badges Baking Specification 1.0 for badges of version 2, which are read as well. PNG: W3C PNG, third edition.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

from synchromesh.engine.errors import InvalidInput

PNG_START = b"\x89PNG\r\n\x1a\n"
LARGEST_PICTURE = 12_000_000
"""Bytes of a picture with its credential."""
LARGEST_CREDENTIAL = 4_000_000
MOST_CHUNKS = 20_000
MOST_ELEMENTS = 100_000

# The newest first: a picture that holds both is read as the newer one.
PNG_KEYWORDS = (b"openbadgecredential", b"openbadges")
SVG_ELEMENTS = ("{https://purl.imsglobal.org/ob/v3p0}credential", "{http://openbadges.org}assertion")

_ACTIVE_ELEMENTS = {"script", "foreignobject", "iframe", "embed", "object", "handler", "listener", "animate", "set"}
_INSIDE = ("#", "data:image/png;", "data:image/jpeg;")
_FETCHING_STYLE = re.compile(r"@import|url\s*\(\s*['\"]?\s*[^#'\"\s]", re.IGNORECASE)
_START_TAG = re.compile(rb"""<[^"'<>]*(?:"[^"]*"[^"'<>]*|'[^']*'[^"'<>]*)*>""")
_TOO_LARGE = f"The picture is larger than {LARGEST_PICTURE // 1_000_000} megabytes."
_TWICE = "The picture holds more than one credential, so that two readers could read two different ones."


def bake_png(picture: bytes, credential: bytes) -> bytes:
    """Put a credential (JSON or a token, UTF-8) into a PNG picture.

    Raises InvalidInput when the picture is no sound PNG or holds a credential already.
    """
    if read_baked_png(picture) is not None:
        raise InvalidInput("The picture holds a credential already. Take one without.")
    _refuse_no_text(credential)
    after_head = len(PNG_START) + 25  # the head is always the first chunk and has 13 bytes
    body = PNG_KEYWORDS[0] + b"\0\0\0\0\0" + credential
    return picture[:after_head] + _chunk(b"iTXt", body) + picture[after_head:]


def _refuse_no_text(credential: bytes) -> None:
    try:
        is_text = "\0" not in credential.decode("utf-8")
    except UnicodeDecodeError:
        is_text = False
    if not is_text or len(credential) > LARGEST_CREDENTIAL:
        raise InvalidInput("Only a credential that is text can be put into a picture.")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def read_baked_png(data: bytes) -> bytes | None:
    """Take the credential out of a PNG picture; None when there is none.

    Raises InvalidInput for what is no PNG, is damaged, holds two credentials or one that unfolds without end.
    """
    found: dict[bytes, bytes] = {}
    for name, body in _chunks(data):
        keyword, _zero, rest = body.partition(b"\0") if name in (b"iTXt", b"tEXt", b"zTXt") else (b"", b"", b"")
        if keyword not in PNG_KEYWORDS:
            continue
        if keyword in found:
            raise InvalidInput(_TWICE)
        found[keyword] = _text_of(name, rest)
    return next((found[keyword] for keyword in PNG_KEYWORDS if keyword in found), None)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Every chunk of a PNG: its name and body, with their check sum compared."""
    if len(data) > LARGEST_PICTURE:
        raise InvalidInput(_TOO_LARGE)
    if not data.startswith(PNG_START) or data[12:16] != b"IHDR":
        raise InvalidInput("This is no PNG picture.")
    place = len(PNG_START)
    for _number in range(MOST_CHUNKS):
        if place + 12 > len(data):
            raise InvalidInput("The PNG picture is cut off.")
        (length,) = struct.unpack(">I", data[place : place + 4])
        end = place + 8 + length
        if end + 4 > len(data) or (place == len(PNG_START) and length != 13):
            raise InvalidInput("The PNG picture is cut off or damaged.")
        if zlib.crc32(data[place + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            raise InvalidInput("The PNG picture is damaged: a check sum does not fit.")
        name = data[place + 4 : place + 8]
        yield name, data[place + 8 : end]
        if name == b"IEND":
            return
        place = end + 4
    raise InvalidInput(f"The PNG picture has more than {MOST_CHUNKS} parts.")


def _text_of(name: bytes, rest: bytes) -> bytes:
    """The text of a text chunk, without its keyword."""
    if name == b"tEXt":
        return _within_limit(rest)
    if name == b"zTXt":
        return _unfolded(rest[1:])
    is_packed = rest[:1] == b"\x01"
    parts = rest[2:].split(b"\0", 2)
    if len(parts) != 3:
        raise InvalidInput("The credential in the picture is damaged.")
    return _unfolded(parts[2]) if is_packed else _within_limit(parts[2])


def _within_limit(text: bytes) -> bytes:
    if len(text) > LARGEST_CREDENTIAL:
        raise InvalidInput("The credential in the picture is larger than this service reads.")
    return text.strip()


def _unfolded(packed: bytes) -> bytes:
    unpack = zlib.decompressobj()
    try:
        text = unpack.decompress(packed, LARGEST_CREDENTIAL + 1)
    except zlib.error as error:
        raise InvalidInput("The credential in the picture cannot be unpacked.") from error
    return _within_limit(text)


def bake_svg(picture: str | bytes, credential: bytes) -> bytes:
    """Put a credential (JSON or a token, UTF-8) into an SVG picture in UTF-8, as the root's first element.

    Raises InvalidInput when the picture is no sound SVG, could run something, or holds a credential already.
    """
    data = picture.encode() if isinstance(picture, str) else picture
    walked = _walk_svg(data)
    if walked.found:
        raise InvalidInput("The picture holds a credential already. Take one without.")
    if walked.active:
        raise InvalidInput(f"The picture could run something: {walked.active}. Take a plain drawing.")
    _refuse_no_text(credential)
    start = _START_TAG.match(data, walked.root_at)
    if start is None or start.group().endswith(b"/>"):
        raise InvalidInput("The SVG picture is empty or not written in UTF-8.")
    element = _svg_element(credential.decode("utf-8").strip()).encode()
    baked = data[: start.end()] + element + data[start.end() :]
    if read_baked_svg(baked) != credential.strip():
        raise InvalidInput("The credential would not come out of this SVG picture as it went in. Is it in UTF-8?")
    return baked


def _svg_element(text: str) -> str:
    opening = '<openbadges:credential xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
    if text.startswith("{"):
        # A text cannot end its own CDATA section: it is split there.
        inside = text.replace("]]>", "]]]]><![CDATA[>")
        return f"{opening}><![CDATA[{inside}]]></openbadges:credential>"
    return f"{opening} verify={quoteattr(text)}/>"


def read_baked_svg(data: bytes) -> bytes | None:
    """Take the credential out of an SVG picture; None when there is none.

    Raises InvalidInput for what is no SVG, defines entities, asks for other files or holds two credentials.
    """
    found = _walk_svg(data).found
    return next((found[name] for name in SVG_ELEMENTS if name in found), None)


def _walk_svg(data: bytes) -> _SvgWalk:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    if len(data) > LARGEST_PICTURE:
        raise InvalidInput(_TOO_LARGE)
    walk = _SvgWalk()
    # A document type may be named, as old drawing programs do; to define anything in it is refused.
    make_parser: Any = DefusedXMLParser
    parser = make_parser(target=walk, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    walk.position = lambda: parser.parser.CurrentByteIndex
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException as error:
        raise InvalidInput("The SVG picture defines entities or asks for other files.") from error
    except (ParseError, ValueError, LookupError) as error:
        raise InvalidInput("This is no SVG picture, or it is damaged.") from error
    return walk


class _SvgWalk:
    """What is of interest in an SVG, gathered without building a tree."""

    def __init__(self) -> None:
        self.found: dict[str, bytes] = {}
        self.active = ""
        self.root_at = -1
        self.position: Any = None
        self._elements = 0
        self._open = ""
        self._texts: list[str] = []
        self._is_style = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements == 1:
            self._take_root(name)
        if self._elements > MOST_ELEMENTS:
            raise InvalidInput(f"The SVG picture has more than {MOST_ELEMENTS} elements.")
        self.active = self.active or _active_part(name, attributes)
        self._is_style = name.rpartition("}")[2].lower() == "style"
        if name in self.found or self._open:
            raise InvalidInput(_TWICE)
        if name in SVG_ELEMENTS:
            self._open, self._texts = name, [attributes.get("verify", "")]

    def _take_root(self, name: str) -> None:
        if name.rpartition("}")[2] != "svg":
            raise InvalidInput("This is XML, but no SVG picture.")
        self.root_at = self.position()

    def data(self, text: str) -> None:
        if self._open:
            self._texts.append(text)
        elif self._is_style and _FETCHING_STYLE.search(text):
            self.active = self.active or "style"

    def pi(self, target: str, _data: str) -> None:
        if target.lower() == "xml-stylesheet":
            self.active = self.active or target

    def end(self, name: str) -> None:
        if name != self._open:
            return
        verify, *inside = self._texts
        text = verify.strip() or "".join(inside).strip()
        self.found[name] = _within_limit(text.encode("utf-8"))
        self._open = ""

    def close(self) -> None:
        """Nothing is left to do at the end."""


def _active_part(name: str, attributes: dict[str, str]) -> str:
    """What in an element could run or fetch something; empty when nothing could."""
    local = name.rpartition("}")[2].lower()
    if local in _ACTIVE_ELEMENTS:
        return local
    for attribute, value in attributes.items():
        short = attribute.rpartition("}")[2].lower()
        reaches_out = short in ("href", "src") and not value.strip().lower().startswith(_INSIDE)
        if short.startswith("on") or reaches_out or (short == "style" and _FETCHING_STYLE.search(value)):
            return short
    return ""
