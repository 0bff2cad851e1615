"""Every import of the product goes preview -> commit -> undo, through one pair of records.

An app supplies an `Importer`: it reads the stored bytes, says what would change, and applies it through a `ChangeLog`.
Nothing is written before the commit; a commit is one transaction, so a killed import leaves the data as before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from django.db import IntegrityError, transaction
from django.utils import timezone

from synchromesh.engine.errors import Conflict, InvalidInput, NotFound, Problem
from synchromesh.plumbing import audit, record_changes
from synchromesh.plumbing.models import BatchStatus, ImportBatch

LONGEST_NAME = 200
_ROW = re.compile(r"(?:\brow \d+|\bline \d+|\[\d+\])\Z")  # of a table, a text file, a list in JSON
LONGEST_SOURCE = 80  # characters, as many as the column `import_source` of a sourced record holds


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One column that would change, in words a person can compare."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """What would happen to one record of the file; `effect` is new, changed or same."""

    position: str
    label: str
    effect: str
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """A whole preview. `counts` has new, changed, same and error; errors are rows that stay out."""

    format: str
    rows: tuple[PlannedRow, ...]
    problems: tuple[Problem, ...]
    left_out: int = 0

    @property
    def counts(self) -> dict[str, int]:
        effects = [row.effect for row in self.rows]
        return {effect: effects.count(effect) for effect in ("new", "changed", "same")} | {"error": self.left_out}


def count_left_out(problems: Iterable[Problem], *, loaded: Iterable[str]) -> int:
    """How many rows stay out: those with a problem that are not among the positions that load all the same.

    A problem of the whole file, such as a column that nobody knows, leaves no row out.
    """
    return len({problem.position for problem in problems if _ROW.search(problem.position)} - set(loaded))


class Importer(Protocol):
    """What an app supplies for its kind of import."""

    kind: str

    def check_permission(self, by: audit.Actor) -> None:
        """Raise NotAllowed unless `by` may preview, commit and undo imports of this kind."""

    def plan(self, content: bytes, *, name: str, source: str, options: dict[str, Any]) -> ImportPlan:
        """Read and compare; write nothing. Raises InvalidInput when the file is refused whole."""

    def apply(self, content: bytes, *, batch: ImportBatch, by: audit.Actor, log: record_changes.ChangeLog) -> None:
        """Write every good row through `log`, inside the caller's transaction."""


def preview(
    importer: Importer,
    *,
    by: audit.Actor,
    content: bytes,
    name: str,
    source: str,
    options: dict[str, Any] | None = None,
) -> tuple[ImportBatch, ImportPlan]:
    """Plan an import and keep the file, so that what is committed is what was shown.

    `source` names the series of files that this one belongs to, at most 80 characters: records are found again by it.
    """
    importer.check_permission(by)
    _check_source(source)
    chosen, name = options or {}, name[:LONGEST_NAME]
    plan = importer.plan(content, name=name, source=source, options=chosen)
    batch = ImportBatch.objects.create(
        kind=importer.kind,
        name=name,
        source=source,
        actor=by.public_id,
        options=chosen,
        content=content,
        counts=plan.counts,
        problems=[asdict(problem) for problem in plan.problems],
    )
    return batch, plan


def _check_source(source: str) -> None:
    if not source.strip() or len(source) > LONGEST_SOURCE or not source.isprintable():
        raise InvalidInput(f"Name the source in 1 to {LONGEST_SOURCE} characters.", field="source")


def commit(importer: Importer, *, by: audit.Actor, batch: ImportBatch) -> ImportBatch:
    """Write a previewed batch in one transaction. Raises Conflict when it is not waiting any more."""
    importer.check_permission(by)
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.status != BatchStatus.PREVIEWED or locked.content is None:
            raise Conflict("This import was committed or undone already. Preview the file again.")
        log = record_changes.ChangeLog(locked)
        importer.apply(bytes(locked.content), batch=locked, by=by, log=log)
        written = log.save()
        locked.status, locked.committed_at, locked.content = BatchStatus.COMMITTED, timezone.now(), None
        locked.save()
        audit.record(by=by, action="commit_import", kind=locked.kind, uid=locked.uid, written=written)
    return locked


def undo(importer: Importer, *, by: audit.Actor, batch: ImportBatch) -> ImportBatch:
    """Put everything back as it was before the batch. Raises Conflict where later work stands in the way."""
    importer.check_permission(by)
    try:
        return _undo(by=by, batch=batch)
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


def _undo(*, by: audit.Actor, batch: ImportBatch) -> ImportBatch:
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.status != BatchStatus.COMMITTED:
            raise Conflict("Only a committed import can be undone.")
        taken_back = record_changes.undo(locked)
        locked.status, locked.undone_at = BatchStatus.UNDONE, timezone.now()
        locked.save()
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
    """The newest 100 imports of the given kinds, newest first, without the files themselves.

    `without_sources` leaves out the steps made by hand that carry one of these sources.
    """
    found = ImportBatch.objects.filter(kind__in=kinds).exclude(source__in=without_sources)
    return list(found.defer("content").order_by("-previewed_at", "-id")[:100])


def _looks_like_uid(text: str) -> bool:
    return len(text.replace("-", "")) == 32 and all(letter in "0123456789abcdef-" for letter in text.lower())
