"""Who looks in vain is counted once a day, with the language and the region that are known."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.records import a_role

from synchromesh.accounts.models import Organisation, User
from synchromesh.catalogue.models import Brief
from synchromesh.places.models import Country, Region

pytestmark = pytest.mark.django_db
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}


@pytest.fixture
def region(db: None) -> Region:
    country = Country.objects.create(code="DE", names={"en": "Germany"})
    return Region.objects.create(code="DE11", level=2, name="Stuttgart", country=country)


def counts() -> list[tuple[str, str, str | None, int]]:
    rows = Brief.objects.order_by("pk").values_list("origin", "language", "region__code", "times")
    return [(origin, language, region, times) for origin, language, region, times in rows]


def test_the_region_of_the_readers_organisation_is_noted(
    client: Client, member: User, organisation: Organisation, region: Region
) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(region=region)
    client.force_login(member)
    client.get("/de/courses/?q=xqzzyvw", headers=BROWSER)
    assert counts() == [("search", "de", "DE11", 1)]


def test_a_chosen_region_is_noted_and_other_filters_leave_a_search_uncounted(client: Client, region: Region) -> None:
    client.get("/en/courses/?q=xqzzyvw&region=DE11", headers=BROWSER)
    client.get("/en/courses/?q=another&price=free", headers=BROWSER)
    assert counts() == [("search", "en", "DE11", 1)]


def test_a_gap_and_a_wish_for_the_same_count_once_for_one_reader(client: Client, region: Region) -> None:
    a_role("welder", {"weld": 2})
    wish = {"skill": "weld", "level": "2"}
    for _ in range(2):
        client.post("/en/roles/welder/path/wanted/", wish, headers=BROWSER)
    assert counts() == [("gap", "en", None, 1)]
    client.post("/en/roles/welder/path/wanted/", wish, headers={"User-Agent": "another device"})
    assert counts() == [("gap", "en", None, 2)]
