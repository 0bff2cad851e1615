"""Do cells, voltages, capacity, energy, mass and chemistry fit together?

Several values state the same battery, so that the one that is wrong can be named: cells times the voltage of a cell is
the nominal voltage, capacity times voltage is the energy, and energy over mass is typical for a chemistry.
"""

from __future__ import annotations

from synchromesh.engine.passport_models.chemistries import Chemistry
from synchromesh.engine.passport_models.examination import Examination

ENERGY_TOLERANCE = 0.1  # usable energy lies a little below the product


def examine(examination: Examination) -> None:
    """Report the voltage, layout, chemistry, capacity, energy or mass that the others speak against."""
    chemistry = examination.chemistry
    if chemistry is not None:
        _examine_cells(examination, chemistry)
    _examine_voltages(examination)
    if chemistry is not None:
        _examine_limits(examination, chemistry)
    _examine_cell_count(examination)
    _examine_energy(examination)
    if chemistry is not None:
        _examine_mass(examination, chemistry)


def _energy_holds(examination: Examination) -> bool:
    known = examination.numbers("rated_capacity", "nominal_voltage", "rated_energy")
    return known is not None and abs(known[0] * known[1] / 1000 - known[2]) <= ENERGY_TOLERANCE * known[2]


def _count_holds(examination: Examination) -> bool:
    known = examination.numbers("cells_in_series", "cells_in_parallel", "cell_count")
    return known is None or known[0] * known[1] == known[2]


def _examine_cells(examination: Examination, chemistry: Chemistry) -> None:
    known = examination.numbers("nominal_voltage", "cells_in_series")
    if known is None:
        return
    voltage, series = known
    least, most = chemistry.nominal
    if least * 0.98 <= voltage / series <= most * 1.02:
        return
    if not _energy_holds(examination):
        limits = {"voltage": voltage, "series": series, "value": voltage / series, "least": least, "most": most}
        examination.report("nominal_voltage", "chemistry_voltage", chemistry=chemistry.code, **limits)
    elif not _count_holds(examination):
        examination.report(
            "cells_in_series", "series_voltage", series=series, voltage=voltage, chemistry=chemistry.code
        )
    else:
        limits = {"voltage": voltage, "series": series, "value": voltage / series, "least": least, "most": most}
        examination.report("battery_chemistry", "chemistry_voltage", chemistry=chemistry.code, **limits)


def _examine_voltages(examination: Examination) -> None:
    nominal = examination.number("nominal_voltage")
    lowest, highest = examination.number("minimum_voltage"), examination.number("maximum_voltage")
    if nominal is None:
        return
    if lowest is not None and lowest >= nominal:
        examination.report("minimum_voltage", "voltage_order", value=lowest, nominal=nominal)
    if highest is not None and highest <= nominal:
        examination.report("maximum_voltage", "voltage_order", value=highest, nominal=nominal)


def _examine_limits(examination: Examination, chemistry: Chemistry) -> None:
    series = examination.number("cells_in_series")
    if series is None or "battery_chemistry" in examination.doubted:
        return
    least, most = chemistry.limits
    for key in ("minimum_voltage", "maximum_voltage"):
        voltage = examination.number(key)
        if voltage is not None and not least * 0.98 <= voltage / series <= most * 1.02:
            cell = {"value": voltage, "cell": voltage / series, "least": least, "most": most}
            examination.report(key, "voltage_limit", chemistry=chemistry.code, **cell)


def _examine_cell_count(examination: Examination) -> None:
    known = examination.numbers("cells_in_series", "cells_in_parallel", "cell_count")
    if known is not None and known[0] * known[1] != known[2]:
        layout = {"series": known[0], "parallel": known[1], "expected": known[0] * known[1], "value": known[2]}
        examination.report("cell_count", "cells_differ", **layout)


def _examine_energy(examination: Examination) -> None:
    """Energy is capacity times voltage; of the two that disagree, the mass tells which one is wrong."""
    known = examination.numbers("rated_capacity", "nominal_voltage", "rated_energy")
    if known is None or _energy_holds(examination):
        return
    capacity, voltage, energy = known
    stated = {"capacity": capacity, "voltage": voltage, "expected": capacity * voltage / 1000, "energy": energy}
    mass, chemistry = examination.number("battery_mass"), examination.chemistry
    if mass is None or chemistry is None:
        examination.report("rated_energy", "energy_differs", **stated)
        return
    least, most = chemistry.density
    by_energy, by_capacity = energy * 1000 / mass, capacity * voltage / mass
    capacity_is_wrong = least <= by_energy <= most and not least <= by_capacity <= most
    examination.report("rated_capacity" if capacity_is_wrong else "rated_energy", "energy_differs", **stated)


def _examine_mass(examination: Examination, chemistry: Chemistry) -> None:
    known = examination.numbers("rated_energy", "battery_mass")
    if known is None or "battery_chemistry" in examination.doubted:
        return
    energy, mass = known
    least, most = chemistry.density
    if not least <= energy * 1000 / mass <= most:
        values = {"energy": energy, "mass": mass, "value": energy * 1000 / mass, "least": least, "most": most}
        examination.report("battery_mass", "mass_per_energy", chemistry=chemistry.code, **values)
