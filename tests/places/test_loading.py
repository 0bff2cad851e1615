"""Countries and NUTS regions from the package that carries them."""

from __future__ import annotations

import pytest

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.engine.errors import NotFound
from synchromesh.places.models import Country, Region
from synchromesh.places.operations import load_places
from synchromesh.places.queries import get_region, list_countries
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_places_are_loaded_once_and_a_second_time_changes_nothing() -> None:
    new = load_places(by=OPERATOR)
    assert new == Country.objects.count() + Region.objects.count()
    assert new > 1500
    assert load_places(by=OPERATOR) == 0
    assert AuditEvent.objects.count() == 1


def test_regions_hang_together_from_level_3_to_their_country() -> None:
    load_places(by=OPERATOR)
    assert not Region.objects.filter(level__gt=1, parent=None).exists()
    assert not Region.objects.filter(level=1).exclude(parent=None).exists()
    attica = get_region("el30")
    assert (attica.level, attica.country.code) == (2, "GR")
    assert attica.parent is not None
    assert attica.parent.code == "EL3"
    northern_ireland = get_region("UKN16").parent  # its code names no region of level 2
    assert northern_ireland is not None
    assert northern_ireland.code == "UKN0"
    assert not Region.objects.filter(code__endswith="ZZ").exists()


def test_what_is_missing_is_added_and_names_that_people_changed_stay() -> None:
    load_places(by=OPERATOR)
    Country.objects.filter(code="DE").update(names={"en": "Germany", "de": "Deutschland"})
    Region.objects.filter(code="DE111").delete()
    assert load_places(by=OPERATOR) == 1
    assert Country.objects.get(code="DE").names["de"] == "Deutschland"
    assert get_region("DE111").country.code == "DE"


def test_countries_come_by_english_name_and_an_unknown_region_is_not_found() -> None:
    load_places(by=OPERATOR)
    names = [str(country) for country in list_countries()]
    assert names[0] == "Albania"
    assert names.index("Czechia") < names.index("Germany") < names.index("Spain")
    with pytest.raises(NotFound):
        get_region("XX99")
