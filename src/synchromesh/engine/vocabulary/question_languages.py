"""Join documents of one question in different languages: a file of one language changes only the texts of that one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

# Keys of question documents whose values are texts, or accepted forms, by language.
BY_LANGUAGE = frozenset(
    {"prompts", "texts", "explanations", "right", "wrong", "feedback", "feedback_true", "feedback_false", "titles"}
    | {"labels", "alternatives", "model_answers", "accepted"}
)


def joined_languages(document: Mapping[str, Any], stored: Mapping[str, Any], *, languages: frozenset[str]) -> Any:
    """The document, with what the stored one says in other languages than `languages`.

    Parts (choices, items, gaps, ...) are found by their key; a part without its like stays as it is.
    """
    joined: dict[str, Any] = {}
    for key, value in document.items():
        before = stored.get(key)
        if key in BY_LANGUAGE and isinstance(value, Mapping) and isinstance(before, Mapping):
            joined[key] = {**_others(before, languages), **value}
        elif isinstance(value, list) and isinstance(before, list):
            joined[key] = _joined_parts(value, before, languages)
        else:
            joined[key] = value
    for key in BY_LANGUAGE & stored.keys() - document.keys():
        if kept := _others(stored[key], languages):
            joined[key] = kept
    return joined


def _others(texts: Mapping[str, Any], languages: frozenset[str]) -> dict[str, Any]:
    return {language: text for language, text in texts.items() if language not in languages}


def _joined_parts(parts: Sequence[Any], stored: Sequence[Any], languages: frozenset[str]) -> list[Any]:
    by_name = {_name(part): part for part in stored if isinstance(part, Mapping)}
    return [
        joined_languages(part, by_name[_name(part)], languages=languages)
        if isinstance(part, Mapping) and _name(part) in by_name
        else part
        for part in parts
    ]


def _name(part: Mapping[str, Any]) -> Any:
    """Steps of a rubric have no key, but each has points of its own."""
    return part.get("key", part.get("points"))
