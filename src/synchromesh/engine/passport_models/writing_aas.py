"""A practice passport as an asset administration shell: an environment in JSON, one submodel for each category.

It is practice and says so in every submodel. A field becomes a property under its key; with a unit of its own, a day
or a history it becomes a collection. The semantic id is the property of the Battery Pass data model where there is one.
The `aas` reader reads it back without loss.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from synchromesh.engine.passport_models.aas_elements import AS_JSON, KEY, MARK
from synchromesh.engine.passport_models.model import Field, categories, fields
from synchromesh.engine.passport_models.passport import MODEL, NOTICE, FieldValue, Passport

OTHER = "other"
"""The submodel of fields that are not in the list."""
_SEMANTIC = "urn:samm:io.BatteryPass.{aspect}:1.2.0#{name}"
_ID_SHORT = re.compile(r"[a-zA-Z][a-zA-Z0-9_]{0,126}[a-zA-Z0-9]", re.ASCII)
_PRINTABLE = re.compile(r"[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")


def as_aas(passport: Passport, *, base: str = "urn:synchromesh") -> dict[str, Any]:
    """The environment. `base` is the address below which the shell and its submodels get their identifiers."""
    root = base.rstrip("/:")
    sign = ":" if root.startswith("urn:") else "/"
    root = f"{root}{sign}practice-passport"
    known = fields()
    grouped: dict[str, list[dict[str, Any]]] = {category: [] for category in (*categories(), OTHER)}
    for key, stated in passport.values.items():
        field = known.get(key)
        category = field.category if field is not None else OTHER
        grouped[category].append(_field(key, stated, field, place=len(grouped[category]) + 1))
    mark = [
        _property("model", MODEL),
        _property("notice", NOTICE),
        _property("kind", passport.kind.value),
    ]
    listed = {MARK: mark, **{category: elements for category, elements in grouped.items() if elements}}
    submodels = [_submodel(name, elements, f"{root}{sign}{name}") for name, elements in listed.items()]
    return {
        "assetAdministrationShells": [_shell(passport, root, submodels)],
        "submodels": submodels,
    }


def _shell(passport: Passport, root: str, submodels: list[dict[str, Any]]) -> dict[str, Any]:
    identifier = passport.value_of("passport_identifier")
    asset = identifier if isinstance(identifier, str) and _fits(identifier) else f"{root}:battery"
    return {
        "modelType": "AssetAdministrationShell",
        "id": f"{root}:shell" if root.startswith("urn:") else f"{root}/shell",
        "idShort": "PracticeBatteryPassport",
        "description": _notice(),
        "assetInformation": {"assetKind": "Instance", "globalAssetId": asset},
        "submodels": [_reference("ModelReference", "Submodel", submodel["id"]) for submodel in submodels],
    }


def _reference(kind: str, of: str, value: str) -> dict[str, Any]:
    return {"type": kind, "keys": [{"type": of, "value": value}]}


def _notice() -> list[dict[str, str]]:
    return [{"language": "en", "text": NOTICE}]


def _submodel(name: str, elements: list[dict[str, Any]], identifier: str) -> dict[str, Any]:
    return {
        "modelType": "Submodel",
        "kind": "Instance",
        "id": identifier,
        "idShort": name,
        "description": _notice(),
        "submodelElements": elements,
    }


def _field(key: str, stated: FieldValue, field: Field | None, *, place: int) -> dict[str, Any]:
    """The element of a field; a key that can be no idShort stands in a qualifier."""
    named = _ID_SHORT.fullmatch(key) is not None
    name = key if named else f"field_{place}"
    if stated.unit or stated.at or stated.history:
        element = _collection(name, _parts(stated))
    else:
        element = _element(name, stated.value)
    if not named:
        element.setdefault("qualifiers", []).append(_qualifier(KEY, key))
    if field is not None and field.source:
        aspect, _, path = field.source.partition("/")
        meaning = _SEMANTIC.format(aspect=aspect, name=path.rpartition("/")[2])
        element["semanticId"] = _reference("ExternalReference", "GlobalReference", meaning)
    return element


def _parts(stated: FieldValue) -> list[dict[str, Any]]:
    parts = [_element("value", stated.value)]
    if stated.unit:
        parts.append(_element("unit", stated.unit))
    if stated.at:
        parts.append(_element("at", stated.at))
    if stated.history:
        readings = [
            _collection("", [_element("value", reading.value), _element("at", reading.at)])
            for reading in stated.history
        ]
        parts.append(_list("history", readings, "SubmodelElementCollection"))
    return parts


def _qualifier(name: str, value: str) -> dict[str, str]:
    return {"type": name, "valueType": "xs:string", "value": value}


def _element(name: str, value: Any) -> dict[str, Any]:
    """A value as an element: a property, a list of texts, a list of records, or JSON text for anything else."""
    if value is None or isinstance(value, str | bool | int | float):
        return _property(name, value)
    if isinstance(value, list | tuple):
        if all(isinstance(entry, str) and _fits(entry) for entry in value):
            return _list(name, [_property("", entry) for entry in value], "Property")
        if all(_is_record(entry) for entry in value):
            rows = [_collection("", [_property(column, cell) for column, cell in row.items()]) for row in value]
            return _list(name, rows, "SubmodelElementCollection")
    return _json(name, value)


def _is_record(value: object) -> bool:
    if not isinstance(value, dict) or not value:
        return False
    single = all(cell is None or isinstance(cell, str | bool | int | float) for cell in value.values())
    names = [column for column in value if isinstance(column, str) and _ID_SHORT.fullmatch(column)]
    return single and len({name.casefold() for name in names}) == len(value)


def _fits(text: str) -> bool:
    return bool(text) and _PRINTABLE.fullmatch(text) is not None


def _json(name: str, value: Any) -> dict[str, Any]:
    named: dict[str, Any] = {"modelType": "Property"} | ({"idShort": name} if name else {})
    text = {"valueType": "xs:string", "value": json.dumps(value)}
    return named | text | {"qualifiers": [_qualifier(AS_JSON, "yes")]}


def _property(name: str, value: Any) -> dict[str, Any]:
    named: dict[str, Any] = {"modelType": "Property"} | ({"idShort": name} if name else {})
    if value is None:
        return named | {"valueType": "xs:string"}
    if isinstance(value, bool):
        return named | {"valueType": "xs:boolean", "value": "true" if value else "false"}
    if isinstance(value, int) and abs(value) < 10**15:
        return named | {"valueType": "xs:integer", "value": str(value)}
    if isinstance(value, float) and math.isfinite(value) and 1e-5 < abs(value) < 1e15:
        return named | {"valueType": "xs:double", "value": repr(value)}
    if isinstance(value, str) and _fits(value):
        return named | {"valueType": "xs:string", "value": value}
    return _json(name, value)


def _collection(name: str, elements: list[dict[str, Any]]) -> dict[str, Any]:
    named: dict[str, Any] = {"modelType": "SubmodelElementCollection"} | ({"idShort": name} if name else {})
    return named | ({"value": elements} if elements else {})


def _list(name: str, elements: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    element: dict[str, Any] = {
        "modelType": "SubmodelElementList",
        "idShort": name,
        "typeValueListElement": kind,
        "orderRelevant": True,
    }
    if kind == "Property":
        element["valueTypeListElement"] = "xs:string"
    return element | ({"value": elements} if elements else {})
