"""Versions and what differs between two of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.records import a_role, a_skill

from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import Anchor, FrameworkVersion, JobRole, Requirement, Skill, UnitEntry, VersionStatus
from synchromesh.framework.queries import versions as queries
from synchromesh.framework.queries.versions import Need

pytestmark = pytest.mark.django_db


def _version(number: int, status: str = VersionStatus.RETIRED) -> FrameworkVersion:
    return FrameworkVersion.objects.create(number=number, status=status, published_at=timezone.now())


def _need(version: FrameworkVersion, role: JobRole, skill: Skill, **columns: Any) -> None:
    Requirement.objects.create(**({"version": version, "role": role, "skill": skill, "level": 2} | columns))


def _role(slug: str) -> JobRole:
    return JobRole.objects.create(slug=slug, titles={"en": slug.title()})


@pytest.fixture
def pair() -> tuple[FrameworkVersion, FrameworkVersion]:
    """Two versions that differ in one thing of each kind; what stays the same is there too."""
    older, newer = _version(1), _version(2, VersionStatus.PUBLISHED)
    weld, drive, read, test = (a_skill(slug) for slug in ("weld", "drive", "read", "test"))
    technician, gone, fresh = _role("technician"), _role("gone"), _role("fresh")
    _need(older, technician, weld, level=1, essential=False, weight=2)
    _need(newer, technician, weld, level=3, essential=True, weight=5)
    _need(older, technician, drive)
    _need(newer, technician, read)
    _need(older, technician, test, source="A")
    _need(newer, technician, test, source="B")
    _need(older, gone, test)
    _need(newer, fresh, test)
    Anchor.objects.create(version=older, skill=weld, level=1, texts={"en": "Old.", "de": "Bleibt.", "fr": "Parti."})
    Anchor.objects.create(version=newer, skill=weld, level=1, texts={"en": "New.", "de": "Bleibt.", "mt": "Ġdid."})
    line = {"role": technician, "depth": "unit", "position": 1}
    UnitEntry.objects.create(version=older, code="U1", titles={"en": "Old"}, skill=weld, **line)
    UnitEntry.objects.create(version=newer, code="U1", titles={"en": "New"}, skill=weld, **line)
    UnitEntry.objects.create(version=older, code="U2", titles={"en": "Gone"}, **line)
    UnitEntry.objects.create(version=newer, code="U3", titles={"en": "Came"}, **line)
    return older, newer


def test_a_difference_names_what_came_what_went_and_what_changed(
    pair: tuple[FrameworkVersion, FrameworkVersion],
) -> None:
    found = queries.compare_versions(*pair)
    assert [[record.slug for record in group] for group in (found.roles_added, found.roles_removed)] == [
        ["fresh"],
        ["gone"],
    ]
    assert [[record.slug for record in group] for group in (found.skills_added, found.skills_removed)] == [
        ["read"],
        ["drive"],
    ]
    plain = Need(level=2, essential=True, weight=3)
    assert [(row.role.slug, row.skill.slug, row.before, row.after) for row in found.needs] == [
        ("fresh", "test", None, plain),
        ("gone", "test", plain, None),
        ("technician", "drive", plain, None),
        ("technician", "read", None, plain),
        ("technician", "weld", Need(level=1, essential=False, weight=2), Need(level=3, essential=True, weight=5)),
    ]
    assert [(row.skill.slug, row.level, row.language, row.before, row.after) for row in found.anchors] == [
        ("weld", 1, "en", "Old.", "New."),
        ("weld", 1, "fr", "Parti.", ""),
        ("weld", 1, "mt", "", "Ġdid."),
    ]
    titles = [
        (row.code, row.before and row.before.titles["en"], row.after and row.after.titles["en"]) for row in found.units
    ]
    assert titles == [("U1", "Old", "New"), ("U2", "Gone", None), ("U3", None, "Came")]
    assert found.resourced == 1
    assert found.counts == {
        "roles_added": 1,
        "roles_removed": 1,
        "skills_added": 1,
        "skills_removed": 1,
        "requirements_added": 2,
        "requirements_removed": 2,
        "requirements_changed": 1,
        "anchors_changed": 1,
        "units_added": 1,
        "units_removed": 1,
        "units_changed": 1,
        "sources_changed": 1,
    }


def test_the_way_back_is_the_same_difference_turned_round(pair: tuple[FrameworkVersion, FrameworkVersion]) -> None:
    forth, back = queries.compare_versions(*pair), queries.compare_versions(pair[1], pair[0])
    assert [(row.after, row.before) for row in back.needs] == [(row.before, row.after) for row in forth.needs]
    assert [(row.after, row.before) for row in back.units] == [(row.before, row.after) for row in forth.units]
    assert back.roles_added == forth.roles_removed
    assert not forth.is_empty


def test_a_version_does_not_differ_from_itself(pair: tuple[FrameworkVersion, FrameworkVersion]) -> None:
    assert queries.compare_versions(pair[1], pair[1]).is_empty


def test_against_nothing_everything_is_new(pair: tuple[FrameworkVersion, FrameworkVersion]) -> None:
    found = queries.compare_versions(None, pair[1])
    assert {role.slug for role in found.roles_added} == {"fresh", "technician"}
    assert {row.before for row in found.needs} == {None}
    assert (found.roles_removed, found.skills_removed) == ((), ())


def test_versions_are_listed_with_counts_newest_first(pair: tuple[FrameworkVersion, FrameworkVersion]) -> None:
    FrameworkVersion.objects.create(number=3)
    second, first = queries.list_versions()
    assert (second.version, first.version) == (pair[1], pair[0])
    assert (second.roles, second.skills, second.requirements, second.anchors, second.units) == (2, 3, 4, 1, 2)
    assert [entry.version.number for entry in queries.list_versions(with_draft=True)] == [3, 2, 1]


def test_a_draft_is_there_only_for_those_who_may_see_it() -> None:
    draft = FrameworkVersion.objects.create(number=1)
    assert queries.get_version(1, with_draft=True) == draft
    for number in (1, 2, 10**30):
        with pytest.raises(NotFound):
            queries.get_version(number)


def test_the_changes_pair_each_version_with_the_one_before(pair: tuple[FrameworkVersion, FrameworkVersion]) -> None:
    FrameworkVersion.objects.create(number=3)
    assert [(row.older, row.newer) for row in queries.list_changes(limit=5)] == [(pair[0], pair[1]), (None, pair[0])]
    assert [(row.older, row.newer) for row in queries.list_changes(limit=1)] == [(pair[0], pair[1])]
    assert queries.list_changes(limit=1)[0] == queries.compare_versions(*pair)


def test_the_roles_of_a_version_are_those_it_describes(pair: tuple[FrameworkVersion, FrameworkVersion]) -> None:
    assert [(role.slug, getattr(role, "skills_needed", 0)) for role in queries.list_roles_of_version(pair[0])] == [
        ("gone", 1),
        ("technician", 3),
    ]


def test_the_version_before_is_the_one_that_was_in_force(pair: tuple[FrameworkVersion, FrameworkVersion]) -> None:
    draft = FrameworkVersion.objects.create(number=7)
    assert queries.find_previous_version(draft) == pair[1]
    assert queries.find_previous_version(pair[0]) is None


@pytest.mark.parametrize("size", [60, 354])
def test_comparing_takes_the_same_few_questions_whatever_the_size(size: int) -> None:
    a_role("technician", {f"skill-{number}": 1 + number % 3 for number in range(size)})
    older = FrameworkVersion.objects.get()
    FrameworkVersion.objects.update(status=VersionStatus.RETIRED)
    newer = _version(2, VersionStatus.PUBLISHED)
    Requirement.objects.bulk_create(
        Requirement(version=newer, role=row.role, skill=row.skill, level=3)
        for row in Requirement.objects.filter(version=older).select_related("role", "skill")
    )
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = queries.compare_versions(older, newer)
        assert [row.skill.titles["en"] for row in found.needs]
        assert [row.skill.slug for row in found.anchors]
    assert len(asked) == 5
    with CaptureQueriesContext(connection) as asked:
        assert len(queries.list_versions()) == 2
    assert len(asked) == 2
