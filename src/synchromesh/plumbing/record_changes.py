"""Write records so that the whole set of writes can be taken back: the before and after of each, in order.

`ChangeLog` is used inside the transaction of an import; `undo` replays it backwards and refuses where somebody has
changed a record since, because taking that back would lose their work.
"""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from synchromesh.engine.errors import Conflict
from synchromesh.plumbing.models import ImportBatch, ImportedChange


def snapshot(record: models.Model) -> dict[str, Any]:
    """The record's own columns as JSON values, by column name; what `auto_now` fills in is left out."""
    values = {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if not field.primary_key and not getattr(field, "auto_now", False)
    }
    decoded: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return decoded


class ChangeLog:
    """Collects the writes of one import batch."""

    def __init__(self, batch: ImportBatch) -> None:
        self._batch = batch
        self._changes: list[ImportedChange] = []

    def create(self, record: models.Model) -> None:
        """Insert `record` and remember it."""
        record.save(force_insert=True)
        self._remember(record, before=None)

    def change(self, record: models.Model, **values: Any) -> bool:
        """Set columns of a stored record; returns whether anything differed and was written."""
        before = snapshot(record)
        for name, value in values.items():
            setattr(record, name, value)
        if snapshot(record) == before:
            return False
        record.save()
        self._remember(record, before=before)
        return True

    def delete(self, record: models.Model) -> None:
        """Delete a record that nothing else refers to, remembering its columns."""
        before, key = snapshot(record), record.pk
        record.delete()
        self._append(record, key=key, before=before, after=None)

    def save(self) -> int:
        """Write the log itself; returns the number of changes."""
        ImportedChange.objects.bulk_create(self._changes, batch_size=500)
        return len(self._changes)

    def _remember(self, record: models.Model, *, before: dict[str, Any] | None) -> None:
        record.refresh_from_db()
        self._append(record, key=record.pk, before=before, after=snapshot(record))

    def _append(self, record: models.Model, *, key: Any, before: dict[str, Any] | None, after: Any) -> None:
        self._changes.append(
            ImportedChange(
                batch=self._batch,
                position=len(self._changes) + 1,
                model=record._meta.label,
                record_id=key,
                before=before,
                after=after,
            )
        )


def undo(batch: ImportBatch) -> int:
    """Take back every change of `batch`, last first; returns how many. Call inside a transaction.

    Raises Conflict, naming the record, when one was changed after the import or is used by something newer.
    """
    changes = list(batch.changes.order_by("-position"))
    for change in changes:
        model = apps.get_model(change.model)
        manager = model._base_manager
        if change.after is None:
            manager.create(pk=change.record_id, **_columns(model, change.before))
            continue
        record = manager.filter(pk=change.record_id).first()
        if record is None or snapshot(record) != change.after:
            raise Conflict(f"{record or change} was changed after this import. Undo the later change first.")
        if change.before is not None:
            manager.filter(pk=change.record_id).update(**_columns(model, change.before))
            continue
        try:
            record.delete()
        except models.ProtectedError:
            raise Conflict(f"{record} came with this import and is in use by now. Remove that use first.") from None
    return len(changes)


def _columns(model: type[models.Model], stored: dict[str, Any] | None) -> dict[str, Any]:
    """Turn stored JSON values back into column values."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {
        name: value if fields[name].is_relation else fields[name].to_python(value)
        for name, value in (stored or {}).items()
    }
