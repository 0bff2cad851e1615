"""What is known of several regions at once is what is known of each alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.community.sharing_records import a_practice, a_profile, a_region

from synchromesh.accounts.models import Organisation, OrganisationKindOf, User
from synchromesh.catalogue.models import Course, Run
from synchromesh.community.models import Practice
from synchromesh.community.queries.courses_in_reach import list_courses_in_reach
from synchromesh.community.queries.known_regions import first_of_each, list_known_regions
from synchromesh.community.queries.practices import list_practices_in_regions

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)


def test_a_region_and_the_one_that_it_lies_in_are_both_told_all_of_theirs() -> None:
    a_profile("DE1")
    a_profile("DE11")
    a_profile("DE111")
    inside = Organisation.objects.create(slug="works", name="Works", region=a_region("DE11"))
    OrganisationKindOf.objects.create(organisation=inside, kind="employer")
    above, middle = list_known_regions(["DE1", "DE11"], most=2)
    assert [one.region.code for one in above.within] == ["DE11", "DE111"]
    assert [one.region.code for one in middle.within] == ["DE111"]
    assert [one.region.code for one in middle.around] == ["DE1"]
    assert above.employers == middle.employers == [inside]
    assert above.providers == []


def test_a_region_with_many_rows_takes_no_place_from_another(person: User) -> None:
    for number in range(4):
        a_practice(person, title=f"Many {number}", region=a_region("DE11"))
    few = a_practice(person, title="Few", region=a_region("SE23", "West"))
    regions = [a_region("DE11"), a_region("SE23", "West")]
    rows = Practice.objects.order_by("-published_at", "slug")
    assert first_of_each(rows, regions, limit=2).count() == 3
    assert list_practices_in_regions(regions, limit=2)[1] == [few]
    assert len(list_practices_in_regions(regions, limit=2)[0]) == 2


def test_a_course_stands_where_it_is_nearest_to_each_region() -> None:
    here, there = a_region("DE11"), a_region("DE21", "Bavaria")
    course = Course.objects.create(slug="weld", titles={"en": "Weld"}, published_at="2026-01-01T00:00Z")
    Run.objects.create(course=course, region=here, country=here.country, starts_on=date(2126, 1, 1))
    over = Course.objects.create(slug="over", titles={"en": "Over"}, published_at="2026-01-01T00:00Z")
    Run.objects.create(course=over, region=here, country=here.country, starts_on=date(2020, 1, 1))
    first, second, third = list_courses_in_reach([here, there, a_region("SE23", "West")], today=TODAY)
    assert (first.in_region, first.in_country) == ([course], [])
    assert (second.in_region, second.in_country) == ([], [course])
    assert (third.in_region, third.in_country) == ([], [])


def test_regions_are_known_once_each_in_the_order_of_their_codes_up_to_a_number() -> None:
    a_profile("DE11")
    a_region("SE23", "West")
    codes = ["se23", "XX1", "DE11", "SE23", "DE1"]
    assert [one.region.code for one in list_known_regions(codes, most=4)] == ["SE23", "DE11", "DE1"]
    assert [one.region.code for one in list_known_regions(codes, most=1)] == ["SE23"]
    assert list_known_regions([], most=4) == []


def test_what_is_no_code_of_nuts_is_asked_of_no_database() -> None:
    a_profile("DE11")
    with CaptureQueriesContext(connection) as asked:
        assert list_known_regions(["", "D", "DE1\0", "DE11111", "%%"], most=4) == []
    assert len(asked) == 0
