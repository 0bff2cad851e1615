"""Write records so that the whole set of writes can be taken back: the before and after of each, in order.

`ChangeLog` is used inside the transaction of an import; `undo` replays it backwards and refuses where somebody has
changed a record since, because taking that back would lose their work.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connections, models, router, transaction
from django.db.models.deletion import Collector

from synchromesh.engine.errors import Conflict
from synchromesh.plumbing.models import ImportBatch, ImportedChange

AT_ONCE = 500
"""Records that are read and written in one go, and changes that are held in memory."""
_Reference: TypeAlias = tuple[type[models.Model], Any]
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
            _insert_records(some)
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
        _update(differing, columns | _renew(differing))
        now = _read(model, before)
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

    def _append(self, record: models.Model, *, key: Any, before: _Snapshot | None, after: Any) -> None:
        if len(self._changes) == AT_ONCE:
            self.save()
        self._count += 1
        self._changes.append((self._count, record._meta.label, key, before, after))


def undo(batch: ImportBatch) -> int:
    """Take back every change of `batch`, last first; returns how many. Call inside a transaction.

    Raises Conflict, naming the record, when one was changed after the import, is used by something newer, or referred
    to something that is gone by now. A unique value that somebody has taken since shows as IntegrityError, which the
    caller translates.
    """
    found: set[_Reference] = set()
    count = 0
    for changes in _groups(batch):
        model = apps.get_model(changes[0].model)
        if changes[0].after is None:
            _put_back(model, changes)
        else:
            _take_back(model, changes, found)
        count += len(changes)
    return count


def _groups(batch: ImportBatch) -> Iterator[list[ImportedChange]]:
    """The changes, last first, in groups that are taken back together: of one model and kind, each record once."""
    group: list[ImportedChange] = []
    keys: set[int] = set()
    for change in _backwards(batch):
        if group and (len(group) == AT_ONCE or change.record_id in keys or _kind(change) != _kind(group[0])):
            yield group
            group, keys = [], set()
        group.append(change)
        keys.add(change.record_id)
    if group:
        yield group


def _backwards(batch: ImportBatch) -> Iterator[ImportedChange]:
    """In parts, so that memory does not grow with the import."""
    changes = batch.changes.order_by("-position")
    part = list(changes[:AT_ONCE])
    while part:
        yield from part
        part = list(changes.filter(position__lt=part[-1].position)[:AT_ONCE])


def _kind(change: ImportedChange) -> tuple[str, bool, bool]:
    return change.model, change.before is None, change.after is None


def _put_back(model: type[models.Model], changes: Sequence[ImportedChange]) -> None:
    """Insert what was deleted."""
    columns = {change.record_id: _columns(model, change.before) for change in changes}
    records = model._base_manager.bulk_create([model(pk=key, **values) for key, values in columns.items()])
    on_creation = {f.name for f in model._meta.concrete_fields if getattr(f, "auto_now_add", False)}
    for record in records:
        for name in on_creation:
            setattr(record, name, columns[record.pk][name])
    _update(records, on_creation)


def _take_back(model: type[models.Model], changes: Sequence[ImportedChange], found: set[_Reference]) -> None:
    """Give changed records their former columns, and delete created ones."""
    stored = _read(model, [change.record_id for change in changes])
    written: set[str] = set()
    for change in changes:
        record = stored.get(change.record_id)
        if record is None or not _is_as(change.after or {}, record):
            raise Conflict(f"{record or change} was changed after this import. Undo the later change first.")
        if change.before is not None:
            _check_references(record, change.before, found)
            former = {name: value for name, value in change.before.items() if value != (change.after or {}).get(name)}
            for name, value in _columns(model, former).items():
                setattr(record, name, value)
            written |= {model._meta.get_field(name).name for name in former}
    records = [stored[change.record_id] for change in changes]
    if changes[0].before is None:
        _delete_unused(records)
    else:
        _update_in_order(records, written)


def _update_in_order(records: Sequence[models.Model], names: Collection[str]) -> None:
    """Write columns of all records at once, or one after the other where a unique value goes from one to another."""
    try:
        with transaction.atomic():
            _update(records, names)
    except IntegrityError:
        for record in records:
            _update([record], names)


def _is_as(after: dict[str, Any], record: models.Model) -> bool:
    """Whether the record is as it was left; columns that the table has got since then say nothing about that."""
    now = snapshot(record)
    return {name: now.get(name) for name in after} == after


def _check_references(record: models.Model, before: dict[str, Any], found: set[_Reference]) -> None:
    """Refuse to let a record refer to something that was deleted since. What was found to be there joins `found`.

    A database would say so too, but only when the transaction ends, where no sentence can be made of it.
    """
    for field in record._meta.concrete_fields:
        target, key = field.related_model, before.get(field.attname)
        if not isinstance(target, type) or key in (None, getattr(record, field.attname)) or (target, key) in found:
            continue
        if not target._base_manager.filter(pk=key).exists():
            raise Conflict(f"{record} referred to a {target._meta.verbose_name} that is gone since then.")
        found.add((target, key))


def _delete_unused(records: Sequence[models.Model]) -> None:
    """Delete records of one model that came with the import, unless something that came later would be lost with them.

    What the import itself attached is deleted before. A model with a method `why_in_use` says itself what has to go
    first, in a sentence that is empty where nothing has. Rows of a model that says `counts_only = True` only count
    something about the record, those of one that says `goes_with_its_whole = True` are parts of it: both go with it.
    """
    for record in records:
        why: str = record.why_in_use() if hasattr(record, "why_in_use") else ""
        if why:
            raise Conflict(f"{record} came with this import and is in use by now. {why}")
    user = next(_users(records), None)
    if user is not None and len(records) > 1:  # one by one, since records of the group may use each other
        for record in records:
            _delete_unused([record])
        return
    if user is not None:
        raise Conflict(f"{records[0]} came with this import and is in use by now ({user}). Remove that use first.")
    type(records[0])._base_manager.filter(pk__in=[record.pk for record in records]).delete()


def _users(records: Sequence[models.Model]) -> Iterator[str]:
    """What refers to the records and would be deleted with them or forbids their deletion, in words."""
    collector = Collector(using=router.db_for_write(type(records[0])), origin=records[0])
    try:
        collector.collect(records)
    except (models.ProtectedError, models.RestrictedError) as error:
        rows = error.protected_objects if isinstance(error, models.ProtectedError) else error.restricted_objects
        yield from (_named(row) for row in rows)
        return
    for model, found in collector.data.items():
        if not _goes_along(model):
            yield from (_named(row) for row in found if row not in records)
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


def _read(model: type[_Record], keys: Iterable[Any]) -> dict[Any, _Record]:
    return {record.pk: record for record in model._base_manager.filter(pk__in=list(keys))}


def _insert_records(records: Sequence[models.Model]) -> None:
    """As `bulk_create`, in about half its time, which is most of what an import spends.

    The numbers of rows of a statement are powers of two, so that the database prepares few different statements.
    """
    model = type(records[0])
    connection = connections[router.db_for_write(model)]
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    most = connection.ops.bulk_batch_size(fields, records)
    start = 0
    with connection.cursor() as cursor:
        while start < len(records):
            count = 1 << (min(most, len(records) - start).bit_length() - 1)
            some = records[start : start + count]
            values = [f.get_db_prep_save(f.pre_save(row, add=True), connection) for row in some for f in fields]
            cursor.execute(_insert_statement(model, count, connection.alias), values)
            for record, (key,) in zip(some, cursor.fetchall(), strict=True):
                record.pk, record._state.adding, record._state.db = key, False, connection.alias
            start += count


@cache
def _insert_statement(model: type[models.Model], count: int, alias: str) -> str:
    """An INSERT of `count` rows of a model that gives back their keys."""
    quote, meta = connections[alias].ops.quote_name, model._meta
    columns = [quote(str(field.column)) for field in meta.concrete_fields if not field.primary_key]
    row = f"({', '.join(['%s'] * len(columns))})"
    rows, key = ", ".join([row] * count), quote(str(meta.pk.column))
    return f"INSERT INTO {quote(meta.db_table)} ({', '.join(columns)}) VALUES {rows} RETURNING {key}"  # noqa: S608


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


def _update(records: Sequence[models.Model], names: Collection[str]) -> None:
    """Write columns of stored records of one model."""
    if records and names:
        type(records[0])._base_manager.bulk_update(records, sorted(names))


def _renew(records: Sequence[models.Model]) -> set[str]:
    """Fill in what `auto_now` fills in when a record is saved; returns the names of those columns."""
    fields = [field for field in records[0]._meta.concrete_fields if getattr(field, "auto_now", False)]
    for field in fields:
        for record in records:
            field.pre_save(record, add=False)
    return {field.name for field in fields}


def _in_parts(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
