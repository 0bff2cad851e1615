"""Submodels of an asset administration shell as files. The values are invented."""

from __future__ import annotations

from typing import Any

import pytest

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.readers import read_passport
from synchromesh.engine.passport_models.readers.aas import accepts


def single(name: str, value: str | None, kind: str = "xs:string") -> dict[str, Any]:
    return {"modelType": "Property", "idShort": name, "valueType": kind, "value": value}


def group(name: str, *elements: dict[str, Any]) -> dict[str, Any]:
    return {"modelType": "SubmodelElementCollection", "idShort": name, "value": list(elements)}


def many(name: str, *elements: dict[str, Any]) -> dict[str, Any]:
    return {"modelType": "SubmodelElementList", "idShort": name, "value": list(elements)}


def submodel(name: str, *elements: dict[str, Any], meaning: str = "") -> dict[str, Any]:
    keys = [{"type": "GlobalReference", "value": meaning}]
    return {
        "modelType": "Submodel",
        "idShort": name,
        "semanticId": {"type": "ExternalReference", "keys": keys},
        "submodelElements": list(elements),
    }


TECHNICAL = submodel(
    "TechnicalData",
    group("GeneralInformation", single("BatteryCategory", "ev"), single("BatteryMass", "1007", "xs:float")),
    group(
        "TechnicalPropertyAreas",
        group("CapacityEnergyVoltage", single("NominalVoltage", "356.5", "xs:float")),
        group(
            "PowerCapability",
            many(
                "OriginalPowerCapability",
                group("", single("atSoc", "80", "xs:unsignedInt"), single("powerCapabilityAt", "90", "xs:float")),
            ),
        ),
    ),
)
MATERIALS = submodel(
    "Anything",
    many(
        "BatteryMaterials",
        group(
            "",
            single("BatteryMaterialName", "Lithium"),
            single("BatteryMaterialIdentifier", "7439-93-2"),
            group("BatteryMaterialLocation", single("ComponentName", "Anode")),
            single("IsCriticalRawMaterial", "true", "xs:boolean"),
        ),
    ),
    meaning="urn:samm:io.admin-shell.idta.batterypass.material_composition:1.0.0#MaterialComposition",
)


def test_values_are_read_by_their_types() -> None:
    found = read_passport({"submodels": [TECHNICAL]}).passport
    assert found.value_of("battery_mass") == 1007
    assert found.value_of("nominal_voltage") == 356.5
    assert found.value_of("original_power_capability") == [{"state_of_charge": 80, "power": 90}]


def test_a_submodel_is_known_by_its_meaning_whatever_its_name() -> None:
    found = read_passport(MATERIALS)
    assert found.model == "AAS: MaterialComposition"
    assert found.passport.value_of("materials") == [
        {"name": "Lithium", "cas": "7439-93-2", "component": "anode", "critical": True}
    ]


def test_a_text_in_several_languages_is_read_in_english() -> None:
    texts = [{"language": "de", "text": "Muster AG"}, {"language": "en", "text": "Sample Ltd"}]
    name = {"modelType": "MultiLanguageProperty", "idShort": "ManufacturerName", "value": texts}
    found = read_passport(submodel("BatteryNameplate", name))
    assert found.passport.value_of("manufacturer_name") == "Sample Ltd"
    assert [loss.path for loss in found.losses] == ["/BatteryNameplate/ManufacturerName/de"]


def test_a_template_without_values_is_read_as_empty() -> None:
    found = read_passport(
        submodel("TechnicalData", group("GeneralInformation", single("BatteryMass", None, "xs:float")))
    )
    assert found.passport.values == {}
    assert found.losses == ()


def test_a_number_that_is_none_stays_text_for_the_checks() -> None:
    data = submodel("TechnicalData", group("GeneralInformation", single("BatteryMass", "heavy", "xs:float")))
    assert read_passport(data).passport.value_of("battery_mass") == "heavy"


def test_other_submodels_are_named_as_lost() -> None:
    found = read_passport({"submodels": [TECHNICAL, submodel("Lunch", single("Dish", "soup"))]})
    assert "/Lunch/Dish" in found.lost


def test_a_shell_without_a_battery_in_it_is_refused_in_words() -> None:
    with pytest.raises(InvalidInput, match="no submodel of a battery passport"):
        read_passport({"submodels": [submodel("Lunch", single("Dish", "soup"))]})


@pytest.mark.parametrize("data", [None, [], {}, {"submodels": 1}, {"submodels": [1]}, {"modelType": "Property"}])
def test_other_content_is_left_alone(data: object) -> None:
    assert not accepts(data)
