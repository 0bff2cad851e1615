"""A drawing of Europe in tiles, one for each NUTS 2 region: a layout of our own, drawn without any boundary file.

Every country has a block of tiles about where it lies; its regions follow in it in the order of their codes, row by
row. So the place inside a block says nothing about geography. Countries that are not listed have no tiles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# By country as NUTS writes it: the first column and row of its block, and how many columns it has.
BLOCKS: Mapping[str, tuple[int, int, int]] = {
    "IS": (5, 1, 1), "NO": (11, 0, 2), "SE": (13, 0, 2), "FI": (15, 0, 2), "EE": (16, 4, 1), "LV": (16, 5, 1),
    "LT": (16, 6, 2), "DK": (10, 5, 2), "IE": (3, 7, 1), "NL": (6, 6, 3), "BE": (5, 10, 3), "LU": (8, 12, 1),
    "DE": (9, 8, 6), "PL": (15, 7, 4), "CZ": (15, 12, 4), "SK": (19, 12, 2), "AT": (13, 14, 5), "HU": (18, 14, 4),
    "RO": (22, 14, 4), "FR": (4, 14, 5), "CH": (9, 15, 3), "LI": (12, 16, 1), "IT": (10, 18, 3), "SI": (13, 16, 2),
    "HR": (15, 16, 2), "BA": (15, 18, 3), "RS": (18, 16, 2), "XK": (19, 18, 1), "ME": (17, 19, 1), "MK": (19, 19, 1),
    "AL": (17, 20, 1), "BG": (21, 16, 3), "EL": (18, 21, 4), "CY": (25, 24, 1), "MT": (13, 25, 1), "ES": (3, 20, 4),
    "PT": (1, 20, 2),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One region in the drawing, by column and row from the upper left."""

    code: str
    column: int
    row: int


def lay_tiles(codes: Iterable[str]) -> list[Tile]:
    """Tiles for NUTS 2 codes, in the order of the codes; codes of other countries are left out."""
    placed: dict[str, int] = {}
    tiles = []
    for code in sorted(codes):
        block = BLOCKS.get(code[:2])
        if block is None:
            continue
        column, row, width = block
        number = placed.get(code[:2], 0)
        placed[code[:2]] = number + 1
        tiles.append(Tile(code=code, column=column + number % width, row=row + number // width))
    return tiles
