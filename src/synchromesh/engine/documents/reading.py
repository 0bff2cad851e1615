"""Find the reader for a file and let it read."""

from __future__ import annotations

from synchromesh.engine.documents import readers
from synchromesh.engine.documents.cleaning import clean
from synchromesh.engine.documents.model import DEFAULT_LIMITS, Document, DocumentLimits
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.plugins import discover

_LONGEST_NAME = 80


def read_document(name: str, data: bytes, *, limits: DocumentLimits = DEFAULT_LIMITS) -> Document:
    """Read a file into text with positions; its content decides the format, `name` is only for the messages.

    Raises InvalidInput, and nothing else, when the file is empty, too large, protected with a password, damaged beyond
    reading, a picture, or of a format that is not read; the message says what to do instead.
    """
    shown = clean(name[: 4 * _LONGEST_NAME])[:_LONGEST_NAME] or "The file"
    if not data:
        raise InvalidInput(f"{shown} is empty (0 bytes). Save it again and send it.")
    if len(data) > limits.bytes:
        raise InvalidInput(
            f"{shown} has {len(data):,} bytes; at most {limits.bytes:,} are read. Take out pictures, or send a part."
        )
    modules = discover(readers).values()
    surest = max(modules, key=lambda module: int(module.likeness(data)))  # the first by name among equals
    document: Document = surest.read(data, name=shown, limits=limits)
    return document
