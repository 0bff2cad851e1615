"""Histories: health falls, fades grow, counters never go back, unless the battery was repaired."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from synchromesh.engine.passport_models.examination import Examination
from synchromesh.engine.passport_models.passport import Reading

FALLING = {
    "state_of_certified_energy": "",
    "remaining_capacity": "rated_capacity",
    "remaining_energy": "rated_energy",
    "remaining_power": "rated_maximum_power",
    "remaining_round_trip_efficiency": "",
}
RISING = ("capacity_fade", "power_fade", "round_trip_efficiency_fade", "resistance_increase")
COUNTERS = (
    "full_cycles",
    "energy_throughput",
    "capacity_throughput",
    "time_hot",
    "time_cold",
    "time_hot_charging",
    "time_cold_charging",
)
NOISE = 2.0  # percentage points between two measurements
SUDDEN = 15.0


def examine(examination: Examination) -> None:
    """Report the first step of each history that cannot be."""
    for key, rated_key in FALLING.items():
        whole = examination.number(rated_key) if rated_key else 100.0
        if whole is not None and whole > 0:
            _examine_falling(examination, key, whole)
    for key in RISING:
        _examine_rising(examination, key)
    for key in COUNTERS:
        for before, after in _steps(examination, key):
            if after.value < before.value:
                _report(examination, key, "counter_falls", before, after)
                break


def _steps(examination: Examination, key: str) -> Iterator[tuple[Reading, Reading]]:
    """Each two readings that follow each other, the present value last; none where the field is doubted."""
    stated = examination.stated(key)
    value = examination.number(key)
    if stated is None or value is None or not stated.history:
        return iter(())
    return pairwise((*stated.history, Reading(value=value, at=stated.at)))


def _days(examination: Examination, key: str) -> list[str]:
    return [row["day"].isoformat() for row in examination.rows(key) if "day" in row]


def _between(days: list[str], before: Reading, after: Reading) -> bool:
    return any(before.at[:10] <= day <= after.at[:10] for day in days)


def _examine_falling(examination: Examination, key: str, whole: float) -> None:
    for before, after in _steps(examination, key):
        change = (after.value - before.value) / whole * 100
        if change > NOISE and not _between(_days(examination, "repairs"), before, after):
            _report(examination, key, "health_rises", before, after)
            return
        if -change > SUDDEN and not _between(_days(examination, "negative_events"), before, after):
            _report(examination, key, "sudden_drop", before, after)
            return


def _examine_rising(examination: Examination, key: str) -> None:
    for before, after in _steps(examination, key):
        if before.value - after.value > NOISE and not _between(_days(examination, "repairs"), before, after):
            _report(examination, key, "fade_falls", before, after)
            return


def _report(examination: Examination, key: str, rule: str, before: Reading, after: Reading) -> None:
    values = {"before": before.value, "first": before.at, "after": after.value, "second": after.at}
    examination.report(key, rule, **values)
