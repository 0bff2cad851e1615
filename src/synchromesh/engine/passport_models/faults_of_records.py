"""Faults in the records of a passport: stages, materials, substances, shares, documents."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from synchromesh.engine.passport_models.cas_numbers import check_digit
from synchromesh.engine.passport_models.checks.materials import ELECTRODES
from synchromesh.engine.passport_models.chemistries import chemistries, elements_of
from synchromesh.engine.passport_models.faulting import Plant, row_added, row_change, row_gone
from synchromesh.engine.passport_models.passport import FieldValue, Passport

Row = dict[str, Any]


def _cas_blank(row: Row, chance: random.Random) -> Row | None:
    return {**row, "cas": chance.choice(["{} ", " {}"]).format(row["cas"])} if row.get("cas") else None


def _cas_digit(row: Row, chance: random.Random) -> Row | None:
    cas = row.get("cas", "")
    return {**row, "cas": f"{cas[:-1]}{(int(check_digit(cas)) + chance.randint(1, 9)) % 10}"} if cas else None


def _cas_form(row: Row, chance: random.Random) -> Row | None:
    return {**row, "cas": row["cas"].replace("-", chance.choice(["", "/", "–"]))} if row.get("cas") else None


def _cas_of_other(row: Row, chance: random.Random) -> Row | None:
    return {**row, "cas": "7732-18-5"} if row.get("cas") else None


def _heavier(row: Row, chance: random.Random) -> Row | None:
    return {**row, "mass": round(row["mass"] * 1000, 3)} if row.get("mass") else None


def _negative(column: str) -> Plant:
    def change(row: Row, chance: random.Random) -> Row | None:
        value = row.get(column)
        return {**row, column: -value} if isinstance(value, int | float) and value > 0 else None

    return row_change(change)


def _unflagged(row: Row, chance: random.Random) -> Row | None:
    return {**row, "critical": False} if row.get("critical") is True else None


def _stage_slipped(row: Row, chance: random.Random) -> Row | None:
    large = isinstance(row.get("footprint"), float) and row.get("stage") in ("raw_materials", "production")
    return {**row, "footprint": round(row["footprint"] * chance.choice([2, 0.1, 3]), 6)} if large else None


def _stage_negative(row: Row, chance: random.Random) -> Row | None:
    return {**row, "footprint": -row["footprint"]} if row.get("stage") in ("raw_materials", "production") else None


def _share_slipped(row: Row, chance: random.Random) -> Row | None:
    value = row.get("concentration", 0)
    return {**row, "concentration": round(value * 10, 3)} if 0.5 < value < 9.9 else None


def _share_impossible(row: Row, chance: random.Random) -> Row | None:
    return {**row, "concentration": float(chance.randint(101, 400))} if "concentration" in row else None


def _foreign_electrode(passport: Passport, chance: random.Random) -> Row | None:
    stated, mass = chemistries().get(str(passport.value_of("battery_chemistry"))), passport.value_of("battery_mass")
    if stated is None or not isinstance(mass, float):
        return None
    named = {"Co": ("Cobalt", "7440-48-4"), "Pb": ("Lead", "7439-92-1"), "Fe": ("Iron", "7439-89-6")}
    element = chance.choice([element for element in stated.never if element in named] or [""])
    if not element:
        return None
    name, cas = named[element]
    return {"name": name, "cas": cas, "component": "cathode", "mass": round(mass * 0.0005, 4), "critical": True}


def _recycled_impossible(row: Row, chance: random.Random) -> Row | None:
    return {**row, "pre_consumer": 60.5, "post_consumer": float(chance.randint(45, 90))}


def _recycled_foreign(passport: Passport, chance: random.Random) -> Row | None:
    stated = chemistries().get(str(passport.value_of("battery_chemistry")))
    others = [name for name in ("lead", "cobalt") if stated is not None and name not in stated.recycled]
    return {"material": chance.choice(others), "pre_consumer": 5.0, "post_consumer": 91.0} if others else None


def _power_exceeds(row: Row, chance: random.Random) -> Row | None:
    return {**row, "power": round(row["power"] * 1000, 2)} if row.get("power") else None


def _resistance_milli(row: Row, chance: random.Random) -> Row | None:
    return {**row, "resistance": round(row["resistance"] * 1000, 4)} if row.get("component") == "pack" else None


def _unknown_part(row: Row, chance: random.Random) -> Row | None:
    return {**row, "component": chance.choice(["Kathode", "somewhere", "Anode"])} if "component" in row else None


def _no_media(row: Row, chance: random.Random) -> Row | None:
    return {**row, "document": chance.choice(["see manual", "manual.pdf", "www.example.org"])}


def _first_again(key: str) -> Plant:
    def make(passport: Passport, chance: random.Random) -> Row | None:
        rows = passport.value_of(key)
        return dict(rows[0]) if isinstance(rows, list) and rows else None

    return row_added(make)


def _needed_gone(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
    """Without the only electrode material that holds an element which the chemistry needs."""
    rows, stated = passport.value_of(key), chemistries().get(str(passport.value_of("battery_chemistry")))
    if not isinstance(rows, list) or stated is None:
        return None
    held = [
        elements_of(row["cas"], row["name"]) if row["component"] in ELECTRODES else frozenset[str]() for row in rows
    ]
    only = [
        place
        for place, elements in enumerate(held)
        if any(element in elements and sum(element in other for other in held) == 1 for element in stated.needs)
    ]
    if not only:
        return None
    gone = chance.choice(only)
    return replace(passport.values[key], value=[row for place, row in enumerate(rows) if place != gone])


FAULTS: Mapping[str, tuple[str, Plant]] = {
    "label_left_out": ("labels", row_gone(lambda row: row.get("subject") == "separate_collection")),
    "stage_left_out": ("footprint_stages", row_gone(lambda row: True)),
    "stage_slipped": ("footprint_stages", row_change(_stage_slipped)),
    "stage_negative": ("footprint_stages", row_change(_stage_negative)),
    "stage_twice": ("footprint_stages", _first_again("footprint_stages")),
    "material_cas_blank": ("materials", row_change(_cas_blank)),
    "material_cas_digit": ("materials", row_change(_cas_digit)),
    "material_cas_of_other": ("materials", row_change(_cas_of_other)),
    "material_in_grams": ("materials", row_change(_heavier)),
    "material_negative": ("materials", _negative("mass")),
    "material_not_marked_critical": ("materials", row_change(_unflagged)),
    "material_of_other_chemistry": ("materials", row_added(_foreign_electrode)),
    "material_left_out": ("materials", _needed_gone),
    "material_in_unknown_part": ("materials", row_change(_unknown_part)),
    "substance_cas_blank": ("hazardous_substances", row_change(_cas_blank)),
    "substance_cas_form": ("hazardous_substances", row_change(_cas_form)),
    "substance_share_slipped": ("hazardous_substances", row_change(_share_slipped)),
    "substance_share_impossible": ("hazardous_substances", row_change(_share_impossible)),
    "recycled_above_hundred": ("recycled_content", row_change(_recycled_impossible)),
    "recycled_material_left_out": ("recycled_content", row_gone(lambda row: True)),
    "recycled_of_other_chemistry": ("recycled_content", row_added(_recycled_foreign)),
    "recycled_negative": ("recycled_content", _negative("pre_consumer")),
    "dismantling_step_left_out": ("dismantling_documents", row_gone(lambda row: True)),
    "document_without_address": ("dismantling_documents", row_change(_no_media)),
    "spare_part_twice": ("spare_part_sources", _first_again("spare_part_sources")),
    "power_point_in_watts": ("original_power_capability", row_change(_power_exceeds)),
    "resistance_in_milliohm": ("internal_resistance", row_change(_resistance_milli)),
}
