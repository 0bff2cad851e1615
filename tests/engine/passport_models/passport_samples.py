"""Clean passports that tests change, each made once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from synchromesh.engine.passport_models.checks import check_passport
from synchromesh.engine.passport_models.generating import generate_passport
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.passport import FieldValue, Finding, Passport

TODAY = date(2026, 11, 23)


@cache
def clean(seed: int, kind: BatteryKind = BatteryKind.EV) -> Passport:
    """A clean passport."""
    return generate_passport(seed, kind, today=TODAY)


@cache
def used(kind: BatteryKind = BatteryKind.EV, chemistry: str = "NMC") -> Passport:
    """A clean passport of a battery in use with this chemistry, with all that is optional among what tests change."""
    wanted = ("service_date", "absolute_footprint", "power_energy_ratio", "initial_self_discharge")
    for seed in range(500):
        passport = clean(seed, kind)
        if passport.value_of("battery_chemistry") == chemistry and all(key in passport.values for key in wanted):
            return passport
    raise LookupError(chemistry)


def stating(passport: Passport, key: str, value: Any) -> Passport:
    """The passport with another value in one field; unit, day and history stay."""
    stated = passport.values.get(key, FieldValue(value=None))
    return passport.with_value(key, replace(stated, value=value))


def findings(passport: Passport) -> tuple[Finding, ...]:
    """What the checks find on the day of the tests."""
    return check_passport(passport, today=TODAY)


def said(passport: Passport) -> set[tuple[str, str]]:
    """Field and rule of each finding."""
    return {(found.field, found.rule) for found in findings(passport)}
