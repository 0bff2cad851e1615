"""Pictures: a photographed certificate or a scan, which holds no characters."""

from __future__ import annotations

from synchromesh.engine.documents.model import Document, DocumentLimits
from synchromesh.engine.documents.readers import Likeness
from synchromesh.engine.errors import InvalidInput

TITLE = "picture (not read)"
_SIGNATURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")


def likeness(data: bytes) -> Likeness:
    """PNG, JPEG, GIF and TIFF begin with their signature; WebP, HEIC and AVIF name themselves after a length."""
    later = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    later = later or (data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif"))
    return Likeness.SURE if data.startswith(_SIGNATURES) or later else Likeness.NO


def read(data: bytes, *, name: str, limits: DocumentLimits) -> Document:
    """Refuse, and say how to mend it."""
    raise InvalidInput(
        f"{name} is a picture; there is no text in it. Run text recognition (OCR) on it and send the PDF, or send the "
        f"file it was made from."
    )
