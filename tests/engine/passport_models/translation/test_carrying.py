"""Carrying a document over: what is used, what is named as lost, and documents without measure."""

from __future__ import annotations

from typing import Any

import pytest

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.translation.carrying import MOST_LOSSES, MOST_RECORDS, carry
from synchromesh.engine.passport_models.translation.leaves import MOST_LEAVES, leaves_of
from synchromesh.engine.passport_models.translation.table import table

RULES = table("battery_pass")


def lost(document: Any) -> dict[str, str]:
    return {loss.path: loss.reason for loss in carry(document, RULES).lost}


def test_a_leaf_is_shown_with_its_places() -> None:
    (first, second) = leaves_of({"a": [{"b": [1, 2]}]})
    assert (first.path, second.shown_path) == ("/a[]/b[]", "/a[0]/b[1]")


def test_every_value_is_carried_or_lost() -> None:
    document = {"batteryMass": 5, "unknown": {"deep": [1, {"er": 2}]}, "nothing": None, "none": []}
    assert carry(document, RULES).values.keys() == {"battery_mass"}
    assert lost(document).keys() == {"/unknown/deep[0]", "/unknown/deep[1]/er"}


def test_a_field_that_is_stated_twice_is_named() -> None:
    document = {"batteryMass": 5, "batteryWeight": 6}
    assert carry(document, RULES).values["battery_mass"].value == 5
    assert "already states" in lost(document)["/batteryWeight"]
    assert lost({"batteryMass": 5, "batteryWeight": 5}) == {}


def test_paths_are_found_whatever_their_case() -> None:
    assert carry({"BatteryMass": 5}, RULES).values["battery_mass"].value == 5


def test_a_document_without_measure_is_refused() -> None:
    with pytest.raises(InvalidInput, match="holds more than"):
        carry({"batteryMaterials": [1] * (MOST_LEAVES + 1)}, RULES)


def test_losses_and_records_are_bounded() -> None:
    assert len(carry({f"k{number}": number for number in range(MOST_LOSSES * 3)}, RULES).lost) == MOST_LOSSES
    many = {"batteryMaterials": [{"batteryMaterialName": "x"}] * (MOST_RECORDS + 5)}
    assert len(carry(many, RULES).values["materials"].value) == MOST_RECORDS


def test_a_path_is_shown_in_signs_that_can_be_printed() -> None:
    (path,) = lost({"batteryMass": 5, "a\ud800\x07" + "b" * 500: 1})
    assert path.startswith("/a\N{REPLACEMENT CHARACTER}")
    assert len(path) <= 200
    path.encode()
