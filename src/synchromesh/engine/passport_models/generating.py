"""Invented battery passports that obey every rule, each made from a seed.

A battery is designed first (cells, chemistry, energy, mass), so that its values fit each other as those of a real one
do; then it is used for some time. Makers and addresses are invented, below example.org.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from synchromesh.engine.passport_models import gs1
from synchromesh.engine.passport_models.checks.carbon_footprint import energy_over_life, footprint_class
from synchromesh.engine.passport_models.generated_composition import compose
from synchromesh.engine.passport_models.generated_use import Battery, Use, use_values
from synchromesh.engine.passport_models.model import BatteryKind, fields
from synchromesh.engine.passport_models.passport import FieldValue, Passport

_SITE = "https://example.org"
_MAKERS = ("Nordlicht Cells", "Vltava Energy", "Karpaty Power", "Iberia Akku", "Adria Storage", "Baltic Cell Works")
_TOWNS = (("DE", "Salzgitter"), ("CZ", "Ostrava"), ("SK", "Nitra"), ("ES", "Vitoria"), ("PL", "Opole"), ("FR", "Lens"))
_STREETS = ("Werkstrasse 4", "Tovarni 12", "Calle Nueva 7", "Rue des Cellules 21", "Industrial Road 3")
_OPERATORS = ("Linden Mobility", "Alpha Wheels", "Hanse Storage", "Ceska Energie", "Metro Cargo")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """Voltages of a cell, cycles it is made for, and Wh/kg of a battery of it."""

    nominal: tuple[float, float]
    lowest: float
    highest: float
    cycles: tuple[int, int]
    density: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Design:
    """The ranges within which a kind of battery is designed."""

    chemistries: tuple[str, ...]
    series: tuple[int, int]
    parallel: tuple[int, int]
    cell_capacity: tuple[float, float]
    power: tuple[float, float]  # kW for a kWh
    cycles_a_year: tuple[float, float]


_CELLS = {
    "NMC": _Cell(nominal=(3.6, 3.72), lowest=2.9, highest=4.2, cycles=(1000, 2200), density=(120, 185)),
    "NCA": _Cell(nominal=(3.58, 3.68), lowest=2.7, highest=4.2, cycles=(1000, 1800), density=(130, 190)),
    "LFP": _Cell(nominal=(3.18, 3.24), lowest=2.5, highest=3.65, cycles=(2500, 5000), density=(85, 140)),
    "LMO": _Cell(nominal=(3.68, 3.8), lowest=3.0, highest=4.2, cycles=(900, 1500), density=(85, 130)),
    "LTO": _Cell(nominal=(2.28, 2.36), lowest=1.7, highest=2.7, cycles=(8000, 12000), density=(45, 80)),
}
_DESIGNS = {
    BatteryKind.EV: _Design(
        chemistries=("NMC", "NCA", "LFP", "LMO"),
        series=(90, 200),
        parallel=(1, 3),
        cell_capacity=(50, 150),
        power=(1.5, 5),
        cycles_a_year=(45, 110),
    ),
    BatteryKind.LMT: _Design(
        chemistries=("NMC", "LFP", "NCA", "LMO"),
        series=(10, 20),
        parallel=(2, 8),
        cell_capacity=(2.5, 5),
        power=(0.7, 3),
        cycles_a_year=(60, 180),
    ),
    BatteryKind.INDUSTRIAL: _Design(
        chemistries=("LFP", "NMC", "LTO"),
        series=(16, 240),
        parallel=(1, 6),
        cell_capacity=(50, 314),
        power=(0.25, 2),
        cycles_a_year=(150, 350),
    ),
}


def generate_passport(seed: int, kind: BatteryKind, *, today: date) -> Passport:
    """A clean, believable passport. The same seed, kind and day give the same passport."""
    chance = random.Random(f"passport {seed} {kind.value}")  # noqa: S311 (repeatable, not a secret)
    design = _DESIGNS[kind]
    chemistry = chance.choice(design.chemistries)
    cell = _CELLS[chemistry]
    values: dict[str, Any] = {"battery_category": kind.value, "battery_chemistry": chemistry}
    _add_layout(values, chance, design, cell)
    _add_performance(values, chance, design, kind, cell)
    _add_footprint(values, chance)
    values.update(compose(chance, chemistry, values["battery_mass"]))
    used = chance.random() < 0.8
    _add_days(values, chance, today, used)
    _add_identity(values, chance, kind, used)
    _add_documents(values, chance, today)
    passport = Passport(kind=kind, values=_stated(values))
    if used:
        battery = Battery(
            kind=kind,
            energy=values["rated_energy"],
            capacity=values["rated_capacity"],
            power=values["rated_maximum_power"],
            efficiency=values["round_trip_efficiency"],
            self_discharge=values.get("initial_self_discharge"),
        )
        use = Use(
            begun=values["service_date"],
            last=today - timedelta(chance.randint(1, 20)),
            cycles_a_year=chance.uniform(*design.cycles_a_year),
            status="repurposed" if "previous_passport" in values else "original",
        )
        return Passport(kind=kind, values={**passport.values, **use_values(chance, battery, use)})
    day = values["manufacturing_date"]
    return passport.with_value("battery_status", FieldValue(value="original", at=day.isoformat()))


def _stated(values: dict[str, Any]) -> dict[str, FieldValue]:
    known = fields()
    found = {}
    for key, field in known.items():
        if key in values:
            value = values[key]
            written = value.isoformat() if isinstance(value, date) else value
            found[key] = FieldValue(value=written, unit=field.unit)
    return found


def _add_layout(values: dict[str, Any], chance: random.Random, design: _Design, cell: _Cell) -> None:
    series, parallel = chance.randint(*design.series), chance.randint(*design.parallel)
    capacity = round(chance.uniform(*design.cell_capacity) * parallel, 1)
    voltage = round(chance.uniform(*cell.nominal) * series, 1)
    energy = round(capacity * voltage / 1000 * chance.uniform(0.94, 1.0), 3)
    values.update(
        cells_in_series=series,
        cells_in_parallel=parallel,
        cell_count=series * parallel,
        rated_capacity=capacity,
        nominal_voltage=voltage,
        minimum_voltage=round(cell.lowest * series, 1),
        maximum_voltage=round(cell.highest * series, 1),
        rated_energy=energy,
        battery_mass=round(energy * 1000 / chance.uniform(*cell.density), 2),
    )


def _add_performance(
    values: dict[str, Any], chance: random.Random, design: _Design, kind: BatteryKind, cell: _Cell
) -> None:
    power = round(values["rated_energy"] * chance.uniform(*design.power), 2)
    efficiency = round(chance.uniform(91, 97), 1)
    years = chance.randint(10, 18)
    resistance = round(chance.uniform(0.03, 0.09) / (values["rated_capacity"] / values["cells_in_parallel"]), 6)
    pack = resistance * values["cells_in_series"] / values["cells_in_parallel"] * chance.uniform(1.05, 1.5)
    points = ((80, chance.uniform(0.92, 1)), (50, chance.uniform(0.8, 0.9)), (20, chance.uniform(0.6, 0.78)))
    values.update(
        rated_maximum_power=power,
        original_power_capability=[{"state_of_charge": at, "power": round(power * part, 3)} for at, part in points],
        expected_lifetime=years,
        expected_cycles=chance.randrange(*cell.cycles, 50),
        warranty_period=chance.choice((60, 72, 84, 96, 120)),
        lifetime_reference_test=f"{_SITE}/tests/lifetime-{chance.randint(1, 90)}",
        cycle_test_c_rate=chance.choice((0.33, 0.5, 1.0)),
        idle_temperature_minimum=float(chance.randrange(-40, -15, 5)),
        idle_temperature_maximum=float(chance.randrange(45, 70, 5)),
        round_trip_efficiency=efficiency,
        round_trip_efficiency_half_life=round(efficiency - chance.uniform(0.8, 3), 1),
        internal_resistance=[
            {"component": "cell", "resistance": resistance},
            {"component": "pack", "resistance": round(pack, 6)},
        ],
    )
    if kind is BatteryKind.EV:
        values["capacity_threshold"] = float(chance.randint(68, 80))
    if chance.random() < 0.8:
        values["power_energy_ratio"] = round(power / values["rated_energy"], 2)
    if chance.random() < 0.8:
        values["initial_self_discharge"] = round(chance.uniform(1, 3), 2)


def _add_footprint(values: dict[str, Any], chance: random.Random) -> None:
    life = energy_over_life(values["rated_energy"], values["expected_cycles"])
    total = chance.uniform(55, 110) * values["rated_energy"] / life
    shares = {
        "raw_materials": chance.uniform(0.55, 0.65),
        "production": chance.uniform(0.25, 0.33),
        "distribution": chance.uniform(0.02, 0.05),
        "end_of_life": chance.uniform(-0.04, 0.06),
    }
    stages = {stage: round(total * share, 5) for stage, share in shares.items()}
    footprint = round(sum(stages.values()), 5)
    values.update(
        carbon_footprint=footprint,
        footprint_stages=[{"stage": stage, "footprint": part} for stage, part in stages.items()],
        footprint_class=footprint_class(footprint),
        footprint_study=f"{_SITE}/footprint/study-{chance.randint(100, 999)}",
    )
    if chance.random() < 0.9:
        values["absolute_footprint"] = round(footprint * life, 1)


def _add_days(values: dict[str, Any], chance: random.Random, today: date, used: bool) -> None:
    begun = today - timedelta(chance.randint(200, 2200) if used else chance.randint(5, 60))
    sold = begun - timedelta(chance.randint(5, 90))
    values["manufacturing_date"] = sold - timedelta(chance.randint(5, 60))
    values["market_date"] = sold
    if used:
        values["service_date"] = begun
    if chance.random() < 0.8:
        values["declaration_date"] = sold - timedelta(chance.randint(10, 400))


def _add_identity(values: dict[str, Any], chance: random.Random, kind: BatteryKind, used: bool) -> None:
    number = f"02{chance.randrange(10**10, 10**11)}"
    gtin = number + gs1.gtin_check_digit(number)
    serial = f"{chance.choice('ABCDEFGH')}{chance.randrange(10**6, 10**7)}"
    maker, (country, town) = chance.choice(_MAKERS), chance.choice(_TOWNS)
    domain = maker.lower().replace(" ", "-")
    operator = chance.choice(_OPERATORS)
    values.update(
        passport_identifier=gs1.digital_link("https://id.example.org", gtin=gtin, serial=serial),
        product_identifier=gtin,
        serial_number=serial,
        model_name=f"{maker.split()[0]} {kind.value.upper()} {chance.randint(10, 99)}",
        manufacturer_name=maker,
        manufacturer_country=country,
        manufacturer_address=f"{chance.choice(_STREETS)}, {chance.randint(10000, 99999)} {town}",
        manufacturer_website=f"https://{domain}.example.org",
        operator_name=operator,
        operator_country=chance.choice(_TOWNS)[0],
        operator_email=f"battery@{operator.lower().replace(' ', '-')}.example.org",
        manufacturing_country=country,
        manufacturing_place=town,
    )
    if chance.random() < 0.9:
        values["manufacturer_email"] = f"passport@{domain}.example.org"
    if used and kind is BatteryKind.INDUSTRIAL and chance.random() < 0.3:
        old = f"{chance.choice('KLMN')}{chance.randrange(10**6, 10**7)}"
        values["previous_passport"] = gs1.digital_link("https://id.example.org", gtin=gtin, serial=old)


def _add_documents(values: dict[str, Any], chance: random.Random, today: date) -> None:
    model = chance.randint(1000, 9999)
    meanings = {"separate_collection": "Collect apart from household waste", "ce_marking": "Conforms to Union law"}
    meanings["capacity"] = "Rated capacity in ampere-hours"
    kinds = ("exploded_view", "disassembly_sequence", "fastenings", "tools", "warnings")
    parts = (("Battery management system", "BMS"), ("Cell module", "MOD"), ("Contactor", "CON"))
    values.update(
        declaration_of_conformity=f"{_SITE}/models/{model}/declaration",
        test_report=f"{_SITE}/models/{model}/tests",
        labels=[
            {"subject": subject, "meaning": meaning, "symbol": f"{_SITE}/symbols/{subject}"}
            for subject, meaning in meanings.items()
        ],
        cadmium_share=round(chance.uniform(0.0001, 0.0015), 5),
        lead_share=round(chance.uniform(0.0005, 0.0035), 5),
        mercury_share=round(chance.uniform(0.00001, 0.0003), 6),
        due_diligence_report=f"{_SITE}/sourcing/{model}",
        due_diligence_year=today.year - chance.randint(1, 2),
        dismantling_documents=[
            {"kind": kind, "document": f"{_SITE}/models/{model}/{kind}", "media_type": "application/pdf"}
            for kind in kinds
        ],
        spare_part_sources=[
            {
                "supplier": chance.choice(_OPERATORS),
                "country": chance.choice(_TOWNS)[0],
                "email": "parts@example.org",
                "part_name": name,
                "part_number": f"{code}-{chance.randint(100, 999)}",
            }
            for name, code in parts
        ],
        safety_instructions=f"{_SITE}/models/{model}/safety",
        extinguishing_agents=sorted(chance.sample(["water", "water mist", "sand", "powder D"], 2)),
        waste_prevention=f"{_SITE}/care",
        separate_collection=f"{_SITE}/collection/why",
        collection_information=f"{_SITE}/collection/where",
    )
    if chance.random() < 0.7:
        values["third_party_assurance"] = f"{_SITE}/sourcing/{model}/audit"
        values["supply_chain_index"] = float(chance.randint(40, 95))
        values["notified_body"] = f"{chance.randint(1, 2999):04}"
