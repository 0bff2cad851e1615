"""What a document is once it has been read, and how much of a file is read at most."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from synchromesh.engine.errors import Problem
from synchromesh.engine.tables.limits import MEBIBYTE, Limits

Kind = Literal["heading", "paragraph", "list_item", "table_cell", "field"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of the text that belongs together: `text[start:end]`, without a line break, never empty.

    `place` tells a person where it stands in the file: "page 2", "paragraph 7", "work experience, entry 2".
    """

    start: int
    end: int
    kind: Kind
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file as text.

    `text` is NFC without control and zero-width characters; it is exactly the texts of `blocks` in their order, joined
    by one line break each. `format` is the name of the reader, "europass_pdf" for Europass data attached to a PDF.
    `problems` are what a person should know: what was cut, left out or guessed.
    """

    text: str
    format: str
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()

    def block_at(self, position: int) -> Block | None:
        """Return the block that holds the character at `position` of the text, None at a line break or outside."""
        index = bisect_right(self.blocks, position, key=lambda block: block.start) - 1
        if index >= 0 and position < self.blocks[index].end:
            return self.blocks[index]
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLimits:
    """Upper bounds for one document.

    `bytes` as sent; `pages` of a PDF and `characters` of text, what is over is cut and reported; `unpacked_bytes` of
    everything packed in it together, `stream_bytes` of one packed part of a PDF, `members` of a zip file and `ratio`
    of unpacked to packed size of one of them; `depth` and `elements` of markup; `seconds` for a PDF, where size says
    little about the work.
    """

    bytes: int = 5 * MEBIBYTE
    pages: int = 60
    characters: int = 200_000
    unpacked_bytes: int = 40 * MEBIBYTE
    stream_bytes: int = 8 * MEBIBYTE
    members: int = 2_000
    ratio: int = 200
    depth: int = 250
    elements: int = 500_000
    seconds: float = 20.0

    def of_archive(self) -> Limits:
        """Return the same bounds as `engine.tables.archives` takes them."""
        return Limits(bytes=self.bytes, unpacked_bytes=self.unpacked_bytes, members=self.members, ratio=self.ratio)


DEFAULT_LIMITS = DocumentLimits()
