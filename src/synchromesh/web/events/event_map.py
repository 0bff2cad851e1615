"""Events by country: tiles that lead to the list of one country, the other filters kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import ngettext

from synchromesh.web.templatetags.synchromesh import plain
from synchromesh.web.tile_maps import PLACES, MapTile, country_map

LOOKS = 4


def draw_events(rows: Sequence[tuple[str, Mapping[str, str], int]], *, tail: str) -> list[MapTile]:
    """Tiles of all countries from rows of code, names and number of events; `tail` is the rest of the address.

    A tile looks from tile-1 to tile-4, by its share of the highest number.
    """
    most = max((count for code, _, count in rows if code in PLACES), default=0)
    return country_map(
        {
            code: MapTile(
                code=code,
                name=plain(names),
                count=count,
                words=ngettext("event", "events", count),
                url=f"{reverse('events:list')}?country={code}{tail}",
                look=f"tile-{-(-LOOKS * count // most)}",
            )
            for code, names, count in rows
            if count and code in PLACES
        }
    )
