"""Elements of an asset administration shell as plain values, and our own export read back.

The metamodel is that of the AAS specification part 1, version 3 (https://industrialdigitaltwin.org/en/content-hub).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.passport import MODEL, Passport
from synchromesh.engine.passport_models.translation.conversions import CONVERSIONS
from synchromesh.engine.passport_models.writing import read_document

MARK = "PracticePassport"
"""The submodel by which our own export is known."""
AS_JSON = "practice:json"
"""The qualifier of a value that stands as JSON text, because the metamodel has no place for it."""
KEY = "practice:key"
"""The qualifier that holds the name of a field that can be no idShort."""
_DEEPEST = 40
_NUMBERS = frozenset(
    {
        "xs:byte",
        "xs:decimal",
        "xs:double",
        "xs:float",
        "xs:int",
        "xs:integer",
        "xs:long",
        "xs:negativeInteger",
        "xs:nonNegativeInteger",
        "xs:nonPositiveInteger",
        "xs:positiveInteger",
        "xs:short",
        "xs:unsignedByte",
        "xs:unsignedInt",
        "xs:unsignedLong",
        "xs:unsignedShort",
    }
)
_COLLECTIONS = {"Submodel": "submodelElements", "SubmodelElementCollection": "value", "Entity": "statements"}


def submodels(data: object) -> list[Mapping[str, Any]]:
    """The submodels of an environment, or the one that the document is."""
    if not isinstance(data, Mapping):
        return []
    if data.get("modelType") == "Submodel":
        return [data]
    listed = data.get("submodels")
    if not isinstance(listed, list):
        return []
    return [entry for entry in listed[:200] if isinstance(entry, Mapping) and entry.get("modelType") == "Submodel"]


def document_of(element: Mapping[str, Any], depth: int = 0) -> Any:
    """A submodel, a collection or a list as plain objects and lists; a property as its value."""
    stated = element.get("modelType")
    kind = stated if isinstance(stated, str) else ""
    if depth > _DEEPEST:
        return None
    if kind in _COLLECTIONS:
        return _members(element.get(_COLLECTIONS[kind]), depth)
    value = element.get("value")
    if kind == "SubmodelElementList":
        entries = value if isinstance(value, list) else []
        return [document_of(entry, depth + 1) for entry in entries if isinstance(entry, Mapping)]
    if kind == "MultiLanguageProperty":
        return _languages(value)
    if kind == "Range":
        return {"min": element.get("min"), "max": element.get("max")}
    if kind == "Property":
        return _single(element)
    return value if isinstance(value, str) else None


def _members(elements: object, depth: int) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for element in elements if isinstance(elements, list) else []:
        if not isinstance(element, Mapping):
            continue
        name = _name(element) or f"element{len(members)}"
        members[name if name not in members else f"{name}_{len(members)}"] = document_of(element, depth + 1)
    return members


def _name(element: Mapping[str, Any]) -> str:
    stated = qualifier(element, KEY) or element.get("idShort")
    return stated.replace("/", "_") if isinstance(stated, str) else ""


def _languages(value: object) -> dict[str, str]:
    entries = value if isinstance(value, list) else []
    return {
        entry["language"]: entry["text"]
        for entry in entries
        if isinstance(entry, Mapping) and isinstance(entry.get("language"), str) and isinstance(entry.get("text"), str)
    }


def qualifier(element: Mapping[str, Any], name: str) -> str:
    """The value of a qualifier of an element, "" where it has none."""
    stated = element.get("qualifiers")
    for entry in stated if isinstance(stated, list) else []:
        if isinstance(entry, Mapping) and entry.get("type") == name and isinstance(entry.get("value"), str):
            value: str = entry["value"]
            return value
    return ""


def _single(element: Mapping[str, Any]) -> Any:
    """The value of a property by its type; what does not fit its type stays text, so that the checks can say so."""
    value = element.get("value")
    if not isinstance(value, str):
        return value
    if qualifier(element, AS_JSON):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    declared = str(element.get("valueType"))
    if declared == "xs:boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(value, value)
    return CONVERSIONS["number"](value, "", _nothing_beside) if declared in _NUMBERS else value


def _nothing_beside(key: str) -> None:
    return None


def own_passport(found: list[Mapping[str, Any]], *, kind: BatteryKind | None) -> Passport | None:
    """The passport of our own export, None where the submodels are of others."""
    marks = [document_of(submodel) for submodel in found if submodel.get("idShort") == MARK]
    if not marks or marks[0].get("model") != MODEL:
        return None
    values: dict[str, Any] = {}
    for submodel in found:
        if submodel.get("idShort") == MARK:
            continue
        elements = submodel.get("submodelElements")
        for element in elements if isinstance(elements, list) else []:
            if isinstance(element, Mapping):
                values[qualifier(element, KEY) or str(element.get("idShort"))] = _stated(element)
    document = {"model": MODEL, "kind": marks[0].get("kind"), "values": values}
    return read_document(document, kind=kind)


def _stated(element: Mapping[str, Any]) -> Any:
    """A field with its unit, day and history as a collection, or its value alone."""
    value = document_of(element)
    return value if element.get("modelType") == "SubmodelElementCollection" else {"value": value}
