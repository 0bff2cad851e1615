"""Read the footprint: stages that add up, the share of the largest, the class; at the third level of two batteries."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from synchromesh.engine.passport_models.checks.carbon_footprint import (
    LAST_CLASS,
    PRACTICE_BOUNDS,
    energy_over_life,
    footprint_class,
)
from synchromesh.engine.passport_models.exercises._answers import chosen
from synchromesh.engine.passport_models.exercises._battery import chance_of, facts_of, passport_of, title_of
from synchromesh.engine.passport_models.exercises._choices import ChoiceKey, choice_task, mark_choice
from synchromesh.engine.passport_models.exercises._footprint_words import STAGE_TITLES, class_bounds
from synchromesh.engine.passport_models.exercises._numbers import NumberKey, key_answer, mark_number, units_of
from synchromesh.engine.passport_models.exercises._shapes import (
    Answers,
    Exercise,
    Item,
    Marking,
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
from synchromesh.engine.passport_models.model import fields
from synchromesh.engine.passport_models.passport import Passport

TITLE = Sentence(gettext_noop("Read the carbon footprint"))
_KIND = "read-footprint"
_UNIT = "kg CO2e/kWh"
_CLASSES = (*(name for name, _ in PRACTICE_BOUNDS), LAST_CLASS)
_FITS = {
    "fits": Sentence(gettext_noop("It is the sum of the stages")),
    "high": Sentence(gettext_noop("It is too high")),
    "low": Sentence(gettext_noop("It is too low")),
}
_BATTERIES = {"first": Sentence(gettext_noop("Battery 1")), "second": Sentence(gettext_noop("Battery 2"))}


@dataclass(frozen=True, slots=True)
class _Case:
    passport: Passport
    stages: tuple[tuple[str, float], ...]
    in_grams: bool
    claimed: float
    rival_total: float  # kg CO2e of the other battery
    rival_energy: float  # kWh over its life

    @property
    def total(self) -> float:
        return sum(part for _, part in self.stages)

    @property
    def largest(self) -> tuple[str, float]:
        return max(self.stages, key=lambda stage: stage[1])

    @property
    def claim(self) -> str:
        if abs(self.claimed - self.total) <= 0.01 * self.total:
            return "fits"
        return "high" if self.claimed > self.total else "low"

    @property
    def rival(self) -> float:
        return self.rival_total / self.rival_energy


def make(seed: int, options: Options) -> Exercise:
    """The stages in a table, the bounds of the classes, and what is asked."""
    case = _case(seed, options)
    rules = [Sentence(gettext_noop("The footprint is the sum of its stages; a stage below zero gives something back."))]
    if case.in_grams:
        rules.append(Sentence(gettext_noop("Mind the units: the table is in grams.")))
    return Exercise(
        kind=_KIND,
        seed=seed,
        options=options,
        task=Sentence(gettext_noop("Read what this battery adds to the climate, and where it comes from.")),
        rules=tuple(rules),
        facts=facts_of(case.passport, "serial_number"),
        tables=tuple(_tables(case, options)),
        tasks=tuple(_tasks(options)),
    )


def answer_key(seed: int, options: Options) -> Answers:
    """All right answers."""
    case = _case(seed, options)
    numbers = {key: key_answer(number) for key, number in _numbers(case, options).items()}
    return numbers | {key: choice.right for key, choice in _choices(case, options).items()}


def mark(exercise: Exercise, answers: Answers) -> Marking:
    """A point for each answer that is right."""
    case = _case(exercise.seed, exercise.options)
    numbers, choices = _numbers(case, exercise.options), _choices(case, exercise.options)
    items: list[Item] = []
    for task in exercise.tasks:
        if task.key in numbers:
            says, remedy, clause = _EXPLAINED[task.key]
            items.append(mark_number(answers, task, numbers[task.key], says=says, remedy=remedy, clause=clause))
        elif task.key in choices:
            items.append(mark_choice(chosen(answers, task.key, choices[task.key].words), task, choices[task.key]))
    right = sum(item.verdict is Verdict.RIGHT for item in items)
    return Marking(points=Fraction(right), most=len(items), items=tuple(items))


@lru_cache(maxsize=32)
def _case(seed: int, options: Options) -> _Case:
    chance = chance_of(_KIND, seed, options)
    passport, rival = passport_of(chance, options), passport_of(chance, options)
    rows = passport.value_of("footprint_stages")
    stages = tuple((str(row["stage"]), float(row["footprint"])) for row in rows)
    total = sum(part for _, part in stages)
    factor = chance.choice((1.0, chance.uniform(1.1, 1.4), chance.uniform(0.6, 0.9)))
    rival_energy = energy_over_life(rival.value_of("rated_energy"), rival.value_of("expected_cycles"))
    # Clearly better or worse, so that rounding does not decide.
    rival_footprint = total * chance.choice((chance.uniform(0.6, 0.85), chance.uniform(1.2, 1.7)))
    return _Case(
        passport=passport,
        stages=stages,
        in_grams=options.level > 1,
        claimed=round(total * factor, 5),
        rival_total=round(rival_footprint * rival_energy, 1),
        rival_energy=round(rival_energy, 1),
    )


def _tables(case: _Case, options: Options) -> list[Table]:
    unit, factor = ("g CO2e/kWh", 1000.0) if case.in_grams else (_UNIT, 1.0)
    stages: list[tuple[Shown, ...]] = [
        (STAGE_TITLES[stage], Quantity(float(f"{part * factor:.6g}"), unit)) for stage, part in case.stages
    ]
    tables = [
        Table(
            caption=title_of("footprint_stages"),
            heads=(Sentence(gettext_noop("Stage of life")), title_of("carbon_footprint")),
            rows=tuple(stages),
        ),
        class_bounds(),
    ]
    if options.level > 1:
        claimed: tuple[Shown, ...] = (title_of("carbon_footprint"), Quantity(case.claimed, _UNIT))
        heads = (Sentence(gettext_noop("Field")), Sentence(gettext_noop("Value")))
        tables.append(Table(caption=Sentence(gettext_noop("What the passport states")), heads=heads, rows=(claimed,)))
    if options.level > 2:
        rows: tuple[tuple[Shown, ...], ...] = (
            (title_of("absolute_footprint"), Quantity(round(case.rival_total / 1000, 4), "t CO2e")),
            (Sentence(gettext_noop("Energy over its life")), Quantity(round(case.rival_energy / 1000, 4), "MWh")),
        )
        heads = (Sentence(gettext_noop("What")), Sentence(gettext_noop("Value")))
        tables.append(Table(caption=_BATTERIES["second"], heads=heads, rows=rows))
    return tables


def _tasks(options: Options) -> list[Task]:
    number, units = TaskForm.NUMBER, units_of(_UNIT)
    tasks = [
        Task(key="sum", form=number, question=Sentence(gettext_noop("Sum of all stages")), units=units),
        choice_task("largest", Sentence(gettext_noop("The largest stage")), STAGE_TITLES),
        Task(
            key="share",
            form=number,
            question=Sentence(gettext_noop("Share of the largest stage in the sum")),
            units=("%",),
        ),
        choice_task("class", title_of("footprint_class"), {name: name for name in _CLASSES}),
    ]
    if options.level > 1:
        tasks.append(
            choice_task("claim", Sentence(gettext_noop("Is the footprint that the passport states right?")), _FITS)
        )
    if options.level > 2:
        per_energy = Sentence(gettext_noop("Footprint of battery 2 for each kilowatt-hour"))
        tasks.append(Task(key="rival", form=number, question=per_energy, units=units))
        better = Sentence(gettext_noop("Which battery adds less for each kilowatt-hour?"))
        tasks.append(choice_task("better", better, _BATTERIES))
    return tasks


def _numbers(case: _Case, options: Options) -> dict[str, NumberKey]:
    share = 100 * case.largest[1] / case.total
    found = {
        "sum": NumberKey(value=case.total, unit=_UNIT, relative=0.01),
        "share": NumberKey(value=share, unit="%", absolute=1.0),
    }
    if options.level > 2:
        found["rival"] = NumberKey(value=case.rival, unit=_UNIT, relative=0.02)
    return found


def _choices(case: _Case, options: Options) -> dict[str, ChoiceKey]:
    found = {
        "largest": ChoiceKey(
            right=case.largest[0],
            words=STAGE_TITLES,
            says=Sentence(gettext_noop("It is the stage with the highest number.")),
            remedy=Sentence(gettext_noop("Ask first there for a cleaner way.")),
            clause=fields()["footprint_stages"].clause,
        ),
        "class": ChoiceKey(
            right=footprint_class(case.total),
            words={name: name for name in _CLASSES},
            says=Sentence(gettext_noop("The class follows from the footprint and the bounds for practice.")),
            remedy=Sentence(gettext_noop("Take the first class whose bound the footprint does not exceed.")),
            clause=fields()["footprint_class"].clause,
        ),
    }
    if options.level > 1:
        found["claim"] = ChoiceKey(
            right=case.claim,
            words=_FITS,
            says=Sentence(gettext_noop("The footprint must be the sum of its stages.")),
            remedy=Sentence(gettext_noop("Correct the value that does not fit, and look for a slip of the unit.")),
            clause=fields()["carbon_footprint"].clause,
        )
    if options.level > 2:
        found["better"] = ChoiceKey(
            right="first" if case.total < case.rival else "second",
            words=_BATTERIES,
            says=Sentence(
                gettext_noop("Only the footprint for each kilowatt-hour compares batteries of different size.")
            ),
            remedy=Sentence(gettext_noop("Divide the footprint of the whole battery by the energy over its life.")),
            clause=fields()["absolute_footprint"].clause,
        )
    return found


_EXPLAINED = {
    "sum": (
        Sentence(gettext_noop("Add the four stages; the end of life may be below zero.")),
        Sentence(gettext_noop("Convert grams to kilograms before you state the sum.")),
        fields()["footprint_stages"].clause,
    ),
    "share": (
        Sentence(gettext_noop("It is the largest stage divided by the sum of all stages.")),
        Sentence(gettext_noop("Divide by the sum, not by the other stages.")),
        fields()["footprint_stages"].clause,
    ),
    "rival": (
        Sentence(gettext_noop("It is the footprint of the whole battery divided by the energy over its life.")),
        Sentence(gettext_noop("Bring tonnes to kilograms and megawatt-hours to kilowatt-hours first.")),
        fields()["absolute_footprint"].clause,
    ),
}
