"""The Battery Pass data model as a file: one aspect, several, and what is lost. The values are invented."""

from __future__ import annotations

from typing import Any

import pytest

from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.readers import ReadPassport, read_passport
from synchromesh.engine.passport_models.readers.battery_pass import accepts

GENERAL: dict[str, Any] = {
    "productIdentifier": "04012345678901",
    "batteryPassportIdentifier": "urn:example:1",
    "batteryCategory": "lmt",
    "manufacturerInformation": {
        "contactName": "Invented Cells",
        "identifier": "X1",
        "postalAddress": {"addressCountry": "Germany", "streetAddress": "Way 1", "postalCode": "10115"},
    },
    "batteryStatus": "Original",
    "batteryMass": 12.5,
    "manufacturingDate": "2026-03-01T10:00:00Z",
    "warrentyPeriod": "P2Y6M",
}
FOOTPRINT = {
    "batteryCarbonFootprint": 0.08,
    "carbonFootprintPerLifecycleStage": [
        {"lifecycleStage": "RawMaterialExtraction", "carbonFootprint": 0.05},
        {"lifecycleStage": "MainProduction", "carbonFootprint": 0.03},
    ],
}
CIRCULARITY = {
    "renewableContent": 1.5,
    "sparePartSources": [
        {
            "nameOfSupplier": "Spares",
            "addressOfSupplier": {"addressCountry": "FRA", "streetAddress": "Rue 2"},
            "emailAddressOfSupplier": "parts@example.org",
            "components": [{"partName": "Cell", "partNumber": "1"}, {"partName": "Fuse", "partNumber": "2"}],
        }
    ],
}


def read(data: object, kind: BatteryKind | None = None) -> ReadPassport:
    return read_passport(data, kind=kind)


def test_single_values_come_over_in_our_words_and_units() -> None:
    found = read(GENERAL).passport
    assert found.kind is BatteryKind.LMT
    assert {key: stated.value for key, stated in found.values.items()} == {
        "passport_identifier": "urn:example:1",
        "product_identifier": "04012345678901",
        "battery_category": "lmt",
        "manufacturer_name": "Invented Cells",
        "manufacturer_country": "DE",
        "manufacturer_address": "Way 1, 10115",
        "manufacturing_date": "2026-03-01",
        "battery_status": "original",
        "battery_mass": 12.5,
        "warranty_period": 30,
    }


def test_what_has_no_place_is_named_with_its_reason() -> None:
    (loss,) = read({**GENERAL, "batteryMass": None}).losses
    assert loss.path == "/manufacturerInformation/identifier"
    assert "not by a number" in loss.reason


def test_records_come_over_row_by_row() -> None:
    assert read(FOOTPRINT).passport.value_of("footprint_stages") == [
        {"stage": "raw_materials", "footprint": 0.05},
        {"stage": "production", "footprint": 0.03},
    ]


def test_a_supplier_of_two_parts_becomes_two_records() -> None:
    found = read(CIRCULARITY).passport.value_of("spare_part_sources")
    assert [(row["supplier"], row["country"], row["part_name"]) for row in found] == [
        ("Spares", "FR", "Cell"),
        ("Spares", "FR", "Fuse"),
    ]


def test_a_value_in_use_keeps_its_day() -> None:
    condition = {"stateOfCharge": {"stateOfChargeValue": 55, "lastUpdate": "2026-10-01T08:00:00Z"}}
    stated = read({"batteryTechicalProperties": {}, "batteryCondition": condition}).passport.values["state_of_charge"]
    assert (stated.value, stated.at) == (55, "2026-10-01")


@pytest.mark.parametrize(
    ("names", "expected"),
    [(["Lithium", "Graphite"], ["lithium", "natural graphite"]), (["Unobtainium"], None), ([], [])],
)
def test_critical_materials_are_listed_from_their_marks(names: list[str], expected: list[str] | None) -> None:
    marked = [{"batteryMaterialName": name, "isCriticalRawMaterial": True} for name in names]
    other = {"batteryMaterialName": "Iron", "isCriticalRawMaterial": False}
    assert read({"batteryMaterials": [*marked, other]}).passport.value_of("critical_raw_materials") == expected


def test_an_empty_list_says_none() -> None:
    data = {"batteryChemistry": {"shortName": "NMC", "clearName": "x"}, "hazardousSubstances": []}
    assert read(data).passport.value_of("hazardous_substances") == []


@pytest.mark.parametrize(
    "data",
    [
        [GENERAL, FOOTPRINT],
        {"generalProductInformation": GENERAL, "CarbonFootprint": FOOTPRINT},
        {"urn:samm:io.BatteryPass.GeneralProductInformation:1.2.0#GeneralProductInformation": GENERAL, "x": 1}
        | {"carbonFootprintForBatteries": FOOTPRINT},
        {**GENERAL, **FOOTPRINT},
    ],
    ids=["list", "names", "urns", "side by side"],
)
def test_several_aspects_in_one_file_are_read_together(data: object) -> None:
    found = read(data)
    assert found.model == "BatteryPassDataModel: GeneralProductInformation, CarbonFootprint"
    assert found.passport.value_of("battery_mass") == 12.5
    assert found.passport.value_of("carbon_footprint") == 0.08


def test_an_aspect_covers_its_own_fields_only() -> None:
    covers = read(FOOTPRINT).covers
    assert covers is not None
    assert "carbon_footprint" in covers
    assert "battery_mass" not in covers


def test_the_kind_of_battery_is_asked_for_where_the_aspect_does_not_say_it() -> None:
    assert "does not say" in read(FOOTPRINT).problems[0].message
    found = read(FOOTPRINT, BatteryKind.INDUSTRIAL)
    assert found.problems == ()
    assert found.passport.kind is BatteryKind.INDUSTRIAL


def test_a_kind_without_a_passport_is_a_problem() -> None:
    assert "nothing that can be used" in read({**GENERAL, "batteryCategory": "portable"}).problems[0].message


def test_version_1_0_0_is_read() -> None:
    found = read(
        {
            "productPassportIdentifier": "urn:example:2",
            "batteryCategory": "ev",
            "manufacturerIdentification": "Invented Cells",
            "batteryWeight": 400,
        }
    ).passport
    assert found.value_of("passport_identifier") == "urn:example:2"
    assert found.value_of("battery_mass") == 400


@pytest.mark.parametrize("data", [None, 3, "labels", [], [1], {}, {"labels": 1, "a": 1, "b": 2}, {"performance": {}}])
def test_other_content_is_left_alone(data: object) -> None:
    assert not accepts(data)
