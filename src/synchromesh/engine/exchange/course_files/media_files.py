"""Which files a course may show, and whether a file is what its name says.

A browser that is sent a file of another kind than it is told may run it, so the first bytes decide, not the name.
Signatures: PNG 3rd edition 5.2 (https://www.w3.org/TR/png-3/), JPEG ITU-T T.81 B.1.1.3, WebP RFC 9649, MP4 ISO 14496-12
`ftyp`, WebM EBML RFC 8794, WebVTT https://www.w3.org/TR/webvtt1/, PDF ISO 32000 7.5.2, ODT OpenDocument 1.3 part 2,
3.3 (a zip whose first member is an uncompressed `mimetype`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.course_files._svg_checks import svg_fault
from synchromesh.engine.tables.limits import MEBIBYTE

LONGEST_NAME = 120
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
_ODT = "application/vnd.oasis.opendocument.text"


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaKind:
    """A kind of file: its media type, what it begins with (pattern), and how many bytes it may have."""

    media_type: str
    begins: re.Pattern[bytes]
    most_bytes: int


def _kind(media_type: str, begins: bytes, megabytes: int) -> MediaKind:
    return MediaKind(media_type=media_type, begins=re.compile(begins, re.DOTALL), most_bytes=megabytes * MEBIBYTE)


_JPEG = _kind("image/jpeg", rb"\xff\xd8\xff", 10)
KINDS: Mapping[str, MediaKind] = {
    "png": _kind("image/png", rb"\x89PNG\r\n\x1a\n", 10),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "webp": _kind("image/webp", rb"RIFF....WEBP", 10),
    "svg": _kind("image/svg+xml", rb"(?:\xef\xbb\xbf)?\s*<", 1),
    "mp4": _kind("video/mp4", rb"....ftyp", 200),
    "webm": _kind("video/webm", rb"\x1a\x45\xdf\xa3", 200),
    "vtt": _kind("text/vtt", rb"(?:\xef\xbb\xbf)?WEBVTT(?:[ \t\r\n]|$)", 1),
    "pdf": _kind("application/pdf", rb"%PDF-[12]\.", 50),
    "odt": _kind(_ODT, rb"PK\x03\x04.{22}\x08\x00\x00\x00mimetype" + re.escape(_ODT.encode()), 50),
}
"""By ending of the name."""


def media_type_of(name: str, content: bytes) -> str:
    """Return the media type of a file. Raises InvalidInput, with what to do, for what a course cannot show."""
    shown = name[:60]
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME or ".." in name:
        wanted = f"letters a to z, digits, dots, hyphens and underscores, at most {LONGEST_NAME} characters"
        raise InvalidInput(f"'{shown}' is no name for a file of a course. Use {wanted}.", field="media")
    kind = KINDS.get(name.rpartition(".")[2].lower())
    if kind is None:
        raise InvalidInput(f"{shown} is of a kind that is not shown. Use {', '.join(KINDS)}.", field="media")
    if len(content) > kind.most_bytes:
        most = kind.most_bytes // MEBIBYTE
        raise InvalidInput(f"{shown} has {len(content):,} bytes; at most {most} MB are taken.", field="media")
    if not kind.begins.match(content):
        raise InvalidInput(f"{shown} is not what its name says. Save it again as {kind.media_type}.", field="media")
    if kind.media_type == "image/svg+xml" and (fault := svg_fault(content)):
        raise InvalidInput(f"{shown} cannot be taken: {fault}", field="media")
    if kind.media_type == "text/vtt":
        _check_text(shown, content)
    return kind.media_type


def _check_text(shown: str, content: bytes) -> None:
    try:
        content.decode()
    except UnicodeDecodeError:
        raise InvalidInput(f"{shown} is not UTF-8 text. Save it as UTF-8.", field="media") from None
