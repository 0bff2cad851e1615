"""A JSON document as its leaves: each value with the path that leads to it.

The walk uses no recursion, so that nesting cannot exhaust the stack, and it stops at a bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from synchromesh.engine.errors import InvalidInput

MOST_LEAVES = 50_000  # a passport has some hundreds
EMPTY = object()  # stands for a list without entries
_JsonLd = frozenset({"@context", "@type", "@id"})


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value, its path with `[]` for every place in a list, and those places, counted from 0."""

    path: str
    places: tuple[int, ...]
    value: Any

    @property
    def shown_path(self) -> str:
        """The path with the places filled in, as a person finds it."""
        shown, places = [], iter(self.places)
        for part in self.path.split("[]"):
            shown.append(part)
            place = next(places, None)
            if place is not None:
                shown.append(f"[{place}]")
        return "".join(shown)


def leaves_of(document: object) -> list[Leaf]:
    """Every value of a document in the order of the document; empty lists are leaves too."""
    found: list[Leaf] = []
    waiting: list[tuple[str, tuple[int, ...], Any]] = [("", (), document)]
    while waiting:
        path, places, value = waiting.pop()
        if isinstance(value, Mapping):
            entries = [(f"{path}/{key}", places, entry) for key, entry in value.items() if key not in _JsonLd]
            waiting.extend(reversed(entries))
        elif isinstance(value, list) and value:
            waiting.extend((f"{path}[]", (*places, place), value[place]) for place in range(len(value) - 1, -1, -1))
        else:
            found.append(Leaf(path, places, EMPTY if value == [] else value))
        if len(found) + len(waiting) > MOST_LEAVES:
            raise InvalidInput(f"The file holds more than {MOST_LEAVES} values.", field="file")
    return found
