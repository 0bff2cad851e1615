"""How near roles are to each other, and what one brings for another."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from tests.records import a_role

from synchromesh.framework.models import FrameworkVersion, JobRole, Requirement, VersionStatus
from synchromesh.framework.queries.nearness import Demand, compare_roles, coverage, list_near_roles, nearness

Demands = Mapping[int, Demand]
demands = st.builds(Demand, level=st.integers(1, 3), weight=st.integers(1, 5))
roles = st.dictionaries(st.integers(1, 12), demands, max_size=12)
real_roles = st.dictionaries(st.integers(1, 12), demands, min_size=1, max_size=12)


@given(roles, roles)
def test_nearness_lies_between_0_and_1_and_is_the_same_both_ways(first: Demands, second: Demands) -> None:
    assert 0 <= nearness(first, second) <= 1
    assert nearness(first, second) == nearness(second, first)


@given(real_roles)
def test_a_role_is_1_near_to_itself_and_covers_itself(role: Demands) -> None:
    assert nearness(role, role) == 1.0
    assert coverage(role, role) == 1.0


@given(roles, roles)
def test_nearness_is_0_just_where_no_skill_is_in_common(first: Demands, second: Demands) -> None:
    assert (nearness(first, second) == 0) == (not first.keys() & second.keys())


@given(real_roles, real_roles)
def test_only_the_same_skills_at_the_same_levels_are_1_near(first: Demands, second: Demands) -> None:
    same = {skill: row.level for skill, row in first.items()} == {skill: row.level for skill, row in second.items()}
    assert (nearness(first, second) == pytest.approx(1, abs=1e-9)) == same


@given(roles, real_roles, st.integers(1, 12))
def test_a_higher_level_never_covers_less(first: Demands, second: Demands, skill: int) -> None:
    higher = {**first, skill: Demand(level=3, weight=1)}
    assert 0 <= coverage(first, second) <= coverage(higher, second) + 1e-9 <= 1 + 2e-9


def test_the_formula_on_a_worked_example() -> None:
    first = {1: Demand(level=2, weight=5), 2: Demand(level=1, weight=3)}
    second = {1: Demand(level=3, weight=4), 3: Demand(level=1, weight=4)}
    assert nearness(first, second) == pytest.approx((5 + 4) * 2 / 3 / (8 + 8))
    assert coverage(first, second) == pytest.approx(4 * 2 / 3 / 8)
    assert coverage(second, first) == pytest.approx(5 / 8)  # not the same both ways: the other level is enough here


@pytest.mark.django_db
def test_the_nearest_roles_come_first_with_the_shared_skills_by_weight() -> None:
    role = a_role("technician", {"weld": 2, "drive": 2, "lift": 1})
    a_role("welder", {"weld": 2})
    a_role("mechanic", {"lift": 1, "drive": 2, "weld": 2})
    a_role("clerk", {"write": 1})
    near = list_near_roles(role)
    assert [(found.role.slug, [skill.slug for skill in found.shared]) for found in near] == [
        ("mechanic", ["drive", "lift", "weld"]),
        ("welder", ["weld"]),
    ]
    assert near[0].nearness == 1.0


@pytest.mark.django_db
def test_equal_nearness_is_decided_by_slug_also_at_the_limit(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    role = a_role("technician", {"weld": 2})
    for slug in ("d", "b", "c", "a"):
        a_role(slug, {"weld": 2})
    with django_assert_max_num_queries(4):
        assert [found.role.slug for found in list_near_roles(role, limit=2)] == ["a", "b"]


@pytest.mark.django_db
def test_retired_roles_and_older_versions_do_not_count() -> None:
    role = a_role("technician", {"weld": 2})
    old = FrameworkVersion.objects.create(number=0, status=VersionStatus.RETIRED)
    past = a_role("past", {})
    Requirement.objects.create(version=old, role=past, skill=role.requirements.get().skill, level=2)
    a_role("retired", {"weld": 2}, retired_at=timezone.now())
    assert list_near_roles(role) == []
    assert list_near_roles(past) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("starter_content")
def test_every_shipped_role_has_a_role_near_it() -> None:
    assert [role.slug for role in JobRole.objects.all() if not list_near_roles(role, limit=1)] == []


@pytest.mark.django_db
def test_a_comparison_sorts_the_skills_and_counts_what_is_met(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first = a_role("technician", {"weld": 2, "drive": 1, "lift": 3})
    second = a_role("driver", {"drive": 3, "lift": 2, "sell": 1})
    with django_assert_num_queries(2):
        found = compare_roles(first, second)
    assert [(row.skill.slug, row.first_level, row.second_level) for row in found.shared] == [
        ("drive", 1, 3),
        ("lift", 3, 2),
    ]
    assert [(row.skill.slug, row.first_level, row.second_level) for row in found.only_first] == [("weld", 2, 0)]
    assert [(row.skill.slug, row.first_level, row.second_level) for row in found.only_second] == [("sell", 0, 1)]
    assert (found.needed, found.fully_met, found.partly_met) == (3, 1, 1)
