"""Exercises on battery passports: one module for each kind, found by discovery. Adding a kind is adding a module.

The contract of a kind, which is a module named like the kind with `_` for `-`:

- `TITLE: Sentence`: what a learner calls it;
- `make(seed, options) -> Exercise`: what a learner sees, without any key. The same seed and options give the same;
- `answer_key(seed, options) -> Answers`: the answers that are all right;
- `mark(exercise, answers) -> Marking`: what came of the answers. Must not raise, whatever they are.

Everything is made from the seed with invented batteries, so that two learners hardly ever get the same exercise and a
marking can be repeated. What is shown and what is said about an answer are templates with values: a page translates
them. A change of what a seed leads to needs a higher `EDITION`, so that nobody is marked by another exercise than the
one they saw.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from typing import Protocol, cast

from synchromesh.engine.errors import NotFound
from synchromesh.engine.passport_models.exercises._shapes import (
    Answers,
    Exercise,
    Fact,
    Item,
    Marking,
    Option,
    Options,
    Parts,
    Plot,
    Quantity,
    Sentence,
    Shown,
    Table,
    Task,
    TaskForm,
    Verdict,
    in_english,
    number_text,
)
from synchromesh.engine.plugins import discover

__all__ = [
    "EDITION",
    "Answers",
    "Exercise",
    "ExerciseKind",
    "Fact",
    "Item",
    "Marking",
    "Option",
    "Options",
    "Parts",
    "Plot",
    "Quantity",
    "Sentence",
    "Shown",
    "Table",
    "Task",
    "TaskForm",
    "Verdict",
    "exercise_kinds",
    "get_exercise_kind",
    "in_english",
    "number_text",
]

EDITION = 1
"""Goes up when a seed leads to another exercise than before."""


class ExerciseKind(Protocol):
    """What every kind offers; see the docstring of this package."""

    TITLE: Sentence

    def make(self, seed: int, options: Options) -> Exercise:
        """What a learner sees."""
        ...

    def answer_key(self, seed: int, options: Options) -> Answers:
        """The answers that are all right."""
        ...

    def mark(self, exercise: Exercise, answers: Answers) -> Marking:
        """What came of the answers."""
        ...


@cache
def exercise_kinds() -> Mapping[str, ExerciseKind]:
    """Every kind by its name."""
    found = discover(sys.modules[__name__])
    return {name.replace("_", "-"): cast("ExerciseKind", module) for name, module in found.items()}


def get_exercise_kind(name: str) -> ExerciseKind:
    """One kind. Raises NotFound."""
    try:
        return exercise_kinds()[name]
    except KeyError:
        raise NotFound(f"There is no exercise called {name[:40]}. There are: {', '.join(exercise_kinds())}.") from None
