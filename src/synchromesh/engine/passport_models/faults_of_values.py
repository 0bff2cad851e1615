"""Faults in single values of the new battery."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from synchromesh.engine.passport_models import gs1
from synchromesh.engine.passport_models.chemistries import chemistries
from synchromesh.engine.passport_models.faulting import (
    REMOVED,
    Plant,
    days_from,
    plus,
    same_as,
    says,
    text_change,
    times,
    usable_number,
)
from synchromesh.engine.passport_models.model import Duty, Update, ValueType, fields
from synchromesh.engine.passport_models.passport import FieldValue, Passport

_OTHER_UNITS = {"kWh": "Wh", "Ah": "mAh", "V": "mV", "kg": "g", "kW": "W", "%": "ppm", "month": "year", "min": "h"}


def _gone(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
    field = fields()[key]
    due = field.duties[passport.kind] in (Duty.MANDATORY, Duty.IN_USE)
    return REMOVED if due else None


def _wrong_unit(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
    other = _OTHER_UNITS.get(fields()[key].unit)
    return replace(passport.values[key], unit=other) if other else None


def _as_text(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
    value = passport.value_of(key)
    if fields()[key].type is not ValueType.NUMBER:
        return None
    return replace(passport.values[key], value=f"{value}".replace(".", ","))


def _placeholder(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
    if fields()[key].type is not ValueType.TEXT:
        return None
    return replace(passport.values[key], value=chance.choice(["n/a", "TBD", "unknown", "-"]))


def _blank(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
    if fields()[key].type is not ValueType.TEXT:
        return None
    return replace(passport.values[key], value=chance.choice(["{} ", " {}"]).format(passport.value_of(key)))


def _no_day(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
    field = fields()[key]
    if field.update is not Update.DYNAMIC or field.type is ValueType.RECORDS:
        return None
    return replace(passport.values[key], at="")


def _swapped(text: str, chance: random.Random) -> str:
    """The digits with two neighbours swapped that the check digit tells apart."""
    places = [at for at in range(2, len(text) - 2) if abs(int(text[at]) - int(text[at + 1])) not in (0, 5)]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _other_digit(text: str, chance: random.Random) -> str:
    at = chance.randrange(2, len(text) - 1)
    return f"{text[:at]}{(int(text[at]) + chance.randint(1, 9)) % 10}{text[at + 1 :]}"


def _other_product(text: str, chance: random.Random) -> str:
    gtin, _ = gs1.keys_of_link(text)
    if not gtin:
        return text
    digits = f"02{chance.randrange(10**10, 10**11)}"
    return text.replace(gtin, digits + gs1.gtin_check_digit(digits))


def _other_serial(text: str, chance: random.Random) -> str:
    return f"Z{chance.randrange(10**6, 10**7)}"


def _other_chemistry(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
    """Another chemistry, whose cells have clearly another voltage."""
    stated = chemistries().get(str(passport.value_of(key)))
    if stated is None:
        return None
    far = [
        code
        for code, other in chemistries().items()
        if other.nominal[0] * 0.95 > stated.nominal[1] or other.nominal[1] * 1.05 < stated.nominal[0]
    ]
    return replace(passport.values[key], value=chance.choice(far))


def _other_class(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
    others = [name for name in fields()[key].allowed if name != passport.value_of(key)]
    return replace(passport.values[key], value=chance.choice(others))


def _no_such_day(text: str, chance: random.Random) -> str:
    return chance.choice([f"{text[:4]}-02-30", f"{text[:4]}-13-01", f"{text[8:10]}.{text[5:7]}.{text[:4]}"])


def _next_decade(text: str, chance: random.Random) -> str:
    day = date.fromisoformat(text)
    return day.replace(year=day.year + 20, day=min(day.day, 28)).isoformat()


def _other_century(text: str, chance: random.Random) -> str:
    return f"19{text[2:4]}{text[4:8]}{min(int(text[8:]), 28):02}"


def _half_life_above(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
    start = usable_number(passport, "round_trip_efficiency")
    if start is None:
        return None
    return replace(passport.values[key], value=round(min(99.9, start + chance.uniform(0.5, 3)), 1))


def _origin_gone(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
    return REMOVED if key in passport.values else None


def _critical_gone(passport: Passport, key: str, chance: random.Random) -> FieldValue | None:
    names = passport.value_of(key)
    if not isinstance(names, list) or not names:
        return None
    gone = chance.choice(names)
    return replace(passport.values[key], value=[name for name in names if name != gone])


def _without_scheme(text: str, chance: random.Random) -> str:
    return chance.choice([text.removeprefix("https://"), text.replace("https://", "https:/"), text.replace("/", " ")])


FAULTS: Mapping[str, tuple[str, Plant]] = {
    "field_left_out": ("", _gone),
    "unit_of_another_size": ("", _wrong_unit),
    "number_written_as_text": ("", _as_text),
    "placeholder_left_in": ("", _placeholder),
    "blank_left_in": ("", _blank),
    "day_of_value_left_out": ("", _no_day),
    "gtin_digits_swapped": ("product_identifier", text_change(_swapped)),
    "gtin_digit_wrong": ("product_identifier", text_change(_other_digit)),
    "address_of_other_product": ("passport_identifier", text_change(_other_product)),
    "serial_of_other_battery": ("serial_number", text_change(_other_serial)),
    "category_of_other_kind": ("battery_category", says("ev", "lmt", "industrial")),
    "country_as_word": ("manufacturing_country", says("Germany", "DEU", "XX", "de")),
    "email_without_at": ("operator_email", text_change(lambda text, chance: text.replace("@", " at "))),
    "address_incomplete": ("declaration_of_conformity", text_change(_without_scheme)),
    "address_insecure": ("safety_instructions", text_change(lambda text, chance: text.replace("https", "http"))),
    "made_in_future": ("manufacturing_date", text_change(_next_decade)),
    "made_in_last_century": ("manufacturing_date", text_change(_other_century)),
    "no_such_day": ("manufacturing_date", text_change(_no_such_day)),
    "sold_before_made": ("market_date", days_from("manufacturing_date", -900, -2)),
    "used_before_sold": ("service_date", days_from("market_date", -900, -2)),
    "declared_after_sale": ("declaration_date", days_from("market_date", 1, 3)),
    "repurposed_without_origin": ("previous_passport", _origin_gone),
    "own_passport_as_origin": ("previous_passport", same_as("passport_identifier")),
    "mass_in_grams": ("battery_mass", times(1000, 0.001, 10)),
    "warranty_in_days": ("warranty_period", times(30)),
    "report_open_to_all": ("test_report", same_as("declaration_of_conformity")),
    "notified_body_misspelt": ("notified_body", says("NB-12", "12345", "17a2", "0 44")),
    "mercury_above_limit": ("mercury_share", says(0.002, 0.05, 0.3)),
    "cadmium_without_label": ("cadmium_share", says(0.003, 0.006, 0.009)),
    "lead_without_label": ("lead_share", says(0.006, 0.02, 0.1)),
    "footprint_per_watt_hour": ("carbon_footprint", times(1000, 0.1, 10, 1.5)),
    "footprint_class_wrong": ("footprint_class", _other_class),
    "absolute_footprint_in_tonnes": ("absolute_footprint", times(0.001, 10, 0.1, 2)),
    "report_of_next_year": ("due_diligence_year", plus(4, 10)),
    "report_outdated": ("due_diligence_year", plus(-6, -9)),
    "audit_is_own_report": ("third_party_assurance", same_as("due_diligence_report")),
    "index_above_hundred": ("supply_chain_index", plus(101, 250)),
    "chemistry_of_other_voltage": ("battery_chemistry", _other_chemistry),
    "chemistry_name_of_other": ("chemistry_name", says("Lead acid", "Vanadium redox", "Zinc air")),
    "critical_material_left_out": ("critical_raw_materials", _critical_gone),
    "renewable_is_recycled": ("renewable_content", says(55.0, 70.5, 92.0)),
    "cell_count_wrong": ("cell_count", plus(1, -1, 10, 96)),
    "capacity_in_milliampere_hours": ("rated_capacity", times(1000, 0.001, 10, 0.1)),
    "energy_in_watt_hours": ("rated_energy", times(1000, 0.001, 10, 1.4)),
    "nominal_voltage_slipped": ("nominal_voltage", times(10, 0.1, 1.5, 0.6)),
    "minimum_voltage_too_high": ("minimum_voltage", times(1.8, 10, 2.2)),
    "maximum_voltage_too_low": ("maximum_voltage", times(0.5, 0.1, 0.7)),
    "power_in_watts": ("rated_maximum_power", times(1000, 10_000)),
    "power_ratio_wrong": ("power_energy_ratio", times(2, 0.5, 10)),
    "expected_cycles_slipped": ("expected_cycles", times(0.05, 0.01)),
    "threshold_as_share": ("capacity_threshold", says(0.8, 0.7, 8.0)),
    "temperature_in_kelvin": ("idle_temperature_maximum", plus(273)),
    "efficiency_above_hundred": ("round_trip_efficiency", plus(12, 40)),
    "efficiency_as_share": ("round_trip_efficiency", times(0.01)),
    "efficiency_grows": ("round_trip_efficiency_half_life", _half_life_above),
}
