"""Find the faults: a passport with faults planted in it; the learner ticks the fields that are wrong.

Only faults count that the checks find at their field and nowhere else, so that each can be explained with its rule.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from synchromesh.engine.passport_models.checks import check_passport
from synchromesh.engine.passport_models.exercises._answers import ticked
from synchromesh.engine.passport_models.exercises._battery import (
    CATEGORY_TITLES,
    DAY,
    chance_of,
    facts_of,
    help_of,
    passport_of,
    title_of,
)
from synchromesh.engine.passport_models.exercises._shapes import (
    Answers,
    Exercise,
    Fact,
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
from synchromesh.engine.passport_models.exercises._stated import stated_lines
from synchromesh.engine.passport_models.faults import FAULTS, plant_faults, related_fields
from synchromesh.engine.passport_models.model import Duty, Field, fields
from synchromesh.engine.passport_models.passport import Finding, Passport, Severity
from synchromesh.engine.passport_models.rules import rules

TITLE = Sentence(gettext_noop("Find the faults"))
_KIND = "find-faults"
_TASK = "wrong"
MOST_FAULTS = 10

_INVISIBLE = frozenset({"blank_left_in", "material_cas_blank", "substance_cas_blank"})
"""Nobody sees a blank at the end of a text on a page."""
_EASY = frozenset(
    {
        "field_left_out", "unit_of_another_size", "number_written_as_text", "placeholder_left_in", "country_as_word",
        "email_without_at", "address_incomplete", "made_in_future", "made_in_last_century", "no_such_day",
        "mass_in_grams", "warranty_in_days", "threshold_as_share", "temperature_in_kelvin", "notified_body_misspelt",
        "efficiency_above_hundred", "efficiency_as_share", "charge_above_hundred", "status_unknown", "stage_negative",
        "index_above_hundred", "mercury_above_limit", "substance_share_impossible", "recycled_above_hundred",
        "recycled_negative", "material_negative", "power_in_watts", "report_of_next_year", "stage_left_out",
        "energy_in_watt_hours", "capacity_in_milliampere_hours", "footprint_per_watt_hour", "chemistry_name_of_other",
    }
)  # fmt: skip
"""Faults that one value alone gives away; the others show when values are compared."""


@dataclass(frozen=True, slots=True)
class _Case:
    passport: Passport
    faults: dict[str, Finding]


def make(seed: int, options: Options) -> Exercise:
    """The passport with its faults, all fields of this kind of battery to be ticked."""
    case = _case(seed, options)
    rules_shown = [
        Sentence(gettext_noop("Tick each field that is wrong. A field that must be given and is not is wrong too.")),
        Sentence(gettext_noop("Each false alarm takes one found fault away.")),
    ]
    if options.level < 3:
        count = len(case.faults)
        rules_shown.append(Sentence(gettext_noop("Number of faults in this passport: {count}."), {"count": count}))
    return Exercise(
        kind=_KIND,
        seed=seed,
        options=options,
        task=Sentence(gettext_noop("This passport has faults. Which fields are wrong?")),
        rules=tuple(rules_shown),
        facts=(*facts_of(case.passport), *_hints(case, options)),
        tasks=(
            Task(
                key=_TASK,
                form=TaskForm.TICKS,
                question=Sentence(gettext_noop("Fields that are wrong")),
                options=tuple(_option(case.passport, field, options) for field in _fields_of(case.passport)),
            ),
        ),
    )


def answer_key(seed: int, options: Options) -> Answers:
    """The fields with faults."""
    return {_TASK: sorted(_case(seed, options).faults)}


def mark(exercise: Exercise, answers: Answers) -> Marking:
    """Found, missed and false alarms; a field that only hangs together with a fault costs nothing."""
    case = _case(exercise.seed, exercise.options)
    given = ticked(answers, _TASK, fields())
    wrong = set(case.faults)
    related = set().union(*(related_fields(key) for key in wrong)) - wrong
    items = [_fault(key, case.faults[key], case.passport, found=key in given) for key in fields() if key in wrong]
    alarms = [key for key in fields() if key in given - wrong]
    items += [_alarm(key, case.passport, is_near=key in related) for key in alarms]
    points = max(0, len(given & wrong) - sum(key not in related for key in alarms))
    return Marking(points=Fraction(points), most=len(wrong), items=tuple(items))


@lru_cache(maxsize=32)
def _case(seed: int, options: Options) -> _Case:
    chance = chance_of(_KIND, seed, options)
    wanted = max(1, min(MOST_FAULTS, options.faults))
    best = _Case(passport_of(chance, options), {})
    for attempt in range(8):
        start = best.passport if not attempt else passport_of(chance, options, in_use=True)
        case = _planted(start, chance, options.level, wanted)
        best = case if len(case.faults) > len(best.faults) else best
        if len(best.faults) == wanted:
            break
    return best


def _planted(passport: Passport, chance: random.Random, level: int, wanted: int) -> _Case:
    """Plant one fault after the other, each at a field that no other fault touches."""
    faults: dict[str, Finding] = {}
    touched: set[str] = set()
    for name in _names(chance, level):
        if len(faults) == wanted:
            break
        if FAULTS[name][0] in touched:
            continue
        changed, planted = plant_faults(passport, chance.randrange(2**31), count=1, only=name)
        if not planted or planted[0].field in touched:
            continue
        found = _grave(changed)
        if set(found) != {*faults, planted[0].field}:
            continue
        passport, faults = changed, found
        touched |= related_fields(planted[0].field)
    return _Case(passport, faults)


def _names(chance: random.Random, level: int) -> list[str]:
    fit = [name for name in sorted(FAULTS) if name not in _INVISIBLE]
    easy = [name for name in fit if name in _EASY]
    hard = [name for name in fit if name not in _EASY]
    if level == 1:
        # What is left out can be left out several times; the other kinds come once.
        return [*chance.sample(easy, len(easy)), "field_left_out", "unit_of_another_size", "field_left_out"]
    drawn = chance.sample(hard, len(hard)) if level >= 3 else chance.sample(fit, len(fit))
    return drawn if level < 3 else [*drawn, *chance.sample(easy, len(easy))]


def _grave(passport: Passport) -> dict[str, Finding]:
    """The first finding of each field that is more than a hint."""
    found: dict[str, Finding] = {}
    for finding in check_passport(passport, today=DAY):
        if finding.severity is not Severity.HINT:
            found.setdefault(finding.field, finding)
    return found


def _fields_of(passport: Passport) -> list[Field]:
    return [
        field
        for field in fields().values()
        if field.duties[passport.kind] is not Duty.NOT_APPLICABLE or field.key in passport.values
    ]


def _option(passport: Passport, field: Field, options: Options) -> Option:
    return Option(
        key=field.key,
        label=title_of(field.key),
        group=CATEGORY_TITLES[field.category],
        details=stated_lines(field, passport.values.get(field.key), duty=_duty(passport, field, options)),
        help=help_of(field.key) if options.level < 3 else None,
    )


def _duty(passport: Passport, field: Field, options: Options) -> Sentence | None:
    """Whether an empty field must be given; a learner of the third level knows."""
    if options.level >= 3:
        return None
    duty = field.duties[passport.kind]
    if duty is Duty.MANDATORY:
        return Sentence(gettext_noop("must be given"))
    if duty is Duty.IN_USE:
        return Sentence(gettext_noop("must be given once the battery is in use"))
    return Sentence(gettext_noop("may be left out"))


def _hints(case: _Case, options: Options) -> list[Fact]:
    """At the first level: which parts of the passport have how many faults."""
    if options.level > 1:
        return []
    counts: dict[str, int] = {}
    for key in fields():
        if key in case.faults:
            counts[fields()[key].category] = counts.get(fields()[key].category, 0) + 1
    parts: list[Shown] = [
        Sentence(gettext_noop("{part}: {count}"), {"part": CATEGORY_TITLES[category], "count": count})
        for category, count in counts.items()
    ]
    return [Fact(title=Sentence(gettext_noop("Where the faults are")), value=Parts(tuple(parts)))]


def _fault(key: str, finding: Finding, passport: Passport, *, found: bool) -> Item:
    rule = rules()[finding.rule]
    values: dict[str, Shown] = dict(finding.values)
    if values.get("title") == fields()[key].title:
        values["title"] = title_of(key)
    return Item(
        task=_TASK,
        option=key,
        title=title_of(key),
        verdict=Verdict.FOUND if found else Verdict.MISSED,
        given=Parts(stated_lines(fields()[key], passport.values.get(key))),
        says=Sentence(rule.message, values),
        remedy=Sentence(rule.remedy, values),
        clause=finding.clause,
        clause_checked=finding.clause_checked,
    )


def _alarm(key: str, passport: Passport, *, is_near: bool) -> Item:
    near = gettext_noop("This value is right, but it hangs together with one that is wrong. It costs nothing.")
    far = gettext_noop("No rule of the checks speaks against this value.")
    field = fields()[key]
    return Item(
        task=_TASK,
        option=key,
        title=title_of(key),
        verdict=Verdict.NEAR if is_near else Verdict.FALSE_ALARM,
        given=Parts(stated_lines(field, passport.values.get(key))),
        says=Sentence(near if is_near else far),
        clause=field.clause,
        clause_checked=field.checked,
    )
