"""Members by place: tiles that lead to the list of one country or region, the other filters kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import ngettext

from synchromesh.community.queries.members import MemberFilter, count_member_places
from synchromesh.places.models import Country
from synchromesh.web.templatetags.synchromesh import plain
from synchromesh.web.tile_maps import MapTile, country_map


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberMap:
    """Tiles of all countries and of the regions that have members, and the countries as a table with addresses."""

    countries: list[MapTile]
    regions: list[MapTile]
    table: list[tuple[Country, int, str]]
    nowhere: int


def draw_members(wanted: MemberFilter) -> MemberMap:
    """Members as they are counted by country and region."""
    places = count_member_places(wanted)
    table = [(one, count, _address(replace(wanted, country=one.code))) for one, count in places.countries]
    filled = {
        one.code: MapTile(code=one.code, name=plain(one.names), count=count, words=_words(count), url=url)
        for one, count, url in table
    }
    regions = [
        MapTile(
            code=one.code,
            name=f"{one.name}, {plain(one.country.names)}",
            count=count,
            words=_words(count),
            url=_address(replace(wanted, region=one.code)),
        )
        for one, count in places.regions
    ]
    return MemberMap(countries=country_map(filled), regions=regions, table=table, nowhere=places.nowhere)


def _address(wanted: MemberFilter) -> str:
    asked = {("q" if name == "words" else name): value for name, value in asdict(wanted).items() if value}
    return f"{reverse('members:list')}?{urlencode(asked)}"


def _words(count: int) -> str:
    return ngettext("member", "members", count)
