"""What learning opportunities of the European Learning Model refer to: read in a first pass, kept by id.

Opportunities stand before what they refer to, and a feed may be larger than the memory; so the parts that a course
needs are written to a temporary file as they are met, and looked up from there.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from synchromesh.engine.feeds.readers._elm_codes import CLASS, OPPORTUNITY
from synchromesh.engine.feeds.readers._elm_parts import Kept, codes, idrefs, kept_parts, run_parts
from synchromesh.engine.feeds.readers._xml_stream import stream_entries
from synchromesh.engine.feeds.readers._xml_texts import attribute, parts_of

__all__ = ["References", "read_references"]

_IN_MEMORY = 16 * 1024 * 1024  # bytes, before a file on the disk takes over
_OPPORTUNITY = "learningOpportunity"
# Each is referred to by one name, whatever it is called itself.
_KINDS = {
    "learningAchievementSpecification": "specification",
    "qualification": "specification",
    "learningOutcome": "outcome",
    "learningActivitySpecification": "activity",
    "organisation": "agent",
    "agent": "agent",
    "location": "location",
}


class References:
    """The parts of a document by their ids. Use it in a `with`, which removes its temporary file."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - __exit__ closes it
        self._places: dict[tuple[str, str], tuple[int, int]] = {}
        self._classes: set[str] = set()
        self._parts: set[str] = set()
        self._parts_naming: dict[str, list[str]] = {}

    def __enter__(self) -> References:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def get(self, kind: str, identifier: str) -> Kept:
        """What is known of an id; nothing of one that stands nowhere in the document."""
        place = self._places.get((kind, identifier))
        if place is None:
            return {}
        self._file.seek(place[0])
        found: Kept = json.loads(self._file.read(place[1]))
        return found

    def all_of(self, kind: str, identifiers: Iterable[str]) -> Iterator[Kept]:
        """What is known of several ids, without those that stand nowhere."""
        return filter(None, (self.get(kind, identifier) for identifier in identifiers))

    def is_run(self, identifier: str) -> bool:
        """Whether an opportunity is a class that is a part of another opportunity."""
        return identifier in self._classes and identifier in self._parts

    def runs_of(self, identifier: str, parts: Iterable[str]) -> Iterator[tuple[str, Kept]]:
        """The classes of an opportunity with their ids: its own `parts`, and those that say they are part of it."""
        for part in dict.fromkeys((*parts, *self._parts_naming.get(identifier, ()))):
            if part in self._classes:
                yield part, self.get("class", part)

    def add(self, kind: str, identifier: str, kept: Kept) -> None:
        """Keep the parts of one element; of two with one id the first."""
        if (kind, identifier) in self._places:
            return
        data = json.dumps(kept).encode()
        self._file.seek(0, 2)
        self._places[kind, identifier] = (self._file.tell(), len(data))
        self._file.write(data)

    def add_opportunity(self, identifier: str, element: Element) -> None:
        """Keep what tells whether an opportunity is a run of another one, and the run."""
        parts = parts_of(element)
        self._parts.update(idrefs(parts, "hasPart"))
        if CLASS not in codes(parts, "type", OPPORTUNITY):
            return
        self._classes.add(identifier)
        self.add("class", identifier, run_parts(parts))
        for whole in idrefs(parts, "isPartOf"):
            self._parts.add(identifier)
            self._parts_naming.setdefault(whole, []).append(identifier)


def read_references(file: BinaryIO, references: References, *, name: str) -> None:
    """Read the whole document once. Raises InvalidInput for a broken one."""
    for entry in stream_entries(file, name=name, entries=(*_KINDS, _OPPORTUNITY)):
        identifier = attribute(entry.element, "id")
        if entry.name == _OPPORTUNITY:
            references.add_opportunity(identifier, entry.element)
        elif identifier:
            references.add(_KINDS[entry.name], identifier, kept_parts(entry.element, entry.name))
