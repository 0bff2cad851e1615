"""Right and wrong answers to the questions of a course file by the key that stands there, and as forms send them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

Question = Mapping[str, Any]
NONSENSE = "zzz"


def right_answer(question: Question, language: str) -> Any:
    """What the key says, in the shape that answers are stored in."""
    return _RIGHT[question["kind"]](question, language)


def wrong_answer(question: Question, language: str) -> Any:
    """An answer that the key does not let through."""
    return _WRONG[question["kind"]](question, language)


def as_form(question: Question, answer: Any, prefix: str) -> dict[str, Any]:
    """The fields of a form that hold an answer."""
    kind = question["kind"]
    if kind == "order":
        return {f"{prefix}-{key}": str(place) for place, key in enumerate(answer, start=1)}
    if isinstance(answer, Mapping):
        return {f"{prefix}-{key}": value for key, value in answer.items() if value}
    return {prefix: answer}


def find_question(questions: Iterable[Question], shown: str, language: str) -> Question:
    """The question whose words stand on a page."""
    there = _letters(shown)
    found = [one for one in questions if all(part in there for part in _parts(one["prompts"][language]))]
    # Of two whose words stand there, such as a question and a longer one that begins with it, the longer one.
    return max(found, key=lambda one: len(one["prompts"][language]))


def _parts(prompt: str) -> list[str]:
    pieces = re.split(r"\{\{[^}]*\}\}", re.sub(r"\]\([^)]*\)", "]", prompt))
    return [letters for piece in pieces if (letters := _letters(piece))]


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _chosen(answers: Iterable[Mapping[str, Any]], *, right: bool) -> list[str]:
    return [answer["key"] for answer in answers if bool(answer.get("correct")) is right]


def _right_gap(gap: Mapping[str, Any], language: str) -> str:
    return str(_chosen(gap["options"], right=True)[0] if "options" in gap else gap["accepted"][language][0])


def _number(question: Question, value: float) -> dict[str, str]:
    unit = next((name for name, factor in question.get("units", {}).items() if factor == 1), "")
    return {"value": f"{value:g}" if isinstance(value, float) else str(value), "unit": unit}


_RIGHT: Mapping[str, Any] = {
    "single": lambda one, language: _chosen(one["choices"], right=True)[0],
    "multiple": lambda one, language: _chosen(one["choices"], right=True),
    "true-false": lambda one, language: str(one["answer"]).lower(),
    "order": lambda one, language: [item["key"] for item in one["items"]],
    "match": lambda one, language: dict(one["pairs"]),
    "fill-in": lambda one, language: {gap["key"]: _right_gap(gap, language) for gap in one["gaps"]},
    "numeric": lambda one, language: _number(one, one["value"]),
    "hotspot": lambda one, language: _chosen(one["regions"], right=True),
    "short-text": lambda one, language: str(one["accepted"][language][0]),
}


def _wrong_gap(gap: Mapping[str, Any]) -> str:
    return str(_chosen(gap["options"], right=False)[0]) if "options" in gap else NONSENSE


def _all_moved(pairs: Mapping[str, str], targets: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    keys = [target["key"] for target in targets]
    return {item: next(key for key in keys if key != target) for item, target in pairs.items()}


_WRONG: Mapping[str, Any] = {
    "single": lambda one, language: _chosen(one["choices"], right=False)[0],
    "multiple": lambda one, language: _chosen(one["choices"], right=False),
    "true-false": lambda one, language: str(not one["answer"]).lower(),
    "order": lambda one, language: [item["key"] for item in reversed(one["items"])],
    "match": lambda one, language: _all_moved(one["pairs"], one["targets"]),
    "fill-in": lambda one, language: {gap["key"]: _wrong_gap(gap) for gap in one["gaps"]},
    "numeric": lambda one, language: _number(one, one["value"] * 10 + 10_000),
    "hotspot": lambda one, language: _chosen(one["regions"], right=False),
    "short-text": lambda one, language: NONSENSE,
}
