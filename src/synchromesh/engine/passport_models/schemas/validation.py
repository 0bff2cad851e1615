"""One document against one schema, with a bound on the work and without the network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import jsonschema  # type: ignore[import-untyped]
from jsonschema.exceptions import SchemaError, ValidationError  # type: ignore[import-untyped]
from jsonschema.validators import extend, validator_for  # type: ignore[import-untyped]
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012, EMPTY_REGISTRY

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.schemas.explaining import SchemaFinding, explain

MOST_FINDINGS = 200
MOST_STEPS = 2_000_000
"""Keywords that are looked at before a schema counts as endless."""

Keyword = Callable[[Any, Any, Any, Any], Iterator[ValidationError] | None]


class _EndlessError(Exception):
    pass


def findings_of(data: object, schema: Mapping[str, Any], *, name: str) -> tuple[SchemaFinding, ...]:
    """What a schema finds in a document, in the order of the document; empty where it fits.

    Raises InvalidInput where the schema itself is no use: it is wrong, endless, or refers to what is not in it.
    """
    kind = validator_for(schema, default=jsonschema.Draft202012Validator)
    try:
        kind.check_schema(schema)
        errors = _first(_bounded(kind)(schema, registry=_registry(schema)).iter_errors(data))
    except SchemaError as error:
        place = "/".join(str(step) for step in error.absolute_path) or "its root"
        raise _useless(name, f"it is wrong at {place[:200]}") from None
    except Unresolvable as error:
        words = f"it refers to '{str(error.ref)[:200]}', which is not in it. Nothing is fetched from the network"
        raise _useless(name, words) from None
    except (_EndlessError, RecursionError, MemoryError):
        raise _useless(name, "it refers to itself without end, or asks for too much work") from None
    except (re.error, OverflowError, TypeError, ValueError, AttributeError, KeyError):
        raise _useless(name, "one of its keywords cannot be used, for example a pattern") from None
    return tuple(explain(error, data) for error in errors)


def _first(errors: Iterator[ValidationError]) -> list[ValidationError]:
    found = []
    for error in errors:
        found.append(error)
        if len(found) >= MOST_FINDINGS:
            break
    return sorted(found, key=lambda error: [f"{step:>9}" if isinstance(step, int) else step for step in error.path])


def _useless(name: str, reason: str) -> InvalidInput:
    return InvalidInput(f"The schema {name} cannot be used: {reason}.", field="schema")


def _registry(schema: Mapping[str, Any]) -> Registry[Any]:
    """Nothing but the schema itself: the usual registry would ask the network."""
    address = schema.get("$id")
    if isinstance(address, str) and address:
        known: Registry[Any] = EMPTY_REGISTRY.with_resource(address, DRAFT202012.create_resource(dict(schema)))
        return known
    return Registry()


def _bounded(kind: Any) -> Any:
    """The validator with every keyword counted."""
    steps = 0

    def counted(keyword: Keyword) -> Keyword:
        def check(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[ValidationError] | None:
            nonlocal steps
            steps += 1
            if steps > MOST_STEPS:
                raise _EndlessError
            return keyword(validator, value, instance, schema)

        return check

    return extend(kind, validators={name: counted(keyword) for name, keyword in kind.VALIDATORS.items()})
