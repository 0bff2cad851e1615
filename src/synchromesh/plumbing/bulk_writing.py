"""Read and write many records of one model at once, fast: most of what an import spends is spent here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connections, models, router

_Record = TypeVar("_Record", bound=models.Model)


def read_records(model: type[_Record], keys: Iterable[Any]) -> dict[Any, _Record]:
    """The records with these keys, by key; those that are gone are not among them."""
    return {record.pk: record for record in model._base_manager.filter(pk__in=list(keys))}


def insert_records(records: Sequence[models.Model]) -> None:
    """As `bulk_create`, in little more than half its time; the records get their keys.

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


def update_records(records: Sequence[models.Model], names: Collection[str]) -> None:
    """Write the columns `names` of stored records of one model."""
    if records and names:
        type(records[0])._base_manager.bulk_update(records, sorted(names))
