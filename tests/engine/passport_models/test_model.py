"""The field list is complete in itself."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from synchromesh.engine.passport_models.cas_numbers import has_check_digit
from synchromesh.engine.passport_models.chemistries import chemistries, substances
from synchromesh.engine.passport_models.model import (
    BatteryKind,
    Duty,
    Field,
    Tier,
    Update,
    ValueType,
    categories,
    fields,
)
from synchromesh.engine.passport_models.rules import rules


@pytest.mark.parametrize("field", fields().values(), ids=lambda field: field.key)
def test_a_field_says_what_it_is_who_gives_it_and_why(field: Field) -> None:
    assert field.title
    assert field.help.endswith(".")
    assert field.clause
    assert set(field.duties) == set(BatteryKind)
    assert field.seen_by
    assert bool(field.columns) == (field.type is ValueType.RECORDS)
    assert bool(field.allowed) == (field.type in (ValueType.CHOICE, ValueType.TEXTS))
    if field.least is not None and field.most is not None:
        assert field.least < field.most


def test_no_citation_counts_as_checked_before_a_person_has_done_it() -> None:
    assert not any(field.checked for field in fields().values())


def test_the_list_has_eight_categories_and_both_static_and_dynamic_fields() -> None:
    assert len(fields()) == 96
    assert len(categories()) == 8
    assert {field.update for field in fields().values()} == set(Update)


def test_only_vehicle_batteries_state_the_threshold_of_exhaustion() -> None:
    duties = fields()["capacity_threshold"].duties
    assert duties[BatteryKind.EV] is Duty.MANDATORY
    assert duties[BatteryKind.LMT] is Duty.NOT_APPLICABLE


def test_a_property_of_the_battery_pass_model_has_its_address() -> None:
    assert fields()["rated_capacity"].source_address.endswith("io.BatteryPass.Performance")
    assert fields()["serial_number"].source_address == ""


def test_a_test_report_is_for_authorities_only() -> None:
    assert fields()["test_report"].seen_by == {Tier.AUTHORITY}


@pytest.mark.parametrize("name", ["fields", "columns", "rules", "chemistries", "substances"])
def test_no_table_has_a_row_twice_or_a_cell_too_many(name: str) -> None:
    text = (files("synchromesh.engine.passport_models") / f"{name}.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))
    assert {len(row) for row in rows} == {len(rows[0])}
    named = [tuple(row[:2]) if name == "columns" else row[0] for row in rows]
    assert len(named) == len(set(named))


def test_every_sentence_of_a_rule_ends_as_one() -> None:
    for rule in rules().values():
        assert rule.message.endswith("."), rule.code
        assert rule.remedy.endswith((".", "'.")), rule.code


def test_the_cas_numbers_of_the_list_have_right_check_digits() -> None:
    assert [cas for cas in substances() if not has_check_digit(cas)] == []


def test_every_chemistry_that_can_be_chosen_is_known() -> None:
    assert set(fields()["battery_chemistry"].allowed) == set(chemistries())
