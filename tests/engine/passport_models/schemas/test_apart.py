"""The check in a process apart: the same answer, and an end for schemas that have none."""

from __future__ import annotations

from typing import Any

import pytest

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.schemas.apart import check_apart
from synchromesh.engine.passport_models.schemas.checking import check_against
from synchromesh.engine.passport_models.schemas.library import Schema

DRAFT = "http://json-schema.org/draft-04/schema"


def schema(**keywords: Any) -> Schema:
    return Schema(file="s.json", content={"$schema": DRAFT, **keywords})


def test_the_answer_is_that_of_the_same_process() -> None:
    one = schema(properties={"cas": {"pattern": "^[0-9-]+$"}, "name": {"type": "string"}})
    data = {"cas": "7439-93-2 ", "name": "Zoë \N{BATTERY}"}
    assert check_apart(data, [one]) == check_against(data, [one])
    assert not check_apart(data, [one]).valid


def test_a_pattern_that_never_ends_is_ended() -> None:
    endless = schema(properties={"a": {"pattern": "^(a+)+$"}})
    with pytest.raises(InvalidInput, match="took longer than 3 seconds"):
        check_apart({"a": "a" * 60 + "!"}, [endless], seconds=3)


@pytest.mark.parametrize(
    "keywords",
    [
        {"properties": {"a": {"pattern": "(" * 5000 + "a" + ")" * 5000}}},
        {"$ref": "#"},
        {"properties": {"a": {"$ref": "http://127.0.0.1:9/never.json"}}},
    ],
    ids=["deep pattern", "endless", "elsewhere"],
)
def test_a_hostile_schema_is_refused(keywords: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="cannot be used") as refused:
        check_apart({"a": "a"}, [schema(**keywords)])
    assert refused.value.field == "schema"


def test_a_huge_pattern_is_answered() -> None:
    assert check_apart({"a": "a"}, [schema(properties={"a": {"pattern": "(?:a{1,60000}){1,60000}"}})]).valid
