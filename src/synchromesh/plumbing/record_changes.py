"""Write records so that the whole set of writes can be taken back: the before and after of each, in order.

`ChangeLog` is used inside the transaction of an import; `undo.undo_changes` replays it backwards.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, models, router

from synchromesh.plumbing.bulk_writing import insert_records, read_records, update_records
from synchromesh.plumbing.models import ImportBatch, ImportedChange

AT_ONCE = 500
"""Records that are read and written in one go, and changes that are held in memory."""
_LONG = 200  # characters
_Snapshot: TypeAlias = dict[str, Any]
_LogRow: TypeAlias = tuple[int, str, Any, _Snapshot | None, _Snapshot | None]
_Record = TypeVar("_Record", bound=models.Model)
_Item = TypeVar("_Item")


def snapshot(record: models.Model) -> dict[str, Any]:
    """The record's own columns as JSON values, by column name.

    What `auto_now` fills in is left out, and what the model names in `untracked_columns`: notes about the record that
    are no change of it, so that an import can be undone under them.
    """
    return {name: _as_json(getattr(record, name), places) for name, places in _tracked(type(record)).items()}


@cache
def _tracked(model: type[models.Model]) -> dict[str, int | None]:
    """The columns that a snapshot holds, with the decimal places of those that have a fixed number."""
    untracked: frozenset[str] = getattr(model, "untracked_columns", frozenset())
    return {
        field.attname: field.decimal_places if isinstance(field, models.DecimalField) else None
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.attname in untracked or getattr(field, "auto_now", False))
    }


def _as_json(value: Any, places: int | None) -> Any:
    """A value as it reads again from JSON; an instant to the microsecond, so that exactly that is put back."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):  # an instant is one too
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value if places is None else round(value, places))
    if isinstance(value, UUID):
        return str(value)
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _in_short(value: Any) -> Any:
    """What is only compared later: of a long value its digest, so that a log is not as large as what it is about."""
    if not isinstance(value, str | dict | list):
        return value
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True)
    return value if len(text) <= _LONG else {"sha256": sha256(text.encode(errors="replace")).hexdigest()}


def is_same(noted: Any, value: Any) -> bool:
    """Whether a value of a snapshot is the one that was noted, in short or whole."""
    return bool(noted == value or noted == _in_short(value))


class ChangeLog:
    """Writes the records of one import batch and remembers how; holds no more than `AT_ONCE` changes in memory."""

    def __init__(self, batch: ImportBatch) -> None:
        self._batch = batch
        self._changes: list[_LogRow] = []
        self._count = 0

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

    def create_many(self, records: Sequence[models.Model]) -> None:
        """Insert records of one model and remember them.

        Unlike `create` it does not read them again, so their values must be as the columns hold them: a number for a
        number and a date for a date, not words for them.
        """
        for some in _in_parts(records):
            insert_records(some)
            for record in some:
                self._append(record, key=record.pk, before=None, after=snapshot(record))

    def change_many(self, changes: Iterable[tuple[_Record, Mapping[str, Any]]]) -> list[_Record]:
        """Set columns of stored records of one model, each as `change` does; returns those that were written.

        A record stands there once.
        """
        return [record for some in _in_parts(list(changes)) for record in self._change_some(some)]

    def _change_some(self, changes: Sequence[tuple[_Record, Mapping[str, Any]]]) -> list[_Record]:
        model, before = type(changes[0][0]), dict[Any, _Snapshot]()
        differing, columns = list[_Record](), set[str]()
        for record, values in changes:
            was = snapshot(record)
            columns_before = {_field(model, name): getattr(record, _field(model, name).attname) for name in values}
            for name, value in values.items():
                setattr(record, name, value)
            if snapshot(record) != was:
                before[record.pk] = was
                differing.append(record)
                columns |= {f.name for f, value in columns_before.items() if getattr(record, f.attname) != value}
        if not differing:
            return []
        update_records(differing, columns | _renew(differing))
        now = read_records(model, before)
        written = [record for record in differing if snapshot(now[record.pk]) != before[record.pk]]
        for record in written:
            self._append(record, key=record.pk, before=before[record.pk], after=snapshot(now[record.pk]))
        return written

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

    def note(self, record: models.Model, *, before: Mapping[str, Any] | None) -> None:
        """Remember what an operation wrote by itself; `before` is the snapshot from then, None for a new record."""
        record.refresh_from_db()
        after = snapshot(record)
        if before != after:
            self._append(record, key=record.pk, before=None if before is None else dict(before), after=after)

    def delete(self, record: models.Model) -> None:
        """Delete a record that nothing else refers to, remembering its columns."""
        before, key = snapshot(record), record.pk
        record.delete()
        self._append(record, key=key, before=before, after=None)

    def delete_many(self, records: Sequence[models.Model]) -> None:
        """Delete records of one model that nothing else refers to, remembering their columns."""
        for some in _in_parts(records):
            for record in some:
                self._append(record, key=record.pk, before=snapshot(record), after=None)
            type(some[0])._base_manager.filter(pk__in=[record.pk for record in some]).delete()

    def save(self) -> int:
        """Write the rest of the log itself; returns the number of changes."""
        _insert(self._batch, self._changes)
        self._changes.clear()
        return self._count

    def _append(self, record: models.Model, *, key: Any, before: _Snapshot | None, after: _Snapshot | None) -> None:
        if len(self._changes) == AT_ONCE:
            self.save()
        self._count += 1
        left = after and {name: _in_short(value) for name, value in after.items()}
        self._changes.append((self._count, record._meta.label, key, before, left))


def _insert(batch: ImportBatch, rows: Sequence[_LogRow]) -> None:
    """Write log rows. By hand, since they are most of what an import writes and nobody needs their keys back."""
    connection = connections[router.db_for_write(ImportedChange)]
    meta, quote = ImportedChange._meta, connection.ops.quote_name
    fields = [_field(ImportedChange, name) for name in ("batch", "position", "model", "record_id", "before", "after")]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    before, after = (field.get_db_prep_save for field in fields[-2:])
    values = [(batch.pk, *row[:3], before(row[3], connection), after(row[4], connection)) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({marks})", values)  # noqa: S608


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{name} is no column of {model.__name__}")
    return field


def _renew(records: Sequence[models.Model]) -> set[str]:
    """Fill in what `auto_now` fills in when a record is saved; returns the names of those columns."""
    fields = [field for field in records[0]._meta.concrete_fields if getattr(field, "auto_now", False)]
    for field in fields:
        for record in records:
            field.pre_save(record, add=False)
    return {field.name for field in fields}


def _in_parts(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
