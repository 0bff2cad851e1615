"""What the checks find, and that each rule can be broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.engine.passport_models.passport_samples import TODAY, clean, findings, said, stating, used

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.faults import FAULTS, plant_fault
from synchromesh.engine.passport_models.model import BatteryKind, Duty, fields
from synchromesh.engine.passport_models.passport import FieldValue, Passport, Reading, Severity, is_valid
from synchromesh.engine.passport_models.rules import rules

Change = Callable[[Passport], Passport]


def _stating(key: str, value: Any) -> Change:
    return lambda passport: stating(passport, key, value)


def _rows(key: str, change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> Change:
    return lambda passport: stating(passport, key, change([dict(row) for row in passport.value_of(key)]))


def _first(**columns: Any) -> Callable[[list[dict[str, Any]]], list[dict[str, Any]]]:
    return lambda rows: [{**rows[0], **columns}, *rows[1:]]


def _times(key: str, factor: float) -> Change:
    return lambda passport: stating(passport, key, passport.value_of(key) * factor)


def _sudden(passport: Passport) -> Passport:
    """Readings far above the last one: too steep a fall for a battery to which nothing happened."""
    stated = passport.values["remaining_energy"]
    high = passport.value_of("rated_energy") * 1.1
    history = tuple(replace(reading, value=high) for reading in stated.history)
    return stating(passport, "negative_events", []).with_value("remaining_energy", replace(stated, history=history))


def _bad_reading(passport: Passport) -> Passport:
    stated = passport.values["full_cycles"]
    return passport.with_value("full_cycles", replace(stated, history=(Reading(value="many", at="2025-01-01"),)))


def _scaled_footprint(passport: Passport) -> Passport:
    for key in ("carbon_footprint", "absolute_footprint"):
        passport = _times(key, 8)(passport)
    rows = [{**row, "footprint": row["footprint"] * 8} for row in passport.value_of("footprint_stages")]
    return stating(stating(passport, "footprint_stages", rows), "footprint_class", "E")


def _series_wrong(passport: Passport) -> Passport:
    return stating(passport, "cells_in_series", passport.value_of("cells_in_series") * 2)


BROKEN: dict[str, tuple[str, Change]] = {
    "bad_history": ("full_cycles", _bad_reading),
    "bad_identifier": ("passport_identifier", _stating("passport_identifier", "passport 12")),
    "cadmium_too_high": ("cadmium_share", _stating("cadmium_share", 3.0)),
    "column_missing": ("spare_part_sources", _rows("spare_part_sources", _first(part_number=None))),
    "column_unknown": ("labels", _rows("labels", _first(colour="black"))),
    "critical_unexpected": (
        "critical_raw_materials",
        lambda passport: stating(
            passport, "critical_raw_materials", [*passport.value_of("critical_raw_materials"), "antimony"]
        ),
    ),
    "cycles_lifetime": (
        "expected_cycles",
        lambda passport: stating(stating(passport, "expected_cycles", 100), "expected_lifetime", 18),
    ),
    "cycles_per_day": ("full_cycles", _stating("full_cycles", 45_000)),
    "placeholder": ("model_name", _stating("model_name", "TBD")),
    "stray_blank": ("model_name", _stating("model_name", "Nord 5 ")),
    "time_exceeds_age": ("time_hot", _stating("time_hot", 39_000_000)),
    "wrong_type": ("rated_capacity", _stating("rated_capacity", True)),
    "electrolyte_missing": (
        "hazardous_substances",
        _rows("hazardous_substances", lambda rows: [row for row in rows if row["component"] != "electrolyte"]),
    ),
    "footprint_per_energy": ("absolute_footprint", _scaled_footprint),
    "lead_too_high": ("lead_share", _stating("lead_share", 5.0)),
    "power_points": (
        "original_power_capability",
        _rows("original_power_capability", lambda rows: [row for row in rows if row["state_of_charge"] != 80]),
    ),
    "previous_unexpected": ("previous_passport", _stating("previous_passport", "urn:example:older")),
    "recycled_below": ("recycled_content", _rows("recycled_content", _first(pre_consumer=0, post_consumer=1.0))),
    "resistance_part": ("internal_resistance", _rows("internal_resistance", lambda rows: rows[:1])),
    "series_voltage": ("cells_in_series", _series_wrong),
    "service_missing": ("service_date", lambda passport: passport.without("service_date")),
    "shares_exceed": (
        "hazardous_substances",
        _rows("hazardous_substances", lambda rows: [{**row, "concentration": 45.0} for row in rows]),
    ),
    "sudden_drop": ("remaining_energy", _sudden),
    "too_long": ("model_name", _stating("model_name", "M" * 2001)),
    "unknown_field": ("colour", lambda passport: passport.with_value("colour", FieldValue(value="red"))),
    "voltage_limit": ("maximum_voltage", _times("maximum_voltage", 1.4)),
    "warranty_lifetime": ("warranty_period", _stating("warranty_period", 400)),
}


@pytest.mark.parametrize("rule", sorted(BROKEN))
def test_a_broken_rule_is_found_at_its_field(rule: str) -> None:
    field, change = BROKEN[rule]
    assert (field, rule) not in said(used())
    assert (field, rule) in said(change(used()))


def test_every_rule_can_be_broken() -> None:
    found = set(BROKEN)
    for fault in FAULTS:
        for seed, kind in enumerate([*BatteryKind] * 2):
            try:
                found |= {finding.rule for finding in findings(plant_fault(clean(seed, kind), seed, fault=fault)[0])}
            except InvalidInput:
                continue
    assert sorted(set(rules()) - found) == []


@pytest.mark.parametrize("kind", list(BatteryKind))
def test_each_field_that_must_be_given_is_missed(kind: BatteryKind) -> None:
    passport = used(kind, "LFP")
    for key, field in fields().items():
        if field.duties[kind] in (Duty.MANDATORY, Duty.IN_USE):
            rule = "missing" if field.duties[kind] is Duty.MANDATORY else "missing_in_use"
            assert (key, rule) in said(passport.without(key)), key


def test_values_of_use_are_not_due_before_the_first_use() -> None:
    new = next(clean(seed) for seed in range(50) if "service_date" not in clean(seed).values)
    assert "full_cycles" not in new.values
    assert findings(new) == ()


def test_a_finding_cites_its_clause_as_not_checked_and_gives_the_values() -> None:
    passport = stating(used(), "rated_energy", 9000.0)
    (found,) = [found for found in findings(passport) if found.field == "rated_energy"]
    assert found.severity is Severity.ERROR
    assert found.clause == "Annex VII, Part A"
    assert not found.clause_checked
    assert "9000 kWh" in found.message
    assert found.remedy
    assert not is_valid((found,))


def test_a_trailing_blank_after_a_cas_number_is_explained() -> None:
    rows = [dict(row) for row in used().value_of("materials")]
    rows[0]["cas"] += " "
    (found,) = findings(stating(used(), "materials", rows))
    assert found.rule == "cas_blank"
    assert found.row == 1
    assert f"'{rows[0]['cas']}'" in found.message
    assert "blank" in found.remedy


def test_a_repair_explains_a_state_of_health_that_rises() -> None:
    stated = used().values["remaining_energy"]
    lower = tuple(replace(reading, value=reading.value * 0.9) for reading in stated.history)
    risen = used().with_value("remaining_energy", replace(stated, history=lower))
    assert ("remaining_energy", "health_rises") in said(risen)
    repaired = risen.with_value("repairs", FieldValue(value=[{"work": "Module replaced", "day": stated.at}]))
    assert ("remaining_energy", "health_rises") not in said(repaired)


def test_findings_come_in_the_order_of_the_field_list() -> None:
    passport = used().without("rated_capacity", "serial_number", "labels")
    keys = [found.field for found in findings(passport)]
    order = list(fields())
    assert keys == sorted(keys, key=order.index)


def test_an_empty_passport_lacks_what_is_mandatory_and_nothing_else() -> None:
    found = findings(Passport(kind=BatteryKind.LMT))
    assert {finding.rule for finding in found} == {"missing"}
    due = [key for key, field in fields().items() if field.duties[BatteryKind.LMT] is Duty.MANDATORY]
    assert [finding.field for finding in found] == due


@pytest.mark.parametrize("value", [True, "12", "12,5", [], {}, float("nan"), float("inf"), 10**400, None, "x\ud800"])
def test_a_number_of_another_kind_is_named_not_raised(value: object) -> None:
    assert any(found.field == "rated_capacity" for found in findings(stating(used(), "rated_capacity", value)))


def test_a_unit_in_another_spelling_is_the_same_unit() -> None:
    stated = used().values["idle_temperature_minimum"]
    assert not said(used().with_value("idle_temperature_minimum", replace(stated, unit="\N{DEGREE SIGN} C")))


def test_today_is_the_day_of_the_caller() -> None:
    assert TODAY.isoformat() in next(
        found.message for found in findings(stating(used(), "manufacturing_date", "2031-01-01"))
    )
