"""Preview, commit and undo: the promises that hold for every kind of import."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings
from tests.records import stored

from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound, Problem
from synchromesh.framework.models import Topic
from synchromesh.plumbing import audit, import_files, imports
from synchromesh.plumbing.import_plans import make_plan
from synchromesh.plumbing.models import AuditEvent, BatchStatus, ImportBatch
from synchromesh.plumbing.record_changes import ChangeLog

pytestmark = pytest.mark.django_db


@dataclass(kw_only=True)
class WordImporter:
    """Makes a field of each word; fails at the word "fail". Counts how often it is told of an undo."""

    kind: str = "words"
    told = 0

    def check_permission(self, by: audit.Actor) -> None:
        """Everybody but visitors."""
        if by is VISITOR:
            raise NotAllowed("Only others can import words.")

    def plan(self, file: BinaryIO, *, name: str, source: str, options: dict[str, Any]) -> imports.ImportPlan:
        """New where there is none."""
        known = set(Topic.objects.values_list("slug", flat=True))
        rows = tuple(
            imports.PlannedRow(position=f"word {place}", label=word, effect="same" if word in known else "new")
            for place, word in enumerate(file.read().decode().split(), start=1)
        )
        problem = Problem(position="word 9", field="", message="Too short.")
        return make_plan(format_name="words", rows=rows, problems=(problem,), left_out=1)

    def apply(self, file: BinaryIO, *, batch: ImportBatch, by: audit.Actor, log: ChangeLog) -> None:
        """Write field by field."""
        for word in file.read().decode().split():
            if word == "fail":
                raise ZeroDivisionError
            log.create(Topic(slug=word, titles={"en": word}))

    def after_undo(self) -> None:
        """Count."""
        self.told += 1


def _preview(words: bytes = b"battery hydrogen", **given: Any) -> ImportBatch:
    stated: dict[str, Any] = {"by": OPERATOR, "file": BytesIO(words), "name": "words.txt", "source": "words"}
    return imports.preview(WordImporter(), **(stated | given))[0]


def test_a_preview_writes_nothing_but_the_batch() -> None:
    before = stored()
    batch = _preview()
    assert stored() == before
    assert not AuditEvent.objects.exists()
    batch.refresh_from_db()
    assert batch.counts == {"new": 2, "changed": 0, "same": 0, "error": 1}
    assert batch.problems == [{"position": "word 9", "field": "", "message": "Too short."}]
    with import_files.open_file(batch.uid) as file:
        assert file.read() == b"battery hydrogen"


def test_a_commit_writes_what_was_previewed_and_throws_the_file_away(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    batch = _preview()
    with django_capture_on_commit_callbacks(execute=True):
        committed = imports.commit(WordImporter(), by=OPERATOR, batch=batch)
        assert import_files.has_file(batch.uid)  # until the transaction has ended
    assert not import_files.has_file(batch.uid)
    assert set(Topic.objects.values_list("slug", flat=True)) == {"battery", "hydrogen"}
    committed.refresh_from_db()
    assert committed.status == BatchStatus.COMMITTED
    assert committed.committed_at is not None
    event = AuditEvent.objects.get()
    assert (event.action, event.actor, event.target_uid) == ("commit_import", "operator", str(committed.uid))
    assert event.details == {"written": 2}


def test_a_batch_is_committed_once_only() -> None:
    batch = _preview()
    imports.commit(WordImporter(), by=OPERATOR, batch=batch)
    with pytest.raises(Conflict, match="committed or undone already"):
        imports.commit(WordImporter(), by=OPERATOR, batch=batch)
    assert Topic.objects.count() == 2


def test_a_failure_in_the_middle_of_a_commit_leaves_everything_as_before() -> None:
    batch = _preview(b"battery hydrogen fail robots")
    before = stored()
    with pytest.raises(ZeroDivisionError):
        imports.commit(WordImporter(), by=OPERATOR, batch=batch)
    assert stored() == before
    batch.refresh_from_db()
    assert batch.status == BatchStatus.PREVIEWED
    assert not batch.changes.exists()
    assert not AuditEvent.objects.exists()


def test_undo_puts_everything_back_and_works_once() -> None:
    before = stored()
    batch = imports.commit(WordImporter(), by=OPERATOR, batch=_preview())
    importer = WordImporter()
    undone = imports.undo(importer, by=OPERATOR, batch=batch)
    assert stored() == before
    assert (undone.status, importer.told) == (BatchStatus.UNDONE, 1)
    assert AuditEvent.objects.filter(action="undo_import").get().details == {"taken_back": 2}
    with pytest.raises(Conflict, match="Only a committed import"):
        imports.undo(importer, by=OPERATOR, batch=batch)
    assert importer.told == 1


def test_a_refused_undo_leaves_everything_as_it_is() -> None:
    batch = imports.commit(WordImporter(), by=OPERATOR, batch=_preview())
    Topic.objects.filter(slug="battery").update(position=7)
    before = stored()
    with pytest.raises(Conflict):
        imports.undo(WordImporter(), by=OPERATOR, batch=batch)
    assert stored() == before


def test_undo_is_a_conflict_when_a_deleted_name_was_given_away_since() -> None:
    old = Topic.objects.create(slug="battery")
    batch = _preview(b"")
    log = ChangeLog(batch)
    log.delete(old)
    log.save()
    ImportBatch.objects.update(status=BatchStatus.COMMITTED)
    Topic.objects.create(slug="battery")
    with pytest.raises(Conflict, match="takes the place"):
        imports.undo(WordImporter(), by=OPERATOR, batch=batch)


def test_nobody_without_permission_previews_commits_or_undoes() -> None:
    with pytest.raises(NotAllowed):
        _preview(by=VISITOR)
    assert not ImportBatch.objects.exists()
    batch = _preview()
    with pytest.raises(NotAllowed):
        imports.commit(WordImporter(), by=VISITOR, batch=batch)
    imports.commit(WordImporter(), by=OPERATOR, batch=batch)
    with pytest.raises(NotAllowed):
        imports.undo(WordImporter(), by=VISITOR, batch=batch)
    assert Topic.objects.count() == 2


@pytest.mark.parametrize("source", ["", "  ", "x" * 81, "nul\0", "two\nlines"])
def test_a_source_that_records_could_not_be_found_by_is_refused(source: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        _preview(source=source)
    assert refused.value.field == "source"
    assert not ImportBatch.objects.exists()


def test_a_very_long_file_name_is_cut() -> None:
    assert len(_preview(name="x" * 255).name) == 200


def test_without_a_uid_the_last_committed_batch_is_meant() -> None:
    first, second = _preview(b"one"), _preview(b"two")
    with pytest.raises(NotFound, match="No import has been committed yet"):
        imports.find_batch(kind="words", uid=None)
    imports.commit(WordImporter(), by=OPERATOR, batch=second)
    imports.commit(WordImporter(), by=OPERATOR, batch=first)
    assert imports.find_batch(kind="words", uid=None) == first
    imports.undo(WordImporter(), by=OPERATOR, batch=first)
    assert imports.find_batch(kind="words", uid=None) == second
    assert imports.find_batch(kind="words", uid=str(first.uid)) == first


@pytest.mark.parametrize("uid", ["", "1", "no-uid", "f" * 32, "0b0d1e1a-0000-4000-8000-000000000000", "é" * 32])
def test_an_unknown_batch_is_not_found(uid: str) -> None:
    with pytest.raises(NotFound):
        imports.find_batch(kind="words", uid=uid)


def test_a_batch_of_another_kind_is_not_found() -> None:
    batch = _preview()
    with pytest.raises(NotFound):
        imports.find_batch(kind="feed", uid=str(batch.uid))


def test_imports_are_listed_newest_first_by_kind() -> None:
    first, second = _preview(), _preview()
    assert imports.list_batches(kinds=("words",)) == [second, first]
    assert imports.list_batches(kinds=("feed",)) == []


def test_a_preview_keeps_what_it_showed() -> None:
    Topic.objects.create(slug="battery")
    stored_batch = ImportBatch.objects.get(pk=_preview().pk)
    assert stored_batch.rows == [{"position": "word 2", "label": "hydrogen", "effect": "new", "changes": []}]
    assert stored_batch.problem_count == 1


def test_a_preview_that_fails_leaves_no_file(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_DIR = tmp_path
    with pytest.raises(UnicodeDecodeError):
        _preview(b"\xff")
    with pytest.raises(InvalidInput, match="larger than 0 MB"):
        _preview(b"battery", most_bytes=3)
    assert list((tmp_path / "imports").iterdir()) == []
    assert not ImportBatch.objects.exists()


def test_a_commit_whose_file_is_gone_says_so() -> None:
    batch = _preview()
    import_files.remove_file(batch.uid)
    with pytest.raises(Conflict, match="Preview it again"):
        imports.commit(WordImporter(), by=OPERATOR, batch=batch)
    assert not Topic.objects.exists()


def test_a_commit_over_what_somebody_wrote_at_the_same_time_is_a_conflict() -> None:
    batch = _preview(b"battery")
    Topic.objects.create(slug="battery")
    with pytest.raises(Conflict, match="at the same time"), transaction.atomic():
        imports.commit(WordImporter(), by=OPERATOR, batch=batch)
    batch.refresh_from_db()
    assert batch.status == BatchStatus.PREVIEWED


def test_previews_that_nobody_commits_are_forgotten_after_thirty_days(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_DIR = tmp_path
    old, young, done = _preview(), _preview(), imports.commit(WordImporter(), by=OPERATOR, batch=_preview())
    now = timezone.now()
    ImportBatch.objects.exclude(pk=young.pk).update(previewed_at=now - timedelta(days=31))
    assert imports.forget_old_previews(by=OPERATOR, now=now) == 1
    assert set(ImportBatch.objects.all()) == {young, done}
    assert AuditEvent.objects.get(action="forget_preview").target_uid == str(old.uid)
    assert [import_files.has_file(batch.uid) for batch in (old, young)] == [True, True]  # a day old at least
    assert imports.forget_old_previews(by=OPERATOR, now=now + timedelta(days=2)) == 0
    assert [file.name for file in (tmp_path / "imports").iterdir()] == [str(young.uid)]


def test_files_that_a_killed_process_left_behind_are_found(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_DIR = tmp_path
    waiting = _preview()
    import_files.keep_file(BytesIO(b"left behind"), uid=uuid4(), most_bytes=100)
    imports.forget_old_previews(by=OPERATOR, now=timezone.now())
    assert len(list((tmp_path / "imports").iterdir())) == 2  # it might be a preview that is under way
    imports.forget_old_previews(by=OPERATOR, now=timezone.now() + timedelta(days=2))
    assert [file.name for file in (tmp_path / "imports").iterdir()] == [str(waiting.uid)]
