"""The framework import: what a file changes, what stays out and why, new versions, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from tests.records import (
    a_topic,
    bomb,
    commit_framework,
    csv_file,
    preview_framework,
    stored,
    undo_framework,
    zip_file,
)

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed
from synchromesh.engine.exchange.frameworks import csv_tables
from synchromesh.framework.models import (
    Anchor,
    EscoLink,
    FrameworkVersion,
    JobRole,
    Requirement,
    Skill,
    VersionStatus,
)
from synchromesh.framework.operations.importing import FrameworkImporter, pack
from synchromesh.framework.queries.documents import framework_document
from synchromesh.framework.queries.exports import export_framework
from synchromesh.pathways.models import Plan
from synchromesh.plumbing import imports

pytestmark = pytest.mark.django_db

SKILL: Mapping[str, object] = {
    "id": "S-1",
    "slug": "isolate-hv",
    "kind": "skill",
    "topics": "battery",
    "title_en": "Isolate high voltage",
    "title_de": "Hochvolt freischalten",
    "anchor_1_en": "Names the steps.",
    "anchor_2_en": "Does it alone.",
    "esco_uri": "http://data.europa.eu/esco/skill/1",
    "esco_match": "broad",
    "source": "North Works",
    "source_on": "2026-11-22",
}
OTHER: Mapping[str, object] = {"id": "weld-parts", "kind": "knowledge", "title_en": "Weld parts"}
ROLE: Mapping[str, object] = {
    "id": "technician",
    "topics": "battery",
    "title_en": "Technician",
    "tasks_en": "Repair; Test",
    "eqf_min": 3,
    "eqf_max": 5,
    "eqf_source": "Somebody",
    "summary_en": "Repairs.",
}
NEED: Mapping[str, object] = {
    "role": "technician",
    "skill": "S-1",
    "level": 2,
    "need": "essential",
    "weight": 5,
    "confidence": "0.8",
    "quote": "must isolate",
}


def tables(
    *, skills: tuple[Any, ...] = (SKILL, OTHER), roles: tuple[Any, ...] = (ROLE,), needs: tuple[Any, ...] = (NEED,)
) -> bytes:
    """A zip of the three tables."""
    return zip_file(
        {"skills.csv": csv_file(*skills), "roles.csv": csv_file(*roles), "requirements.csv": csv_file(*needs)}
    )


@pytest.fixture(autouse=True)
def _topics() -> None:
    a_topic("battery")
    a_topic("hydrogen", position=1)


def _published() -> FrameworkVersion:
    return FrameworkVersion.objects.get(status=VersionStatus.PUBLISHED)


def _of_version(version: FrameworkVersion) -> list[Any]:
    return [list(model.objects.filter(version=version).order_by("pk").values()) for model in (Anchor, Requirement)]


def test_a_first_file_is_all_new_and_publishes_version_1() -> None:
    batch = commit_framework(tables(), origin="starter")
    assert batch.counts == {"new": 4, "changed": 0, "same": 0, "error": 0}
    assert batch.problems == []
    version = _published()
    assert (version.number, version.note) == (1, "tables.zip")
    assert version.published_at is not None
    skill = Skill.objects.get(slug="isolate-hv")
    assert (skill.titles["de"], skill.origin, skill.source) == ("Hochvolt freischalten", "starter", "North Works")
    assert [topic.slug for topic in skill.topics.all()] == ["battery"]
    assert [(link.uri, link.match) for link in skill.esco_links.all()] == [
        ("http://data.europa.eu/esco/skill/1", "broad")
    ]
    assert {anchor.level: anchor.texts for anchor in skill.anchors.all()} == {
        1: {"en": "Names the steps."},
        2: {"en": "Does it alone."},
    }
    role = JobRole.objects.get(slug="technician")
    assert role.tasks == {"en": ["Repair", "Test"]}
    need = Requirement.objects.get()
    assert (need.role, need.skill, need.level, need.essential, need.weight) == (role, skill, 2, True, 5)
    assert (str(need.confidence), need.quote, need.method) == ("0.80", "must isolate", "import")


def test_the_same_file_again_changes_nothing_and_makes_no_version() -> None:
    commit_framework(tables())
    before = stored()
    batch = commit_framework(tables())
    assert batch.counts == {"new": 0, "changed": 0, "same": 4, "error": 0}
    assert stored() == before


def test_uids_are_the_same_on_every_installation() -> None:
    batch = commit_framework(tables())
    uids = set(Skill.objects.values_list("uid", flat=True))
    undo_framework(batch)
    commit_framework(tables())
    assert set(Skill.objects.values_list("uid", flat=True)) == uids


def test_a_changing_file_says_field_by_field_what_changes_and_publishes_a_new_version() -> None:
    commit_framework(tables())
    first = _published()
    content_of_first = _of_version(first)
    changed = dict(SKILL) | {"title_en": "Isolate HV", "anchor_2_en": "Does it.", "topics": "battery; hydrogen"}
    file = tables(skills=(changed, OTHER), needs=(dict(NEED) | {"level": 3},))
    _, plan = preview_framework(file)
    assert plan.counts == {"new": 0, "changed": 2, "same": 2, "error": 0}
    skill_row = next(row for row in plan.rows if row.label == "skill isolate-hv")
    assert {change.field for change in skill_row.changes} == {"titles", "topics", "anchor_2"}
    titles = next(change for change in skill_row.changes if change.field == "titles")
    assert "Isolate high voltage" in titles.before
    assert "Isolate HV" in titles.after
    need_row = next(row for row in plan.rows if row.label == "technician needs S-1")
    assert [(change.field, change.before, change.after) for change in need_row.changes] == [("level", "2", "3")]

    commit_framework(file)
    first.refresh_from_db()
    assert first.status == VersionStatus.RETIRED
    assert _of_version(first) == content_of_first
    second = _published()
    assert second.number == 2
    assert Requirement.objects.get(version=second).level == 3
    assert Anchor.objects.get(version=second, level=2).texts == {"en": "Does it."}
    assert Anchor.objects.get(version=second, level=1).texts == {"en": "Names the steps."}


def test_a_partial_file_keeps_what_it_does_not_mention() -> None:
    commit_framework(tables())
    only = {"id": "S-1", "kind": "skill", "title_fr": "Isoler"}
    commit_framework(csv_file(only), name="skills.csv")
    skill = Skill.objects.get(slug="isolate-hv")
    assert set(skill.titles) == {"en", "de", "fr"}
    assert skill.esco_links.count() == 1
    assert Requirement.objects.filter(version=_published()).count() == 1
    assert Anchor.objects.filter(version=_published()).count() == 2


def test_undo_brings_the_version_before_back_exactly() -> None:
    commit_framework(tables())
    before = stored()
    third = {"id": "third", "kind": "skill", "title_en": "Third", "topics": "hydrogen"}
    changed = dict(SKILL) | {"title_en": "Isolate HV", "esco_match": "narrow", "topics": "hydrogen"}
    batch = commit_framework(tables(skills=(changed, third), needs=(dict(NEED) | {"weight": 1},)))
    assert _published().number == 2
    undo_framework(batch)
    assert stored() == before
    assert _published().number == 1


def test_undo_of_the_first_import_leaves_an_empty_framework() -> None:
    before = stored()
    undo_framework(commit_framework(tables()))
    assert stored() == before


def test_imports_are_undone_from_the_last_to_the_first() -> None:
    first = commit_framework(tables())
    second = commit_framework(tables(needs=(dict(NEED) | {"level": 1},)))
    with pytest.raises(Conflict, match="Undo the later change first"):
        undo_framework(first)
    undo_framework(second)
    undo_framework(first)
    assert not FrameworkVersion.objects.exists()


def test_undo_is_refused_while_a_plan_stands_on_the_version(person: User) -> None:
    batch = commit_framework(tables())
    Plan.objects.create(person=person, role=JobRole.objects.get(), version=_published())
    before = stored()
    with pytest.raises(Conflict, match="in use by now"):
        undo_framework(batch)
    assert stored() == before


def test_good_rows_load_and_the_others_name_row_and_column() -> None:
    bad_skill = {"id": "bad", "kind": "talent", "title_en": "Bad"}
    unknown_topic = dict(OTHER) | {"topics": "magic"}
    bad_level = dict(NEED) | {"level": "7"}
    nobody = dict(NEED) | {"skill": "no-such-skill", "role": "no-such-role"}
    batch = commit_framework(tables(skills=(SKILL, bad_skill, unknown_topic), needs=(NEED, bad_level, nobody)))
    assert batch.counts == {"new": 4, "changed": 0, "same": 0, "error": 3}
    found = {(problem["position"], problem["field"]) for problem in batch.problems}
    assert found == {
        ("skills.csv row 3", "kind"),
        ("skills.csv row 4", "topics"),
        ("requirements.csv row 3", "level"),
        ("requirements.csv row 4", "role"),
        ("requirements.csv row 4", "skill"),
    }
    assert set(Skill.objects.values_list("slug", flat=True)) == {"isolate-hv", "weld-parts"}
    assert Requirement.objects.count() == 1


def test_an_unknown_column_is_reported_and_leaves_no_row_out() -> None:
    batch, plan = preview_framework(tables(skills=(dict(SKILL) | {"colour": "red"}, OTHER)))
    assert [(problem.position, problem.field) for problem in plan.problems] == [("skills.csv", "colour")]
    assert batch.counts["error"] == 0


def test_rows_that_the_database_cannot_hold_stay_out_with_their_requirements() -> None:
    long_source = dict(SKILL) | {"source": "x" * 201}
    long_uri = dict(OTHER) | {"esco_uri": "http://data.europa.eu/esco/" + "x" * 300, "esco_match": "close"}
    batch = commit_framework(tables(skills=(long_source, long_uri)))
    assert {(problem["position"], problem["field"]) for problem in batch.problems} == {
        ("skills.csv row 2", "source"),
        ("skills.csv row 3", "uri"),
        ("requirements.csv row 2", "skill"),
    }
    assert batch.counts == {"new": 1, "changed": 0, "same": 0, "error": 3}
    assert not Skill.objects.exists()


def test_a_field_or_an_esco_address_that_stands_twice_is_taken_once() -> None:
    twice = dict(SKILL) | {
        "topics": "battery; battery",
        "esco_uri": "http://data.europa.eu/esco/skill/1; http://data.europa.eu/esco/skill/1",
        "esco_match": "broad; close",
    }
    commit_framework(tables(skills=(twice, OTHER)))
    assert EscoLink.objects.get().match == "close"
    assert commit_framework(tables(skills=(twice, OTHER))).counts["same"] == 4


def test_a_changed_esco_match_replaces_the_old_one() -> None:
    commit_framework(tables())
    commit_framework(tables(skills=(dict(SKILL) | {"esco_match": "exact"}, OTHER)))
    assert EscoLink.objects.get().match == "exact"


def test_a_requirement_may_name_records_of_an_earlier_import_by_slug_or_uid() -> None:
    commit_framework(tables(needs=(dict(NEED) | {"level": 1},)))
    uid = str(Skill.objects.get(slug="weld-parts").uid)
    batch = commit_framework(csv_file(dict(NEED) | {"skill": uid}), name="requirements.csv")
    assert batch.problems == []
    assert set(Requirement.objects.filter(version=_published()).values_list("skill__slug", "level")) == {
        ("isolate-hv", 1),
        ("weld-parts", 2),
    }


def test_an_exported_framework_imported_again_changes_nothing() -> None:
    commit_framework(tables())
    before = stored()
    exported = pack(csv_tables.write(framework_document()))
    for source in ("alliance", "another name"):
        batch, plan = imports.preview(
            FrameworkImporter(), by=OPERATOR, file=BytesIO(exported), name="framework.zip", source=source
        )
        assert plan.counts == {"new": 0, "changed": 0, "same": 4, "error": 0}
        imports.commit(FrameworkImporter(), by=OPERATOR, batch=batch)
    assert stored() == before


def test_an_exported_framework_loads_into_an_empty_installation() -> None:
    batch = commit_framework(tables())
    exported, shown = pack(csv_tables.write(framework_document())), export_framework()
    undo_framework(batch)
    commit_framework(exported)
    assert export_framework() == shown


def test_staff_may_import_and_undo_and_others_may_not(staff: User, person: User, manager: User) -> None:
    importer = FrameworkImporter()
    for by in (person, manager, VISITOR):
        with pytest.raises(NotAllowed):
            imports.preview(importer, by=by, file=BytesIO(tables()), name="t.zip", source="s")
    batch, _ = preview_framework(tables())
    for by in (person, manager, VISITOR):
        with pytest.raises(NotAllowed):
            imports.commit(importer, by=by, batch=batch)
    imports.commit(importer, by=staff, batch=batch)
    for by in (person, manager, VISITOR):
        with pytest.raises(NotAllowed):
            undo_framework(batch, by=by)
    assert Skill.objects.count() == 2
    undo_framework(batch, by=staff)
    assert not Skill.objects.exists()


def test_staff_who_left_may_not_import(staff: User) -> None:
    staff.is_active = False
    with pytest.raises(NotAllowed):
        imports.preview(FrameworkImporter(), by=staff, file=BytesIO(tables()), name="t.zip", source="s")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "skills.csv"),
        (b"%PDF-1.7 nothing", "skills.csv"),
        (b"id,kind\nx,skill\n", "skills.csv"),
        ("id;kind;title_en\nx;skill;Größe".encode("utf-16")[:-1], "skills.csv"),
        (b"\x00\x01\x02\x03", "file.bin"),
        (b"a,b\n1,2\n", "other.csv"),
        (zip_file({"readme.txt": b"hello"}), "tables.zip"),
        (zip_file({"../skills.csv": b"id\n"}), "tables.zip"),
        (zip_file({"skills.csv": b"id,kind,title_en\n"})[:-30], "tables.zip"),
    ],
)
def test_a_file_that_is_no_use_is_refused_whole_with_words(content: bytes, name: str) -> None:
    before = stored()
    with pytest.raises(InvalidInput) as refused:
        preview_framework(content, name=name)
    assert refused.value.message.endswith(".")
    assert stored() == before


def test_a_zip_bomb_is_refused() -> None:
    with pytest.raises(InvalidInput, match="unpacks to more than"):
        preview_framework(bomb())
