"""Trace materials: recycled shares, origin, hazardous substances and evidence from tables along a chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from synchromesh.engine.passport_models.checks.circularity import LEAST_RECYCLED
from synchromesh.engine.passport_models.chemistries import chemistries
from synchromesh.engine.passport_models.exercises._answers import chosen, tick_points, ticked
from synchromesh.engine.passport_models.exercises._battery import chance_of, facts_of, passport_of
from synchromesh.engine.passport_models.exercises._chain import (
    MATERIAL_TITLES,
    Delivery,
    deliveries_table,
    draw_chain,
    hazard_class,
    origins,
    recycled_share,
    substances_table,
)
from synchromesh.engine.passport_models.exercises._choices import ChoiceKey, choice_task, mark_choice
from synchromesh.engine.passport_models.exercises._numbers import NumberKey, key_answer, mark_number
from synchromesh.engine.passport_models.exercises._shapes import (
    Answers,
    Exercise,
    Item,
    Marking,
    Option,
    Options,
    Sentence,
    Task,
    TaskForm,
    Verdict,
    gettext_noop,
)
from synchromesh.engine.passport_models.exercises._tick_items import TickWords, always, tick_items
from synchromesh.engine.passport_models.passport import Passport

TITLE = Sentence(gettext_noop("Trace the materials"))
_KIND = "trace-materials"
_ENOUGH: Mapping[str, Sentence] = {
    "enough": Sentence(gettext_noop("It reaches the least share")),
    "low": Sentence(gettext_noop("It stays below the least share")),
}


@dataclass(frozen=True, slots=True)
class _Case:
    passport: Passport
    materials: tuple[str, ...]
    deliveries: tuple[Delivery, ...]

    def of(self, material: str) -> list[Delivery]:
        """The deliveries of one material."""
        return [one for one in self.deliveries if one.material == material]

    @property
    def substances(self) -> dict[str, str]:
        """CAS numbers by the name of the substance."""
        return {str(row["name"]): str(row["cas"]) for row in self.passport.value_of("materials")}

    @property
    def wanted_ticks(self) -> dict[str, set[str]]:
        """What is to be ticked."""
        return {
            "hazardous": {name for name in self.substances if hazard_class(name)},
            "evidence": {one.key for one in self.deliveries if not one.has_evidence},
        }


def make(seed: int, options: Options) -> Exercise:
    """The deliveries, the substances of the finished battery, and what is asked."""
    case = _case(seed, options)
    least = [
        Sentence(
            gettext_noop("{material}: from 18 August 2031 at least {least} % must be recycled."),
            {"material": MATERIAL_TITLES[material], "least": LEAST_RECYCLED[material]},
        )
        for material in case.materials
    ]
    weigh = Sentence(
        gettext_noop("Weigh each share with the mass of its delivery; a plain mean of the shares is wrong.")
    )
    return Exercise(
        kind=_KIND,
        seed=seed,
        options=options,
        task=Sentence(gettext_noop("Follow the materials of this battery back along the chain.")),
        rules=(weigh, *least),
        facts=facts_of(case.passport, "serial_number"),
        tables=(deliveries_table(case.deliveries), substances_table(case.substances)),
        tasks=tuple(_tasks(case, options)),
    )


def answer_key(seed: int, options: Options) -> Answers:
    """All right answers."""
    case = _case(seed, options)
    found: dict[str, object] = {key: key_answer(number) for key, number in _numbers(case, options).items()}
    found |= {key: choice.right for key, choice in _choices(case).items()}
    return found | {key: sorted(wanted) for key, wanted in case.wanted_ticks.items()}


def mark(exercise: Exercise, answers: Answers) -> Marking:
    """A point for each task; of ticks a part of it, less what was ticked wrongly."""
    case = _case(exercise.seed, exercise.options)
    numbers, choices = _numbers(case, exercise.options), _choices(case)
    points = Fraction(0)
    items: list[Item] = []
    for task in exercise.tasks:
        if task.form is TaskForm.TICKS:
            wanted = case.wanted_ticks[task.key]
            given = ticked(answers, task.key, [option.key for option in task.options])
            points += tick_points(given, wanted)
            items += tick_items(task, given, wanted, _TICK_WORDS[task.key])
            continue
        if task.form is TaskForm.CHOICE:
            key = choices[task.key]
            item = mark_choice(chosen(answers, task.key, key.words), task, key)
        else:
            item = _marked_number(answers, task, numbers[task.key])
        points += item.verdict is Verdict.RIGHT
        items.append(item)
    return Marking(points=points, most=len(exercise.tasks), items=tuple(items))


def _marked_number(answers: Answers, task: Task, key: NumberKey) -> Item:
    remedy = Sentence(gettext_noop("Multiply each share by its mass, add up, and divide by the whole mass."))
    if task.key.startswith("origin-share-"):
        says = Sentence(gettext_noop("It is the mass from that country divided by the whole mass of the material."))
        return mark_number(answers, task, key, says=says, remedy=None, clause="Art. 52(3)")
    says = Sentence(gettext_noop("It is the mean of the shares, weighted by the masses."))
    return mark_number(answers, task, key, says=says, remedy=remedy, clause="Art. 8(1); Annex XIII, 1(e)")


@lru_cache(maxsize=32)
def _case(seed: int, options: Options) -> _Case:
    chance = chance_of(_KIND, seed, options)
    passport = passport_of(chance, options)
    known = chemistries()[str(passport.value_of("battery_chemistry"))].recycled
    materials = tuple(sorted(chance.sample(known, min(options.level, len(known)))))
    return _Case(passport, materials, draw_chain(chance, materials, 2 + options.level))


def _numbers(case: _Case, options: Options) -> dict[str, NumberKey]:
    found = {}
    for name in case.materials:
        found[f"recycled-{name}"] = NumberKey(value=recycled_share(case.of(name)), unit="%", absolute=0.5)
        if options.level > 1:
            leading = max(origins(case.of(name)).values())
            found[f"origin-share-{name}"] = NumberKey(value=leading, unit="%", absolute=1.0)
    return found


def _choices(case: _Case) -> dict[str, ChoiceKey]:
    found = {}
    for name in case.materials:
        share, least = recycled_share(case.of(name)), LEAST_RECYCLED[name]
        found[f"enough-{name}"] = ChoiceKey(
            right="enough" if share >= least else "low",
            words=_ENOUGH,
            says=Sentence(
                gettext_noop("{share} % is compared with the least share of {least} %."),
                {"share": round(share, 1), "least": least},
            ),
            remedy=Sentence(gettext_noop("Ask the suppliers for more recycled material before 2031.")),
            clause="Art. 8(2)",
        )
        shares = origins(case.of(name))
        found[f"origin-{name}"] = ChoiceKey(
            right=max(shares, key=lambda country: shares[country]),
            words={country: country for country in sorted(shares)},
            says=Sentence(gettext_noop("Add the masses of each country and take the largest.")),
            remedy=Sentence(
                gettext_noop("State where the material comes from, not where the supplier has its office.")
            ),
            clause="Art. 52(3)",
        )
    return found


def _tasks(case: _Case, options: Options) -> list[Task]:
    tasks: list[Task] = []
    for name in case.materials:
        title, filling = MATERIAL_TITLES[name], {"material": MATERIAL_TITLES[name]}
        share = Sentence(gettext_noop("{material}: recycled share"), filling)
        tasks.append(_percent(f"recycled-{name}", share, title))
        enough = Sentence(gettext_noop("{material}: is that enough?"), filling)
        tasks.append(choice_task(f"enough-{name}", enough, _ENOUGH, group=title))
        countries = {country: country for country in sorted(origins(case.of(name)))}
        origin = Sentence(gettext_noop("{material}: which country delivers most?"), filling)
        tasks.append(choice_task(f"origin-{name}", origin, countries, group=title))
        if options.level > 1:
            part = Sentence(gettext_noop("{material}: share of that country in the mass"), filling)
            tasks.append(_percent(f"origin-share-{name}", part, title))
    return [*tasks, _hazardous_task(case), _evidence_task(case)]


def _percent(key: str, question: Sentence, group: Sentence) -> Task:
    return Task(key=key, form=TaskForm.NUMBER, question=question, units=("%",), group=group)


def _hazardous_task(case: _Case) -> Task:
    options = tuple(Option(key=name, label=name) for name in sorted(case.substances))
    question = Sentence(gettext_noop("Which substances must the passport state as hazardous?"))
    return Task(key="hazardous", form=TaskForm.TICKS, question=question, options=options)


def _evidence_task(case: _Case) -> Task:
    options = tuple(
        Option(key=one.key, label=one.supplier, details=(MATERIAL_TITLES[one.material],)) for one in case.deliveries
    )
    question = Sentence(gettext_noop("Which deliveries lack evidence of due diligence?"))
    return Task(key="evidence", form=TaskForm.TICKS, question=question, options=options)


_TICK_WORDS: Mapping[str, TickWords] = {
    "hazardous": TickWords(
        belongs=always(Sentence(gettext_noop("Its safety data sheet names a class of hazard."))),
        does_not=always(Sentence(gettext_noop("Its safety data sheet names no class of hazard."))),
        remedy=always(Sentence(gettext_noop("State the hazardous ones with CAS number, class, share and place."))),
        clause=lambda _key: "Annex XIII, 1(b); Annex VI, Part A, 8",
    ),
    "evidence": TickWords(
        belongs=always(Sentence(gettext_noop("The supplier's own word is no evidence."))),
        does_not=always(Sentence(gettext_noop("There is an audit report of it."))),
        remedy=always(Sentence(gettext_noop("Ask for an audit by a third party before the next delivery."))),
        clause=lambda _key: "Art. 49 to 52; Annex XIII, 1(d)",
    ),
}
