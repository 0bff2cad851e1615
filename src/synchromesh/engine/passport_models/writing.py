"""Our own form of a practice passport: JSON and JSON-LD, both with the practice mark inside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.model import BatteryKind, fields
from synchromesh.engine.passport_models.passport import MODEL, NOTICE, FieldValue, Passport, Reading

LARGEST_DOCUMENT = 2_000_000  # characters
MOST_FIELDS = 1000
MOST_READINGS = 2000


def as_document(passport: Passport) -> dict[str, Any]:
    """The passport as plain JSON values."""
    return {
        "model": MODEL,
        "notice": NOTICE,
        "kind": passport.kind.value,
        "values": {key: _stated(stated) for key, stated in passport.values.items()},
    }


def _stated(stated: FieldValue) -> dict[str, Any]:
    document: dict[str, Any] = {"value": stated.value}
    if stated.unit:
        document["unit"] = stated.unit
    if stated.at:
        document["at"] = stated.at
    if stated.history:
        document["history"] = [{"value": reading.value, "at": reading.at} for reading in stated.history]
    return document


def as_json(passport: Passport) -> str:
    """The passport as a JSON text that `read_document` reads back."""
    return json.dumps(as_document(passport), ensure_ascii=False, indent=1)


def as_json_ld(passport: Passport, *, base: str) -> dict[str, Any]:
    """The passport as JSON-LD. `base` is the address below which the installation explains its fields.

    It is the same document: the context says what each key means, and names the property of the Battery Pass data
    model (CC BY 4.0) behind a field where there is one.
    """
    words = f"{base.rstrip('/')}/"
    context: dict[str, Any] = {
        "@vocab": words,
        "passport": words,
        "closeMatch": {"@id": "http://www.w3.org/2004/02/skos/core#closeMatch", "@type": "@id"},
    }
    known = fields()
    for key in passport.values:
        if key in known:
            context[key] = {"@id": f"passport:{key}"}
    properties = [
        {"@id": f"passport:{key}", "closeMatch": known[key].source_address, "property": known[key].source}
        for key in passport.values
        if key in known and known[key].source
    ]
    return {"@context": context, "@type": "PracticeBatteryPassport", **as_document(passport), "properties": properties}


def is_own(data: object) -> bool:
    """Whether parsed JSON is our form, of this or another version."""
    return isinstance(data, Mapping) and str(data.get("model", "")).startswith(MODEL.partition("/")[0])


def read_document(data: object, *, kind: BatteryKind | None = None) -> Passport:
    """Read our own form back; `kind` replaces the kind that the document states.

    Raises InvalidInput where the document as a whole is no passport of this form. What is wrong inside a value is kept
    for the checks.
    """
    if not isinstance(data, Mapping) or not is_own(data):
        raise InvalidInput(f"This is not a practice passport of ours: its 'model' is not '{MODEL}'.", field="model")
    if data["model"] != MODEL:
        raise InvalidInput(f"This practice passport is not of the form '{MODEL}'.", field="model")
    values = data.get("values")
    if not isinstance(values, Mapping):
        raise InvalidInput("The passport has no 'values', the object of its fields.", field="values")
    if len(values) > MOST_FIELDS:
        raise InvalidInput(f"The passport has more than {MOST_FIELDS} fields.", field="values")
    return Passport(
        kind=kind or _kind(data.get("kind")),
        values={str(key): _field_value(stated) for key, stated in values.items()},
    )


def _kind(stated: object) -> BatteryKind:
    if isinstance(stated, str) and stated in list(BatteryKind):
        return BatteryKind(stated)
    words = ", ".join(BatteryKind)
    raise InvalidInput(f"The kind of battery is missing or unknown. Use one of: {words}.", field="kind")


def _word(value: object) -> str:
    """A unit or a day as it is stated; anything but a text is kept as a sign that no check accepts."""
    return value if isinstance(value, str) else "" if value is None else "?"


def _field_value(stated: object) -> FieldValue:
    """A value with its unit, day and history; a bare value stands for itself."""
    if not isinstance(stated, Mapping) or "value" not in stated:
        return FieldValue(value=stated)
    return FieldValue(
        value=stated["value"],
        unit=_word(stated.get("unit")),
        at=_word(stated.get("at")),
        history=_history(stated.get("history")),
    )


def _history(stated: object) -> tuple[Reading, ...]:
    if stated is None:
        return ()
    if not isinstance(stated, list):
        return (Reading(value=None, at="?"),)
    return tuple(
        Reading(value=entry.get("value"), at=_word(entry.get("at")))
        if isinstance(entry, Mapping)
        else Reading(value=None, at="?")
        for entry in stated[:MOST_READINGS]
    )
