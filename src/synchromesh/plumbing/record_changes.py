"""Write records so that the whole set of writes can be taken back: the before and after of each, in order.

`ChangeLog` is used inside the transaction of an import; `undo` replays it backwards and refuses where somebody has
changed a record since, because taking that back would lose their work.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, router
from django.db.models.deletion import Collector

from synchromesh.engine.errors import Conflict
from synchromesh.plumbing.models import ImportBatch, ImportedChange


class _ExactEncoder(DjangoJSONEncoder):
    """Django's encoder cuts instants to milliseconds; what is put back must be what was there."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def snapshot(record: models.Model) -> dict[str, Any]:
    """The record's own columns as JSON values, by column name; what `auto_now` fills in is left out."""
    values = {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if not field.primary_key and not getattr(field, "auto_now", False)
    }
    decoded: dict[str, Any] = json.loads(json.dumps(values, cls=_ExactEncoder))
    return decoded


class ChangeLog:
    """Collects the writes of one import batch."""

    def __init__(self, batch: ImportBatch) -> None:
        self._batch = batch
        self._changes: list[ImportedChange] = []

    def create(self, record: models.Model) -> None:
        """Insert `record` and remember it."""
        record.save(force_insert=True)
        record.refresh_from_db()
        self._append(record, key=record.pk, before=None, after=snapshot(record))

    def change(self, record: models.Model, **values: Any) -> bool:
        """Set columns of a stored record; returns whether anything differed and was written."""
        before = snapshot(record)
        for name, value in values.items():
            setattr(record, name, value)
        if snapshot(record) == before:
            return False
        record.save()
        record.refresh_from_db()
        if snapshot(record) == before:  # the same value in another form, such as 2 and 2.0
            return False
        self._append(record, key=record.pk, before=before, after=snapshot(record))
        return True

    def repoint(self, record: models.Model, **values: Any) -> None:
        """Set what a stored record refers to. Unlike `change` it is no news about the record: `auto_now` stays."""
        before = snapshot(record)
        type(record)._base_manager.filter(pk=record.pk).update(**values)
        record.refresh_from_db()
        self._append(record, key=record.pk, before=before, after=snapshot(record))

    def copy(self, record: models.Model, **values: Any) -> models.Model:
        """Insert a copy of a stored record with other `values` and a uid of its own; its dates are those it copies."""
        model = type(record)
        columns = {
            field.attname: getattr(record, field.attname)
            for field in model._meta.concrete_fields
            if not (field.primary_key or {field.name, field.attname} & {"uid", *values})
        }
        copied = model(**columns, **values)
        copied.save(force_insert=True)
        model._base_manager.filter(pk=copied.pk).update(**columns)  # once more, for what is filled in on creation
        copied.refresh_from_db()
        self._append(copied, key=copied.pk, before=None, after=snapshot(copied))
        return copied

    def delete(self, record: models.Model) -> None:
        """Delete a record that nothing else refers to, remembering its columns."""
        before, key = snapshot(record), record.pk
        record.delete()
        self._append(record, key=key, before=before, after=None)

    def save(self) -> int:
        """Write the log itself; returns the number of changes."""
        ImportedChange.objects.bulk_create(self._changes, batch_size=500)
        return len(self._changes)

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

    Raises Conflict, naming the record, when one was changed after the import or is used by something newer. A unique
    value that somebody has taken since shows as IntegrityError, which the caller translates.
    """
    changes = list(batch.changes.order_by("-position"))
    for change in changes:
        model = apps.get_model(change.model)
        stored = model._base_manager.filter(pk=change.record_id)
        if change.after is None:
            columns = _columns(model, change.before)
            model._base_manager.create(pk=change.record_id, **columns)
            stored.update(**columns)  # once more, for the columns that are filled in on creation
            continue
        record = stored.first()
        if record is None or not _is_as(change.after, record):
            raise Conflict(f"{record or change} was changed after this import. Undo the later change first.")
        if change.before is not None:
            stored.update(**_columns(model, change.before))
        else:
            _delete_unused(record)
    return len(changes)


def _is_as(after: dict[str, Any], record: models.Model) -> bool:
    """Whether the record is as it was left; columns that the table has got since then say nothing about that."""
    now = snapshot(record)
    return {name: now.get(name) for name in after} == after


def _delete_unused(record: models.Model) -> None:
    """Delete a record that came with the import, unless something that came later would be lost with it.

    What the import itself attached is deleted before. Rows of a model that says `counts_only = True` only count
    something about the record, those of one that says `goes_with_its_whole = True` are parts of it: both go with it.
    """
    users = list(_users(record))
    if users:
        raise Conflict(f"{record} came with this import and is in use by now ({users[0]}). Remove that use first.")
    record.delete()


def _users(record: models.Model) -> Iterator[str]:
    """What refers to the record and would be deleted with it or forbids its deletion, in words."""
    collector = Collector(using=router.db_for_write(type(record)), origin=record)
    try:
        collector.collect([record])
    except (models.ProtectedError, models.RestrictedError) as error:
        rows = error.protected_objects if isinstance(error, models.ProtectedError) else error.restricted_objects
        yield from (_named(row) for row in rows)
        return
    for model, found in collector.data.items():
        if not _goes_along(model):
            yield from (_named(row) for row in found if row != record)
    for queryset in collector.fast_deletes:
        if not _goes_along(queryset.model):
            yield from (_named(row) for row in queryset[:1])


def _goes_along(model: type[models.Model]) -> bool:
    return bool(getattr(model, "counts_only", False) or getattr(model, "goes_with_its_whole", False))


def _named(row: models.Model) -> str:
    return f"{row._meta.verbose_name} {row}"


def _columns(model: type[models.Model], stored: dict[str, Any] | None) -> dict[str, Any]:
    """Turn stored JSON values back into column values."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {
        name: value if fields[name].is_relation else fields[name].to_python(value)
        for name, value in (stored or {}).items()
    }
