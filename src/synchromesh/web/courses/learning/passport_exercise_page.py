"""What the page of an exercise on a battery passport shows: the tasks with what was answered, and the marking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from synchromesh.engine.passport_models.exercises import (
    Exercise,
    Marking,
    Option,
    Task,
    TaskForm,
    Verdict,
    get_exercise_kind,
)

_FOLDED_FROM = 30
"""So many options are shown by their groups, each to be opened."""
_NARROW = 2
"""So many columns fit on every phone."""
_GOOD = (Verdict.RIGHT, Verdict.FOUND)


def show_exercise(own: Mapping[str, Any]) -> dict[str, Any]:
    """What `show_own` of the kind says, as the template takes it."""
    exercise, marking = own["exercise"], own["marking"]
    best = own["best"]
    return {
        **own,
        "tables": _tables(exercise),
        "tasks": _tasks(exercise, own["answers"]),
        "is_marked": marking is not None,
        "is_passed": marking is not None and marking.percent >= own["needed"],
        "was_passed": best is not None and best >= own["needed"],
        "items": _items(marking),
        "solution": [],
        "try_number": len(own["tries"]) + (marking is None),
    }


def preview_exercise(own: Mapping[str, Any]) -> dict[str, Any]:
    """The same for an author or reviewer: with what is right, and what is said about it."""
    exercise: Exercise | None = own["exercise"]
    if exercise is None:
        return show_exercise(own)
    kind = get_exercise_kind(exercise.kind)
    marking = kind.mark(exercise, kind.answer_key(exercise.seed, exercise.options))
    return show_exercise(own) | {"solution": _items(marking)}


def refused_exercise(shown: Mapping[str, Any], sent: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The same with answers that were refused, as they were typed."""
    if shown["is_marked"]:
        return dict(shown)
    return {**shown, "tasks": _tasks(shown["exercise"], sent)}


def _tables(exercise: Exercise | None) -> list[dict[str, Any]]:
    """Each cell with the head of its column, so that a wide table can be stacked on a phone."""
    return [
        {
            "table": table,
            "is_wide": len(table.heads) > _NARROW,
            "rows": [list(zip(table.heads, row, strict=True)) for row in table.rows],
        }
        for table in (exercise.tables if exercise is not None else ())
    ]


def _tasks(exercise: Exercise | None, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [_task(task, answers.get(task.key)) for task in exercise.tasks] if exercise is not None else []


def _task(task: Task, answer: Any) -> dict[str, Any]:
    typed = answer if isinstance(answer, Mapping) else {}
    chosen = typed.get("chosen", []) if typed else answer or []
    chosen = [chosen] if isinstance(chosen, str) else chosen
    groups = _groups(task.options, chosen)
    return {
        "key": task.key,
        "form": task.form.value,
        "type": "radio" if task.form is TaskForm.CHOICE else "checkbox",
        "question": task.question,
        "help": task.help,
        "group": task.group,
        "groups": groups,
        "is_folded": len(task.options) >= _FOLDED_FROM,
        "units": task.units,
        "text": typed.get("text", ""),
        "unit": typed.get("unit", ""),
    }


def _groups(options: Sequence[Option], chosen: Sequence[str]) -> list[dict[str, Any]]:
    """The options under their headings, in their order."""
    groups: list[dict[str, Any]] = []
    for option in options:
        if not groups or groups[-1]["title"] != option.group:
            groups.append({"title": option.group, "options": [], "ticked": 0})
        is_chosen = option.key in chosen
        groups[-1]["options"].append({"option": option, "is_chosen": is_chosen})
        groups[-1]["ticked"] += is_chosen
    return groups


def _items(marking: Marking | None) -> list[dict[str, Any]]:
    """What is said about each answer; what went wrong first."""
    if marking is None:
        return []
    found = [{"item": item, "is_good": item.verdict in _GOOD} for item in marking.items]
    return sorted(found, key=lambda one: one["is_good"])
