"""Faults that are planted into a clean passport, for exercises and to measure the checks.

A fault changes one field so that a rule is broken that a careful reader can find. Each kind is a function that takes a
passport and a source of chance and gives the field as it is after the fault, or None where the passport does not lend
itself to it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models import faults_of_records, faults_of_use, faults_of_values
from synchromesh.engine.passport_models.faulting import REMOVED, Plant
from synchromesh.engine.passport_models.model import fields
from synchromesh.engine.passport_models.passport import Passport

FAULTS: Mapping[str, tuple[str, Plant]] = MappingProxyType(
    {**faults_of_values.FAULTS, **faults_of_records.FAULTS, **faults_of_use.FAULTS}
)
"""The field and the function of each kind of fault; an empty field means one by chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedFault:
    """Which field was changed, and how."""

    field: str
    fault: str


def plant_fault(passport: Passport, seed: int, *, fault: str = "") -> tuple[Passport, PlantedFault]:
    """The passport with one fault planted; the kind by chance, or the one that is named.

    The same passport and seed give the same fault. Raises InvalidInput for an unknown kind, or where no fault of this
    kind fits into the passport.
    """
    planted, faults = plant_faults(passport, seed, count=1, only=fault)
    if not faults:
        raise InvalidInput(f"No fault {fault!r} can be planted into this passport.", field="fault")
    return planted, faults[0]


def plant_faults(
    passport: Passport, seed: int, *, count: int, only: str = ""
) -> tuple[Passport, tuple[PlantedFault, ...]]:
    """The passport with up to `count` faults of different kinds at different fields, and what they are.

    Fields that a rule compares with each other share a fault at most, so that each fault stays one that can be named.
    """
    if only and only not in FAULTS:
        raise InvalidInput(f"There is no fault '{only[:80]}'.", field="fault")
    chance = random.Random(f"fault {seed}")  # noqa: S311 (a choice that can be repeated, not a secret)
    names = [only] if only else chance.sample(sorted(FAULTS), len(FAULTS))
    planted: list[PlantedFault] = []
    touched: set[str] = set()
    for name in names:
        if len(planted) == count:
            break
        field, plant = FAULTS[name]
        key = field or chance.choice([key for key in sorted(passport.values) if key in fields()] or [""])
        if key in touched or (key not in passport.values and not field):
            continue
        changed = plant(passport, key, chance)
        if changed is None:
            continue
        passport = passport.without(key) if changed is REMOVED else passport.with_value(key, changed)
        touched |= related_fields(key)
        planted.append(PlantedFault(field=key, fault=name))
    return passport, tuple(planted)


_GROUPS = (
    {"passport_identifier", "product_identifier", "serial_number", "battery_status", "previous_passport"},
    {"manufacturing_date", "market_date", "service_date", "declaration_date", "negative_events", "repairs"},
    {"carbon_footprint", "footprint_stages", "footprint_class", "absolute_footprint", "expected_cycles"},
    {"battery_chemistry", "chemistry_name", "materials", "hazardous_substances", "critical_raw_materials"},
    {"battery_chemistry", "recycled_content"},
    {"battery_chemistry", "nominal_voltage", "minimum_voltage", "maximum_voltage", "cells_in_series", "cell_count"},
    {"cells_in_series", "cells_in_parallel", "cell_count", "internal_resistance"},
    {"rated_capacity", "nominal_voltage", "rated_energy", "battery_mass", "materials", "hazardous_substances"},
    {"rated_maximum_power", "rated_energy", "power_energy_ratio", "original_power_capability", "remaining_power"},
    {"expected_lifetime", "expected_cycles", "warranty_period"},
    {"remaining_capacity", "capacity_fade", "remaining_energy", "state_of_certified_energy", "rated_capacity"},
    {"remaining_power", "power_fade"},
    {"round_trip_efficiency", "round_trip_efficiency_half_life"},
    {"round_trip_efficiency", "remaining_round_trip_efficiency", "round_trip_efficiency_fade"},
    {"initial_self_discharge", "self_discharge_rate", "self_discharge_increase"},
    {"full_cycles", "energy_throughput", "capacity_throughput", "service_date"},
    {"time_hot", "time_hot_charging"},
    {"time_cold", "time_cold_charging"},
    {"declaration_of_conformity", "test_report"},
    {"due_diligence_report", "third_party_assurance"},
    {"labels", "cadmium_share", "lead_share"},
)


def related_fields(key: str) -> set[str]:
    """The field itself and those that a rule compares it with."""
    found = {key}
    for group in _GROUPS:
        if key in group:
            found |= group
    return found
