"""What a list shows of courses: the same as the records say, also after they have changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.records import TODAY, a_course, a_provider, a_run

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.models import Course, LinkCheck, LinkState
from synchromesh.catalogue.queries.course_lines import CourseLine, NextRun, ProviderName, list_course_lines

pytestmark = pytest.mark.django_db


def _line(course: Course, today: date = TODAY) -> CourseLine:
    return list_course_lines([str(course.uid)], today=today)[str(course.uid)]


def test_a_line_says_what_the_record_says() -> None:
    course = a_course(
        "safe-work",
        titles={"en": "Safe work", "de": "Sicher arbeiten"},
        summaries={"de": "Kurz"},
        languages=["de", "en"],
        provider=a_provider(name="South School"),
        last_confirmed_on=TODAY,
        missing_since=None,
        price_cents=None,
        minutes=90,
    )
    course.refresh_from_db()
    line = _line(course)
    for name in ("slug", "titles", "summaries", "origin", "mode", "certificate", "currency", "minutes"):
        assert getattr(line, name) == getattr(course, name), name
    assert (line.last_confirmed_on, line.missing_since, line.price_cents) == (TODAY, None, None)
    assert line.languages == ("de", "en")
    assert line.provider == ProviderName("South School")
    assert list(line.titles) == ["de", "en"]
    assert not line.has_broken_link
    assert line.next_run is None


def test_what_is_not_published_or_gone_has_no_line() -> None:
    draft = a_course("draft", published_at=None)
    gone = a_course("gone")
    there = a_course("there")
    uids = [str(course.uid) for course in (draft, gone, there)]
    gone.delete()
    assert list(list_course_lines(uids, today=TODAY)) == [str(there.uid)]
    assert list_course_lines([], today=TODAY) == {}


def test_the_next_run_is_the_soonest_dated_one_that_can_be_joined_on_the_day() -> None:
    course = a_course("dated")
    a_run(course, None, dates_text="every spring")
    a_run(course, TODAY + timedelta(days=9), place="Brno")
    a_run(course, TODAY + timedelta(days=5), place="Graz", deadline_on=TODAY)
    a_run(course, TODAY - timedelta(days=1), place="Cork")
    assert _line(course).next_run == NextRun(TODAY + timedelta(days=5), "Graz")
    assert _line(course, TODAY + timedelta(days=1)).next_run == NextRun(TODAY + timedelta(days=9), "Brno")


def test_only_a_broken_address_that_the_course_still_has_counts() -> None:
    course = a_course("linked", url="https://example.org/a")
    check = {"state": LinkState.BROKEN, "next_check_at": timezone.now()}
    LinkCheck.objects.create(course=course, url="https://example.org/a", **check)
    assert _line(course).has_broken_link
    Course.objects.filter(pk=course.pk).update(url="https://example.org/b")
    assert not _line(course).has_broken_link


def test_a_change_of_any_record_behind_a_line_changes_it_and_others_leave_it_the_same() -> None:
    provider = a_provider(name="South School")
    course = a_course("safe-work", provider=provider)
    run = a_run(course, TODAY + timedelta(days=9), place="Brno")
    seen = [_line(course)]
    a_course("another")
    assert _line(course) is seen[-1]
    Organisation.objects.filter(pk=provider.pk).update(name="West School")
    seen.append(_line(course))
    Course.objects.filter(pk=course.pk).update(titles={"en": "Safer work"})
    seen.append(_line(course))
    type(run).objects.filter(pk=run.pk).update(place="Graz")
    seen.append(_line(course))
    assert [seen.index(line) for line in seen] == [0, 1, 2, 3]
    assert len({hash(line) for line in seen}) >= 3
    assert str(seen[-1].titles["en"]) == "Safer work"


def test_many_lines_take_two_questions() -> None:
    uids = [str(a_course(f"course-{number}").uid) for number in range(12)]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(list_course_lines(uids, today=TODAY)) == 12
    assert len(asked) == 2
