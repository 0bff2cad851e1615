"""Plain text: the last resort for whatever no other reader knows."""

from __future__ import annotations

from synchromesh.engine.documents.assembling import Assembly
from synchromesh.engine.documents.encoding import decoded
from synchromesh.engine.documents.lines import joined_lines
from synchromesh.engine.documents.model import Document, DocumentLimits
from synchromesh.engine.documents.readers import Likeness

TITLE = "plain text"


def likeness(data: bytes) -> Likeness:
    """Anything may be text."""
    return Likeness.LAST_RESORT


def read(data: bytes, *, name: str, limits: DocumentLimits) -> Document:
    """Read text in UTF-8, UTF-16 with a byte order mark, Windows-1252 or Windows-1250; places count paragraphs.

    Raises InvalidInput when the bytes are no text.
    """
    assembly = Assembly(limits)
    text = decoded(data, name=name, assembly=assembly)
    for number, (kind, passage) in enumerate(joined_lines(text.splitlines()), start=1):
        assembly.add(kind, passage, f"paragraph {number}")
        if assembly.full:
            break
    return assembly.finish("plain_text", name=name)
