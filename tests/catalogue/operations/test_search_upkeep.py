"""What the list of courses finds follows every change of a course, and the calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta
from typing import TypeAlias

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.records import a_course, a_run, commit_feed, course_row, csv_file

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course, LinkCheck, LinkState
from synchromesh.catalogue.operations import link_checking
from synchromesh.catalogue.operations.mapping import change_course_skill
from synchromesh.catalogue.operations.refreshing import confirm_course
from synchromesh.catalogue.operations.search_upkeep import update_aged_courses
from synchromesh.catalogue.queries.course_filter import CourseFilter
from synchromesh.catalogue.queries.courses import search_courses
from synchromesh.catalogue.queries.link_rule import LinkNote
from synchromesh.catalogue.tasks import update_aged_courses as daily_task
from synchromesh.engine.errors import NotAllowed
from synchromesh.plumbing import jobs
from synchromesh.search.operations import rebuild

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
RunJobs: TypeAlias = Callable[[], AbstractContextManager[object]]


@pytest.fixture
def jobs_run(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> RunJobs:
    """A block within which the jobs that are asked for run at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def _found(**chosen: str) -> list[str]:
    wanted = CourseFilter(chosen={group: (value,) for group, value in chosen.items()})
    return [course.slug for course in search_courses(wanted, today=timezone.localdate()).courses]


@contextmanager
def _index_of(day: date, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Documents as they were made on another day."""
    with monkeypatch.context() as patched:
        patched.setattr(timezone, "localdate", lambda *value: day)
        yield


def test_another_level_of_a_skill_is_found(jobs_run: RunJobs) -> None:
    course = a_course("welding", {"weld": (0, 1)})
    assert _found(level="1") == ["welding"]
    with jobs_run():
        change_course_skill(by=OPERATOR, course=course, skill=course.skill_links.get().skill, level=2)
    assert (_found(level="1"), _found(level="2")) == ([], ["welding"])


def test_a_confirmation_makes_a_course_fresh(jobs_run: RunJobs) -> None:
    course = a_course("welding")
    assert _found(freshness="fresh") == []
    with jobs_run():
        confirm_course(by=OPERATOR, course=course)
    assert _found(freshness="fresh") == ["welding"]


def test_an_address_that_no_longer_works_is_counted_as_broken(jobs_run: RunJobs) -> None:
    course = a_course("welding", url="https://example.org/weld")
    assert _found(link="fine") == ["welding"]
    LinkCheck.objects.create(course=course, url=course.url, state="broken")
    noted = link_checking._Noted(course=course, before=LinkNote(), after=LinkNote(state=LinkState.BROKEN))
    with jobs_run():
        link_checking._ask_for_index([noted])
    assert (_found(link="fine"), _found(link="broken")) == ([], ["welding"])


def test_what_a_feed_adds_moves_and_drops_is_followed(jobs_run: RunJobs) -> None:
    soon, later = timezone.localdate() + 10 * DAY, timezone.localdate() + 300 * DAY
    first, second = course_row("c1", starts_on=soon), course_row("c2")
    with jobs_run():
        commit_feed(csv_file(first, second))
    assert _found(start="30-days") == ["course-c1"]
    with jobs_run():
        commit_feed(csv_file(course_row("c1", starts_on=later)))
    assert _found(start="30-days") == []
    assert _found() == ["course-c1"]
    assert search_courses(CourseFilter(), today=timezone.localdate()).over == 1


def test_a_course_whose_date_has_passed_goes_on_with_its_next_one(
    jobs_run: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = timezone.localdate()
    course = a_course("welding")
    a_run(course, today - DAY)
    a_run(course, today + 20 * DAY, deadline_on=today + 5 * DAY)
    a_run(a_course("closing"), today + 90 * DAY, deadline_on=today + DAY)
    with _index_of(today - 2 * DAY, monkeypatch):
        rebuild()
    assert (_found(start="30-days"), _found(deadline="14-days")) == ([], ["closing"])
    with jobs_run():
        daily_task.call()
    assert (_found(start="30-days"), _found(deadline="14-days")) == (["welding"], ["closing", "welding"])
    assert update_aged_courses(by=OPERATOR) == 0


def test_very_many_aged_courses_have_the_index_built_anew(
    asked_jobs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        a_run(a_course(f"c{number}"), timezone.localdate() - DAY)
    monkeypatch.setattr("synchromesh.catalogue.operations.search_upkeep.MOST_AT_ONCE", 2)
    with _index_of(timezone.localdate() - 9 * DAY, monkeypatch):
        rebuild()
    assert update_aged_courses(by=OPERATOR) == 3
    assert asked_jobs == ["search.tasks.rebuild_index"]


def test_only_the_alliance_brings_the_index_up_to_date(editor: User) -> None:
    with pytest.raises(NotAllowed):
        update_aged_courses(by=editor)


def test_a_course_that_is_gone_is_not_listed_and_the_index_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, object]] = []
    gone = a_course("gone")
    a_course("there")
    rebuild()
    Course.objects.filter(pk=gone.pk).update(published_at=None)
    monkeypatch.setattr(jobs, "enqueue", lambda name, **arguments: asked.append((name, arguments["uids"])))
    for _ in range(2):
        found = search_courses(CourseFilter(), today=timezone.localdate())
        assert ([course.slug for course in found.courses], found.total) == (["there"], 1)
    assert asked == [("search.tasks.update_index", [str(gone.uid)])]
