"""Which schema a document is meant for."""

from __future__ import annotations

from typing import Any

import pytest

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.schemas.checking import check_against
from synchromesh.engine.passport_models.schemas.library import Schema, is_schema, parts_for

DRAFT = "http://json-schema.org/draft-04/schema"


def schema(urn: str, *names: str, kind: str = "string") -> Schema:
    properties = {name: {"type": kind} for name in names}
    content = {"$schema": DRAFT, "x-samm-aspect-model-urn": urn, "properties": properties, "required": list(names)}
    return Schema(file=f"{urn}.json", content=content)


LABELS = schema("urn:samm:x.Labels:1.2.0#Labels", "labels", "report")
MASS = schema("urn:samm:x.Mass:1.2.0#Mass", "mass", "unit")
OLD = schema("urn:samm:x.Pass:6.0.0#Pass", "specVersion", "a", "b")
NEW = schema("urn:samm:x.Pass:6.1.0#Pass", "specVersion", "a", "b")
ALL = (LABELS, MASS, OLD, NEW)


def names_of(data: object) -> list[str]:
    return [part.schemas[0].name for part in parts_for(data, ALL)]


def test_the_schema_whose_names_fit_is_taken() -> None:
    assert names_of({"mass": "1", "unit": "kg"}) == [MASS.name]
    assert names_of({"labels": "x", "more": 1}) == [LABELS.name]


def test_a_model_that_the_document_names_decides_the_version() -> None:
    assert names_of({"specVersion": "urn:x.Pass:6.0.0", "a": "1"}) == [OLD.name]
    assert names_of({"metadata": {"specVersion": "urn:x.Pass:6.1.0"}, "mass": "1"}) == [NEW.name]


def test_of_versions_that_fit_alike_the_one_that_finds_least_counts() -> None:
    stricter = schema("urn:samm:x.Pass:7.0.0#Pass", "specVersion", "a", "b", kind="number")
    verdict = check_against({"specVersion": "x", "a": "1", "b": "2"}, [OLD, NEW, stricter])
    assert verdict.valid
    assert verdict.model == NEW.name


def test_several_models_side_by_side_are_checked_each_against_its_own() -> None:
    verdict = check_against({"mass": 1, "unit": "kg", "labels": "x", "report": 2}, ALL)
    assert sorted(finding.field for finding in verdict.findings) == ["mass", "report"]
    assert verdict.model == f"{LABELS.name}, {MASS.name}" or verdict.model == f"{MASS.name}, {LABELS.name}"


@pytest.mark.parametrize(
    ("data", "places"),
    [
        ({"one": {"mass": 1, "unit": "kg"}, "two": {"labels": 1, "report": "x"}}, ["one.mass", "two.labels"]),
        ([{"mass": 1, "unit": "kg"}, {"labels": 1, "report": "x"}], ["[0].mass", "[1].labels"]),
    ],
)
def test_several_models_one_level_down_are_checked_too(data: object, places: list[str]) -> None:
    assert [finding.field for finding in check_against(data, ALL).findings] == places


def test_one_schema_alone_gets_the_whole_document() -> None:
    (finding,) = check_against([1], [Schema(file="s", content={"$schema": DRAFT, "type": "object"})]).findings
    assert finding.message == "The file is a list; the schema asks for a record."


@pytest.mark.parametrize("data", [{"other": 1}, [], 3, None, {}])
def test_a_document_that_no_schema_is_meant_for_is_refused(data: object) -> None:
    with pytest.raises(InvalidInput, match="None of the 4 schemas fits"):
        parts_for(data, ALL)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"$schema": DRAFT, "type": "object"}, True),
        ({"$schema": DRAFT, "title": "x"}, False),
        ({"openapi": "3.0.3", "$schema": DRAFT, "type": "object"}, False),
        ({"@context": {}, "$schema": DRAFT, "type": "x"}, False),
        ({"mass": 1}, False),
        ([], False),
    ],
)
def test_schemas_are_told_from_other_files(content: Any, expected: bool) -> None:
    assert is_schema(content) is expected


def test_a_schema_without_a_name_is_called_by_its_file() -> None:
    assert Schema(file="mine.json", content={"$schema": DRAFT}).name == "mine.json"
    assert Schema(file="mine.json", content={"$id": "https://example.org/s"}).name == "https://example.org/s"
