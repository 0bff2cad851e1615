"""Put the passages of a file together into a `Document`, within its limits."""

from __future__ import annotations

from synchromesh.engine.documents.cleaning import clean_lines
from synchromesh.engine.documents.model import Block, Document, DocumentLimits, Kind
from synchromesh.engine.errors import InvalidInput, Problem

# Invisible characters and spaces take room before they are removed; this much more than what is kept is looked at.
_ROOM_FOR_WASTE = 4
_MOST_PROBLEMS = 100


class Assembly:
    """Collects blocks and problems while a reader walks through a file."""

    def __init__(self, limits: DocumentLimits) -> None:
        self.limits = limits
        self.full = False
        self.problems: list[Problem] = []
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0

    def add(self, kind: Kind, text: str, place: str) -> None:
        """Add a passage; each of its lines becomes a block of its own. Nothing is added once the document is full."""
        if self.full:
            return
        most = _ROOM_FOR_WASTE * (self.limits.characters - self._length) + 1_000
        for line in clean_lines(text[:most]):
            self._add_line(kind, line, place)
        if len(text) > most and not self.full:
            self._cut(place)

    def report(self, position: str, message: str) -> None:
        """Add a problem; a file with very many problems of its own making does not fill memory with them."""
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(Problem(position=position, field="", message=message))

    @property
    def is_empty(self) -> bool:
        """Whether no text has been found so far."""
        return not self._blocks

    def finish(self, file_format: str, *, name: str) -> Document:
        """Return the document; raises InvalidInput when it holds no text."""
        if self.is_empty:
            raise InvalidInput(f"{name} holds no text. Write something into it, or send another file.")
        return Document(
            text="\n".join(self._parts),
            format=file_format,
            blocks=tuple(self._blocks),
            problems=tuple(self.problems),
        )

    def _add_line(self, kind: Kind, line: str, place: str) -> None:
        if self.full:
            return
        start = self._length + (1 if self._parts else 0)
        room = self.limits.characters - start
        if len(line) > room:
            self._cut(place)
            line = _shortened(line, room)
            if not line:
                return
        self._parts.append(line)
        self._length = start + len(line)
        self._blocks.append(Block(start=start, end=self._length, kind=kind, place=place))

    def _cut(self, place: str) -> None:
        self.full = True
        self.report(
            place, f"Only the first {self.limits.characters:,} characters were read; what follows was left out."
        )


def _shortened(line: str, room: int) -> str:
    """Return the beginning of a line that fits, ending with a whole word where there is one."""
    kept = line[: max(room, 0)]
    at_word, space, _ = kept.rpartition(" ")
    return (at_word if space and line[len(kept)] != " " else kept).rstrip(" ")
