"""Faults in what the use of a battery has left: histories, fades, counters, events."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from synchromesh.engine.passport_models.faulting import (
    Plant,
    history_change,
    plus,
    row_added,
    says,
    times,
    usable_number,
)
from synchromesh.engine.passport_models.passport import FieldValue, Passport


def _rises(readings: list[float], chance: random.Random) -> bool:
    """An earlier reading drops by a twelfth, so that the next one rises above it."""
    at = chance.randrange(0, len(readings))
    readings[at] = round(readings[at] * 0.92, 3)
    return True


def _counter_back(readings: list[float], chance: random.Random) -> bool:
    at = chance.randrange(0, len(readings))
    readings[at] = round(readings[at] * 1.5 + readings[-1] * 2 + 5, 1)
    return True


def _fade_back(readings: list[float], chance: random.Random) -> bool:
    at = chance.randrange(0, len(readings))
    readings[at] = round(readings[-1] + chance.uniform(12, 20), 2)
    return True


def _disorder(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
    stated = passport.values.get(key)
    if stated is None or len(stated.history) < 2:
        return None
    at = chance.randrange(0, len(stated.history) - 1)
    swapped = [*stated.history[:at], stated.history[at + 1], stated.history[at], *stated.history[at + 2 :]]
    return replace(stated, history=tuple(swapped))


def _in_future(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
    stated = passport.values.get(key)
    if stated is None or len(stated.at) < 10:
        return None
    return replace(
        stated, at=f"{int(stated.at[:4]) + chance.randint(2, 30)}{stated.at[4:]}".replace("-02-29", "-02-28")
    )


def _before_made(passport: Passport, chance: random.Random) -> dict[str, str] | None:
    made = passport.value_of("manufacturing_date")
    if not isinstance(made, str):
        return None
    return {"event": "Deep discharge", "day": f"{int(made[:4]) - 2}-06-15"}


def _charging_longer(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
    whole = usable_number(passport, "time_hot")
    if whole is None or key not in passport.values:
        return None
    return replace(passport.values[key], value=round(whole * chance.uniform(1.2, 3) + 1))


FAULTS: Mapping[str, tuple[str, Plant]] = {
    "status_unknown": ("battery_status", says("used", "second life", "new")),
    "health_rises": ("state_of_certified_energy", history_change(_rises)),
    "health_differs": ("state_of_certified_energy", plus(-25, -35)),
    "health_above_new": ("state_of_certified_energy", plus(25, 60)),
    "capacity_recovers": ("remaining_capacity", history_change(_rises)),
    "capacity_above_new": ("remaining_capacity", times(1.5, 10, 1000)),
    "capacity_fade_differs": ("capacity_fade", plus(20, 35)),
    "capacity_fade_recovers": ("capacity_fade", history_change(_fade_back)),
    "energy_above_new": ("remaining_energy", times(1.6, 10, 1000)),
    "power_above_new": ("remaining_power", times(1.5, 1000)),
    "power_fade_differs": ("power_fade", plus(18, 40)),
    "efficiency_fade_differs": ("round_trip_efficiency_fade", plus(12, 30)),
    "self_discharge_growth_differs": ("self_discharge_increase", plus(80, 200)),
    "cycles_go_back": ("full_cycles", history_change(_counter_back)),
    "cycles_slipped": ("full_cycles", times(10, 100)),
    "energy_throughput_in_watt_hours": ("energy_throughput", times(1000, 10, 0.1)),
    "energy_throughput_goes_back": ("energy_throughput", history_change(_counter_back)),
    "capacity_throughput_slipped": ("capacity_throughput", times(1000, 10, 0.1)),
    "charge_above_hundred": ("state_of_charge", plus(101, 400)),
    "charge_of_tomorrow": ("state_of_charge", _in_future),
    "readings_out_of_order": ("remaining_energy", _disorder),
    "heat_in_seconds": ("time_hot", times(6000)),
    "charging_longer_than_heat": ("time_hot_charging", _charging_longer),
    "event_before_made": ("negative_events", row_added(_before_made)),
}
