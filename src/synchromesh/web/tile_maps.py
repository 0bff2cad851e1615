"""Places of Europe as tiles on a grid: one component for pages that show how much of something is where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from synchromesh.web.events.country_tiles import PLACES


@dataclass(frozen=True, slots=True, kw_only=True)
class MapTile:
    """One place: its code and name, how much there is and of what in words, and where it leads.

    `column` and `row` are its place on the grid from the upper left; without a place it stands in line. `look` is a
    class of the style sheet. A tile without an address is only there to make the map recognisable.
    """

    code: str
    name: str = ""
    count: int = 0
    words: str = ""
    url: str = ""
    look: str = ""
    column: int | None = None
    row: int | None = None

    @property
    def place(self) -> str:
        """The classes that put it on the grid."""
        return "" if self.column is None or self.row is None else f"col-{self.column} row-{self.row}"


def country_map(filled: Mapping[str, MapTile]) -> list[MapTile]:
    """All countries of the layout in reading order, with what is known of some of them, by their ISO codes."""
    order = sorted(PLACES.items(), key=lambda place: (place[1][1], place[1][0]))
    return [replace(filled.get(code, MapTile(code=code)), column=column, row=row) for code, (column, row) in order]
