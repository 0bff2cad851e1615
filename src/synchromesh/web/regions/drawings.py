"""The list of regions as a drawing: tiles of our own layout, or outlines of the operator's file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from synchromesh.community.models import BoundarySet
from synchromesh.community.queries.region_tiles import lay_tiles
from synchromesh.community.queries.regions import RegionRow, list_drawn_codes, list_outlines

TILE = 26
"""Units from one tile to the next; the tile is two less. As many pixels on the smallest screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A region of the drawing. Without an address no region that takes part lies in it."""

    code: str
    words: str
    url: str
    is_own: bool
    x: int = 0
    y: int = 0
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The places of a drawing, those with an address last so that they lie on top, its size, and who is not on it."""

    places: list[Place]
    width: int
    height: int
    left_out: list[RegionRow]
    credit: str = ""


def draw_tiles(rows: Sequence[RegionRow]) -> Drawing:
    """A square for each region of the level that is drawn."""
    tiles = lay_tiles(list_drawn_codes())
    by_code = _rows_by_code(rows)
    places = [_place(tile.code, by_code.get(tile.code, []), x=tile.column * TILE, y=tile.row * TILE) for tile in tiles]
    width = (max((tile.column for tile in tiles), default=0) + 1) * TILE
    height = (max((tile.row for tile in tiles), default=0) + 1) * TILE
    return _drawing(places, rows, width=width, height=height)


def draw_outlines(rows: Sequence[RegionRow], boundaries: BoundarySet) -> Drawing:
    """The outlines that the operator has loaded."""
    by_code = _rows_by_code(rows)
    places = [
        _place(outline.region.code, by_code.get(outline.region.code, []), path=outline.path)
        for outline in list_outlines(boundaries)
    ]
    return _drawing(places, rows, width=boundaries.width, height=boundaries.height, credit=boundaries.credit)


def _rows_by_code(rows: Iterable[RegionRow]) -> dict[str, list[RegionRow]]:
    found: dict[str, list[RegionRow]] = {}
    for row in rows:
        for code in row.drawn:
            found.setdefault(code, []).append(row)
    return found


def _place(code: str, rows: Sequence[RegionRow], *, x: int = 0, y: int = 0, path: str = "") -> Place:
    """One region leads to its page; of several the one that is drawn leads to them all."""
    if not rows:
        return Place(code=code, words=code, url="", is_own=False, x=x, y=y, path=path)
    target = rows[0].region.code if len(rows) == 1 else code
    names = ", ".join(f"{row.profile.name} ({row.region.code})" for row in rows)
    networks = ", ".join(dict.fromkeys(row.profile.network.name for row in rows if row.profile.network))
    practices = sum(row.practices for row in rows)
    words = [names, networks, gettext("practices: %(count)s") % {"count": practices} if practices else ""]
    return Place(
        code=code,
        words=". ".join(part for part in words if part),
        url=reverse("regions:detail", args=[target]),
        is_own=any(row.profile.network is not None and row.profile.network.is_own for row in rows),
        x=x,
        y=y,
        path=path,
    )


def _drawing(
    places: Sequence[Place], rows: Iterable[RegionRow], *, width: int, height: int, credit: str = ""
) -> Drawing:
    drawn = {place.code for place in places}
    return Drawing(
        places=sorted(places, key=lambda place: bool(place.url)),
        width=width,
        height=height,
        left_out=[row for row in rows if not drawn & set(row.drawn)],
        credit=credit,
    )
