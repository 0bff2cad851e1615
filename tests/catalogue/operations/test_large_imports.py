"""What an import costs: questions to the database by the chunk, and only as much search index as was written."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.records import a_skill, a_topic, commit_feed, course_row, csv_file, preview_feed, undo_feed

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.operations import importing
from synchromesh.catalogue.operations.importing import CourseImporter
from synchromesh.plumbing import imports

pytestmark = pytest.mark.django_db
ROW = course_row(
    title="Welding",
    text_language="en",
    provider="South School",
    topics="battery",
    minutes=960,
    skills="isolate-hv 0>2; weld-parts 1",
    run_id="r1",
    run_starts_on="2027-05-04",
)


@pytest.fixture(autouse=True)
def _known_words() -> None:
    a_topic("battery")
    a_topic("hydrogen", position=1)
    a_skill("isolate-hv")
    a_skill("weld-parts")


def test_a_commit_asks_the_search_for_the_records_that_it_wrote(asked_jobs: list[str]) -> None:
    commit_feed(csv_file(ROW))
    assert asked_jobs == ["search.tasks.update_index", "search.tasks.update_index"]  # the provider and the course
    asked_jobs.clear()
    commit_feed(csv_file(ROW))
    assert asked_jobs == []


def test_a_large_commit_asks_for_a_new_search_index(asked_jobs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MOST_AT_ONCE", 1)
    commit_feed(csv_file(ROW))
    assert asked_jobs == ["search.tasks.rebuild_index"]


def test_a_thousand_courses_ask_few_questions(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    def feed(**cells: object) -> bytes:
        rows = (ROW | {"id": f"c{number}", "provider": f"School {number}"} | cells for number in range(1000))
        return csv_file(*rows)

    batch, _ = preview_feed(feed())
    with django_assert_max_num_queries(400):  # SQLite takes no more than some twenty courses at a time
        imports.commit(CourseImporter(), by=OPERATOR, batch=batch)
    with django_assert_max_num_queries(40):
        batch, _ = preview_feed(feed(minutes=30, run_seats=9, skills="weld-parts 2", topics="hydrogen"))
    with django_assert_max_num_queries(200):
        imports.commit(CourseImporter(), by=OPERATOR, batch=batch)
    assert Course.objects.filter(minutes=30).count() == 1000
    with django_assert_max_num_queries(150):
        undo_feed(batch)
    assert Course.objects.filter(minutes=960).count() == 1000
