"""What a schema finds, in plain words: the field, what is wrong with it, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from jsonschema.exceptions import ValidationError  # type: ignore[import-untyped]

from synchromesh.engine.passport_models.examination import shown

_LONGEST_TRIED = 200  # signs of a text for which changes are tried against a pattern
_KINDS = MappingProxyType(
    {
        "string": "a text",
        "number": "a number",
        "integer": "a whole number",
        "boolean": "true or false",
        "array": "a list",
        "object": "a record",
        "null": "nothing",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaFinding:
    """One thing that a schema finds. `field` is its place in the file, such as `batteryMaterials[0].mass`."""

    field: str
    keyword: str
    message: str
    remedy: str


def place_of(path: Any) -> str:
    """A place in a document as a person reads it."""
    words = ""
    for step in path:
        words += f"[{step}]" if isinstance(step, int) else f".{shown(step, most=80)}" if words else shown(step, most=80)
    return words


def explain(error: ValidationError, data: object) -> SchemaFinding:
    """One finding in plain words; of alternatives, the one that comes closest."""
    error = _closest(error)
    name = place_of(error.absolute_path) or "The file"
    explainer = _EXPLAINERS.get(str(error.validator), _of_unknown)
    message, remedy = explainer(error, name)
    if error.validator == "required":
        name = _missing_place(error)
    return SchemaFinding(
        field="" if name == "The file" else name, keyword=str(error.validator), message=message, remedy=remedy
    )


def _closest(error: ValidationError) -> ValidationError:
    """The error of the alternative that got furthest into the value; the error itself where none got further."""
    while error.context:
        deepest = max(error.context, key=lambda inner: len(inner.absolute_path))
        if len(deepest.absolute_path) <= len(error.absolute_path):
            return error
        error = deepest
    return error


def _missing_name(error: ValidationError) -> str:
    instance = error.instance if isinstance(error.instance, Mapping) else {}
    asked = error.validator_value if isinstance(error.validator_value, list) else []
    missing = [entry for entry in asked if entry not in instance]
    named = [entry for entry in missing if error.message.startswith(repr(entry))]
    return str((named or missing or ["?"])[0])


def _missing_place(error: ValidationError) -> str:
    return place_of([*error.absolute_path, _missing_name(error)])


def _required(error: ValidationError, name: str) -> tuple[str, str]:
    missing = shown(_missing_name(error))
    where = "" if name == "The file" else f" in {name}"
    return f"'{missing}' is missing{where}, and the schema asks for it.", f"Add '{missing}' with its value."


def _type(error: ValidationError, name: str) -> tuple[str, str]:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    expected = " or ".join(_KINDS.get(str(entry), str(entry)) for entry in wanted)
    value = error.instance
    said = f"{name} is {_kind(value)}; the schema asks for {expected}."
    if isinstance(value, str) and {"number", "integer"} & set(map(str, wanted)):
        return said, "Write the number without quotation marks, with a point before the decimals."
    if wanted == ["string"] and isinstance(value, int | float):
        return said, "Put the value in quotation marks."
    if wanted == ["array"]:
        return said, "Put the value in square brackets, also where there is only one."
    return said, f"Give {expected}."


def _kind(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, str):
        return f"the text '{shown(value)}'"
    if isinstance(value, int | float):
        return f"the number {shown(value)}"
    return "a list" if isinstance(value, list) else "a record"


def _pattern(error: ValidationError, name: str) -> tuple[str, str]:
    value, pattern = error.instance, str(error.validator_value)
    said = f"{name} is '{shown(value)}'"
    if isinstance(value, str) and len(value) <= _LONGEST_TRIED:
        for change, words, remedy in _CHANGES:
            changed = change(value)
            if changed != value and re.search(pattern, changed):
                return f"{said}, which {words}.", remedy.format(value=shown(changed))
    form = shown(pattern, most=120)
    return f"{said}, which has not the form that the schema asks for: {form}", "Write it in the form of the pattern."


def _without_blank_after(text: str) -> str:
    return text.rstrip()


_CHANGES: tuple[tuple[Callable[[str], str], str, str], ...] = (
    (_without_blank_after, "ends with a blank", "Remove the blank at the end: '{value}'."),
    (lambda text: text.lstrip(), "begins with a blank", "Remove the blank at the beginning: '{value}'."),
    (lambda text: text.strip(), "has blanks around it", "Remove the blanks: '{value}'."),
    (lambda text: "".join(text.split()), "has blanks in it", "Remove the blanks: '{value}'."),
    (lambda text: text.upper(), "is not in capital letters", "Write it in capital letters: '{value}'."),
    (lambda text: text.lower(), "is not in small letters", "Write it in small letters: '{value}'."),
    (lambda text: text.replace(",", "."), "has a comma for a point", "Write a point: '{value}'."),
    (lambda text: text.replace("/", "-"), "has slashes for hyphens", "Write hyphens: '{value}'."),
    (lambda text: f"{text}Z", "is a time without its zone", "Add the zone, such as Z for universal time: '{value}'."),
    (lambda text: f"{text[:10]}T00:00:00Z", "is a day without a time", "Add the time: '{value}'."),
    (lambda text: text[:10], "is a time where a day is asked for", "Leave the time out: '{value}'."),
)


def _enum(error: ValidationError, name: str) -> tuple[str, str]:
    options = error.validator_value if isinstance(error.validator_value, list) else []
    texts = [entry for entry in options if isinstance(entry, str)]
    value = error.instance
    listed = ", ".join(shown(entry) for entry in options[:30])
    plain = "".join(value.split()).casefold() if isinstance(value, str) else ""
    close = next((entry for entry in texts if "".join(entry.split()).casefold() == plain), None)
    remedy = f"Write '{shown(close)}'." if close is not None else "Choose one of the list."
    return f"{name} is {_kind(value)}, which is none of: {listed}.", remedy


def _const(error: ValidationError, name: str) -> tuple[str, str]:
    wanted = shown(error.validator_value)
    return f"{name} is {_kind(error.instance)}; the schema allows only {wanted}.", f"Write {wanted}."


def _bound(words: str, remedy: str) -> Callable[[ValidationError, str], tuple[str, str]]:
    def said(error: ValidationError, name: str) -> tuple[str, str]:
        bound = shown(error.validator_value)
        return f"{name} is {shown(error.instance)}; {words.format(bound)}.", remedy

    return said


def _length(words: str, remedy: str) -> Callable[[ValidationError, str], tuple[str, str]]:
    def said(error: ValidationError, name: str) -> tuple[str, str]:
        count = len(error.instance) if isinstance(error.instance, str | list | dict) else 0
        return f"{name} has {count}; {words.format(shown(error.validator_value))}.", remedy

    return said


def _additional(error: ValidationError, name: str) -> tuple[str, str]:
    known = error.schema.get("properties", {}) if isinstance(error.schema, Mapping) else {}
    instance = error.instance if isinstance(error.instance, Mapping) else {}
    extra = ", ".join(f"'{shown(key)}'" for key in list(instance) if key not in known)[:300]
    return f"{name} holds {extra}, which the schema does not know.", "Correct the name, or leave it out."


def _alternatives(error: ValidationError, name: str) -> tuple[str, str]:
    count = len(error.validator_value) if isinstance(error.validator_value, list) else 0
    if error.validator == "oneOf" and not error.context:
        return f"{name} fits more than one of the {count} forms; the schema allows one.", "Leave out what is too much."
    return f"{name} fits none of the {count} forms that the schema allows.", "Compare it with the schema."


def _unique(error: ValidationError, name: str) -> tuple[str, str]:
    return f"{name} holds an entry twice.", "Leave the second one out."


def _contains(error: ValidationError, name: str) -> tuple[str, str]:
    wanted = error.validator_value
    options = [wanted.get("const"), *(wanted.get("enum") or [])] if isinstance(wanted, Mapping) else []
    known = ", ".join(shown(entry) for entry in options if isinstance(entry, str | int | float))
    return f"{name} lacks an entry that the schema asks for{f': {known}' if known else ''}.", "Add it."


def _of_unknown(error: ValidationError, name: str) -> tuple[str, str]:
    return f"{name} does not keep the rule '{shown(error.validator)}' of the schema.", "Compare it with the schema."


_EXPLAINERS: Mapping[str, Callable[[ValidationError, str], tuple[str, str]]] = MappingProxyType(
    {
        "additionalProperties": _additional,
        "anyOf": _alternatives,
        "const": _const,
        "contains": _contains,
        "enum": _enum,
        "exclusiveMaximum": _bound(
            "the schema allows less than {}", "Look for a slip of the decimal point or the unit."
        ),
        "exclusiveMinimum": _bound(
            "the schema allows more than {}", "Look for a slip of the decimal point or the unit."
        ),
        "maxItems": _length("the schema allows at most {} entries", "Leave entries out."),
        "maxLength": _length("the schema allows at most {} signs", "Shorten the text."),
        "maximum": _bound("the schema allows at most {}", "Look for a slip of the decimal point or the unit."),
        "minItems": _length("the schema asks for at least {} entries", "Add what is missing."),
        "minLength": _length("the schema asks for at least {} signs", "Fill it in."),
        "minimum": _bound("the schema allows {} or more", "Look for a slip of the decimal point or the unit."),
        "multipleOf": _bound("the schema asks for a multiple of {}", "Round the value."),
        "oneOf": _alternatives,
        "pattern": _pattern,
        "required": _required,
        "type": _type,
        "uniqueItems": _unique,
    }
)
