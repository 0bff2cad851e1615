"""Tasks with one right answer among several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from synchromesh.engine.passport_models.exercises._shapes import (
    Item,
    Option,
    Sentence,
    Shown,
    Task,
    TaskForm,
    Verdict,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceKey:
    """The right one among `words`, why it is right, what to do, and the clause."""

    right: str
    words: Mapping[str, Shown]
    says: Sentence
    remedy: Sentence | None
    clause: str


def choice_task(
    key: str,
    question: Shown,
    words: Mapping[str, Shown],
    *,
    group: Sentence | None = None,
) -> Task:
    """The question with all answers, in their order."""
    options = tuple(Option(key=name, label=label) for name, label in words.items())
    return Task(key=key, form=TaskForm.CHOICE, question=question, options=options, group=group)


def mark_choice(given: str, task: Task, key: ChoiceKey) -> Item:
    """Compare what was chosen with the key; "" means nothing was."""
    return Item(
        task=task.key,
        title=task.question,
        verdict=Verdict.RIGHT if given == key.right else Verdict.WRONG if given else Verdict.EMPTY,
        given=key.words.get(given, ""),
        expected=key.words[key.right],
        says=key.says,
        remedy=key.remedy,
        clause=key.clause,
    )
