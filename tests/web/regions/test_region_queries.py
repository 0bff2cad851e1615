"""Comparing regions asks the database the same number of questions for two, three and four regions."""

from __future__ import annotations

from datetime import date

import pytest
from benchmarks.pages.limits import QUERIES
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.community.event_records import an_event
from tests.community.sharing_records import a_practice, a_profile

from synchromesh.accounts.models import Organisation, OrganisationKindOf, User
from synchromesh.catalogue.models import Course, Run
from synchromesh.community.models import RegionFact, RegionSite

pytestmark = pytest.mark.django_db
CODES = ("DE11", "SE23", "AT31", "FR10")


def _full_region(code: str, person: User) -> None:
    """A region about which every part of the comparison has something to say."""
    profile = a_profile(code)
    region, country = profile.region, profile.region.country
    RegionFact.objects.create(profile=profile, kind="figure", label="People", value=1200, unit="people", source="S")
    RegionSite.objects.create(profile=profile, name=f"Plant {code}")
    provider = Organisation.objects.create(slug=f"p-{code.lower()}", name=f"Provider {code}", region=region)
    OrganisationKindOf.objects.create(organisation=provider, kind="provider")
    OrganisationKindOf.objects.create(organisation=provider, kind="employer")
    a_practice(person, title=f"Practice {code}", region=region)
    course = Course.objects.create(
        slug=f"c-{code.lower()}", titles={"en": f"Course {code}"}, published_at="2026-01-01T00:00Z"
    )
    Run.objects.create(course=course, region=region, country=country, starts_on=date(2126, 1, 1))
    an_event(titles={"en": f"Event {code}"}, region=region, country=country)


def _asked(client: Client, codes: tuple[str, ...]) -> tuple[list[str], str]:
    with CaptureQueriesContext(connection) as asked:
        response = client.get("/en/regions/compare/?" + "&".join(f"r={code}" for code in codes))
    assert response.status_code == 200
    return [query["sql"] for query in asked], response.content.decode()


def test_two_to_four_regions_are_compared_with_the_same_few_questions(client: Client, person: User) -> None:
    for code in CODES:
        _full_region(code, person)
    counts = set()
    for most in (2, 3, 4):
        asked, page = _asked(client, CODES[:most])
        for code in CODES[:most]:
            for words in ("Plant", "Provider", "Practice", "Course", "Event"):
                assert f"{words} {code}" in page
        counts.add(len(asked))
        assert len(asked) <= QUERIES, asked
    assert len(counts) == 1


def test_a_person_who_is_signed_in_asks_no_more_for_four_regions_than_for_two(client: Client, person: User) -> None:
    for code in CODES:
        _full_region(code, person)
    client.force_login(person)
    client.get("/en/regions/compare/")
    assert len(_asked(client, CODES)[0]) == len(_asked(client, CODES[:2])[0])
