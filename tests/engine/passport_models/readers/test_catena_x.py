"""The models of Catena-X as files. The values are invented."""

from __future__ import annotations

from typing import Any

import pytest

from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.readers import read_passport
from synchromesh.engine.passport_models.readers.catena_x import accepts

PASS: dict[str, Any] = {
    "specVersion": "urn:io.catenax.battery.battery_pass:6.1.0",
    "metadata": {"passportIdentifier": "urn:example:1", "version": "1.0"},
    "identification": {
        "category": "industrial",
        "chemistry": "Nickel Cobalt Manganese (NCM)",
        "identification": {"serial": [{"value": "S1", "key": "partInstanceId"}, {"value": "S2", "key": "van"}]},
    },
    "characteristics": {
        "physicalDimension": {"weight": {"value": 250000, "unit": "unit:gram"}, "height": {"value": 1, "unit": "x"}},
        "warranty": {"lifeValue": 8, "lifeUnit": "unit:year"},
    },
    "performance": {
        "rated": {
            "power": {"value": 40000.0, "at80SoC": 39000.0, "at20SoC": 35000.0},
            "resistance": {"cell": 0.02, "pack": 0.5},
        },
        "dynamic": {"power": {"remaining": {"value": 30000, "time": "2026-10-01T08:00:00Z"}}},
    },
    "materials": {
        "hazardous": {
            "cadmium": {"concentration": 20, "materialUnit": "unit:partPerMillion"},
            "lead": {"concentration": 1, "materialUnit": "unit:spoons"},
            "other": [
                {
                    "concentration": 0.5,
                    "materialUnit": "unit:percent",
                    "location": "Housing",
                    "materialIdentification": [{"type": "CAS", "name": "Ethylene carbonate", "id": "96-49-1"}],
                }
            ],
        },
        "active": {"nickel": {"recycled": 12.5}},
    },
}


def _value(key: str, data: dict[str, Any] = PASS) -> Any:
    return read_passport(data).passport.value_of(key)


def test_values_come_over_in_our_words_and_units() -> None:
    assert read_passport(PASS).model == "io.catenax.battery.battery_pass:6.1.0"
    assert read_passport(PASS).passport.kind is BatteryKind.INDUSTRIAL
    assert _value("battery_chemistry") == "NMC"
    assert _value("battery_mass") == 250
    assert _value("warranty_period") == 96
    assert _value("rated_maximum_power") == 40
    assert _value("remaining_power") == 30
    assert _value("cadmium_share") == 0.002


def test_a_value_in_a_unit_that_is_not_known_stays_as_it_is() -> None:
    assert _value("lead_share") == 1


def test_power_at_two_charges_becomes_two_records() -> None:
    assert _value("original_power_capability") == [
        {"power": 39.0, "state_of_charge": 80.0},
        {"power": 35.0, "state_of_charge": 20.0},
    ]


def test_each_resistance_becomes_the_record_of_its_part() -> None:
    assert _value("internal_resistance") == [
        {"resistance": 0.02, "component": "cell"},
        {"resistance": 0.5, "component": "pack"},
    ]


def test_hazardous_substances_become_records() -> None:
    assert _value("hazardous_substances") == [
        {"name": "Ethylene carbonate", "cas": "96-49-1", "concentration": 0.5, "component": "casing"}
    ]


def test_what_cannot_come_over_is_named_once_with_its_reason() -> None:
    lost = {loss.path: loss.reason for loss in read_passport(PASS).losses}
    assert "production waste" in lost["/materials/active/nickel"]
    assert (
        lost["/identification/identification/serial[1]/value"] == "The field takes one value; the first one is carried."
    )
    assert "not the size" in lost["/characteristics/physicalDimension/height"]
    assert not any("power" in path for path in lost)


def test_version_3_is_read() -> None:
    data = {
        "batteryIdentification": {"batteryIDDMCCode": "urn:example:9"},
        "electrochemicalProperties": {"ratedCapacity": 100, "batteryEnergy": {"maximumAllowedBatteryEnergy": 36000}},
        "cO2FootprintTotal": 4000,
    }
    assert _value("rated_energy", data) == 36
    assert _value("absolute_footprint", data) == 4000
    assert read_passport(data).model == "io.catenax.battery.battery_pass:3"


def test_the_generic_passport_is_told_from_that_of_a_battery() -> None:
    data = {
        "metadata": {},
        "identification": {"type": {"nameAtManufacturer": "Pack"}},
        "operation": {"manufacturer": {"manufacturingDate": "2026-01-31"}},
        "characteristics": {},
        "additionalData": [],
    }
    assert read_passport(data).model == "io.catenax.generic.digital_product_passport"
    assert _value("model_name", data) == "Pack"


@pytest.mark.parametrize("data", [None, [], {}, {"metadata": {}}, {"metadata": {}, "sources": []}, {"specVersion": 1}])
def test_other_content_is_left_alone(data: object) -> None:
    assert not accepts(data)
