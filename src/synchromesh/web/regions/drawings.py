"""The list of regions as tiles of our own layout, or as outlines of the operator's file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext

from synchromesh.community.models import BoundarySet
from synchromesh.community.queries.region_tiles import lay_tiles
from synchromesh.community.queries.regions import RegionRow, list_drawn_codes, list_outlines
from synchromesh.web.tile_maps import MapTile


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A region of the map. Without an address no region that takes part lies in it."""

    code: str
    words: str
    url: str
    is_own: bool
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Tiles, or places of a map, those with an address last so that they lie on top, and its size; who is not on it."""

    tiles: list[MapTile] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    width: int = 0
    height: int = 0
    left_out: list[RegionRow]
    credit: str = ""


def draw_tiles(rows: Sequence[RegionRow]) -> Drawing:
    """A tile for each region of the level that is drawn, in the order of codes."""
    by_code = _rows_by_code(rows)
    laid = lay_tiles(list_drawn_codes())
    return Drawing(
        tiles=[_tile(one.code, by_code.get(one.code, []), column=one.column, row=one.row) for one in laid],
        left_out=_left_out(rows, {one.code for one in laid}),
    )


def draw_outlines(rows: Sequence[RegionRow], boundaries: BoundarySet) -> Drawing:
    """The outlines that the operator has loaded."""
    by_code = _rows_by_code(rows)
    outlines = list_outlines(boundaries)
    places = [_place(one.region.code, by_code.get(one.region.code, []), path=one.path) for one in outlines]
    return Drawing(
        places=sorted(places, key=lambda place: bool(place.url)),
        width=boundaries.width,
        height=boundaries.height,
        left_out=_left_out(rows, {place.code for place in places}),
        credit=boundaries.credit,
    )


def _rows_by_code(rows: Iterable[RegionRow]) -> dict[str, list[RegionRow]]:
    found: dict[str, list[RegionRow]] = {}
    for row in rows:
        for code in row.drawn:
            found.setdefault(code, []).append(row)
    return found


def _left_out(rows: Iterable[RegionRow], drawn: set[str]) -> list[RegionRow]:
    return [row for row in rows if not drawn & set(row.drawn)]


def _tile(code: str, rows: Sequence[RegionRow], *, column: int, row: int) -> MapTile:
    if not rows:
        return MapTile(code=code, column=column, row=row)
    return MapTile(
        code=code,
        name=_names(code, rows),
        count=sum(one.practices for one in rows),
        words=_words(rows),
        url=_target(code, rows),
        look="is-own" if _is_own(rows) else "is-other",
        column=column,
        row=row,
    )


def _place(code: str, rows: Sequence[RegionRow], *, path: str) -> Place:
    if not rows:
        return Place(code=code, words=code, url="", is_own=False, path=path)
    names = ", ".join(f"{row.profile.name} ({row.region.code})" for row in rows)
    words = ". ".join(part for part in (names, _words(rows)) if part)
    return Place(code=code, words=words, url=_target(code, rows), is_own=_is_own(rows), path=path)


def _target(code: str, rows: Sequence[RegionRow]) -> str:
    """One region leads to its page; of several the one that is drawn leads to them all."""
    return reverse("regions:detail", args=[rows[0].region.code if len(rows) == 1 else code])


def _names(code: str, rows: Sequence[RegionRow]) -> str:
    """What the regions of a tile call themselves, with the codes that are not the tile's own."""
    return ", ".join(
        row.profile.name if row.region.code == code else f"{row.profile.name} ({row.region.code})" for row in rows
    )


def _words(rows: Sequence[RegionRow]) -> str:
    """Where the regions take part, and how many practices there are of them."""
    networks = ", ".join(dict.fromkeys(row.profile.network.name for row in rows if row.profile.network))
    practices = sum(row.practices for row in rows)
    counted = gettext("practices: %(count)s") % {"count": practices} if practices else ""
    return ". ".join(part for part in (networks, counted) if part)


def _is_own(rows: Sequence[RegionRow]) -> bool:
    return any(row.profile.network is not None and row.profile.network.is_own for row in rows)
