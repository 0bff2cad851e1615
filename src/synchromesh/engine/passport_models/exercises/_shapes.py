"""What an exercise shows and what a marking says, as plain values: sentences are templates that a page translates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeAlias

from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.passport import FieldValue

Answers: TypeAlias = Mapping[str, Any]
"""By the key of the task: a list of keys (ticks), a key (choice), or {value, unit} (number).

A value is a number, or a list of the numbers that what was typed can mean.
"""


def gettext_noop(template: str) -> str:
    """Mark a template for the translators: their tool looks for calls of this name."""
    return template


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template with places in braces, and what fills them. A page translates the template and the values."""

    template: str
    values: Mapping[str, Shown] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; "" for none."""

    value: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """Several things that stand in one line, with `between` between them."""

    parts: tuple[Shown, ...]
    between: str = "; "


Shown: TypeAlias = "str | int | float | Sentence | Quantity | Parts"
"""Something to show. A text stands as it is, in every language."""


class TaskForm(StrEnum):
    """How a task is answered."""

    TICKS = "ticks"
    CHOICE = "choice"
    NUMBER = "number"


class Verdict(StrEnum):
    """What came of an answer. `near`: not wrong itself, but it hangs together with what is."""

    RIGHT = "right"
    WRONG = "wrong"
    EMPTY = "empty"
    UNIT = "unit"
    FOUND = "found"
    MISSED = "missed"
    FALSE_ALARM = "false-alarm"
    NEAR = "near"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What an author chooses: the kind of battery, the difficulty from 1 to 3, the number of faults to plant."""

    battery: BatteryKind = BatteryKind.EV
    level: int = 1
    faults: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something to know beforehand."""

    title: Sentence
    value: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table to read; the first column of each row names it."""

    caption: Sentence
    heads: tuple[Shown, ...]
    rows: tuple[tuple[Shown, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Readings over time, to be drawn as a line beside a table of the same."""

    caption: Sentence
    readings: FieldValue
    threshold: float | None = None
    threshold_title: Sentence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing to tick or to choose. `group` is a heading over several, `details` are lines below the label."""

    key: str
    label: Shown
    group: Sentence | None = None
    details: tuple[Shown, ...] = ()
    help: Sentence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One question. `units` are what may be chosen for a number; a single one is simply stated."""

    key: str
    form: TaskForm
    question: Shown
    options: tuple[Option, ...] = ()
    units: tuple[str, ...] = ()
    help: Sentence | None = None
    group: Sentence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """What a learner sees: no key is in it. `seed` is for marking and is not shown."""

    kind: str
    seed: int
    options: Options
    task: Sentence
    rules: tuple[Sentence, ...] = ()
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    plots: tuple[Plot, ...] = ()
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What is said about one answer: verdict, what was given and expected, why, what to do, and the clause."""

    task: str
    title: Shown
    verdict: Verdict
    says: Sentence
    option: str = ""
    given: Shown = ""
    expected: Shown = ""
    remedy: Sentence | None = None
    clause: str = ""
    clause_checked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """What came of all answers. A point for each task or fault; a false alarm takes one away."""

    points: Fraction
    most: int
    items: tuple[Item, ...]

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means everything."""
        return int(100 * self.points / self.most) if self.most else 0


def number_text(value: float) -> str:
    """A number without an exponent, with at most 10 digits that matter."""
    text = f"{value:.10g}"
    return format(Decimal(text), "f") if "e" in text else text


def in_english(shown: Shown) -> str:
    """What an English page shows."""
    if isinstance(shown, Sentence):
        return shown.template.format_map({name: in_english(value) for name, value in shown.values.items()})
    if isinstance(shown, Quantity):
        return f"{number_text(shown.value)} {shown.unit}".strip()
    if isinstance(shown, Parts):
        return shown.between.join(in_english(part) for part in shown.parts)
    return shown if isinstance(shown, str) else number_text(shown)
