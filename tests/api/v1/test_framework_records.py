"""Job roles, skills, fields and versions: `/api/v1/roles`, `/skills`, `/fields`, `/versions`."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from django.test import Client
from tests.api.contract import problem, read
from tests.api.records import a_little_of_everything
from tests.records import a_role, a_skill, the_version

from synchromesh.framework.models import (
    Address,
    FrameworkVersion,
    JobRole,
    Requirement,
    Skill,
    VersionStatus,
)

# The subject is synchromesh.api.v1, called through its addresses.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everything")]


@pytest.fixture
def everything(db: None) -> None:
    a_little_of_everything()


def _slugs(client: Client, address: str) -> list[str]:
    return [row["slug"] for row in read(client, address)["items"]]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["battery-technician", "welder"]),
        ("?field=battery", ["battery-technician"]),
        ("?family=service", ["battery-technician"]),
        ("?skill=weld-busbars", ["battery-technician", "welder"]),
        ("?skill=isolate-high-voltage&field=battery", ["battery-technician"]),
        ("?skill=isolate-high-voltage&field=hydrogen", []),
        ("?field=no-field", []),
    ],
)
def test_roles_are_filtered(client: Client, query: str, slugs: list[str]) -> None:
    assert _slugs(client, f"/api/v1/roles{query}") == slugs


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["isolate-high-voltage", "weld-busbars"]),
        ("?field=battery", ["weld-busbars"]),
        ("?role=welder", ["weld-busbars"]),
        ("?kind=knowledge", []),
    ],
)
def test_skills_are_filtered_and_retired_ones_are_not_listed(client: Client, query: str, slugs: list[str]) -> None:
    assert _slugs(client, f"/api/v1/skills{query}") == slugs


def test_fields_come_in_the_order_of_the_alliance(client: Client) -> None:
    assert _slugs(client, "/api/v1/fields") == ["battery", "hydrogen"]
    assert read(client, "/api/v1/fields/hydrogen", "/api/v1/fields/{id}")["titles"] == {"en": "Hydrogen"}


def test_a_role_says_what_it_needs_and_who_says_so(client: Client) -> None:
    role = read(client, "/api/v1/roles/battery-technician", "/api/v1/roles/{id}")
    assert (role["skills_needed"], role["eqf"], role["version"]) == (2, {"min": 4, "max": 5, "source": None}, 1)
    assert role["family"]["slug"] == "service"
    assert role["tasks"] == {"en": ["Opens packs"]}
    needs = {need["skill"]["slug"]: need["level"] for need in role["requirements"]}
    assert needs == {"isolate-high-voltage": 2, "weld-busbars": 1}
    told = role["requirements"][0]["provenance"]
    assert (told["method"], told["confidence"], told["quote"], told["source"]) == ("hand", None, None, None)
    assert role["uri"] == f"/id/role/{role['uid']}"


@pytest.mark.parametrize("kind", ["role", "skill", "field"])
def test_a_record_is_found_by_slug_by_uid_and_by_a_former_slug(client: Client, kind: str) -> None:
    slug = {"role": "welder", "skill": "weld-busbars", "field": "battery"}[kind]
    template = f"/api/v1/{kind}s/{{id}}"
    record = read(client, f"/api/v1/{kind}s/{slug}", template)
    Address.objects.create(kind=kind, slug="former", uid=record["uid"])
    for name in (record["uid"], "former"):
        assert read(client, f"/api/v1/{kind}s/{name}", template) == record


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/roles/nobody",
        "/api/v1/roles/00000000-0000-0000-0000-000000000000",
        "/api/v1/roles/welder?version=7",
        "/api/v1/skills/nothing",
        "/api/v1/fields/nowhere",
        "/api/v1/versions/7",
        "/api/v1/versions/7/changes",
        "/api/v1/runs/00000000-0000-0000-0000-000000000000",
        "/api/v1/organisations/nobody",
        "/api/v1/courses/nothing",
        "/api/v1/courses/00000000-0000-0000-0000-000000000000",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert problem(client.get(address), 404)["code"] == "not_found"


def test_a_name_with_a_nul_is_refused_before_a_database_sees_it(client: Client) -> None:
    assert problem(client.get("/api/v1/roles/a%00b"), 422)["errors"][0]["parameter"] == "id"


def test_a_skill_says_its_levels_its_roles_and_its_concepts(client: Client) -> None:
    skill = read(client, "/api/v1/skills/weld-busbars", "/api/v1/skills/{id}")
    assert [row["level"] for row in skill["levels"]] == [1, 3]
    assert [(row["role"]["slug"], row["level"]) for row in skill["roles"]] == [("welder", 3), ("battery-technician", 1)]
    assert [(link["match"], link["provenance"]["confidence"]) for link in skill["esco"]] == [("exact", 0.9)]


def test_a_retired_skill_names_what_stands_in_its_place(client: Client) -> None:
    skill = read(client, "/api/v1/skills/rivet", "/api/v1/skills/{id}")
    assert skill["retired_at"]
    assert [other["slug"] for other in skill["successors"]] == ["weld-busbars"]


def test_what_only_a_draft_speaks_of_is_not_shown(client: Client) -> None:
    draft = FrameworkVersion.objects.create(number=2, status=VersionStatus.DRAFT)
    skill, role = a_skill("future"), JobRole.objects.create(slug="future", titles={"en": "Future"})
    Requirement.objects.create(version=draft, role=role, skill=skill, level=1)
    assert "future" not in _slugs(client, "/api/v1/roles") + _slugs(client, "/api/v1/skills")
    for address in ("/api/v1/roles/future", "/api/v1/skills/future", "/api/v1/roles/welder?version=2"):
        problem(client.get(address), 404)
    assert [version["number"] for version in read(client, "/api/v1/versions")["items"]] == [1]


def test_an_earlier_version_is_read_with_its_own_requirements(client: Client) -> None:
    FrameworkVersion.objects.update(status=VersionStatus.RETIRED)
    newer = FrameworkVersion.objects.create(
        number=2, status=VersionStatus.PUBLISHED, published_at=the_version_was_published()
    )
    welder, weld = JobRole.objects.get(slug="welder"), Skill.objects.get(slug="weld-busbars")
    Requirement.objects.create(version=newer, role=welder, skill=weld, level=1)
    levels = {
        number: read(client, f"/api/v1/roles/welder?version={number}", "/api/v1/roles/{id}")["requirements"][0]["level"]
        for number in (1, 2)
    }
    assert levels == {1: 3, 2: 1}
    changes = read(client, "/api/v1/versions/2/changes", "/api/v1/versions/{number}/changes")
    assert (changes["older"], changes["newer"]) == (1, 2)
    assert [role["slug"] for role in changes["roles_removed"]] == ["battery-technician"]
    changed = [row for row in changes["requirements"] if row["role"]["slug"] == "welder"]
    assert [(row["before"]["level"], row["after"]["level"]) for row in changed] == [(3, 1)]
    assert [version["status"] for version in read(client, "/api/v1/versions")["items"]] == ["published", "retired"]


def the_version_was_published() -> Any:
    return FrameworkVersion.objects.get(number=1).published_at


def test_a_version_says_what_it_holds_and_when_it_was_published(client: Client) -> None:
    version = read(client, "/api/v1/versions/1", "/api/v1/versions/{number}")
    assert (version["roles"], version["skills"], version["requirements"]) == (2, 2, 3)
    response = client.get("/api/v1/versions")
    published = the_version().published_at
    assert published
    assert parsedate_to_datetime(response["Last-Modified"]) == published.replace(microsecond=0)
    later = {"If-Modified-Since": response["Last-Modified"]}
    assert client.get("/api/v1/versions", headers=later).status_code == 304


def test_texts_come_in_all_languages(client: Client) -> None:
    a_role("mechanic", {"weld-busbars": 1}, titles={"en": "Mechanic", "de": "Mechaniker"})
    role = read(client, "/api/v1/roles/mechanic", "/api/v1/roles/{id}")
    assert role["titles"] == {"de": "Mechaniker", "en": "Mechanic"}


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/api/v1/roles", 3),
        ("/api/v1/roles?field=battery&skill=weld-busbars", 3),
        ("/api/v1/roles/welder", 6),
        ("/api/v1/skills", 3),
        ("/api/v1/skills/weld-busbars", 7),
        ("/api/v1/fields", 1),
        ("/api/v1/fields/battery", 1),
        ("/api/v1/versions", 2),
        ("/api/v1/versions/1", 3),
        ("/api/v1/versions/1/changes", 7),
        ("/api/v1/runs", 1),
        ("/api/v1/organisations", 3),
        ("/api/v1/organisations/south-school", 3),
        ("/api/v1/courses/weld-it", 5),
        ("/api/v1/wanted", 1),
    ],
)
def test_an_address_takes_a_fixed_number_of_queries(
    client: Client, django_assert_num_queries: Any, address: str, queries: int
) -> None:
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
