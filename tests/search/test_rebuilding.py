"""Building the index: by hand, after a change, and when a search finds none."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings
from tests.records import commit_feed, course_row, csv_file, undo_feed
from tests.search.sample_documents import document

from synchromesh.accounts.models import Organisation, User
from synchromesh.engine.errors import ExternalFailure
from synchromesh.plumbing import jobs
from synchromesh.plumbing.models import AuditEvent
from synchromesh.search import backends, indexing, operations, queries, tasks
from synchromesh.search.contract import Answer, IndexUnusableError, Wanted
from synchromesh.search.operations import rebuild_index
from synchromesh.search.queries import search

List = Callable[..., None]


def test_a_rebuild_asked_for_counts_the_kinds_and_is_noted(backend: str, listed: List, staff: User) -> None:
    listed(document("one", "Battery"), document("two", "Battery"), document("three", "Battery", kind="course"))
    assert rebuild_index(by=staff) == {"course": 1, "role": 2}
    event = AuditEvent.objects.get(action="rebuild_index")
    assert (event.actor, event.details) == (staff.public_id, {"counts": {"course": 1, "role": 2}})


def test_a_change_sends_the_rebuild_on_commit(
    backend: str, db: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    assert search("north").total == 0
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        Organisation.objects.create(slug="north-works", name="North Works")
        jobs.enqueue("search.tasks.rebuild_index")
        assert search("north").total == 0
    assert [hit.title for hit in search("north").hits] == ["North Works"]
    assert not AuditEvent.objects.exists()


def test_a_changed_record_is_brought_up_to_date_without_a_rebuild(
    backend: str, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    north = Organisation.objects.create(slug="north-works", name="North Works")
    south = Organisation.objects.create(slug="south-works", name="South Works")
    operations.rebuild()
    monkeypatch.setattr(operations, "write_index", lambda: pytest.fail("the whole index was built"))
    Organisation.objects.filter(pk=north.pk).update(name="Harbour Works")
    gone = str(south.uid)
    south.delete()
    tasks.update_index.call(kind="organisation", uids=[str(north.uid), gone])
    assert [hit.title for hit in search("works").hits] == ["Harbour Works"]


def test_an_index_that_is_missing_is_built_when_a_record_changes(backend: str, organisation: Organisation) -> None:
    tasks.update_index.call(kind="organisation", uids=[str(organisation.uid)])
    assert search("north").total == 1


def test_taking_back_an_import_of_courses_asks_for_a_new_index(db: None, asked_jobs: list[str]) -> None:
    batch = commit_feed(csv_file(course_row()))
    asked_jobs.clear()
    undo_feed(batch)
    assert asked_jobs == ["search.tasks.rebuild_index"]


def test_the_task_can_run_again(backend: str, organisation: Organisation) -> None:
    tasks.rebuild_index.call()
    tasks.rebuild_index.call()
    assert search("north").total == 1


def test_each_test_starts_without_an_index_so_that_its_own_records_are_found(organisation: Organisation) -> None:
    assert search("north").total == 1
    assert search("south").total == 0


@pytest.mark.parametrize("again", [1, 2])
def test_no_test_finds_what_another_has_indexed(again: int, db: None) -> None:
    assert search("battery").total == 0
    Organisation.objects.create(slug=f"battery-{again}", name="Battery Works")
    assert operations.rebuild()["organisation"] == 1


def test_threads_that_find_no_index_build_it_once(backend: str, listed: List, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[int] = []
    answers: list[int] = []
    barrier = threading.Barrier(4)

    def counted() -> dict[str, int]:
        built.append(1)
        return indexing.write_index()

    def ask() -> None:
        barrier.wait()
        answers.append(search("battery").total)
        connections.close_all()

    listed(document("one", "Battery"))
    monkeypatch.setattr(queries, "write_index", counted)
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (answers, built) == ([1, 1, 1, 1], [1])


def test_a_search_gives_up_when_another_rebuild_does_not_end(
    backend: str, listed: List, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_WAIT_SECONDS", 0.1)
    with indexing.index_lock(wait_seconds=0), pytest.raises(ExternalFailure, match="being rebuilt"):
        search("battery")


class _Broken:
    def search(self, wanted: Wanted) -> Answer:
        raise IndexUnusableError("bad bytes")


def test_an_index_that_stays_broken_after_one_rebuild_is_said_to_be_so(
    backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[int] = []
    monkeypatch.setattr(queries, "open_index", _Broken)
    monkeypatch.setattr(queries, "write_index", lambda: built.append(1))
    with pytest.raises(ExternalFailure, match="cannot be used or rebuilt: bad bytes"):
        search("battery")
    assert built == [1]


def test_an_index_that_cannot_be_written_is_said_to_be_so(
    settings: Settings, tmp_path: Path, listed: List, staff: User
) -> None:
    (tmp_path / "file").write_text("")
    settings.SEARCH_BACKEND, settings.SEARCH_DIR = "tantivy", tmp_path / "file" / "search"
    with pytest.raises(ExternalFailure):
        search("battery")
    with pytest.raises(ExternalFailure):
        rebuild_index(by=staff)


def test_a_backend_that_does_not_exist_is_refused(settings: Settings) -> None:
    settings.SEARCH_BACKEND = "nonsense"
    with pytest.raises(ImproperlyConfigured, match="there is no 'nonsense'"):
        backends.open_index()
