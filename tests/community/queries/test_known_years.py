"""Years in which there is something: none between that has nothing, and the year of an instant is that of the site."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.community.engagement_records import an_engagement
from tests.community.news_records import an_article

from synchromesh.community.models import Engagement, NewsArticle
from synchromesh.community.queries.known_years import list_known_years

pytestmark = pytest.mark.django_db


def test_years_without_a_record_are_left_out(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for year in (2019, 2024, 2024, 2021):
        an_engagement(on=date(year, 12, 31))
    with django_assert_num_queries(2):
        assert list_known_years(Engagement.objects.all(), "starts_on") == [2024, 2021, 2019]


def test_nothing_has_no_years() -> None:
    assert list_known_years(Engagement.objects.all(), "starts_on") == []


def test_an_instant_at_new_year_is_found_by_the_filter_of_its_year() -> None:
    an_article(at=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    (year,) = list_known_years(NewsArticle.objects.all(), "published_at")
    assert NewsArticle.objects.filter(published_at__year=year).count() == 1
