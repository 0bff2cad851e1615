"""Do chemistry, materials, hazardous substances and critical raw materials tell the same story?"""

from __future__ import annotations

from collections.abc import Mapping

from synchromesh.engine.passport_models.chemistries import (
    Chemistry,
    elements_of,
    substances,
    substances_by_name,
)
from synchromesh.engine.passport_models.examination import Examination, Row

ELECTRODES = ("cathode", "anode")
LEAST_LISTED = 0.4  # of the mass: casing and electronics are often left out
CRITICAL_SHARE = 0.1  # percent of the mass above which a critical raw material is named (Annex VI)
SHARE_TOLERANCE = 0.3


def examine(examination: Examination) -> None:
    """Report contradictions in what the battery is made of."""
    chemistry, rows = examination.chemistry, examination.rows("materials")
    if chemistry is not None:
        _examine_name(examination, chemistry)
    _examine_numbers(examination, "materials")
    _examine_numbers(examination, "hazardous_substances")
    if rows:
        _examine_sum(examination)
        _examine_flags(examination)
        if chemistry is not None and "battery_chemistry" not in examination.doubted:
            _examine_elements(examination, chemistry)
    _examine_critical(examination)
    _examine_shares(examination)
    if chemistry is not None:
        _examine_electrolyte(examination, chemistry)


def _examine_name(examination: Examination, chemistry: Chemistry) -> None:
    name = examination.text("chemistry_name").lower()
    if name and not all(word in name for word in chemistry.words) and chemistry.code.lower() not in name:
        examination.report("chemistry_name", "chemistry_name", chemistry=chemistry.code, value=name)


def _examine_numbers(examination: Examination, key: str) -> None:
    known = substances_by_name()
    for place, row in enumerate(examination.rows(key), start=1):
        substance = known.get(str(row.get("name", "")).lower())
        if substance is not None and "cas" in row and substance.cas != row["cas"]:
            values = {"name": substance.name, "expected": substance.cas, "value": row["cas"]}
            examination.report(key, "cas_of_other", place, **values)


def _examine_sum(examination: Examination) -> None:
    mass = examination.number("battery_mass")
    total = sum(row.get("mass", 0.0) for row in examination.rows("materials"))
    if mass is None:
        return
    if total > mass * 1.02:
        examination.report("materials", "materials_exceed_mass", sum=total, mass=mass)
    elif total < mass * LEAST_LISTED:
        examination.report("materials", "materials_incomplete", sum=total, mass=mass)


def _critical_in(row: Row) -> tuple[str, ...]:
    known = substances().get(row.get("cas", ""))
    return known.critical if known is not None else ()


def _examine_flags(examination: Examination) -> None:
    for place, row in enumerate(examination.rows("materials"), start=1):
        if row.get("critical") is False and _critical_in(row):
            examination.report("materials", "critical_flag", place, value=row.get("name", ""))


def _examine_elements(examination: Examination, chemistry: Chemistry) -> None:
    held: set[str] = set()
    for place, row in enumerate(examination.rows("materials"), start=1):
        if row.get("component") not in ELECTRODES:
            continue
        elements = elements_of(row.get("cas", ""), str(row.get("name", "")))
        held |= elements
        for element in chemistry.never:
            if element in elements:
                values = {"value": row.get("name", ""), "element": element, "chemistry": chemistry.code}
                examination.report("materials", "element_unexpected", place, **values)
    if "materials" in examination.doubted:
        return
    for element in chemistry.needs:
        if element not in held:
            examination.report("materials", "element_missing", chemistry=chemistry.code, value=element)
            return


def _critical_masses(examination: Examination) -> Mapping[str, float]:
    masses: dict[str, float] = {}
    for row in examination.rows("materials"):
        for name in _critical_in(row):
            masses[name] = masses.get(name, 0.0) + row.get("mass", 0.0)
    return masses


def _examine_critical(examination: Examination) -> None:
    masses, mass = _critical_masses(examination), examination.number("battery_mass")
    stated = examination.stated("critical_raw_materials")
    if not masses or mass is None or stated is None or "critical_raw_materials" in examination.doubted:
        return
    named = examination.texts("critical_raw_materials")
    for name, held in masses.items():
        share = held / mass * 100
        if share > CRITICAL_SHARE * 1.1 and name not in named:
            examination.report("critical_raw_materials", "critical_missing", value=name, share=share)
    for place, name in enumerate(named, start=1):
        if name not in masses:
            examination.report("critical_raw_materials", "critical_unexpected", place, value=name)


def _examine_shares(examination: Examination) -> None:
    rows = examination.rows("hazardous_substances")
    total = sum(row.get("concentration", 0.0) for row in rows)
    if total > 100:
        examination.report("hazardous_substances", "shares_exceed", sum=total)
        return
    mass = examination.number("battery_mass")
    if mass is None or mass <= 0:
        return
    masses: dict[str, float] = {}
    for row in examination.rows("materials"):
        masses[row.get("cas", "")] = masses.get(row.get("cas", ""), 0.0) + row.get("mass", 0.0)
    for place, row in enumerate(rows, start=1):
        held, share = masses.get(row.get("cas", "?")), row.get("concentration")
        if held is None or share is None:
            continue
        expected = held / mass * 100
        if abs(share - expected) > SHARE_TOLERANCE * max(share, expected) + 0.05:
            values = {"name": row.get("name", ""), "value": share, "expected": expected}
            examination.report("hazardous_substances", "share_differs", place, **values)


def _examine_electrolyte(examination: Examination, chemistry: Chemistry) -> None:
    stated = examination.stated("hazardous_substances")
    if stated is None or "hazardous_substances" in examination.doubted:
        return
    parts = {row.get("component") for row in examination.rows("hazardous_substances")}
    if "electrolyte" not in parts:
        examination.report("hazardous_substances", "electrolyte_missing", chemistry=chemistry.code)
