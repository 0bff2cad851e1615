"""Our own form: the practice mark is inside, and what is written is read back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.engine.passport_models.passport_samples import clean, used

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.passport import MODEL, NOTICE, FieldValue
from synchromesh.engine.passport_models.writing import as_document, as_json, as_json_ld, read_document


@pytest.mark.parametrize("kind", list(BatteryKind))
def test_a_passport_comes_back_from_json_as_it_was(kind: BatteryKind) -> None:
    for seed in range(10):
        assert read_document(json.loads(as_json(clean(seed, kind)))) == clean(seed, kind)


def test_every_file_says_that_it_is_practice() -> None:
    assert as_document(used())["notice"] == NOTICE
    assert "not a legal passport" in as_json(used())
    assert as_json_ld(used(), base="https://example.org/fields")["notice"] == NOTICE


def test_json_ld_explains_each_field_and_reads_back_as_the_same() -> None:
    document = as_json_ld(used(), base="https://example.org/fields/")
    assert document["@context"]["passport"] == "https://example.org/fields/"
    assert document["@context"]["rated_capacity"] == {"@id": "passport:rated_capacity"}
    sources = {entry["@id"]: entry["property"] for entry in document["properties"]}
    assert sources["passport:rated_capacity"].endswith("/ratedCapacity")
    assert read_document(json.loads(json.dumps(document))) == used()


def test_another_kind_can_be_asked_for() -> None:
    assert read_document(as_document(used()), kind=BatteryKind.LMT).kind is BatteryKind.LMT


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"model": "battery/1"}, "model"),
        ({"model": f"{MODEL}9"}, "model"),
        ({"kind": "car"}, "kind"),
        ({"kind": None}, "kind"),
        ({"values": []}, "values"),
        ({"values": {str(number): 1 for number in range(1001)}}, "values"),
    ],
)
def test_what_is_no_passport_of_ours_is_refused(change: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_document({**as_document(used()), **change})
    assert refused.value.field == field


def test_a_bare_value_stands_for_itself() -> None:
    document = {"model": MODEL, "kind": "ev", "values": {"serial_number": "A1"}}
    assert read_document(document).values == {"serial_number": FieldValue(value="A1")}
