"""Formats of documents: one module each, found by discovery.

The contract of a reader module:

- `TITLE: str`: what a person calls the format;
- `likeness(data: bytes) -> Likeness`: how sure the reader is that the bytes are its own, by content alone; must be
  quick (it looks at the beginning, or for a name), and must not raise; data are never empty;
- `read(data: bytes, *, name: str, limits: DocumentLimits) -> Document`: keeps within the limits; what cannot be read
  becomes a problem; raises InvalidInput, and nothing else, when the file as a whole is no use. A format that is known
  but not read has a reader too: it says how to turn the file into one that is.

The surest reader reads. Exactly one, `plain_text`, is the last resort for anything.
"""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Likeness"]


class Likeness(IntEnum):
    """How much a file looks like one of a reader's own."""

    NO = 0
    LAST_RESORT = 1
    FAMILY = 2  # of the family (some zip file, some XML), if nobody knows better
    SURE = 3
