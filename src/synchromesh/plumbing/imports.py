"""Every import of the product goes preview -> commit -> undo, through one pair of records.

An app supplies an `Importer`: it reads the kept file, says what would change, and applies it through a `ChangeLog`.
Nothing is written before the commit; a commit is one transaction, so a killed import leaves the data as before. The
file lies on disk between preview and commit (`import_files`) and is read as a stream.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, BinaryIO, Protocol

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.plumbing import audit, import_files, record_changes
from synchromesh.plumbing.import_plans import FieldChange, ImportPlan, PlannedRow
from synchromesh.plumbing.models import BatchStatus, ImportBatch
from synchromesh.plumbing.undo import undo_batch

__all__ = [
    "LARGEST_FILE",
    "LONGEST_NAME",
    "LONGEST_SOURCE",
    "FieldChange",
    "ImportPlan",
    "Importer",
    "PlannedRow",
    "begin_step",
    "commit",
    "find_batch",
    "forget_old_previews",
    "list_batches",
    "preview",
    "undo",
]

LONGEST_NAME = 200
LONGEST_SOURCE = 80  # characters, as many as the column `import_source` of a sourced record holds
LARGEST_FILE = 2 * 1024**3  # bytes
PREVIEW_KEPT = timedelta(days=30)
_LEFTOVER_AFTER = timedelta(days=1)  # the longest that a preview may take


class Importer(Protocol):
    """What an app supplies for its kind of import."""

    kind: str

    def check_permission(self, by: audit.Actor) -> None:
        """Raise NotAllowed unless `by` may preview, commit and undo imports of this kind."""

    def plan(self, file: BinaryIO, *, name: str, source: str, options: dict[str, Any]) -> ImportPlan:
        """Read and compare; write nothing. Raises InvalidInput when the file is refused whole."""

    def apply(self, file: BinaryIO, *, batch: ImportBatch, by: audit.Actor, log: record_changes.ChangeLog) -> None:
        """Write every good row through `log`, inside the caller's transaction, after comparing anew."""

    def after_undo(self) -> None:
        """Ask for what follows when an import is taken back, such as a new search index, inside that transaction."""


def preview(
    importer: Importer,
    *,
    by: audit.Actor,
    file: BinaryIO,
    name: str,
    source: str,
    options: dict[str, Any] | None = None,
    most_bytes: int = LARGEST_FILE,
) -> tuple[ImportBatch, ImportPlan]:
    """Plan an import and keep the file and what is shown of the plan, so that what is committed is what was shown.

    `source` names the series of files that this one belongs to, at most 80 characters: records are found again by it.
    Raises NotAllowed, and InvalidInput where the file is refused whole or has more than `most_bytes`.
    """
    importer.check_permission(by)
    _check_source(source)
    batch = ImportBatch(
        kind=importer.kind, name=name[:LONGEST_NAME], source=source, actor=by.public_id, options=options or {}
    )
    import_files.keep_file(file, uid=batch.uid, most_bytes=most_bytes)
    try:
        with import_files.open_file(batch.uid) as kept:
            plan = importer.plan(kept, name=batch.name, source=source, options=batch.options)
        batch.counts = dict(plan.counts)
        batch.rows = [asdict(row) for row in plan.rows if row.effect != "same"]
        batch.problems = [asdict(problem) for problem in plan.problems]
        batch.problem_count = len(plan.problems) + plan.more_problems
        with _clear_conflicts():
            batch.save(force_insert=True)
    except BaseException:
        import_files.remove_file(batch.uid)
        raise
    return batch, plan


def _check_source(source: str) -> None:
    if not source.strip() or len(source) > LONGEST_SOURCE or not source.isprintable():
        raise InvalidInput(f"Name the source in 1 to {LONGEST_SOURCE} characters.", field="source")


def commit(importer: Importer, *, by: audit.Actor, batch: ImportBatch) -> ImportBatch:
    """Write a previewed batch in one transaction.

    Raises NotAllowed, and Conflict when it is not waiting any more or when somebody writes the same records just now.
    """
    importer.check_permission(by)
    with _clear_conflicts():
        return _commit(importer, by=by, batch=batch)


@contextmanager
def _clear_conflicts() -> Iterator[None]:
    """Say in words that somebody else writes at the same time."""
    try:
        yield
    except IntegrityError as error:  # for instance an address that somebody has given to another record meanwhile
        raise Conflict("Somebody has changed the same records at the same time. Try again.") from error
    except OperationalError as error:
        if "lock" not in str(error):
            raise
        raise Conflict("Another import is being written just now. Try again when it is done.") from error


def _commit(importer: Importer, *, by: audit.Actor, batch: ImportBatch) -> ImportBatch:
    with transaction.atomic():
        locked = _lock(batch)
        if locked.status != BatchStatus.PREVIEWED:
            raise Conflict("This import was committed or undone already. Preview the file again.")
        log = record_changes.ChangeLog(locked)
        with import_files.open_file(locked.uid) as file:
            importer.apply(file, batch=locked, by=by, log=log)
        written = log.save()
        locked.status, locked.committed_at = BatchStatus.COMMITTED, timezone.now()
        locked.save(update_fields=["status", "committed_at"])
        audit.record(by=by, action="commit_import", kind=locked.kind, uid=locked.uid, written=written)
        transaction.on_commit(lambda: import_files.remove_file(locked.uid))
    return locked


def _lock(batch: ImportBatch) -> ImportBatch:
    """The batch as it is now, once every other commit and undo of the same source has ended.

    All batches of the source are locked, in their order, since two imports of one source write the same records.
    """
    series = ImportBatch.objects.select_for_update().filter(kind=batch.kind, source=batch.source)
    list(series.order_by("pk").values_list("pk", flat=True))
    found = ImportBatch.objects.defer(*ImportBatch.LARGE_COLUMNS).filter(pk=batch.pk).first()
    if found is None:
        raise Conflict("This import is forgotten by now. Preview the file again.")
    return found


def undo(importer: Importer, *, by: audit.Actor, batch: ImportBatch) -> ImportBatch:
    """Put everything back as it was before the batch. Raises Conflict where later work stands in the way."""
    importer.check_permission(by)
    try:
        return _undo(importer, by=by, batch=batch)
    except IntegrityError:  # for instance a name that was free again and that somebody has given away since
        raise Conflict("Something that was made after this import takes the place of what was there before.") from None


def begin_step(*, by: audit.Actor, kind: str, name: str, source: str) -> ImportBatch:
    """A committed batch without a file, for a change made by hand: one mechanism takes back files and hands alike.

    Call inside the transaction of the change, and hand the batch to a `ChangeLog`. `source` names the kind of step.
    """
    return ImportBatch.objects.create(
        kind=kind,
        name=name[:LONGEST_NAME],
        source=source,
        actor=by.public_id,
        counts={"new": 0, "changed": 1, "same": 0, "error": 0},
        status=BatchStatus.COMMITTED,
        committed_at=timezone.now(),
    )


def _undo(importer: Importer, *, by: audit.Actor, batch: ImportBatch) -> ImportBatch:
    with transaction.atomic():
        locked = _lock(batch)
        if locked.status != BatchStatus.COMMITTED:
            raise Conflict("Only a committed import can be undone.")
        taken_back = undo_batch(locked)
        importer.after_undo()
        audit.record(by=by, action="undo_import", kind=locked.kind, uid=locked.uid, taken_back=taken_back)
    return locked


def find_batch(*, kind: str, uid: str | None) -> ImportBatch:
    """The batch with `uid`, or the last committed one of the kind. Raises NotFound."""
    batches = ImportBatch.objects.filter(kind=kind)
    if uid is None:
        found = batches.filter(status=BatchStatus.COMMITTED).order_by("-committed_at", "-id").first()
    else:
        found = batches.filter(uid=uid).first() if _looks_like_uid(uid) else None
    if found is None:
        raise NotFound("There is no such import." if uid else "No import has been committed yet.", field="batch")
    return found


def list_batches(*, kinds: Sequence[str], without_sources: Sequence[str] = ()) -> list[ImportBatch]:
    """The newest 100 imports of the given kinds, newest first, without what their previews showed.

    `without_sources` leaves out the steps made by hand that carry one of these sources.
    """
    found = ImportBatch.objects.filter(kind__in=kinds).exclude(source__in=without_sources)
    return list(found.defer(*ImportBatch.LARGE_COLUMNS).order_by("-previewed_at", "-id")[:100])


def forget_old_previews(*, by: audit.Actor, now: datetime) -> int:
    """Delete previews that nobody has committed for 30 days, with their files; returns how many.

    Files that a process has left behind by dying go too, and so do those that belong to no waiting preview.
    """
    old = ImportBatch.objects.filter(status=BatchStatus.PREVIEWED, previewed_at__lt=now - PREVIEW_KEPT)
    with transaction.atomic():
        found = list(old.select_for_update().defer(*ImportBatch.LARGE_COLUMNS))
        for batch in found:
            audit.record(by=by, action="forget_preview", kind=batch.kind, uid=batch.uid, name=batch.name)
        ImportBatch.objects.filter(pk__in=[batch.pk for batch in found]).delete()
    waiting = set(ImportBatch.objects.filter(status=BatchStatus.PREVIEWED).values_list("uid", flat=True))
    import_files.remove_leftovers(waiting=waiting, written_before=now - _LEFTOVER_AFTER)
    return len(found)


def _looks_like_uid(text: str) -> bool:
    return len(text.replace("-", "")) == 32 and all(letter in "0123456789abcdef-" for letter in text.lower())
