"""A document against one schema: what is found, in plain words, and schemas that are no use."""

from __future__ import annotations

from typing import Any

import pytest

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.schemas import validation
from synchromesh.engine.passport_models.schemas.explaining import SchemaFinding
from synchromesh.engine.passport_models.schemas.validation import MOST_FINDINGS, findings_of

DRAFT_4 = "http://json-schema.org/draft-04/schema"
DRAFT_2020 = "https://json-schema.org/draft/2020-12/schema"


def found(data: object, **keywords: Any) -> SchemaFinding:
    """The one finding of a schema about the value under "v"."""
    schema = {"$schema": DRAFT_4, "type": "object", "properties": {"v": keywords}}
    (finding,) = findings_of({"v": data}, schema, name="s")
    return finding


@pytest.mark.parametrize(
    ("data", "keywords", "message", "remedy"),
    [
        (
            "7439-93-2 ",
            {"pattern": r"^\d{2,7}-\d{2}-\d{1}$"},
            "ends with a blank",
            "the blank at the end: '7439-93-2'",
        ),
        (" 7439-93-2", {"pattern": r"^\d{2,7}-\d{2}-\d{1}$"}, "begins with a blank", "'7439-93-2'"),
        ("2026-03-01T10:00:00", {"pattern": r"T\d\d:\d\d:\d\dZ$"}, "without its zone", "10:00:00Z"),
        ("2026-03-01", {"pattern": r"T\d\d:\d\d:\d\dZ$"}, "without a time", "T00:00:00Z"),
        ("a", {"pattern": "^b$"}, "form that the schema asks for: ^b$", "form of the pattern"),
        ("12", {"type": "number"}, "the text '12'; the schema asks for a number", "without quotation marks"),
        (12, {"type": "string"}, "the number 12", "quotation marks"),
        (True, {"type": "integer"}, "is true; the schema asks for a whole number", "Give a whole number"),
        ({"a": 1}, {"type": "array"}, "a record", "square brackets"),
        (None, {"type": ["object", "array"]}, "null; the schema asks for a record or a list", "Give"),
        ("separate collection", {"enum": ["SeparateCollection", "Other"]}, "none of", "Write 'SeparateCollection'."),
        ("x", {"enum": [1, "y"]}, "none of: 1, y", "Choose one of the list."),
        (5, {"maximum": 4}, "is 5; the schema allows at most 4", "decimal point"),
        (4, {"maximum": 4, "exclusiveMaximum": True}, "4", "decimal point"),
        (-1, {"minimum": 0}, "allows 0 or more", "decimal point"),
        ("", {"minLength": 1}, "v has 0", "Fill it in."),
        ([], {"minItems": 1}, "at least 1", "Add"),
        ([1, 1], {"uniqueItems": True}, "twice", "second"),
        ({"x": 1}, {"additionalProperties": False}, "holds 'x'", "Correct the name"),
        (3, {"oneOf": [{"type": "string"}, {"type": "null"}]}, "none of the 2 forms", "Compare"),
        (3, {"oneOf": [{"type": "number"}, {"minimum": 1}]}, "more than one", "Leave out"),
        (3, {"not": {"type": "number"}}, "'not'", "Compare"),
        (3, {"multipleOf": 2}, "multiple of 2", "Round"),
    ],
)
def test_each_finding_says_what_is_wrong_and_what_to_do(
    data: object, keywords: dict[str, Any], message: str, remedy: str
) -> None:
    finding = found(data, **keywords)
    assert finding.field == "v"
    assert message in finding.message
    assert remedy in finding.remedy


def test_what_is_missing_is_named_with_its_place() -> None:
    schema = {"$schema": DRAFT_4, "properties": {"a": {"items": {"required": ["x", "y"]}}}}
    (finding,) = findings_of({"a": [{"x": 1, "y": 1}, {"x": 2}]}, schema, name="s")
    assert finding.field == "a[1].y"
    assert finding.message == "'y' is missing in a[1], and the schema asks for it."


def test_of_alternatives_the_closest_is_explained() -> None:
    forms = [{"properties": {"kind": {"enum": ["a"]}, "mass": {"type": "number"}}}, {"type": "string"}]
    assert found({"kind": "a", "mass": "1"}, oneOf=forms).field == "v.mass"


def test_later_drafts_are_understood() -> None:
    schema = {
        "$schema": DRAFT_2020,
        "$defs": {"t": {"const": "x"}},
        "properties": {"a": {"$ref": "#/$defs/t"}, "b": {"contains": {"const": "VC"}}},
    }
    first, second = findings_of({"a": 1, "b": []}, schema, name="s")
    assert "allows only x" in first.message
    assert "lacks an entry that the schema asks for: VC" in second.message


def test_findings_stand_in_the_order_of_the_places_and_are_bounded() -> None:
    schema = {"$schema": DRAFT_4, "items": {"type": "number"}}
    fields = [finding.field for finding in findings_of(["x"] * 12, schema, name="s")]
    assert fields == [f"[{place}]" for place in range(12)]
    assert len(findings_of(["x"] * (MOST_FINDINGS + 50), schema, name="s")) == MOST_FINDINGS


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"$ref": "https://example.org/other.json"}, "Nothing is fetched from the network"),
        ({"$ref": "other.json#/a"}, "not in it"),
        ({"$ref": "#/nowhere"}, "not in it"),
        ({"$ref": "#"}, "without end"),
        ({"allOf": [{"$ref": "#"}, {"$ref": "#"}]}, "without end"),
        ({"properties": {"a": {"pattern": "(("}}}, "cannot be used"),
        ({"type": 7}, "wrong at type"),
        ({"required": "a"}, "wrong at required"),
    ],
)
def test_a_schema_that_is_no_use_is_refused_in_words(schema: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as refused:
        findings_of({"a": "b"}, {"$schema": DRAFT_4, **schema}, name="s")
    assert refused.value.field == "schema"


def test_a_schema_that_grows_with_every_step_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validation, "MOST_STEPS", 50_000)  # the limit itself takes twenty seconds
    shapes: dict[str, Any] = {"s0": {"type": "object"}}
    for step in range(1, 40):
        shapes[f"s{step}"] = {"allOf": [{"$ref": f"#/definitions/s{step - 1}"}] * 2}
    with pytest.raises(InvalidInput, match="too much work"):
        findings_of({}, {"$schema": DRAFT_4, "definitions": shapes, "$ref": "#/definitions/s39"}, name="s")
