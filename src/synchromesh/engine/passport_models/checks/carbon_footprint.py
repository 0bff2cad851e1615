"""Does the footprint add up, and does its class fit?"""

from __future__ import annotations

from synchromesh.engine.passport_models.examination import Examination

STAGES = ("raw_materials", "production", "distribution", "end_of_life")
# Upper bounds in kg CO2e/kWh. Ours, for practice: a delegated act will set the real ones (Article 7(2)).
PRACTICE_BOUNDS = (("A", 0.03), ("B", 0.05), ("C", 0.07), ("D", 0.1))
LAST_CLASS = "E"
MEAN_CAPACITY = 0.9  # of the rated energy, over a life that ends at about four fifths
TOLERANCE = 0.02
ROUNDING = 0.0002  # kg CO2e/kWh
LIFE_TOLERANCE = 0.2
FAR = 5.0  # so many times off, a believable absolute footprint points to the cycles
_PER_ENERGY = (20.0, 300.0)


def footprint_class(footprint: float) -> str:
    """The class for practice of a footprint in kg CO2e for each kilowatt-hour given over the life."""
    return next((name for name, bound in PRACTICE_BOUNDS if footprint <= bound), LAST_CLASS)


def energy_over_life(rated_energy: float, cycles: float) -> float:
    """Kilowatt-hours that a battery gives over its expected cycles, with the mean of its fading capacity."""
    return rated_energy * cycles * MEAN_CAPACITY


def examine(examination: Examination) -> None:
    """Report stages that are missing or do not add up, a wrong class, and an absolute value that does not fit."""
    _examine_stages(examination)
    _examine_sum(examination)
    _examine_absolute(examination)
    footprint, stated = examination.number("carbon_footprint"), examination.text("footprint_class")
    if footprint is not None and stated and stated != footprint_class(footprint):
        expected = footprint_class(footprint)
        examination.report("footprint_class", "footprint_class", value=footprint, expected=expected, given=stated)


def _examine_stages(examination: Examination) -> None:
    rows = examination.rows("footprint_stages")
    if not rows:
        return
    given = {row.get("stage"): row.get("footprint", 0.0) for row in rows}
    for stage in STAGES:
        if stage not in given:
            examination.report("footprint_stages", "stage_missing", value=stage)
        elif given[stage] < 0 and stage != "end_of_life":
            examination.report("footprint_stages", "stage_negative", value=stage, number=given[stage])


def _life_footprint(examination: Examination) -> float | None:
    """The footprint that the absolute value and the energy over the life lead to."""
    known = examination.numbers("absolute_footprint", "rated_energy", "expected_cycles")
    return known[0] / energy_over_life(known[1], known[2]) if known is not None else None


def _is_near(first: float, second: float, tolerance: float) -> bool:
    return abs(first - second) <= tolerance * max(abs(first), abs(second))


def _examine_sum(examination: Examination) -> None:
    """Of sum and total, the one that the absolute footprint or else the class speaks against is wrong."""
    rows, footprint = examination.rows("footprint_stages"), examination.number("carbon_footprint")
    if not rows or footprint is None:
        return
    total = sum(row.get("footprint", 0.0) for row in rows)
    if _is_near(total, footprint, TOLERANCE) or abs(total - footprint) < ROUNDING:
        return
    third, stated = _life_footprint(examination), examination.text("footprint_class")
    if third is not None:
        total_is_wrong = abs(third - footprint) > abs(third - total)
    else:
        total_is_wrong = footprint_class(total) == stated != footprint_class(footprint)
    key = "carbon_footprint" if total_is_wrong else "footprint_stages"
    examination.report(key, "footprint_differs", sum=total, value=footprint)


def _examine_absolute(examination: Examination) -> None:
    """The footprint of the battery, against that of a kilowatt-hour over the energy of its life."""
    known = examination.numbers("absolute_footprint", "rated_energy", "expected_cycles")
    footprint, by_life = examination.number("carbon_footprint"), _life_footprint(examination)
    if known is None or by_life is None:
        return
    believable = _PER_ENERGY[0] <= known[0] / known[1] <= _PER_ENERGY[1]
    if footprint is not None and not _is_near(footprint, by_life, LIFE_TOLERANCE):
        energy = energy_over_life(known[1], known[2])
        values = {"value": known[0], "footprint": footprint, "energy": energy, "cycles": known[2]}
        far = not footprint / FAR <= by_life <= footprint * FAR
        if believable and far:
            examination.report("expected_cycles", "cycles_footprint", **values)
        else:
            examination.report("absolute_footprint", "absolute_differs", **values)
    elif not believable:
        examination.report("absolute_footprint", "footprint_per_energy", value=known[0] / known[1])
