from __future__ import annotations

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from synchromesh.framework.models import Anchor, FrameworkVersion, JobRole, Requirement, Skill, Topic, VersionStatus
from synchromesh.framework.queries.search_documents import list_role_documents, list_skill_documents
from synchromesh.search.queries import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> FrameworkVersion:
    return FrameworkVersion.objects.create(number=2, status=VersionStatus.PUBLISHED)


@pytest.fixture
def skill() -> Skill:
    return Skill.objects.create(
        slug="isolate-hv",
        titles={"en": "Isolate high voltage", "de": "Hochspannung freischalten"},
        descriptions={"en": "Makes a vehicle safe.", "de": "Macht ein Fahrzeug sicher."},
    )


@pytest.fixture
def role(published: FrameworkVersion, skill: Skill) -> JobRole:
    role = JobRole.objects.create(
        slug="battery-technician",
        titles={"en": "Battery technician", "de": "Batterietechniker", "fr": ""},
        summaries={"en": "Repairs batteries.", "de": "Repariert Batterien."},
        tasks={"en": ["Open the case"], "de": ["Das Gehäuse öffnen"]},
    )
    role.topics.add(Topic.objects.create(slug="battery", titles={"en": "Battery"}))
    Requirement.objects.create(version=published, role=role, skill=skill, level=2)
    return role


def test_a_role_is_found_by_its_titles_slug_summaries_and_tasks_in_all_languages(role: JobRole) -> None:
    (document,) = list_role_documents()
    assert (document.kind, document.uid, document.slug) == ("role", str(role.uid), "battery-technician")
    assert document.titles == role.titles
    assert document.labels == {"": ("battery technician",)}
    assert document.texts == {
        "en": "Repairs batteries.\nOpen the case",
        "de": "Repariert Batterien.\nDas Gehäuse öffnen",
    }
    assert document.languages == ("de", "en")
    assert document.filters == {"field": ("battery",), "job": ("battery-technician",), "origin": ("real",)}


def test_a_skill_is_found_by_its_descriptions_and_by_the_published_anchors(
    role: JobRole, skill: Skill, published: FrameworkVersion
) -> None:
    old = FrameworkVersion.objects.create(number=1, status=VersionStatus.RETIRED)
    Anchor.objects.create(version=published, skill=skill, level=1, texts={"en": "Names the dangers"})
    Anchor.objects.create(version=old, skill=skill, level=1, texts={"en": "Outdated words"})
    (document,) = list_skill_documents()
    assert (document.kind, document.uid, document.labels) == ("skill", str(skill.uid), {"": ("isolate hv",)})
    assert document.texts == {"de": "Macht ein Fahrzeug sicher.", "en": "Makes a vehicle safe.\nNames the dangers"}


def test_what_is_retired_or_not_in_the_published_version_is_not_found(
    role: JobRole, skill: Skill, published: FrameworkVersion
) -> None:
    draft = FrameworkVersion.objects.create(number=3)
    for slug, version, retired_at in (
        ("retired", published, timezone.now()),
        ("only-in-a-draft", draft, None),
    ):
        other_role = JobRole.objects.create(slug=slug, titles={"en": slug}, retired_at=retired_at)
        other_skill = Skill.objects.create(slug=slug, titles={"en": slug}, retired_at=retired_at)
        Requirement.objects.create(version=version, role=other_role, skill=other_skill, level=1)
    JobRole.objects.create(slug="in-none", titles={"en": "none"})
    Skill.objects.create(slug="in-none", titles={"en": "none"})
    described = Skill.objects.create(slug="only-described", titles={"en": "Described"})
    Anchor.objects.create(version=published, skill=described, level=1, texts={"en": "Does it"})
    assert [document.slug for document in list_role_documents()] == ["battery-technician"]
    assert [document.slug for document in list_skill_documents()] == ["isolate-hv", "only-described"]


def test_a_record_is_listed_once_however_many_requirements_and_anchors_it_has(
    role: JobRole, skill: Skill, published: FrameworkVersion
) -> None:
    for number in range(3):
        more = Skill.objects.create(slug=f"skill-{number}", titles={"en": "More"})
        Requirement.objects.create(version=published, role=role, skill=more, level=1)
        Anchor.objects.create(version=published, skill=skill, level=number + 1, texts={"en": "Does it"})
    assert len(list(list_role_documents())) == 1
    assert len(list(list_skill_documents())) == 4


def test_the_number_of_queries_does_not_grow_with_the_records(
    role: JobRole, published: FrameworkVersion, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        skill = Skill.objects.create(slug=f"skill-{number}", titles={"en": "More"})
        other = JobRole.objects.create(slug=f"role-{number}", titles={"en": "More"})
        Requirement.objects.create(version=published, role=other, skill=skill, level=1)
    with django_assert_num_queries(2):
        assert len(list(list_role_documents())) == 21
    with django_assert_num_queries(3):
        assert len(list(list_skill_documents())) == 21


def test_the_search_finds_roles_and_skills(role: JobRole) -> None:
    assert [(hit.kind, hit.slug) for hit in search("batteries").hits] == [("role", "battery-technician")]
    assert [(hit.kind, hit.title) for hit in search("freischalten", language="fr").hits] == [
        ("skill", "Hochspannung freischalten")
    ]
