"""Rich Text Format: known, not read, since it can carry anything and every word processor saves something better."""

from __future__ import annotations

from synchromesh.engine.documents.model import Document, DocumentLimits
from synchromesh.engine.documents.readers import Likeness
from synchromesh.engine.errors import InvalidInput

TITLE = "RTF (not read)"


def likeness(data: bytes) -> Likeness:
    """RTF begins with its name."""
    return Likeness.SURE if data[:64].lstrip().startswith(b"{\\rtf") else Likeness.NO


def read(data: bytes, *, name: str, limits: DocumentLimits) -> Document:
    """Refuse, and say how to mend it."""
    raise InvalidInput(f"{name} is an RTF file, which is not read. Open it and save it as PDF or DOCX.")
