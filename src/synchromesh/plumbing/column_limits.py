"""Which values of a row the database cannot hold: too long for a column, or a number beyond it.

SQLite stores anything, PostgreSQL refuses the whole transaction. An importer asks here first, so that one such row is
reported and left out on both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache, partial
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
    for name, message in limit_refusals(model, columns):
        yield Problem(position=position, field=name, message=f"{message} The row is left out.")


def limit_refusals(model: type[models.Model], columns: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The name of each column of `model` that its value does not fit, and why, in a sentence."""
    for name, value in columns.items():
        if value is None or value == "":
            continue
        for refusal in _rules(model, name):
            message = refusal(value)
            if message:
                yield name, message


@cache
def _rules(model: type[models.Model], name: str) -> tuple[Callable[[Any], str], ...]:
    """What is asked of a value of this column; nothing of one that refers to other records."""
    column = model._meta.get_field(name)
    if not isinstance(column, models.Field) or column.is_relation:
        return ()
    found: list[Callable[[Any], str]] = []
    least, most = _RANGES.get(column.get_internal_type(), (None, None))
    if least is not None and most is not None:
        found.append(partial(_outside, least=least, most=most))
    for validator in column.validators:
        if isinstance(validator, MaxLengthValidator):
            found.append(partial(_too_long, validator=validator))
        elif isinstance(validator, DecimalValidator):
            found.append(partial(_refused_decimal, validator=validator))
    return tuple(found)


def _outside(value: Any, *, least: int, most: int) -> str:
    return "" if least <= value <= most else f"The number must be from {least:,} to {most:,}."


def _too_long(value: Any, *, validator: MaxLengthValidator) -> str:
    longest = validator.limit_value
    is_short = isinstance(longest, int) and len(value) <= longest
    return "" if is_short else _words(validator, value)


def _refused_decimal(value: Any, *, validator: DecimalValidator) -> str:
    return _words(validator, value) if isinstance(value, Decimal) else ""


def _words(validator: Callable[[Any], None], value: Any) -> str:
    try:
        validator(value)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
