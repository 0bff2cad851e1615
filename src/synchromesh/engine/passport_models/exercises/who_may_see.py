"""Who may see this: fields of a passport against four kinds of visitors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from synchromesh.engine.passport_models.exercises._access import POINTS, VISITORS, point_of, visitors_of
from synchromesh.engine.passport_models.exercises._answers import ticked
from synchromesh.engine.passport_models.exercises._battery import (
    CATEGORY_TITLES,
    chance_of,
    facts_of,
    help_of,
    passport_of,
    title_of,
)
from synchromesh.engine.passport_models.exercises._shapes import (
    Answers,
    Exercise,
    Item,
    Marking,
    Option,
    Options,
    Parts,
    Sentence,
    Shown,
    Task,
    TaskForm,
    Verdict,
    gettext_noop,
)
from synchromesh.engine.passport_models.model import Tier, fields
from synchromesh.engine.passport_models.passport import Passport

TITLE = Sentence(gettext_noop("Who may see this?"))
_KIND = "who-may-see"
_COUNTS: Mapping[int, int] = {1: 6, 2: 9, 3: 12}
_PUBLIC = frozenset(Tier)
_NOBODY = Sentence(gettext_noop("nobody"))


@dataclass(frozen=True, slots=True)
class _Case:
    passport: Passport
    asked: tuple[str, ...]


def make(seed: int, options: Options) -> Exercise:
    """The fields, each with the four visitors."""
    case = _case(seed, options)
    choices = tuple(Option(key=key, label=words) for key, words in VISITORS.items())
    rules = [Sentence(gettext_noop("A field counts when exactly the right visitors are ticked."))]
    if options.level == 1:
        rules += [point.says for point in POINTS.values()]
    return Exercise(
        kind=_KIND,
        seed=seed,
        options=options,
        task=Sentence(gettext_noop("Four visitors open this passport. Tick for each field who may see it.")),
        rules=tuple(rules),
        facts=facts_of(case.passport, "serial_number"),
        tasks=tuple(
            Task(
                key=key,
                form=TaskForm.TICKS,
                question=title_of(key),
                options=choices,
                help=help_of(key) if options.level < 3 else None,
                group=CATEGORY_TITLES[fields()[key].category],
            )
            for key in case.asked
        ),
    )


def answer_key(seed: int, options: Options) -> Answers:
    """Who may see each field."""
    return {key: sorted(visitors_of(key)) for key in _case(seed, options).asked}


def mark(exercise: Exercise, answers: Answers) -> Marking:
    """A point for each field with exactly the right visitors."""
    items = tuple(_marked(key, answers) for key in _case(exercise.seed, exercise.options).asked)
    right = sum(item.verdict is Verdict.RIGHT for item in items)
    return Marking(points=Fraction(right), most=len(items), items=items)


@lru_cache(maxsize=32)
def _case(seed: int, options: Options) -> _Case:
    """Some fields of each kind of access, at most a third of them public: ticking everybody is no way to pass."""
    chance = chance_of(_KIND, seed, options)
    passport = passport_of(chance, options, in_use=True)
    groups: dict[frozenset[Tier], list[str]] = {}
    for key in fields():
        if key in passport.values:
            groups.setdefault(fields()[key].seen_by, []).append(key)
    count = _COUNTS.get(options.level, 6)
    asked = {chance.choice(keys) for keys in groups.values()}
    rest = [[key for key in keys if key not in asked] for keys in groups.values()]
    while len(asked) < count:
        public = sum(fields()[key].seen_by == _PUBLIC for key in asked)
        open_to_choice = [
            keys for keys in rest if keys and (fields()[keys[0]].seen_by != _PUBLIC or public < count // 3)
        ]
        keys = chance.choice(open_to_choice)
        asked.add(keys.pop(chance.randrange(len(keys))))
    return _Case(passport, tuple(key for key in fields() if key in asked))


def _marked(key: str, answers: Answers) -> Item:
    given, right = ticked(answers, key, VISITORS), visitors_of(key)
    point, field = point_of(key), fields()[key]
    return Item(
        task=key,
        title=title_of(key),
        verdict=Verdict.RIGHT if given == right else Verdict.WRONG if given else Verdict.EMPTY,
        given=_named(given),
        expected=_named(right),
        says=point.says,
        remedy=point.remedy,
        clause=f"{field.clause}; {point.clause}",
        clause_checked=False,
    )


def _named(visitors: frozenset[str]) -> Shown:
    return Parts(tuple(words for key, words in VISITORS.items() if key in visitors)) if visitors else _NOBODY
