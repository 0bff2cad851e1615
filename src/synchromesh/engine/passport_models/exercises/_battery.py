"""The invented battery of an exercise, and the words that several kinds of exercises share."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date

from synchromesh.engine.passport_models.exercises._shapes import Fact, Options, Sentence, Shown, gettext_noop
from synchromesh.engine.passport_models.generating import generate_passport
from synchromesh.engine.passport_models.model import BatteryKind, fields
from synchromesh.engine.passport_models.passport import Passport

DAY = date(2027, 6, 1)
"""The day on which all exercises take place, so that a seed gives the same exercise in every year."""

BATTERY_TITLES: Mapping[BatteryKind, Sentence] = {
    BatteryKind.EV: Sentence(gettext_noop("Electric vehicle")),
    BatteryKind.LMT: Sentence(gettext_noop("Light means of transport")),
    BatteryKind.INDUSTRIAL: Sentence(gettext_noop("Industry, above 2 kWh")),
}
CATEGORY_TITLES: Mapping[str, Sentence] = {
    "identification": Sentence(gettext_noop("Identification")),
    "conformity": Sentence(gettext_noop("Conformity and labels")),
    "carbon_footprint": Sentence(gettext_noop("Carbon footprint")),
    "due_diligence": Sentence(gettext_noop("Due diligence in the supply chain")),
    "materials": Sentence(gettext_noop("Materials")),
    "circularity": Sentence(gettext_noop("Circular economy")),
    "performance": Sentence(gettext_noop("Performance when new")),
    "use": Sentence(gettext_noop("The battery in use")),
}
NOT_GIVEN = Sentence(gettext_noop("not given"))


def chance_of(kind: str, seed: int, options: Options) -> random.Random:
    """A source of chance of this exercise alone."""
    named = f"{kind} {seed} {options.battery.value} {options.level} {options.faults}"
    return random.Random(named)  # noqa: S311 (a choice that can be repeated, not a secret)


def passport_of(chance: random.Random, options: Options, *, in_use: bool = False) -> Passport:
    """A clean passport; with `in_use` one of a battery that has been used, so that it has values of use."""
    for _ in range(40):
        passport = generate_passport(chance.randrange(2**31), options.battery, today=DAY)
        if not in_use or "service_date" in passport.values:
            return passport
    raise AssertionError("No used battery among 40.")  # four of five are used


def title_of(key: str) -> Sentence:
    """What a field of the passport is called."""
    return Sentence(fields()[key].title)


def help_of(key: str) -> Sentence:
    """What a field of the passport means."""
    return Sentence(fields()[key].help)


def facts_of(passport: Passport, *keys: str) -> tuple[Fact, ...]:
    """What battery this is: its kind, its model and other fields that are asked for."""
    named = ("model_name", "battery_chemistry", *keys)
    found = [Fact(title=Sentence(gettext_noop("Battery")), value=BATTERY_TITLES[passport.kind])]
    for key in named:
        value: Shown | None = passport.value_of(key)
        if isinstance(value, str | int | float):
            found.append(Fact(title=title_of(key), value=value))
    return (*found, Fact(title=Sentence(gettext_noop("Day of the exercise")), value=DAY.isoformat()))
