"""Europe as tiles, one for each country, so that Malta is as easy to hit as Sweden. A layout of our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Column and row of each country, by its ISO 3166 code.
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
class Tile:
    """One country of the picture and its classes: where it stands, and tile-0 (no events) to tile-4 (the most)."""

    code: str
    count: int
    place: str
    look: str


def make_tiles(counts: Mapping[str, int]) -> list[Tile]:
    """A tile for every country of the layout; its look grows with the share of the highest count."""
    most = max((count for code, count in counts.items() if code in PLACES), default=0)
    return [
        Tile(
            code=code,
            count=counts.get(code, 0),
            place=f"tile-x{column} tile-y{row}",
            look=f"tile-{-(-4 * counts.get(code, 0) // most) if most else 0}",
        )
        for code, (column, row) in sorted(PLACES.items(), key=lambda place: (place[1][1], place[1][0]))
    ]
