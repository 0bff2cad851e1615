"""Which values of a row the database cannot hold: too long for a column, or a number beyond it.

SQLite stores anything, PostgreSQL refuses the whole transaction. An importer asks here first, so that one such row is
reported and left out on both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import DecimalValidator, MaxLengthValidator
from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations

from synchromesh.engine.errors import Problem

# What every database holds by kind of column; SQLite would take more.
_RANGES = BaseDatabaseOperations.integer_field_ranges


def limit_problems(model: type[models.Model], columns: Mapping[str, Any], *, position: str) -> Iterator[Problem]:
    """One problem for each value that does not fit its column of `model`; `position` is where the row stands."""
    for name, value in columns.items():
        column = model._meta.get_field(name)
        if not isinstance(column, models.Field) or column.is_relation or value is None or value == "":
            continue
        for message in _refusals(column, value):
            yield Problem(position=position, field=name, message=f"{message} The row is left out.")


def _refusals(column: models.Field[Any, Any], value: Any) -> Iterator[str]:
    least, most = _RANGES.get(column.get_internal_type(), (None, None))
    if least is not None and not least <= value <= most:
        yield f"The number must be from {least:,} to {most:,}."
    for validator in column.validators:
        if isinstance(validator, MaxLengthValidator) or (
            isinstance(validator, DecimalValidator) and isinstance(value, Decimal)
        ):
            try:
                validator(value)
            except ValidationError as error:
                yield from error.messages
