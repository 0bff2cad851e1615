"""What the draft says beside what is published, for one skill and one role."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.records import a_role, a_skill

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.framework.models import FrameworkVersion, JobRole, Skill
from synchromesh.framework.operations.drafting import (
    add_requirement,
    change_anchors,
    change_requirement,
    remove_requirement,
    start_draft,
)
from synchromesh.framework.queries.drafts import (
    AnchorPair,
    compare_anchors,
    compare_needs,
    list_editable_roles,
    list_editable_skills,
    list_steps,
)
from synchromesh.framework.queries.versions import Need

pytestmark = pytest.mark.django_db


@pytest.fixture
def versions() -> tuple[FrameworkVersion, FrameworkVersion]:
    """The published version and a draft that says nothing else yet."""
    a_role("technician", {"weld": 2, "drive": 1, "lift": 1})
    return FrameworkVersion.objects.get(), start_draft(by=OPERATOR)


def test_a_skill_is_compared_by_language_and_level_in_one_query(
    versions: tuple[FrameworkVersion, FrameworkVersion], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    weld = Skill.objects.get(slug="weld")
    change_anchors(by=OPERATOR, skill=weld, language="de", texts={1: "Kennt."})
    with django_assert_num_queries(1):
        found = compare_anchors(weld, older=versions[0], newer=versions[1], languages=["en", "fr"])
    assert list(found) == ["en", "fr", "de"]
    assert found["en"][1] == AnchorPair(level=2, before="Does weld at 2.", after="Does weld at 2.")
    assert found["de"][0] == AnchorPair(level=1, before="", after="Kennt.")
    assert [pair.before + pair.after for pair in found["fr"]] == ["", "", ""]


def test_a_role_is_compared_skill_by_skill_in_one_query(
    versions: tuple[FrameworkVersion, FrameworkVersion], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    role, skills = JobRole.objects.get(), {skill.slug: skill for skill in Skill.objects.all()}
    change_requirement(by=OPERATOR, role=role, skill=skills["weld"], need=Need(level=3, essential=False, weight=5))
    remove_requirement(by=OPERATOR, role=role, skill=skills["drive"])
    add_requirement(by=OPERATOR, role=role, skill=a_skill("inspect"), need=Need(level=1, essential=True, weight=1))
    with django_assert_num_queries(1):
        found = compare_needs(role, older=versions[0], newer=versions[1])
    assert [(pair.skill.slug, pair.effect) for pair in found] == [
        ("drive", "removed"),
        ("lift", "same"),
        ("inspect", "added"),
        ("weld", "changed"),
    ]
    assert (found[0].after, found[2].before) == (None, None)


def test_without_a_draft_only_what_is_published_is_there() -> None:
    a_role("technician", {"weld": 2})
    version = FrameworkVersion.objects.get()
    (pair,) = compare_needs(JobRole.objects.get(), older=version, newer=None)
    assert (pair.before is not None, pair.after) == (True, None)
    assert compare_anchors(pair.skill, older=version, newer=None)["en"][1].after == ""


def test_skills_and_roles_are_found_by_words_of_any_language_and_without_a_requirement() -> None:
    a_skill("isolate-hv", titles={"en": "Isolate", "de": "Spannung FREI schalten"})
    a_skill("weld")
    a_skill("old", retired_at="2027-01-01T00:00:00Z")
    a_role("planner", {})
    assert [skill.slug for skill in list_editable_skills()] == ["isolate-hv", "weld"]
    assert [skill.slug for skill in list_editable_skills(words=" frei  schalten")] == ["isolate-hv"]
    assert [role.slug for role in list_editable_roles(words="PLAN")] == ["planner"]
    assert list_editable_roles(words="weld") == []


def test_the_last_steps_come_newest_first(versions: tuple[FrameworkVersion, FrameworkVersion]) -> None:
    change_anchors(by=OPERATOR, skill=Skill.objects.get(slug="weld"), language="en", texts={1: "Knows."})
    assert [step.name for step in list_steps(limit=5)] == [
        "draft 2: levels of weld (en)",
        "draft started from version 1",
    ]
    assert len(list_steps(limit=1)) == 1
