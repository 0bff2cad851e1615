"""Read countries and regions."""

from __future__ import annotations

from synchromesh.engine.errors import NotFound
from synchromesh.places.models import Country, Region


def list_countries() -> list[Country]:
    """All countries by English name."""
    return list(Country.objects.order_by("names__en", "code"))


def get_region(code: str) -> Region:
    """The region with this NUTS code. Raises NotFound."""
    found = Region.objects.select_related("country", "parent").filter(code=code.upper()).first()
    if found is None:
        raise NotFound(f"There is no NUTS region '{code}'.", field="region")
    return found
