"""A document in one language joins what is stored in the others."""

from __future__ import annotations

from typing import Any

from synchromesh.engine.vocabulary.question_languages import joined_languages

STORED: dict[str, Any] = {
    "key": "q",
    "points": 2,
    "prompts": {"en": "What?", "de": "Was?"},
    "wrong": {"en": "No"},
    "right": {"de": "Ja"},
    "choices": [{"key": "a", "texts": {"en": "A", "de": "Ä"}, "correct": True}, {"key": "b", "texts": {"en": "B"}}],
    "rubric": [{"key": "r", "steps": [{"points": 1, "texts": {"en": "One", "de": "Eins"}}]}],
}


def test_other_languages_stay_and_the_one_of_the_file_is_as_in_the_file() -> None:
    joined = joined_languages(
        {
            "key": "q",
            "prompts": {"en": "Which?"},
            "choices": [{"key": "b", "texts": {"en": "Bee"}}, {"key": "a", "texts": {"en": "Ay"}}],
            "rubric": [{"key": "r", "steps": [{"points": 1, "texts": {"en": "A"}}]}],
        },
        STORED,
        languages=frozenset({"en"}),
    )
    assert joined == {
        "key": "q",
        "prompts": {"en": "Which?", "de": "Was?"},
        "right": {"de": "Ja"},
        "choices": [{"key": "b", "texts": {"en": "Bee"}}, {"key": "a", "texts": {"en": "Ay", "de": "Ä"}}],
        "rubric": [{"key": "r", "steps": [{"points": 1, "texts": {"en": "A", "de": "Eins"}}]}],
    }


def test_a_part_that_is_new_stays_as_it_is() -> None:
    new = {"prompts": {"en": "X"}, "choices": [{"key": "c", "texts": {"en": "C"}}]}
    joined = joined_languages(new, STORED, languages=frozenset({"en"}))
    assert joined["choices"] == new["choices"]
