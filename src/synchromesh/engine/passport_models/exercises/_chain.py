"""Deliveries of materials along a chain, drawn so that every question about them has one clear answer."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from synchromesh.engine.passport_models.checks.circularity import LEAST_RECYCLED
from synchromesh.engine.passport_models.chemistries import substances_by_name
from synchromesh.engine.passport_models.exercises._shapes import Quantity, Sentence, Shown, Table, gettext_noop

MATERIAL_TITLES: Mapping[str, Sentence] = {
    "cobalt": Sentence(gettext_noop("Cobalt")),
    "lithium": Sentence(gettext_noop("Lithium")),
    "nickel": Sentence(gettext_noop("Nickel")),
}
_HAZARD_TITLES: Mapping[str, Sentence] = {
    "acute_toxicity": Sentence(gettext_noop("Acute toxicity")),
    "skin_corrosion": Sentence(gettext_noop("Skin corrosion")),
    "eye_damage": Sentence(gettext_noop("Eye damage")),
    "carcinogenicity": Sentence(gettext_noop("Carcinogenicity")),
    "reproductive_toxicity": Sentence(gettext_noop("Reproductive toxicity")),
    "flammable": Sentence(gettext_noop("Flammable")),
}
_COUNTRIES = ("AU", "CA", "CD", "CL", "FI", "ID", "MA", "NO", "PT", "ZA")
_NAMES = ("Alto", "Borealis", "Cedro", "Delta", "Esker", "Fjell", "Garnet", "Halo", "Isar", "Jura", "Kuusi", "Lomna")
_TRADES = ("Minerals", "Refining", "Metals", "Recycling")
_SHARES = (0.0, 0.0, 5.0, 8.0, 12.0, 20.0, 30.0, 45.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What one supplier delivered: kilograms, percent of it recycled, and where it comes from."""

    key: str
    supplier: str
    material: str
    mass: float
    recycled: float
    country: str
    has_evidence: bool = True


def draw_chain(chance: random.Random, materials: Sequence[str], count: int) -> tuple[Delivery, ...]:
    """`count` deliveries of each material; some of all lack evidence, at least one."""
    names = chance.sample([f"{name} {trade}" for name in _NAMES for trade in _TRADES], count * len(materials))
    found = [one for material in materials for one in _draw(chance, material, count)]
    silent = set(chance.sample(range(len(found)), chance.randint(1, max(1, len(found) // 3))))
    return tuple(
        replace(one, key=f"d{place + 1}", supplier=names[place], has_evidence=place not in silent)
        for place, one in enumerate(found)
    )


def recycled_share(deliveries: Sequence[Delivery]) -> float:
    """Recycled percent, weighted by mass."""
    return sum(one.mass * one.recycled for one in deliveries) / sum(one.mass for one in deliveries)


def origins(deliveries: Sequence[Delivery]) -> dict[str, float]:
    """Percent of the mass by country."""
    total = sum(one.mass for one in deliveries)
    found: dict[str, float] = {}
    for one in deliveries:
        found[one.country] = found.get(one.country, 0.0) + 100 * one.mass / total
    return found


def _draw(chance: random.Random, material: str, count: int) -> list[Delivery]:
    """Drawn again until the share lies clearly on one side of the least one, and one country leads clearly."""
    while True:
        countries = chance.sample(_COUNTRIES, count - 1)
        found = [
            Delivery(
                key="",
                supplier="",
                material=material,
                mass=round(chance.uniform(2, 60), 1),
                recycled=chance.choice(_SHARES),
                country=chance.choice(countries),
            )
            for _ in range(count)
        ]
        shares = sorted(origins(found).values(), reverse=True)
        leads = len(shares) > 1 and shares[0] - shares[1] > 5
        if leads and abs(recycled_share(found) - LEAST_RECYCLED[material]) > 1:
            return found


def deliveries_table(deliveries: Sequence[Delivery]) -> Table:
    """The deliveries with mass, share, origin and evidence."""
    yes, no = Sentence(gettext_noop("audit report")), Sentence(gettext_noop("own word only"))
    rows: list[tuple[Shown, ...]] = [
        (
            one.supplier,
            MATERIAL_TITLES[one.material],
            Quantity(one.mass, "kg"),
            Quantity(one.recycled, "%"),
            one.country,
            yes if one.has_evidence else no,
        )
        for one in deliveries
    ]
    heads = (
        gettext_noop("Supplier"),
        gettext_noop("Material"),
        gettext_noop("Mass"),
        gettext_noop("Recycled share"),
        gettext_noop("Country of origin"),
        gettext_noop("Evidence of due diligence"),
    )
    return Table(
        caption=Sentence(gettext_noop("Deliveries to the maker of the cells")),
        heads=tuple(Sentence(head) for head in heads),
        rows=tuple(rows),
    )


def hazard_class(name: str) -> str:
    """The class of hazard of a substance; "" for none."""
    known = substances_by_name().get(name.lower())
    return known.hazard_class if known is not None else ""


def substances_table(materials: Mapping[str, str]) -> Table:
    """Names and CAS numbers with what the safety data sheets say."""
    none = Sentence(gettext_noop("none"))
    rows: list[tuple[Shown, ...]] = [
        (name, cas, _HAZARD_TITLES.get(hazard_class(name), none)) for name, cas in sorted(materials.items())
    ]
    heads = (gettext_noop("Substance"), gettext_noop("CAS number"), gettext_noop("Class of hazard"))
    return Table(
        caption=Sentence(gettext_noop("Substances of the battery by their safety data sheets")),
        heads=tuple(Sentence(head) for head in heads),
        rows=tuple(rows),
    )
