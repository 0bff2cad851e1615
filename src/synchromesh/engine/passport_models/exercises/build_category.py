"""Build a category: one part of a passport is missing; the learner fills it in from the data sheet of the maker.

The sheet states some values in other units than the passport. From the second level on, some follow only from others.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from synchromesh.engine.passport_models.checks.carbon_footprint import LAST_CLASS, PRACTICE_BOUNDS
from synchromesh.engine.passport_models.exercises._answers import chosen
from synchromesh.engine.passport_models.exercises._battery import (
    CATEGORY_TITLES,
    chance_of,
    facts_of,
    help_of,
    passport_of,
    title_of,
)
from synchromesh.engine.passport_models.exercises._footprint_words import class_bounds
from synchromesh.engine.passport_models.exercises._numbers import (
    NO_UNIT,
    UNITS,
    NumberKey,
    key_answer,
    mark_number,
    units_of,
)
from synchromesh.engine.passport_models.exercises._shapes import (
    Answers,
    Exercise,
    Item,
    Marking,
    Option,
    Options,
    Quantity,
    Sentence,
    Shown,
    Table,
    Task,
    TaskForm,
    Verdict,
    gettext_noop,
)
from synchromesh.engine.passport_models.model import ValueType, fields
from synchromesh.engine.passport_models.passport import Passport

TITLE = Sentence(gettext_noop("Build a category from a data sheet"))
_KIND = "build-category"
_COUNTS = {1: 5, 2: 8, 3: 11}
_CHOICES = {"footprint_class": "carbon_footprint"}
_DERIVED: Mapping[str, tuple[str, ...]] = {
    "capacity_fade": ("rated_capacity", "remaining_capacity"),
    "power_fade": ("rated_maximum_power", "remaining_power"),
    "power_energy_ratio": ("rated_maximum_power", "rated_energy"),
}
"""Fields that follow from others, which the sheet then states instead."""
_ROUNDED = 0.02
_CLASSES = (*(name for name, _ in PRACTICE_BOUNDS), LAST_CLASS)


@dataclass(frozen=True, slots=True)
class _Case:
    passport: Passport
    category: str
    asked: tuple[str, ...]
    sheet: tuple[tuple[Shown, ...], ...]
    derived: frozenset[str]


def make(seed: int, options: Options) -> Exercise:
    """The data sheet and the empty fields."""
    case = _case(seed, options)
    rules = [
        Sentence(
            gettext_noop("Give each value in the unit that the passport asks for. Convert where the sheet differs.")
        ),
    ]
    if case.derived:
        rules.append(Sentence(gettext_noop("Some values are not on the sheet: work them out from others.")))
    tables = [
        Table(
            caption=Sentence(gettext_noop("Data sheet of the maker")),
            heads=(Sentence(gettext_noop("What")), Sentence(gettext_noop("Value"))),
            rows=case.sheet,
        )
    ]
    if "footprint_class" in case.asked:
        tables.append(class_bounds())
    return Exercise(
        kind=_KIND,
        seed=seed,
        options=options,
        task=Sentence(
            gettext_noop("The part “{part}” of this passport is empty. Fill it in from the data sheet."),
            {"part": CATEGORY_TITLES[case.category]},
        ),
        rules=tuple(rules),
        facts=facts_of(case.passport, "serial_number"),
        tables=tuple(tables),
        tasks=tuple(_task(key, options) for key in case.asked),
    )


def answer_key(seed: int, options: Options) -> Answers:
    """Every value in the unit of the field list."""
    case = _case(seed, options)
    return {
        key: case.passport.value_of(key) if key in _CHOICES else key_answer(_number_key(case, key))
        for key in case.asked
    }


def mark(exercise: Exercise, answers: Answers) -> Marking:
    """A point for each field that is right in number and unit."""
    case = _case(exercise.seed, exercise.options)
    items = tuple(_marked(case, task, answers) for task in exercise.tasks)
    right = sum(item.verdict is Verdict.RIGHT for item in items)
    return Marking(points=Fraction(right), most=len(items), items=items)


@lru_cache(maxsize=32)
def _case(seed: int, options: Options) -> _Case:
    chance = chance_of(_KIND, seed, options)
    # The footprint has too few numbers for the levels above the first.
    category = chance.choice(("performance", "use", "carbon_footprint")[: 3 if options.level == 1 else 2])
    passport = passport_of(chance, options, in_use=category == "use")
    count = _COUNTS.get(options.level, 5)
    possible = [key for key in passport.values if _is_askable(passport, key, category)]
    asked = set(chance.sample(possible, min(count, len(possible))))
    if options.level > 1:
        asked |= {key for key in _DERIVED if key in possible}
    in_order = tuple(key for key in fields() if key in asked)
    derived = frozenset(key for key in in_order if key in _DERIVED) if options.level > 1 else frozenset()
    return _Case(passport, category, in_order, _sheet(chance, passport, in_order, derived, options.level), derived)


def _is_askable(passport: Passport, key: str, category: str) -> bool:
    field = fields().get(key)
    if field is None or field.category != category:
        return False
    value = passport.value_of(key)
    if field.type not in (ValueType.NUMBER, ValueType.INTEGER):
        return key in _CHOICES
    return isinstance(value, int | float) and not isinstance(value, bool)


def _sheet(
    chance: random.Random, passport: Passport, asked: tuple[str, ...], derived: frozenset[str], level: int
) -> tuple[tuple[Shown, ...], ...]:
    """One line for each value that is asked for, or for those that it follows from, in an order by chance."""
    needed: dict[str, None] = {}
    for key in asked:
        for name in _DERIVED[key] if key in derived else (_CHOICES.get(key, key),):
            needed[name] = None
    names = list(needed)
    convertible = [name for name in names if len(units_of(fields()[name].unit)) > 1]
    share = {1: 1, 2: (len(convertible) + 1) // 2}.get(level, len(convertible))
    converted = set(chance.sample(convertible, min(share, len(convertible))))
    chance.shuffle(names)
    return tuple((title_of(name), _stated(chance, passport, name, is_converted=name in converted)) for name in names)


def _stated(chance: random.Random, passport: Passport, key: str, *, is_converted: bool) -> Quantity:
    field, value = fields()[key], float(passport.value_of(key))
    if not is_converted:
        return Quantity(value, field.unit)
    unit = chance.choice([name for name in UNITS[field.unit] if name != field.unit])
    return Quantity(float(f"{value / UNITS[field.unit][unit]:.8g}"), "" if unit == NO_UNIT else unit)


def _number_key(case: _Case, key: str) -> NumberKey:
    relative = _ROUNDED if key in case.derived else 0.002
    absolute = 0.15 if key in case.derived else 0.0
    unit = fields()[key].unit
    return NumberKey(value=float(case.passport.value_of(key)), unit=unit, relative=relative, absolute=absolute)


def _task(key: str, options: Options) -> Task:
    help_text = help_of(key) if options.level < 3 else None
    if key in _CHOICES:
        classes = tuple(Option(key=name, label=name) for name in _CLASSES)
        return Task(key=key, form=TaskForm.CHOICE, question=title_of(key), options=classes, help=help_text)
    units = units_of(fields()[key].unit)
    return Task(key=key, form=TaskForm.NUMBER, question=title_of(key), units=units, help=help_text)


def _marked(case: _Case, task: Task, answers: Answers) -> Item:
    key, field = task.key, fields()[task.key]
    if key in _CHOICES:
        return _marked_class(case, key, answers)
    if key in case.derived:
        needed = _DERIVED[key]
        says = Sentence(
            gettext_noop("It follows from “{first}” and “{second}”."),
            {"first": title_of(needed[0]), "second": title_of(needed[1])},
        )
    else:
        says = Sentence(gettext_noop("The sheet states it; the passport asks for it in {unit}."), {"unit": field.unit})
    return mark_number(
        answers,
        task,
        _number_key(case, key),
        says=says,
        remedy=Sentence(gettext_noop("Read the line of the sheet again, and mind its unit.")),
        clause=field.clause,
    )


def _marked_class(case: _Case, key: str, answers: Answers) -> Item:
    given, right = chosen(answers, key, _CLASSES), str(case.passport.value_of(key))
    return Item(
        task=key,
        title=title_of(key),
        verdict=Verdict.RIGHT if given == right else Verdict.WRONG if given else Verdict.EMPTY,
        given=given,
        expected=right,
        says=Sentence(gettext_noop("The class follows from the footprint and the bounds for practice.")),
        remedy=Sentence(gettext_noop("Take the first class whose bound the footprint does not exceed.")),
        clause=fields()[key].clause,
    )
