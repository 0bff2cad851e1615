"""Schemas as they lie in a file or a folder, and which of them a document is meant for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from synchromesh.engine.errors import InvalidInput

_URN = "x-samm-aspect-model-urn"
_BUILDING = frozenset({"properties", "$ref", "allOf", "anyOf", "oneOf", "items", "type", "required"})
_VERSION = re.compile(r"\d+")
_LEAST_SHARE = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A JSON schema with the name of its file."""

    file: str
    content: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What it calls itself: the urn of its model, its own address, else the name of the file."""
        for key in (_URN, "$id", "id"):
            stated = self.content.get(key)
            if isinstance(stated, str) and stated:
                return stated[:300]
        return self.file

    @property
    def properties(self) -> frozenset[str]:
        """The names that it knows at the root."""
        stated = self.content.get("properties")
        return frozenset(stated) if isinstance(stated, Mapping) else frozenset()

    @property
    def required(self) -> frozenset[str]:
        """The names that it asks for at the root."""
        stated = self.content.get("required")
        return (
            frozenset(entry for entry in stated if isinstance(entry, str)) if isinstance(stated, list) else frozenset()
        )

    @property
    def version(self) -> tuple[int, ...]:
        """The numbers in its name, to tell later ones from earlier ones."""
        return tuple(int(number[:9]) for number in _VERSION.findall(self.name))


def is_schema(data: object) -> bool:
    """Whether parsed JSON is a JSON schema rather than a payload, an interface description or a vocabulary."""
    if not isinstance(data, Mapping) or "openapi" in data or "asyncapi" in data or "@context" in data:
        return False
    return "$schema" in data and bool(_BUILDING & data.keys())


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a document with the schemas that it may be meant for, most likely first."""

    place: tuple[str | int, ...]
    data: Any
    schemas: tuple[Schema, ...]


def parts_for(data: object, schemas: Sequence[Schema]) -> list[Part]:
    """Which part of a document is checked against which schema.

    One schema alone gets the whole document. Of several, that one is taken whose names at the root fit best; a document
    with several models in it, side by side or one level down, is divided. Raises InvalidInput where none fits.
    """
    if len(schemas) == 1:
        return [Part(place=(), data=data, schemas=tuple(schemas))]
    found = _at_root(data, schemas) or [
        Part(place=(place, *part.place), data=part.data, schemas=part.schemas)
        for place, value in _members(data)
        for part in _at_root(value, schemas)
    ]
    if not found:
        known = ", ".join(sorted({schema.name for schema in schemas})[:20])
        raise InvalidInput(f"None of the {len(schemas)} schemas fits this file. There are: {known}.", field="schema")
    return found


def _members(data: object) -> Iterable[tuple[str | int, object]]:
    if isinstance(data, Mapping):
        return list(data.items())[:100]
    return list(enumerate(data))[:100] if isinstance(data, list) else []


def _at_root(data: object, schemas: Sequence[Schema]) -> list[Part]:
    """The parts of an object by the names at its root: one whole, or several side by side."""
    if not isinstance(data, Mapping):
        return []
    stated = _of_stated_model(data, schemas)
    if stated:
        return [Part(place=(), data=data, schemas=stated)]
    left, parts = set(data), []
    while left:
        fitting = _fitting(frozenset(left), schemas)
        if not fitting:
            break
        names = fitting[0].properties
        parts.append(Part(place=(), data={key: data[key] for key in data if key in names}, schemas=fitting))
        left -= names
    return [Part(place=(), data=data, schemas=parts[0].schemas)] if len(parts) == 1 else parts


def _of_stated_model(data: Mapping[str, Any], schemas: Sequence[Schema]) -> tuple[Schema, ...]:
    """The schemas of the model that a document names."""
    metadata = data.get("metadata")
    inner = metadata.get("specVersion") if isinstance(metadata, Mapping) else None
    for stated in (data.get("specVersion"), inner):
        if isinstance(stated, str):
            wanted = stated.removeprefix("urn:").removeprefix("samm:").partition("#")[0]
            named = tuple(schema for schema in schemas if _model(schema) == wanted)
            if wanted and named:
                return named
    return ()


def _model(schema: Schema) -> str:
    return schema.name.removeprefix("urn:").removeprefix("samm:").partition("#")[0]


def _fitting(names: frozenset[str], schemas: Sequence[Schema]) -> tuple[Schema, ...]:
    """The schemas whose names share most with these, later versions first; those that fit as well stay beside."""
    shares = {
        place: len(names & schema.properties) / len(schema.properties | schema.required)
        for place, schema in enumerate(schemas)
        if schema.properties
    }
    best = max(shares.values(), default=0.0)
    if best < _LEAST_SHARE:
        return ()
    likely = [schemas[place] for place, share in shares.items() if share == best]
    likely.sort(key=lambda schema: (len(schema.properties), schema.version, schema.file), reverse=True)
    return tuple(schema for schema in likely if schema.properties == likely[0].properties)[:10]
