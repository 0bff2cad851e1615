"""Take back the writes of an import batch, last first, or refuse where somebody would lose later work."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeAlias, TypeVar

from django.apps import apps
from django.db import IntegrityError, models, router, transaction
from django.db.models import QuerySet
from django.db.models.deletion import Collector
from django.utils import timezone

from synchromesh.engine.errors import Conflict, NotFound
from synchromesh.plumbing.bulk_writing import read_records, update_records
from synchromesh.plumbing.models import BatchStatus, ImportBatch, ImportedChange
from synchromesh.plumbing.record_changes import is_same, snapshot

AT_ONCE = 500  # records that are taken back together
_Reference: TypeAlias = tuple[type[models.Model], Any]
_Record = TypeVar("_Record", bound=models.Model)


def undo_step(steps: QuerySet[ImportBatch]) -> ImportBatch:
    """Take back the one step among `steps` and say so on it. Call inside a transaction.

    Raises NotFound where there is none, Conflict where it is taken back already, and what `undo_changes` raises.
    """
    step = steps.select_for_update().first()
    if step is None:
        raise NotFound("There is no such step.")
    if step.status != BatchStatus.COMMITTED:
        raise Conflict("This step is taken back already.")
    undo_batch(step)
    return step


def undo_batch(batch: ImportBatch) -> int:
    """Take back a committed batch that the caller has locked, and say so on it; otherwise as `undo_changes`."""
    count = undo_changes(batch)
    batch.status, batch.undone_at = BatchStatus.UNDONE, timezone.now()
    batch.save(update_fields=["status", "undone_at"])
    return count


def undo_changes(batch: ImportBatch) -> int:
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
    update_records(records, on_creation)


def _take_back(model: type[models.Model], changes: Sequence[ImportedChange], found: set[_Reference]) -> None:
    """Give changed records their former columns, and delete created ones."""
    stored = read_records(model, [change.record_id for change in changes])
    written: set[str] = set()
    for change in changes:
        record = stored.get(change.record_id)
        if record is None or not _is_as(change.after or {}, record):
            raise Conflict(f"{record or change} was changed after this import. Undo the later change first.")
        if change.before is not None:
            _check_references(record, change.before, found)
            left = change.after or {}
            former = {name: value for name, value in change.before.items() if not is_same(left.get(name), value)}
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
            update_records(records, names)
    except IntegrityError:
        for record in records:
            update_records([record], names)


def _is_as(after: dict[str, Any], record: models.Model) -> bool:
    """Whether the record is as it was left; columns that the table has got since then say nothing about that."""
    now = snapshot(record)
    return all(is_same(noted, now.get(name)) for name, noted in after.items())


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


def list_unused(records: Sequence[_Record]) -> list[_Record]:
    """Those of some records of one model to which nothing refers that would be deleted with them or forbids it.

    Asks once for all of them, and for each alone only where one is in use.
    """
    if not records or next(_users(records), None) is None:
        return list(records)
    return [record for record in records if next(_users([record]), None) is None]


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
