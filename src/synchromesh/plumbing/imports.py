"""Every import of the product goes preview -> commit -> undo, through one pair of records.

An app supplies an `Importer`: it reads the stored bytes, says what would change, and applies it through a `ChangeLog`.
Nothing is written before the commit; a commit is one transaction, so a killed import leaves the data as before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from synchromesh.engine.errors import Conflict, NotFound, Problem
from synchromesh.plumbing import audit, record_changes
from synchromesh.plumbing.models import BatchStatus, ImportBatch


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
    notes: tuple[str, ...] = field(default=())

    @property
    def counts(self) -> dict[str, int]:
        effects = [row.effect for row in self.rows]
        return {effect: effects.count(effect) for effect in ("new", "changed", "same")} | {"error": self.left_out}


class Importer(Protocol):
    """What an app supplies for its kind of import."""

    kind: str

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
    """Plan an import and keep the file, so that what is committed is what was shown."""
    chosen = options or {}
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


def commit(importer: Importer, *, by: audit.Actor, batch: ImportBatch) -> ImportBatch:
    """Write a previewed batch in one transaction. Raises Conflict when it is not waiting any more."""
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


def undo(*, by: audit.Actor, batch: ImportBatch) -> ImportBatch:
    """Put everything back as it was before the batch. Raises Conflict where later work stands in the way."""
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


def list_batches(*, kinds: Sequence[str]) -> list[ImportBatch]:
    """The imports of the given kinds, newest first, without the files themselves."""
    return list(ImportBatch.objects.filter(kind__in=kinds).defer("content").order_by("-previewed_at", "-id")[:100])


def _looks_like_uid(text: str) -> bool:
    return len(text.replace("-", "")) == 32 and all(letter in "0123456789abcdef-" for letter in text.lower())
