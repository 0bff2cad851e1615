"""How an invented battery ages: readings every few months, with a little noise of measurement."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from synchromesh.engine.passport_models.model import BatteryKind, fields
from synchromesh.engine.passport_models.passport import FieldValue, Reading

_EVENTS = ("Deep discharge", "Hit from below, checked", "Overheated while charging", "Flooded, dried and checked")
_MOST_READINGS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Battery:
    """The rated values of the new battery, in the units of the field list."""

    kind: BatteryKind
    energy: float
    capacity: float
    power: float
    efficiency: float
    self_discharge: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """First day of use, day of the last reading, how hard the battery works, and what has become of it."""

    begun: date
    last: date
    cycles_a_year: float
    status: str


def use_values(chance: random.Random, battery: Battery, use: Use) -> dict[str, FieldValue]:
    """The dynamic values of a battery in use, with their histories."""
    age = (use.last - use.begun).days
    count = max(2, min(_MOST_READINGS, age // 90))
    days = [use.begun + timedelta(round(age * place / count)) for place in range(1, count + 1)]
    years = [(day - use.begun).days / 365 for day in days]
    slow, root = chance.uniform(0.5, 1.6), chance.uniform(0.6, 2.2)
    fades = [round(slow * year + root * math.sqrt(year), 2) for year in years]
    series = _series(chance, battery, use, years, fades)
    found = {key: _stated(key, days, readings) for key, readings in series.items()}
    for key, value in _times(chance, age).items():
        found[key] = _stated(key, days[-1:], [value])
    found.update(_events(chance, use, days[-1]))
    return found


def _stated(key: str, days: Sequence[date], readings: Sequence[float]) -> FieldValue:
    history = tuple(
        Reading(value=value, at=day.isoformat()) for day, value in zip(days[:-1], readings[:-1], strict=True)
    )
    return FieldValue(value=readings[-1], unit=fields()[key].unit, at=days[-1].isoformat(), history=history)


def _series(
    chance: random.Random, battery: Battery, use: Use, years: Sequence[float], fades: Sequence[float]
) -> dict[str, list[float]]:
    weaker, duller, stiffer = chance.uniform(0.5, 0.9), chance.uniform(0.1, 0.2), chance.uniform(1.5, 2.5)
    cycles = [round(use.cycles_a_year * year, 1) for year in years]
    kept = [1 - fade / 100 for fade in fades]
    given = [1 - fade / 200 for fade in fades]  # mean over the life so far
    series = {
        "remaining_capacity": [round(battery.capacity * part, 2) for part in kept],
        "capacity_fade": list(fades),
        "remaining_energy": [round(battery.energy * part, 3) for part in kept],
        "remaining_power": [round(battery.power * (1 - fade * weaker / 100), 3) for fade in fades],
        "power_fade": [round(fade * weaker, 2) for fade in fades],
        "remaining_round_trip_efficiency": [round(battery.efficiency * (1 - fade * duller / 100), 2) for fade in fades],
        "round_trip_efficiency_fade": [round(fade * duller, 2) for fade in fades],
        "resistance_increase": [round(fade * stiffer, 1) for fade in fades],
        "full_cycles": cycles,
        "energy_throughput": [
            round(count * battery.energy * part, 1) for count, part in zip(cycles, given, strict=True)
        ],
        "capacity_throughput": [
            round(count * battery.capacity * part, 1) for count, part in zip(cycles, given, strict=True)
        ],
        "state_of_charge": [float(chance.randint(10, 100)) for _ in years],
    }
    if battery.kind is BatteryKind.EV:
        series["state_of_certified_energy"] = [
            round(min(100.0, part * 100 + chance.uniform(-0.4, 0.4)), 1) for part in kept
        ]
    before = battery.self_discharge or 2.0
    growth = chance.uniform(2, 6)
    series["self_discharge_rate"] = [round(before * (1 + fade * growth / 100), 3) for fade in fades]
    if battery.self_discharge:
        series["self_discharge_increase"] = [round(fade * growth, 1) for fade in fades]
    return series


def _times(chance: random.Random, age: int) -> dict[str, float]:
    hot, cold = round(age * chance.uniform(0.5, 15)), round(age * chance.uniform(0.5, 20))
    return {
        "time_hot": float(hot),
        "time_cold": float(cold),
        "time_hot_charging": float(round(hot * chance.uniform(0, 0.4))),
        "time_cold_charging": float(round(cold * chance.uniform(0, 0.4))),
    }


def _events(chance: random.Random, use: Use, last: date) -> dict[str, FieldValue]:
    count = chance.choice((0, 0, 1, 1, 2))
    age = (last - use.begun).days
    days = sorted(use.begun + timedelta(chance.randint(1, age)) for _ in range(count))
    rows = [{"event": chance.choice(_EVENTS), "day": day.isoformat()} for day in days]
    return {
        "negative_events": FieldValue(value=rows, at=last.isoformat()),
        "battery_status": FieldValue(value=use.status, at=last.isoformat()),
    }
