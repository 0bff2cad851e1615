"""What an invented battery is made of: materials by mass, hazardous substances, recycled and renewable shares."""

from __future__ import annotations

import random
from typing import Any

from synchromesh.engine.passport_models.checks.circularity import LEAST_RECYCLED
from synchromesh.engine.passport_models.checks.materials import CRITICAL_SHARE
from synchromesh.engine.passport_models.chemistries import Substance, chemistries, substances_by_name

# Substance, part, and its share of the battery's mass in percent. Rounded from what teardown studies report.
_ELECTRODES = {
    "NMC": (("Lithium nickel manganese cobalt oxide", "cathode", 22, 28), ("Natural graphite", "anode", 13, 17)),
    "NCA": (("Lithium nickel cobalt aluminium oxide", "cathode", 21, 27), ("Natural graphite", "anode", 13, 17)),
    "LFP": (("Lithium iron phosphate", "cathode", 24, 30), ("Natural graphite", "anode", 11, 14)),
    "LMO": (("Lithium manganese oxide", "cathode", 24, 30), ("Natural graphite", "anode", 11, 14)),
    "LTO": (("Lithium manganese oxide", "cathode", 18, 23), ("Lithium titanate", "anode", 15, 19)),
}
_COMMON = (
    ("Polyvinylidene fluoride", "cathode", 0.6, 1.2),
    ("Copper", "current_collector", 7, 9),
    ("Aluminium", "current_collector", 4, 6),
    ("Lithium hexafluorophosphate", "electrolyte", 1.2, 2),
    ("Ethylene carbonate", "electrolyte", 3, 5),
    ("Dimethyl carbonate", "electrolyte", 3, 5),
    ("Polyethylene", "separator", 1.5, 2.5),
    ("Aluminium", "casing", 12, 17),
    ("Stainless steel", "casing", 4, 7),
)
_IMPACTS = {
    "acute_toxicity": "Harmful if swallowed or breathed in",
    "eye_damage": "Hurts the eyes",
    "flammable": "Burns easily",
    "carcinogenicity": "May cause cancer when its dust is breathed in",
}
_HAZARDOUS_PARTS = ("cathode", "electrolyte")


def compose(chance: random.Random, chemistry: str, mass: float) -> dict[str, Any]:
    """The values of the composition for a battery of `mass` kilograms."""
    materials, hazardous = [], []
    critical: dict[str, float] = {}
    for name, part, least, most in (*_ELECTRODES[chemistry], *_COMMON):
        substance = substances_by_name()[name.lower()]
        held = round(mass * chance.uniform(least, most) / 100, 4)
        materials.append(_material(substance, part, held))
        for raw in substance.critical:
            critical[raw] = critical.get(raw, 0.0) + held
        if substance.hazard_class and part in _HAZARDOUS_PARTS:
            hazardous.append(_hazard(substance, part, round(held / mass * 100, 3)))
    return {
        "chemistry_name": chemistries()[chemistry].name,
        "materials": materials,
        "hazardous_substances": hazardous,
        "critical_raw_materials": sorted(raw for raw, held in critical.items() if held / mass * 100 > CRITICAL_SHARE),
        "recycled_content": [_recycled(chance, name) for name in chemistries()[chemistry].recycled],
        "renewable_content": round(chance.uniform(0, 5), 1),
    }


def _material(substance: Substance, part: str, held: float) -> dict[str, Any]:
    return {
        "name": substance.name,
        "cas": substance.cas,
        "component": part,
        "mass": held,
        "critical": bool(substance.critical),
    }


def _hazard(substance: Substance, part: str, share: float) -> dict[str, Any]:
    return {
        "name": substance.name,
        "cas": substance.cas,
        "hazard_class": substance.hazard_class,
        "concentration": share,
        "component": part,
        "impact": _IMPACTS.get(substance.hazard_class, "Harmful"),
    }


def _recycled(chance: random.Random, material: str) -> dict[str, Any]:
    used = LEAST_RECYCLED[material] + chance.uniform(0.5, 8)
    return {
        "material": material,
        "pre_consumer": round(chance.uniform(1, 6), 1),
        "post_consumer": round(used, 1),
    }
