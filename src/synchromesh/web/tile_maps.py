"""Places of Europe as tiles on a grid, so that Malta is as easy to hit as Sweden: one component for all such pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

# Column and row of each country, by its ISO 3166 code: a layout of our own.
PLACES: Mapping[str, tuple[int, int]] = {
    "IS": (0, 0), "NO": (4, 0), "SE": (5, 0), "FI": (6, 0),
    "EE": (7, 1), "DK": (4, 1),
    "IE": (0, 2), "GB": (1, 2), "NL": (3, 2), "LT": (6, 2), "LV": (7, 2),
    "BE": (2, 3), "DE": (4, 3), "PL": (5, 3), "BY": (7, 3), "UA": (8, 3),
    "FR": (1, 4), "LU": (2, 4), "CZ": (4, 4), "SK": (5, 4), "MD": (8, 4),
    "CH": (2, 5), "LI": (3, 5), "AT": (4, 5), "HU": (5, 5), "RO": (6, 5),
    "PT": (0, 6), "ES": (1, 6), "SI": (3, 6), "HR": (4, 6), "RS": (5, 6), "BG": (6, 6), "TR": (8, 6),
    "IT": (2, 7), "BA": (4, 7), "ME": (5, 7), "MK": (6, 7),
    "MT": (2, 8), "AL": (5, 8), "GR": (6, 8), "CY": (8, 8),
}  # fmt: skip


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
