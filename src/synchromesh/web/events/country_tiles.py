"""Europe as tiles, one for each country, so that Malta is as easy to hit as Sweden. A layout of our own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
SIZE = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One country of the picture: where it stands, how many events it has, and its class: tile-0 (none) to tile-4."""

    code: str
    x: int
    y: int
    count: int
    look: str


def make_tiles(counts: Mapping[str, int]) -> list[Tile]:
    """A tile for every country of the layout; its class grows with the share of the highest count."""
    most = max((count for code, count in counts.items() if code in PLACES), default=0)
    return [
        Tile(
            code=code, x=column * SIZE, y=row * SIZE, count=count, look=f"tile-{-(-4 * count // most) if count else 0}"
        )
        for code, (column, row) in sorted(PLACES.items(), key=lambda place: (place[1][1], place[1][0]))
        for count in (counts.get(code, 0),)
    ]


def picture_size() -> tuple[int, int]:
    """Width and height of the picture in its own units."""
    return (1 + max(x for x, _ in PLACES.values())) * SIZE, (1 + max(y for _, y in PLACES.values())) * SIZE


def outside(counts: Mapping[str, int]) -> Sequence[str]:
    """Countries with events that have no tile."""
    return sorted(code for code, count in counts.items() if count and code not in PLACES)
