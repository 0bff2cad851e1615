from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from synchromesh.accounts.models import Organisation, OrganisationKind, OrganisationKindOf
from synchromesh.accounts.queries.search_documents import list_organisation_documents
from synchromesh.places.models import Country, Region
from synchromesh.search.queries import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def north() -> Organisation:
    country = Country.objects.create(code="AT", names={"en": "Austria", "de": "Österreich"})
    region = Region.objects.create(code="AT22", level=2, name="Steiermark", country=country)
    north = Organisation.objects.create(
        slug="north-works", name="North Works", stated_type="Academy", country=country, region=region
    )
    for kind in (OrganisationKind.PROVIDER, OrganisationKind.SCHOOL):
        OrganisationKindOf.objects.create(organisation=north, kind=kind)
    return north


def test_an_organisation_is_found_by_its_name_kinds_and_place(north: Organisation) -> None:
    (document,) = list_organisation_documents()
    assert (document.kind, document.uid, document.slug) == ("organisation", str(north.uid), "north-works")
    assert document.titles == {"": "North Works"}
    assert document.languages == ()
    assert document.texts == {
        "": "Academy\nSteiermark",
        "de": "Österreich",
        "en": "Training provider\nSchool\nAustria",
    }
    assert document.filters == {
        "country": ("AT",),
        "organisation_kind": ("provider", "school"),
        "origin": ("real",),
    }


def test_an_organisation_without_a_place_is_found_by_its_name() -> None:
    Organisation.objects.create(slug="south", name="South")
    (document,) = list_organisation_documents()
    assert document.facets == {("origin", "real")}


def test_the_number_of_queries_does_not_grow_with_the_organisations(
    north: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        other = Organisation.objects.create(slug=f"o-{number}", name="More", country=north.country)
        OrganisationKindOf.objects.create(organisation=other, kind=OrganisationKind.MEMBER)
    with django_assert_num_queries(2):
        assert len(list(list_organisation_documents())) == 21


def test_the_search_finds_an_organisation_in_any_language(north: Organisation) -> None:
    (hit,) = search("osterreich provider", language="de").hits
    assert (hit.kind, hit.title, hit.language) == ("organisation", "North Works", "de")
