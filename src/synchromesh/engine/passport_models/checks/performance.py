"""Power, efficiency, lifetime and resistance of the new battery."""

from __future__ import annotations

from itertools import pairwise

from synchromesh.engine.passport_models.examination import Examination

SLACK = 1.05
SHORTEST_DISCHARGE = 1.5  # minutes in which no battery of these kinds empties itself
CYCLES_A_YEAR = (10.0, 1500.0)
_POINTS = (20.0, 80.0)


def examine(examination: Examination) -> None:
    """Report values of performance that contradict each other."""
    _examine_power(examination)
    _examine_power_points(examination)
    _examine_efficiency(examination)
    _examine_lifetime(examination)
    _examine_resistance(examination)


def _examine_power(examination: Examination) -> None:
    known = examination.numbers("rated_maximum_power", "rated_energy")
    if known is None:
        return
    power, energy = known
    if power / energy > 60 / SHORTEST_DISCHARGE:
        minutes = energy / power * 60
        examination.report("rated_maximum_power", "power_per_energy", value=power, energy=energy, minutes=minutes)
        return
    ratio = examination.number("power_energy_ratio")
    if ratio is not None and abs(ratio - power / energy) > 0.05 * power / energy + 0.006:
        stated = {"power": power, "energy": energy, "expected": power / energy, "value": ratio}
        examination.report("power_energy_ratio", "power_ratio", **stated)


def _examine_power_points(examination: Examination) -> None:
    rows = examination.rows("original_power_capability")
    if not rows:
        return
    rated = examination.number("rated_maximum_power")
    for place, row in enumerate(rows, start=1):
        if rated is not None and row.get("power", 0.0) > rated * SLACK:
            values = {"value": row["power"], "rated": rated}
            examination.report("original_power_capability", "power_exceeds_rated", place, **values)
    points = sorted((row["state_of_charge"], row["power"]) for row in rows if len(row) >= 2)
    for (low, at_low), (high, at_high) in pairwise(points):
        if at_high * SLACK < at_low:
            examination.report("original_power_capability", "power_falls", high=high, low=low)
            break
    if not set(_POINTS) <= {state for state, _ in points}:
        examination.report("original_power_capability", "power_points")


def _examine_efficiency(examination: Examination) -> None:
    known = examination.numbers("round_trip_efficiency", "round_trip_efficiency_half_life")
    if known is not None and known[1] > known[0]:
        values = {"value": known[1], "start": known[0]}
        examination.report("round_trip_efficiency_half_life", "efficiency_rises", **values)


def _examine_lifetime(examination: Examination) -> None:
    years = examination.number("expected_lifetime")
    cycles, warranty = examination.number("expected_cycles"), examination.number("warranty_period")
    if years is None:
        return
    if cycles is not None and not CYCLES_A_YEAR[0] <= cycles / years <= CYCLES_A_YEAR[1]:
        examination.report("expected_cycles", "cycles_lifetime", cycles=cycles, years=years, value=cycles / years)
    if warranty is not None and warranty > years * 12:
        examination.report("warranty_period", "warranty_lifetime", value=warranty, years=years)


def _examine_resistance(examination: Examination) -> None:
    """The cells of a row add up and those side by side share; cables and fuses add a little to the pack."""
    rows = examination.rows("internal_resistance")
    by_part = {row.get("component"): row.get("resistance", 0.0) for row in rows}
    if not rows:
        return
    for part in ("cell", "pack"):
        if part not in by_part:
            examination.report("internal_resistance", "resistance_part", value=part)
            return
    layout = examination.numbers("cells_in_series", "cells_in_parallel")
    if layout is None:
        return
    expected = by_part["cell"] * layout[0] / layout[1]
    if not expected * 0.5 <= by_part["pack"] <= expected * 4:
        values = {"cell": by_part["cell"], "expected": expected, "value": by_part["pack"]}
        examination.report("internal_resistance", "resistance_differs", series=layout[0], parallel=layout[1], **values)
