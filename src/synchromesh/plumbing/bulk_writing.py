"""Read and write many records of one model at once, fast: most of what an import spends is spent here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper

_WORTH_A_STREAM = 20  # records
_Record = TypeVar("_Record", bound=models.Model)


def read_records(model: type[_Record], keys: Iterable[Any]) -> dict[Any, _Record]:
    """The records with these keys, by key; those that are gone are not among them."""
    return {record.pk: record for record in model._base_manager.filter(pk__in=list(keys))}


def insert_records(records: Sequence[models.Model]) -> None:
    """As `bulk_create`, in little more than half its time; the records get their keys.

    PostgreSQL takes many at once as a stream, for which it parses no statement.
    """
    if not records:
        return
    connection = connections[router.db_for_write(type(records[0]))]
    if connection.vendor == "postgresql" and len(records) >= _WORTH_A_STREAM:
        _stream(records, connection)
    else:
        _insert(records, connection)
    for record in records:
        record._state.adding, record._state.db = False, connection.alias


def _insert(records: Sequence[models.Model], connection: BaseDatabaseWrapper) -> None:
    """The numbers of rows of a statement are powers of two, so that the database prepares few different statements."""
    model = type(records[0])
    fields = _written_fields(model)
    most = connection.ops.bulk_batch_size(fields, records)
    start = 0
    with connection.cursor() as cursor:
        while start < len(records):
            count = 1 << (min(most, len(records) - start).bit_length() - 1)
            some = records[start : start + count]
            values = [value for row in some for value in _values(row, fields, connection)]
            cursor.execute(_insert_statement(model, count, connection.alias), values)
            for record, (key,) in zip(some, cursor.fetchall(), strict=True):
                record.pk = key
            start += count


def _stream(records: Sequence[models.Model], connection: BaseDatabaseWrapper) -> None:
    """COPY gives no keys back, so that those that the database makes are taken first."""
    model = type(records[0])
    meta, quote, fields = model._meta, connection.ops.quote_name, model._meta.concrete_fields
    names = ", ".join(quote(str(field.column)) for field in fields)
    with connection.cursor() as cursor:
        if isinstance(meta.pk, models.AutoField):
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(sequence, [quote(meta.db_table), meta.pk.column, len(records)])
            for record, (key,) in zip(records, cursor.fetchall(), strict=True):
                record.pk = key
        statement = f"COPY {quote(meta.db_table)} ({names}) FROM STDIN"
        with connection.wrap_database_errors, cursor.copy(statement) as copy:
            for record in records:
                copy.write_row(_values(record, fields, connection))


def _written_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """All columns but a key that the database makes."""
    return [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]


def _values(
    record: models.Model, fields: Sequence[models.Field[Any, Any]], connection: BaseDatabaseWrapper
) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(record, add=True), connection) for field in fields]


@cache
def _insert_statement(model: type[models.Model], count: int, alias: str) -> str:
    """An INSERT of `count` rows of a model that gives back their keys."""
    quote, meta = connections[alias].ops.quote_name, model._meta
    columns = [quote(str(field.column)) for field in _written_fields(model)]
    row = f"({', '.join(['%s'] * len(columns))})"
    rows, key = ", ".join([row] * count), quote(str(meta.pk.column))
    return f"INSERT INTO {quote(meta.db_table)} ({', '.join(columns)}) VALUES {rows} RETURNING {key}"  # noqa: S608


def update_records(records: Sequence[models.Model], names: Collection[str]) -> None:
    """Write the columns `names` of stored records of one model."""
    if records and names:
        type(records[0])._base_manager.bulk_update(records, sorted(names))
