"""A practice passport as an asset administration shell, read back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.engine.passport_models.passport_samples import clean, used

from synchromesh.engine.passport_models.model import BatteryKind, fields
from synchromesh.engine.passport_models.passport import NOTICE, FieldValue, Passport, Reading
from synchromesh.engine.passport_models.readers import parse_file, read_passport
from synchromesh.engine.passport_models.writing_aas import as_aas

ODD: dict[str, FieldValue] = {
    "a b/c": FieldValue(value=1, unit="kg"),
    "empty": FieldValue(value=[]),
    "nothing": FieldValue(value=None),
    "nested": FieldValue(value={"q": [1, {"r": None}]}),
    "model_name": FieldValue(value="a\x00b"),
    "labels": FieldValue(value=[{"subject": None, "mass": 1.5, "critical": False}]),
    "materials": FieldValue(value=[{"na me": 1}, {}]),
    "critical_raw_materials": FieldValue(value=["nickel", "", "\x01"]),
    "full_cycles": FieldValue(value=10**40, at="2026-01-01"),
    "tiny": FieldValue(value=1e-320, history=(Reading(value=[1], at=""), Reading(value="x", at="2025-01-01"))),
    "serial_number": FieldValue(value=""),
    "sign": FieldValue(value="\ud800"),
    "digits": FieldValue(value="007"),
    "truth": FieldValue(value="true"),
    "zero": FieldValue(value=0),
    "minus": FieldValue(value=-0.5),
}


def back(passport: Passport) -> Passport:
    return read_passport(parse_file(json.dumps(as_aas(passport)).encode())).passport


@pytest.mark.parametrize("kind", list(BatteryKind))
def test_every_generated_passport_comes_back_without_loss(kind: BatteryKind) -> None:
    for seed in range(20):
        assert back(clean(seed, kind)) == clean(seed, kind)


@pytest.mark.parametrize("key", ODD)
def test_content_that_no_check_accepts_comes_back_too(key: str) -> None:
    passport = Passport(kind=BatteryKind.LMT, values={key: ODD[key]})
    assert back(passport) == passport


def test_the_shell_and_every_submodel_say_that_it_is_practice() -> None:
    environment = as_aas(used())
    said: list[Any] = [*environment["assetAdministrationShells"], *environment["submodels"]]
    assert {entry["description"][0]["text"] for entry in said} == {NOTICE}
    assert "not a legal passport" in NOTICE


def test_there_is_a_submodel_for_each_category_and_the_shell_names_them_all() -> None:
    environment = as_aas(used())
    names = [submodel["idShort"] for submodel in environment["submodels"]]
    assert names[0] == "PracticePassport"
    assert set(names[1:]) == {fields()[key].category for key in used().values}
    named = {reference["keys"][0]["value"] for reference in environment["assetAdministrationShells"][0]["submodels"]}
    assert named == {submodel["id"] for submodel in environment["submodels"]}


def test_a_field_carries_the_property_of_the_data_model_as_its_meaning() -> None:
    environment = as_aas(used())
    elements = {
        element["idShort"]: element for submodel in environment["submodels"] for element in submodel["submodelElements"]
    }
    meaning = elements["rated_capacity"]["semanticId"]["keys"][0]["value"]
    assert meaning == "urn:samm:io.BatteryPass.Performance:1.2.0#ratedCapacity"
    assert "semanticId" not in elements["serial_number"]


def test_identifiers_lie_below_the_address_that_is_given() -> None:
    environment = as_aas(used(), base="https://example.org/")
    assert {submodel["id"].rpartition("/")[0] for submodel in environment["submodels"]} == {
        "https://example.org/practice-passport"
    }
