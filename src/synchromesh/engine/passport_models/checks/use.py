"""What the use has done to the battery: remaining values, fades and counters."""

from __future__ import annotations

from synchromesh.engine.passport_models.examination import Examination

SLACK = 1.05
FADE_TOLERANCE = 4.0  # percentage points
HEALTH_TOLERANCE = 6.0
GROWTH_TOLERANCE = 0.15
THROUGHPUT = (0.5, 1.3)  # around cycles times rated value; old batteries give less in a cycle
MOST_CYCLES_A_DAY = 8.0
_REMAINING = (
    ("remaining_capacity", "rated_capacity", "Ah"),
    ("remaining_energy", "rated_energy", "kWh"),
    ("remaining_power", "rated_maximum_power", "kW"),
)
_FADES = (
    ("capacity_fade", "remaining_capacity", "rated_capacity"),
    ("power_fade", "remaining_power", "rated_maximum_power"),
    ("round_trip_efficiency_fade", "remaining_round_trip_efficiency", "round_trip_efficiency"),
)
_TIMES = (("time_hot_charging", "time_hot"), ("time_cold_charging", "time_cold"))


def examine(examination: Examination) -> None:
    """Report values of use that contradict the new battery, each other or the calendar."""
    for key, rated_key, unit in _REMAINING:
        value, rated = examination.number(key), examination.number(rated_key)
        if value is not None and rated is not None and value > rated * SLACK:
            examination.report(key, "above_rated", value=value, unit=unit, rated=rated)
    _examine_health(examination)
    for fade, remaining, rated_key in _FADES:
        _examine_fade(examination, fade, remaining, rated_key)
    _examine_self_discharge(examination)
    _examine_service(examination)
    _examine_throughput(examination)
    _examine_times(examination)


def _health(examination: Examination) -> float | None:
    """The state of certified energy, or what the remaining energy makes of it."""
    stated = examination.number("state_of_certified_energy")
    known = examination.numbers("remaining_energy", "rated_energy")
    if stated is not None:
        return stated
    return known[0] / known[1] * 100 if known is not None else None


def _examine_health(examination: Examination) -> None:
    """Certified energy against remaining energy; the loss of capacity says which of them is wrong."""
    stated = examination.number("state_of_certified_energy")
    known = examination.numbers("remaining_energy", "rated_energy")
    if stated is None or known is None:
        return
    expected = known[0] / known[1] * 100
    if abs(stated - expected) <= FADE_TOLERANCE:
        return
    fade = examination.number("capacity_fade")
    energy_is_wrong = fade is not None and abs(100 - fade - stated) < abs(100 - fade - expected)
    key = "remaining_energy" if energy_is_wrong else "state_of_certified_energy"
    examination.report(key, "health_differs", value=stated, remaining=known[0], rated=known[1], expected=expected)


def _examine_fade(examination: Examination, fade_key: str, remaining_key: str, rated_key: str) -> None:
    known = examination.numbers(fade_key, remaining_key, rated_key)
    if known is None:
        return
    fade, remaining, rated = known
    expected = (1 - remaining / rated) * 100
    if abs(fade - expected) <= FADE_TOLERANCE:
        return
    health = _health(examination) if fade_key == "capacity_fade" else None
    remaining_is_wrong = health is not None and abs(100 - fade - health) < abs(100 - expected - health)
    key = remaining_key if remaining_is_wrong else fade_key
    examination.report(key, "fade_differs", remaining=remaining, rated=rated, expected=expected)


def _examine_self_discharge(examination: Examination) -> None:
    known = examination.numbers("initial_self_discharge", "self_discharge_rate", "self_discharge_increase")
    if known is None or known[0] <= 0:
        return
    before, after, stated = known
    expected = (after / before - 1) * 100
    if abs(stated - expected) > GROWTH_TOLERANCE * max(abs(stated), abs(expected)) + 5:
        values = {"before": before, "after": after, "expected": expected, "value": stated}
        examination.report("self_discharge_increase", "self_discharge_differs", **values)


def _examine_service(examination: Examination) -> None:
    cycles, begun = examination.number("full_cycles"), examination.day("service_date")
    if cycles is None:
        return
    if examination.stated("service_date") is None and cycles > 1:
        examination.report("service_date", "service_missing", value=cycles)
    elif begun is not None:
        days = max((examination.today - begun).days, 1)
        if cycles > MOST_CYCLES_A_DAY * days:
            examination.report("full_cycles", "cycles_per_day", value=cycles, days=days)


def _fits(throughput: float | None, cycles: float, rated: float | None) -> bool | None:
    if throughput is None or rated is None:
        return None
    expected = cycles * rated
    return THROUGHPUT[0] * expected - rated <= throughput <= THROUGHPUT[1] * expected + rated


def _examine_throughput(examination: Examination) -> None:
    """Energy and capacity that went through, against the cycles; if neither fits, the cycles are wrong."""
    cycles = examination.number("full_cycles")
    if cycles is None:
        return
    energy, rated_energy = examination.number("energy_throughput"), examination.number("rated_energy")
    capacity, rated_capacity = examination.number("capacity_throughput"), examination.number("rated_capacity")
    by_energy, by_capacity = _fits(energy, cycles, rated_energy), _fits(capacity, cycles, rated_capacity)
    if by_energy is False and by_capacity is False:
        examination.report("full_cycles", "cycles_throughput", value=cycles)
    elif by_energy is False:
        values = {"value": energy, "unit": "kWh", "cycles": cycles, "rated": rated_energy}
        examination.report("energy_throughput", "throughput_differs", **values)
    elif by_capacity is False:
        values = {"value": capacity, "unit": "Ah", "cycles": cycles, "rated": rated_capacity}
        examination.report("capacity_throughput", "throughput_differs", **values)


def _examine_times(examination: Examination) -> None:
    for part_key, whole_key in _TIMES:
        part, whole = examination.number(part_key), examination.number(whole_key)
        if part is not None and whole is not None and part > whole:
            examination.report(part_key, "time_part", value=part, most=whole)
    begun = examination.day("service_date")
    if begun is None:
        return
    most = ((examination.today - begun).days + 1) * 24 * 60
    for keys in _TIMES:
        for key in keys:
            value = examination.number(key)
            if value is not None and value > most:
                examination.report(key, "time_exceeds_age", value=value, most=most)
