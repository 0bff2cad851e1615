"""Which skills and roles have some words in their names."""

from __future__ import annotations

import pytest

from synchromesh.framework.models import JobRole, Skill
from synchromesh.framework.queries.words_in_names import has_words

SKILL = Skill(slug="isolate-hv", titles={"en": "Isolate a battery", "de": "Batterie gefahrlos freischalten, Maß 5"})


@pytest.mark.parametrize(
    "words",
    ["", "  ", "BATTERY isolate", "gefahrlos batt", "isolate-hv", "MASS", "\uff22attery"],
)
def test_all_words_in_one_name_are_found_in_any_order_case_and_form(words: str) -> None:
    assert has_words(SKILL, words)


@pytest.mark.parametrize("words", ["battery gefahrlos", "isolated", "isolate a battery now"])
def test_words_that_no_single_name_holds_are_not_found(words: str) -> None:
    assert not has_words(SKILL, words)


def test_a_role_is_found_by_the_same_rule() -> None:
    assert has_words(JobRole(slug="planner", titles={"en": "Works planner"}), "plan WORKS")
