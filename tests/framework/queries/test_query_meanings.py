"""What the words of a query mean in skills and roles, as the search asks for it."""

from __future__ import annotations

import pytest
from tests.records import a_course, a_role, a_skill_in_force

from synchromesh.framework.queries.query_meanings import list_meanings
from synchromesh.search.contract import FoundBy
from synchromesh.search.meaning import meanings_of
from synchromesh.search.queries import search

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _framework() -> None:
    titles = {"en": "Battery technician", "cs": "Technik baterií"}
    a_role("battery-technician", {"isolate-hv": 2, "weld-busbars": 1}, titles=titles)
    a_skill_in_force("paint-fences", titles={"en": "Paint fences", "de": "Zäune streichen"})


def test_a_skill_is_meant_by_its_name_in_any_language() -> None:
    found = list_meanings("Zäune streichen", language="en")
    assert list(found) == [("skill", "paint-fences")]


def test_a_role_brings_its_skills_with_less_weight() -> None:
    found = list_meanings("Technik baterií", language="cs")
    assert found["job", "battery-technician"] > found["skill", "isolate-hv"] > 0
    assert ("skill", "paint-fences") not in found


@pytest.mark.parametrize("query", ["quantum gardener", "12345", "🔋", "x" * 5000])
def test_words_that_nothing_fits_mean_nothing(query: str) -> None:
    assert list_meanings(query, language="en") == {}


def test_a_word_of_another_language_finds_the_course_that_teaches_it() -> None:
    course = a_course("join-copper-by-laser", {"weld-busbars": (0, 1)})
    answer = search("svářeč", language="cs", meant=meanings_of("svářeč", language="cs"), kinds=("course",))
    assert [(hit.uid, hit.found_by, hit.because) for hit in answer.hits] == [
        (str(course.uid), FoundBy.MEANING, ("skill", "weld-busbars"))
    ]
