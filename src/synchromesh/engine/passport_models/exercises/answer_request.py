"""Answer a request: hand over exactly the fields that were asked for and that the asking person may see."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from synchromesh.engine.passport_models.exercises._access import VISITORS, may_see, point_of
from synchromesh.engine.passport_models.exercises._answers import tick_points, ticked
from synchromesh.engine.passport_models.exercises._battery import (
    CATEGORY_TITLES,
    chance_of,
    facts_of,
    passport_of,
    title_of,
)
from synchromesh.engine.passport_models.exercises._shapes import (
    Answers,
    Exercise,
    Fact,
    Marking,
    Option,
    Options,
    Parts,
    Sentence,
    Task,
    TaskForm,
    gettext_noop,
)
from synchromesh.engine.passport_models.exercises._tick_items import TickWords, tick_items
from synchromesh.engine.passport_models.model import fields
from synchromesh.engine.passport_models.passport import Passport

TITLE = Sentence(gettext_noop("Answer a request"))
_KIND = "answer-request"
_TASK = "handed"


@dataclass(frozen=True, slots=True)
class _Topic:
    """Something that can be asked for, in words that name its fields, and the fields."""

    words: Sentence
    fields: tuple[str, ...]


_TOPICS: Mapping[str, _Topic] = {
    "composition": _Topic(
        Sentence(
            gettext_noop("the chemistry, the detailed composition, hazardous substances and critical raw materials")
        ),
        ("battery_chemistry", "materials", "hazardous_substances", "critical_raw_materials"),
    ),
    "conformity": _Topic(
        Sentence(gettext_noop("the declaration of conformity and the results of test reports")),
        ("declaration_of_conformity", "test_report"),
    ),
    "dismantling": _Topic(
        Sentence(gettext_noop("how to dismantle the battery, where its parts come from, and safety measures")),
        ("dismantling_documents", "spare_part_sources", "safety_instructions"),
    ),
    "layout": _Topic(
        Sentence(gettext_noop("the cells: how many in all, in series and in parallel")),
        ("cells_in_series", "cells_in_parallel", "cell_count"),
    ),
    "health": _Topic(
        Sentence(gettext_noop("remaining capacity, capacity fade, full cycles and negative events of this battery")),
        ("remaining_capacity", "capacity_fade", "full_cycles", "negative_events"),
    ),
    "footprint": _Topic(
        Sentence(gettext_noop("the carbon footprint with its stages, its class and the study behind it")),
        ("carbon_footprint", "footprint_stages", "footprint_class", "footprint_study"),
    ),
    "sourcing": _Topic(
        Sentence(gettext_noop("the due diligence report and the recycled content")),
        ("due_diligence_report", "recycled_content"),
    ),
    "ratings": _Topic(
        Sentence(gettext_noop("rated capacity, rated energy and nominal voltage")),
        ("rated_capacity", "rated_energy", "nominal_voltage"),
    ),
}
_CLOSED = ("composition", "conformity", "dismantling", "layout", "health")
"""Topics with fields that not everybody may see."""
_REASONS: Mapping[str, Sentence] = {
    "anybody": Sentence(gettext_noop("A journalist writes an article about batteries.")),
    "interest": Sentence(gettext_noop("A workshop has shown that it repairs and repurposes batteries of this kind.")),
    "authority": Sentence(gettext_noop("A market surveillance authority examines the model and has shown who it is.")),
    "commission": Sentence(gettext_noop("The European Commission asks, and has shown who it is.")),
}


@dataclass(frozen=True, slots=True)
class _Case:
    passport: Passport
    visitor: str
    topics: tuple[str, ...]
    offered: tuple[str, ...]

    @property
    def asked(self) -> set[str]:
        return {key for topic in self.topics for key in _TOPICS[topic].fields}

    @property
    def wanted(self) -> set[str]:
        return {key for key in self.offered if key in self.asked and may_see(self.visitor, key)}


def make(seed: int, options: Options) -> Exercise:
    """The request, and the fields of the passport to choose from."""
    case = _case(seed, options)
    return Exercise(
        kind=_KIND,
        seed=seed,
        options=options,
        task=Sentence(gettext_noop("You keep this passport. Hand over what must be handed over, and nothing else.")),
        rules=(
            Sentence(gettext_noop("Tick a field when it was asked for and the one who asks may see it.")),
            Sentence(gettext_noop("Each field too many takes a right one away.")),
        ),
        facts=(
            *facts_of(case.passport, "serial_number"),
            Fact(title=Sentence(gettext_noop("Who asks")), value=_REASONS[case.visitor]),
            Fact(
                title=Sentence(gettext_noop("What they ask for")),
                value=Parts(tuple(_TOPICS[topic].words for topic in case.topics)),
            ),
        ),
        tasks=(_task(case),),
    )


def answer_key(seed: int, options: Options) -> Answers:
    """The fields to hand over."""
    return {_TASK: sorted(_case(seed, options).wanted)}


def mark(exercise: Exercise, answers: Answers) -> Marking:
    """Handed over rightly, held back wrongly, and handed over to somebody who must not have it."""
    case = _case(exercise.seed, exercise.options)
    given = ticked(answers, _TASK, case.offered)
    points = tick_points(given, case.wanted) * len(case.wanted)
    items = tick_items(_task(case), given, case.wanted, _words(case))
    return Marking(points=points, most=len(case.wanted), items=tuple(items))


@lru_cache(maxsize=32)
def _case(seed: int, options: Options) -> _Case:
    chance = chance_of(_KIND, seed, options)
    passport = passport_of(chance, options, in_use=True)
    visitor = chance.choice(("authority", "interest", "commission") if options.level < 3 else tuple(VISITORS))
    open_topics = [name for name in _TOPICS if name not in _CLOSED]
    count = 1 + options.level
    # At least one topic of which something may be handed over, at least one that is not for everybody.
    topics = _drawn(chance, count, open_topics)
    others = [name for name in _TOPICS if name not in topics]
    distractors = {key for name in chance.sample(others, min(3, len(others))) for key in _TOPICS[name].fields}
    spare = [key for key in fields() if key in passport.values and fields()[key].category != "identification"]
    distractors |= set(chance.sample(spare, 2 * options.level))
    asked = {key for name in topics for key in _TOPICS[name].fields}
    offered = tuple(key for key in fields() if key in passport.values and key in asked | distractors)
    return _Case(passport, visitor, topics, offered)


def _drawn(chance: random.Random, count: int, open_topics: list[str]) -> tuple[str, ...]:
    first = [chance.choice(_CLOSED), chance.choice(open_topics)]
    rest = [name for name in _TOPICS if name not in first]
    chosen = {*first, *chance.sample(rest, max(0, count - 2))}
    return tuple(name for name in _TOPICS if name in chosen)


def _task(case: _Case) -> Task:
    return Task(
        key=_TASK,
        form=TaskForm.TICKS,
        question=Sentence(gettext_noop("Fields that you hand over")),
        options=tuple(
            Option(key=key, label=title_of(key), group=CATEGORY_TITLES[fields()[key].category]) for key in case.offered
        ),
    )


def _words(case: _Case) -> TickWords:
    def refused(key: str) -> Sentence:
        if key not in case.asked:
            return Sentence(gettext_noop("Nobody asked for this field."))
        return Sentence(
            gettext_noop("It was asked for, but this visitor may not see it. {rule}"), {"rule": point_of(key).says}
        )

    return TickWords(
        belongs=lambda key: Sentence(
            gettext_noop("It was asked for, and this visitor may see it. {rule}"), {"rule": point_of(key).says}
        ),
        does_not=refused,
        remedy=lambda key: point_of(key).remedy,
        clause=lambda key: f"{fields()[key].clause}; {point_of(key).clause}",
    )
