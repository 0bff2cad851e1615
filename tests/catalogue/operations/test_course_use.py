"""Counting looks and clicks by day, at the price of one question, and never at the price of a page."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.db.models import QuerySet
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.records import a_course

from synchromesh.accounts.permissions import VISITOR
from synchromesh.catalogue.models import CourseUse
from synchromesh.catalogue.operations.course_use import record_course_use

pytestmark = pytest.mark.django_db


def test_looks_and_clicks_add_up_by_day_with_one_question_each(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    course = a_course("welding")
    record_course_use(by=VISITOR, course=course, views=1)
    with django_assert_num_queries(1):
        record_course_use(by=VISITOR, course=course, views=1)
    record_course_use(by=VISITOR, course=course, clicks=1)
    found = CourseUse.objects.get()
    assert (found.day, found.views, found.clicks) == (timezone.localdate(), 2, 1)


def test_a_database_that_is_busy_costs_the_count_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def busy(*args: object, **columns: object) -> int:
        raise OperationalError("database is locked")

    course = a_course("welding")
    monkeypatch.setattr(QuerySet, "update", busy)
    record_course_use(by=VISITOR, course=course, views=1)
    assert not CourseUse.objects.exists()
    assert "was not counted" in caplog.text
