"""Reads of roles, skills and fields: addresses old and new, what is in force, and order."""

from __future__ import annotations

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.records import a_role, a_skill, a_skill_in_force, a_topic, the_version

from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import Address, Anchor, FrameworkVersion, JobRole, Requirement, VersionStatus
from synchromesh.framework.queries import concepts

pytestmark = pytest.mark.django_db


def test_a_role_is_found_by_slug_former_slug_and_uid() -> None:
    role = a_role("technician", {"isolate-hv": 2})
    Address.objects.create(kind="role", slug="mechanic", uid=role.uid)
    for name in ("technician", "mechanic", str(role.uid), role.uid.hex):
        assert concepts.get_role(name) == role


def test_a_former_slug_of_a_skill_finds_no_role() -> None:
    role, skill = a_role("technician", {}), a_skill("isolate-hv")
    Address.objects.create(kind="skill", slug="technician-old", uid=role.uid)
    Address.objects.create(kind="skill", slug="switch-off-hv", uid=skill.uid)
    with pytest.raises(NotFound):
        concepts.get_role("technician-old")
    assert concepts.get_skill("switch-off-hv") == skill


def test_a_former_slug_that_looks_like_a_uid_is_found() -> None:
    skill = a_skill("isolate-hv")
    Address.objects.create(kind="skill", slug="abadcafe" * 4, uid=skill.uid)
    assert concepts.get_skill("abadcafe" * 4) == skill


@pytest.mark.parametrize("name", ["", "no-such", "00000000-0000-0000-0000-000000000000", "a b", "é", "nul\0"])
def test_what_is_not_there_is_not_found_and_the_message_names_it(name: str) -> None:
    for get in (concepts.get_role, concepts.get_skill, concepts.get_topic):
        with pytest.raises(NotFound) as missing:
            get(name)
        assert f"'{name}'" in missing.value.message


def test_a_retired_role_is_not_found_but_a_retired_skill_is() -> None:
    role, skill = a_role("technician", {"isolate-hv": 2}), a_skill("old-skill")
    JobRole.objects.update(retired_at=timezone.now())
    skill.retired_at = timezone.now()
    skill.save()
    with pytest.raises(NotFound):
        concepts.get_role(role.slug)
    assert concepts.get_skill("old-skill") == skill
    assert [row.slug for row in concepts.list_skills()] == ["isolate-hv"]


def test_only_roles_of_the_published_version_are_listed() -> None:
    a_role("technician", {"isolate-hv": 2, "weld": 1})
    a_role("without-requirements", {})
    (listed,) = concepts.list_roles()
    assert (listed.slug, listed.skills_needed) == ("technician", 2)  # type: ignore[attr-defined]
    assert [role.slug for role in concepts.roles_in_force()] == ["technician"]
    FrameworkVersion.objects.update(status=VersionStatus.RETIRED)
    assert concepts.list_roles() == []
    assert concepts.find_published_version() is None


def test_a_skill_is_in_force_when_the_published_version_requires_or_describes_it() -> None:
    Requirement.objects.create(version=the_version(), role=a_role("technician", {}), skill=a_skill("weld"), level=1)
    a_skill_in_force("glue")
    a_skill_in_force("old", retired_at=timezone.now())
    draft = FrameworkVersion.objects.create(number=2, status=VersionStatus.DRAFT)
    Anchor.objects.create(version=draft, skill=a_skill("new-in-a-draft"), level=1, texts={"en": "Knows."})
    assert {skill.slug for skill in concepts.skills_in_force()} == {"weld", "glue"}


def test_lists_are_in_order_of_title_and_by_field() -> None:
    battery, hydrogen = a_topic("battery"), a_topic("hydrogen", position=1)
    a_role("b-role", {"x": 1}, battery, titles={"en": "Alpha"})
    a_role("a-role", {"y": 1}, battery, hydrogen, titles={"en": "Beta"})
    a_skill("k", battery, kind="knowledge")
    assert [role.slug for role in concepts.list_roles()] == ["b-role", "a-role"]
    assert [role.slug for role in concepts.list_roles(topic=hydrogen)] == ["a-role"]
    assert [skill.slug for skill in concepts.list_skills(topic=battery)] == ["k"]
    assert [skill.slug for skill in concepts.list_skills(kind="knowledge")] == ["k"]
    assert [topic.slug for topic in concepts.list_topics()] == ["battery", "hydrogen"]


def test_requirements_come_essential_first_then_by_weight_then_by_slug() -> None:
    role = a_role("technician", {})
    for slug, essential, weight in (("d", False, 5), ("c", True, 2), ("b", True, 4), ("a", True, 2)):
        Requirement.objects.create(
            version=the_version(), role=role, skill=a_skill(slug), level=1, essential=essential, weight=weight
        )
    assert [row.skill.slug for row in concepts.list_requirements(role)] == ["b", "a", "c", "d"]


def test_requirements_of_an_older_version_are_read_when_asked() -> None:
    role = a_role("technician", {"isolate-hv": 2})
    old = the_version()
    FrameworkVersion.objects.update(status=VersionStatus.RETIRED)
    new = FrameworkVersion.objects.create(number=2, status=VersionStatus.PUBLISHED)
    Requirement.objects.create(version=new, role=role, skill=concepts.get_skill("isolate-hv"), level=3)
    assert [row.level for row in concepts.list_requirements(role)] == [3]
    assert [row.level for row in concepts.list_requirements(role, version=old)] == [2]
    assert [row.level for row in concepts.list_requirements_of_skill(concepts.get_skill("isolate-hv"))] == [3]
    assert concepts.list_anchors([concepts.get_skill("isolate-hv")]) == {concepts.get_skill("isolate-hv").pk: {}}


def test_lists_take_few_queries_however_long(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    topic = a_topic("battery")
    for number in range(8):
        a_role(f"role-{number}", {f"skill-{number}": 1, "shared": 2}, topic)
    with django_assert_max_num_queries(2):
        assert all(list(role.topics.all()) for role in concepts.list_roles())
    with django_assert_max_num_queries(2):
        assert all(skill.topics.all() is not None for skill in concepts.list_skills())
    role = concepts.get_role("role-1")
    with django_assert_max_num_queries(1):
        assert [row.skill.slug for row in concepts.list_requirements(role)]
