"""Suggestions over several vocabularies: order, names, states, and what a question costs."""

from __future__ import annotations

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.esco_records import WELDER, WELDING, an_esco
from tests.records import a_role, a_skill_in_force, the_version

from synchromesh.engine.matching.completion import Hit
from synchromesh.framework.models import JobRole, Skill
from synchromesh.framework.queries.completion import (
    SuggestionKind,
    complete_concepts,
    find_alike_skill,
    suggest_concepts,
)

pytestmark = pytest.mark.django_db
EVERY_KIND: tuple[SuggestionKind, ...] = ("role", "skill", "occupation", "esco-skill")


@pytest.fixture
def _content() -> None:
    a_role("welding-supervisor", {"welding": 2, "weld-inspection": 1}, titles={"en": "Welding supervisor"})
    an_esco()


def _found(typed: str, language: str = "en", limit: int = 10) -> list[tuple[str, str, str]]:
    rows = suggest_concepts(typed, kinds=EVERY_KIND, language=language, limit=limit).rows
    return [(row.kind, row.label, row.hit.value) for row in rows]


@pytest.mark.usefixtures("_content")
def test_exact_names_stand_first_and_kinds_take_turns() -> None:
    assert _found("welding")[:2] == [("skill", "Welding", "exact"), ("role", "Welding supervisor", "prefix")]
    assert _found("weld")[:4] == [
        ("role", "Welding supervisor", "prefix"),
        ("skill", "Welding", "prefix"),
        ("occupation", "welder", "prefix"),
        ("esco-skill", "weld metal", "prefix"),
    ]


@pytest.mark.usefixtures("_content")
def test_a_label_in_another_language_leads_to_the_name_in_the_language_of_the_reader() -> None:
    (row,) = suggest_concepts("Schweißerin", kinds=["occupation"], language="en").rows
    assert (row.label, row.language, row.preferred, row.preferred_language) == ("Schweißerin", "de", "welder", "en")
    assert (row.kind, row.uri, row.uid, row.slug, row.hit) == ("occupation", WELDER, "", "", Hit.EXACT)


@pytest.mark.usefixtures("_content")
def test_a_skill_comes_with_uid_and_slug() -> None:
    (row,) = suggest_concepts("weld inspection", kinds=["skill"], limit=1).rows
    skill = Skill.objects.get(slug="weld-inspection")
    assert (row.uid, row.slug, row.uri) == (str(skill.uid), "weld-inspection", f"/id/skill/{skill.uid}")


@pytest.mark.usefixtures("_content")
def test_one_vocabulary_alone_can_be_asked() -> None:
    found = complete_concepts("weld", vocabulary="esco", kinds=["skill", "occupation"])
    assert {row.uri for row in found.rows} == {WELDER, WELDING}
    assert {row.kind for row in complete_concepts("weld").rows} == {"skill"}


@pytest.mark.usefixtures("_content")
def test_a_typing_error_is_forgiven() -> None:
    assert ("role", "Welding supervisor", "fuzzy") in _found("weldnig supervisor")


def test_a_vocabulary_that_is_not_loaded_gives_nothing() -> None:
    found = suggest_concepts("welding", kinds=EVERY_KIND)
    assert (found.rows, found.preparing) == ((), False)
    assert suggest_concepts("welding", kinds=[]).rows == ()


@pytest.mark.usefixtures("_content")
def test_a_new_version_is_seen_at_once_and_a_role_that_went_is_not_named() -> None:
    assert _found("glue") == []
    a_skill_in_force("glue-cells")
    JobRole.objects.update(retired_at=timezone.now())
    assert "Welding supervisor" not in {label for _, label, _ in _found("weld")}
    version = the_version()
    version.revision += 1
    version.save()
    assert _found("glue") == [("skill", "Glue cells", "prefix")]


@pytest.mark.usefixtures("_content")
def test_a_text_costs_four_questions_at_the_most(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for typed in ("weld", "nothing like this"):
        suggest_concepts(typed, kinds=EVERY_KIND)
        with django_assert_max_num_queries(4):
            suggest_concepts(typed, kinds=EVERY_KIND)


@pytest.mark.usefixtures("_content")
@pytest.mark.parametrize("typed", ["", " ", "\0", "'; --", "x" * 100_000, "🔋"])
def test_odd_texts_are_answered(typed: str) -> None:
    assert len(suggest_concepts(typed, kinds=EVERY_KIND, limit=3).rows) <= 3


def test_a_name_that_nothing_has_leads_to_the_one_most_like_it() -> None:
    a_skill_in_force("isolate-hv", titles={"en": "Isolate a high-voltage system"})
    for name in ("isolate-a-high", "isolat-high", "high-voltage-isolate"):
        found = find_alike_skill(name)
        assert found is not None
        assert (found.slug, found.label) == ("isolate-hv", "Isolate a high-voltage system")
    assert find_alike_skill("paint-fences") is None
