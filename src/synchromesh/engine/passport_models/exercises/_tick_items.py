"""What is said about each tick of a task: right, missed, or one too many."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from synchromesh.engine.passport_models.exercises._shapes import Item, Sentence, Task, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class TickWords:
    """What is said about an option that belongs to the answer and about one that does not; the clause of each."""

    belongs: Callable[[str], Sentence]
    does_not: Callable[[str], Sentence]
    remedy: Callable[[str], Sentence | None]
    clause: Callable[[str], str]


def always(sentence: Sentence) -> Callable[[str], Sentence]:
    """The same sentence for every option."""
    return lambda _key: sentence


def tick_items(task: Task, given: Collection[str], wanted: Collection[str], words: TickWords) -> list[Item]:
    """Each option that belongs to the answer or was ticked, in the order of the options."""
    items = []
    for option in task.options:
        if option.key not in wanted and option.key not in given:
            continue
        belongs = option.key in wanted
        right = Verdict.RIGHT if option.key in given else Verdict.MISSED
        items.append(
            Item(
                task=task.key,
                option=option.key,
                title=option.label,
                verdict=right if belongs else Verdict.WRONG,
                says=(words.belongs if belongs else words.does_not)(option.key),
                remedy=words.remedy(option.key),
                clause=words.clause(option.key),
            )
        )
    return items
