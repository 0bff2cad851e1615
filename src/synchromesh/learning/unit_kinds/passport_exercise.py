"""An exercise on a battery passport, made anew for each learner and each try, and marked at once.

The content: {introductions?, exercise, battery?, level?, faults?, needed_percent?, skills?}; `exercise` is a kind of
`engine.passport_models.exercises`. The unit is done when a try has reached the share that is needed; every try is kept
with its result, as evidence for the skills that the content names.

The state: {edition, number, answers, tries: [{number, percent}]}. `answers` is None until the present try is marked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext_noop

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.passport_models.exercises import (
    EDITION,
    Exercise,
    ExerciseKind,
    Options,
    Task,
    TaskForm,
    exercise_kinds,
    get_exercise_kind,
)
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.scoring.typed_numbers import read_number
from synchromesh.engine.vocabulary.slugs import slugify
from synchromesh.engine.vocabulary.unit_signs import plain_unit
from synchromesh.learning.unit_kinds import DoneBy, Progress, TextPlace
from synchromesh.learning.unit_kinds._contents import entries, findings_of, mapping, shown, text_places, word

TITLE = gettext_noop("Passport exercise")
DONE_BY = DoneBy.REPORT
USUAL_PERCENT = 70
MOST_FAULTS, MOST_LEVEL, MOST_SKILLS = 10, 3, 10
MOST_TRIES_KEPT = 50
_USUAL = Options()
_BOUNDS = {"level": MOST_LEVEL, "faults": MOST_FAULTS, "needed_percent": 100}


def check(content: Mapping[str, Any], *, languages: Collection[str], media: Collection[str]) -> list[Problem]:
    """What is asked for must exist, and numbers lie within their bounds."""
    top = findings_of(content, languages, media)
    top.allow("introductions", "exercise", "battery", "skills", *_BOUNDS)
    top.check_texts("introductions")
    if word(top.content.get("exercise")) not in exercise_kinds():
        top.add("exercise", f"Choose one of: {', '.join(exercise_kinds())}.")
    battery = top.content.get("battery")
    if battery is not None and word(battery) not in list(BatteryKind):
        top.add("battery", f"Choose one of: {', '.join(BatteryKind)}.")
    for name, most in _BOUNDS.items():
        value = top.content.get(name)
        if value is not None and _whole(value, most) is None:
            top.add(name, f"Give a whole number from 1 to {most}.")
    skills = top.content.get("skills")
    if skills is not None and not _are_slugs(skills):
        top.add("skills", f"Give at most {MOST_SKILLS} short names of skills, such as [isolate-hv].")
    return top.problems


def media_of(content: Mapping[str, Any]) -> set[str]:
    """None: everything is made here."""
    return set()


def texts_of(content: Mapping[str, Any]) -> list[TextPlace]:
    """The introduction; the exercise itself is translated with the pages."""
    return text_places(content, {"introductions": True})


def show(content: Mapping[str, Any], *, language: str, links: Mapping[str, str]) -> Mapping[str, Any]:
    """The introduction and what the author chose. The exercise itself is made by `show_own`."""
    own = mapping(content)
    options = _options(own)
    return {
        "introduction": shown(own.get("introductions"), language),
        "exercise": word(own.get("exercise")),
        "battery": options.battery.value,
        "level": options.level,
        "needed_percent": _needed(own),
        "skills": _skills(own),
    }


def show_own(content: Mapping[str, Any], state: Mapping[str, Any], *, seed: int) -> Mapping[str, Any]:
    """The exercise of the present try, its marking once it is marked, and the results of all tries.

    `exercise` is None where a draft does not say yet which.
    """
    kind, number = _kind(content), _number(state)
    tries = [mapping(one) for one in entries(mapping(state).get("tries"))]
    found: dict[str, Any] = {
        "exercise": None,
        "title": None,
        "number": number,
        "answers": {},
        "marking": None,
        "tries": [{"number": one.get("number"), "percent": one.get("percent")} for one in tries],
        "best": max((int(one.get("percent", 0)) for one in tries), default=None),
        "needed": _needed(mapping(content)),
    }
    if kind is None:
        return found
    exercise = kind.make(_seed(seed, number), _options(mapping(content)))
    answers = _answers(state)
    marking = kind.mark(exercise, answers) if answers is not None else None
    return found | {"exercise": exercise, "title": kind.TITLE, "answers": answers or {}, "marking": marking}


def accept(content: Mapping[str, Any], state: Mapping[str, Any], report: Mapping[str, Any]) -> Progress:
    """Mark the answers of the present try, or begin another one after that.

    A report: {number, answers: {task: {chosen, text, unit}}} or {number, again: true}; of an answer only that is read
    which the form of the task asks for. Raises InvalidInput where there is nothing to mark, and where the page shows
    an earlier try.
    """
    kind, number = _kind(content), _number(state)
    if kind is None:
        raise InvalidInput("This unit has no exercise yet.", field="exercise")
    if report.get("number") != number:
        raise InvalidInput("This page shows an earlier exercise. Load it again.", field="number")
    before = _answers(state)
    tries = entries(mapping(state).get("tries"))
    if report.get("again") is True:
        if before is None:
            raise InvalidInput("Have this exercise marked first.", field="again")
        return _progress(content, number + 1, None, tries)
    seed = report.get("seed")
    exercise = kind.make(_seed(seed if isinstance(seed, int) else 0, number), _options(mapping(content)))
    answers = _read_answers(exercise, mapping(report.get("answers")))
    if before is not None:
        if before == answers:
            return _progress(content, number, before, tries)
        raise InvalidInput("This exercise is marked already. Take another one.", field="answers")
    if not answers:
        raise InvalidInput("Answer something first.", field="answers")
    percent = kind.mark(exercise, answers).percent
    tries = [*tries, {"number": number, "percent": percent}][-MOST_TRIES_KEPT:]
    return _progress(content, number, answers, tries)


def _progress(content: Mapping[str, Any], number: int, answers: Mapping[str, Any] | None, tries: list[Any]) -> Progress:
    state = {"edition": EDITION, "number": number, "answers": answers, "tries": tries}
    percents = [int(mapping(one).get("percent", 0)) for one in tries]
    return Progress(
        state=state,
        is_done=max(percents, default=0) >= _needed(mapping(content)),
        answer={"percent": percents[-1] if answers is not None and percents else None},
    )


def _kind(content: object) -> ExerciseKind | None:
    name = word(mapping(content).get("exercise"))
    return get_exercise_kind(name) if name in exercise_kinds() else None


def _options(content: Mapping[Any, Any]) -> Options:
    """What the author chose; the usual values in place of what is missing or wrong."""
    battery = word(content.get("battery"))
    return Options(
        battery=BatteryKind(battery) if battery in list(BatteryKind) else _USUAL.battery,
        level=_whole(content.get("level"), MOST_LEVEL) or _USUAL.level,
        faults=_whole(content.get("faults"), MOST_FAULTS) or _USUAL.faults,
    )


def _needed(content: Mapping[Any, Any]) -> int:
    return _whole(content.get("needed_percent"), 100) or USUAL_PERCENT


def _skills(content: Mapping[Any, Any]) -> list[str]:
    skills = content.get("skills")
    return list(skills) if isinstance(skills, list | tuple) and _are_slugs(skills) else []


def _whole(value: object, most: int) -> int | None:
    """The number, where it is a whole one from 1 to `most`."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most else None


def _are_slugs(value: object) -> bool:
    if not isinstance(value, list | tuple) or len(value) > MOST_SKILLS:
        return False
    return all(isinstance(one, str) and one and slugify(one) == one for one in value)


def _number(state: object) -> int:
    """The number of the present try, from 0. What was begun with an earlier edition is left behind."""
    own = mapping(state)
    number = own.get("number")
    number = number if isinstance(number, int) and number >= 0 else 0
    return number if not own or own.get("edition") == EDITION else number + 1


def _answers(state: object) -> Mapping[str, Any] | None:
    own = mapping(state)
    answers = own.get("answers")
    return answers if own.get("edition") == EDITION and isinstance(answers, Mapping) else None


def _seed(seed: int, number: int) -> int:
    """The seed of one try: of the next one nothing can be told from it."""
    return int.from_bytes(sha256(f"{seed} {number}".encode()).digest()[:6], "big")


def _read_answers(exercise: Exercise, sent: Mapping[Any, Any]) -> dict[str, Any]:
    """What was answered, task by task; tasks without an answer are left out."""
    read = {task.key: _read_answer(task, mapping(sent.get(task.key))) for task in exercise.tasks}
    return {key: answer for key, answer in read.items() if answer}


def _read_answer(task: Task, sent: Mapping[Any, Any]) -> Any:
    if task.form is TaskForm.NUMBER:
        return _read_typed(task, sent)
    given = entries(sent.get("chosen"))
    chosen = [option.key for option in task.options if option.key in given]
    return chosen if task.form is TaskForm.TICKS else "".join(chosen[:1])


def _read_typed(task: Task, sent: Mapping[Any, Any]) -> dict[str, Any]:
    """The text as it was typed, the numbers that it can mean, and its unit: chosen, or typed behind."""
    text, unit = word(sent.get("text")).strip()[:60], word(sent.get("unit"))
    if not text:
        return {}
    number = read_number(text)
    typed_unit = plain_unit(number.unit) if number is not None else ""
    behind = next((one for one in task.units if typed_unit and plain_unit(one) == typed_unit), "")
    value = [float(reading) for reading in number.readings] if number is not None else []
    return {"text": text, "value": value, "unit": unit if unit in task.units else behind}
