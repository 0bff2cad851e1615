"""Zip files that are no text document: spreadsheets, slides, books, several files packed together."""

from __future__ import annotations

from synchromesh.engine.documents.model import Document, DocumentLimits
from synchromesh.engine.documents.readers import Likeness
from synchromesh.engine.errors import InvalidInput

TITLE = "archive (not read)"
_SIGNATURES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\xfd7zXZ\x00",
    b"BZh",
)
# File names inside the archive, which stand in its directory as they are.
_KNOWN = (
    (b"xl/workbook", "a spreadsheet"),
    (b"opendocument.spreadsheet", "a spreadsheet"),
    (b"ppt/presentation", "a set of slides"),
    (b"opendocument.presentation", "a set of slides"),
    (b"application/epub+zip", "an e-book"),
    (b"Index/Document.iwa", "a Pages document"),
)


def likeness(data: bytes) -> Likeness:
    """Archives begin with a signature; formats that are zip files know themselves better."""
    return Likeness.FAMILY if data.startswith(_SIGNATURES) else Likeness.NO


def read(data: bytes, *, name: str, limits: DocumentLimits) -> Document:
    """Refuse, and say how to mend it."""
    for sign, title in _KNOWN:
        if sign in data:
            raise InvalidInput(f"{name} is {title}, which is not read. Save it as PDF and send that.")
    raise InvalidInput(f"{name} is an archive. Unpack it and send the document that is in it.")
