"""Splitting and merging skills: everything that names the old skill moves, the preview says so, the undo is exact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.db.models import OuterRef
from django.test import Client
from django.utils import timezone
from tests.records import a_course, a_role, a_skill, commit_feed, course_row, csv_file, stored
from tests.site.skill_records import MERGE, SPLIT, a_skill_in_use

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.catalogue.models import Brief, Course, CourseSkill, MappingVerdict
from synchromesh.credentials.models import AchievementVersion
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.framework.models import FrameworkVersion, Requirement, Skill, UnitEntry, VersionStatus
from synchromesh.framework.queries.concepts import get_skill
from synchromesh.pathways.models import Rating
from synchromesh.plumbing.models import AuditEvent, ImportBatch, ImportedChange
from synchromesh.site.personal_data import delete_person
from synchromesh.site.skill_changes import (
    commit_skill_change,
    count_touched,
    preview_skill_change,
    undo_skill_change,
    withdraw_skill_change,
)

pytestmark = pytest.mark.django_db
OF_A_VERSION = {"framework.Anchor", "framework.Requirement", "framework.UnitEntry"}
OF_AN_AWARDED_VERSION = {"credentials.AchievementSkill"}
# What the retired skill says about itself stays with it; what others say about it moves.
ITS_OWN = {"framework.Skill_successors.from_skill", "framework.Skill_topics.skill"}


@pytest.fixture
def colleague(db: None) -> User:
    """A second person of the alliance's staff."""
    return User.objects.create_user(email="colleague@example.org", password="four words", is_alliance_staff=True)


def _commit(request: Mapping[str, Any]) -> ImportBatch:
    return commit_skill_change(by=OPERATOR, batch=preview_skill_change(by=OPERATOR, request=request)[0])


def _references() -> list[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Every column of any table that holds a skill, those of automatic tables of many-to-many relations too."""
    return [
        (model, field)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is Skill
    ]


def _rows_naming(skill: Skill, model: type[models.Model], field: models.Field[Any, Any]) -> int:
    found = model._base_manager.filter(**{field.name: skill})
    if model._meta.label in OF_A_VERSION:
        found = found.filter(version__status=VersionStatus.PUBLISHED)
    if model._meta.label in OF_AN_AWARDED_VERSION:
        newest = AchievementVersion.objects.filter(achievement=OuterRef("version__achievement")).order_by("-number")
        found = found.filter(version=newest.values("pk")[:1])
    return found.count()


def test_the_search_for_references_finds_foreign_keys_and_many_to_many_relations() -> None:
    names = {f"{model._meta.label}.{field.name}" for model, field in _references()}
    assert {"catalogue.CourseSkill.skill", "pathways.Rating.skill", "framework.Skill_successors.to_skill"} <= names
    assert names >= ITS_OWN


@pytest.mark.parametrize(("request_", "successors"), [(MERGE, ["new"]), (SPLIT, ["first", "second"])])
def test_every_reference_to_a_skill_moves(person: User, request_: Mapping[str, Any], successors: list[str]) -> None:
    old = a_skill_in_use(person)
    references = [(m, f) for m, f in _references() if f"{m._meta.label}.{f.name}" not in ITS_OWN]
    unused = [f"{m._meta.label}.{f.name}" for m, f in references if not _rows_naming(old, m, f)]
    assert unused == [], "Add a row to tests/site/skill_records.py, so that this test sees whether it moves."
    _commit(request_)
    left = [f"{m._meta.label}.{f.name}" for m, f in references if _rows_naming(old, m, f)]
    assert left == [], "Move it in the `move_skill_references` of its app."
    lost = [
        f"{m._meta.label}.{f.name}"
        for m, f in references
        if not any(_rows_naming(Skill.objects.get(slug=slug), m, f) for slug in successors)
    ]
    assert lost == []


@pytest.mark.parametrize("request_", [MERGE, SPLIT])
def test_undo_leaves_the_database_exactly_as_it_was(person: User, request_: Mapping[str, Any]) -> None:
    a_skill_in_use(person)
    before = stored()
    batch, _ = preview_skill_change(by=OPERATOR, request=request_)
    assert stored() == before
    batch = commit_skill_change(by=OPERATOR, batch=batch)
    assert stored() != before
    undo_skill_change(by=OPERATOR, batch=batch)
    assert stored() == before


def test_undo_is_exact_where_course_and_role_had_both_skills(person: User) -> None:
    a_skill_in_use(person)
    a_role("welder", {"old": 3, "new": 1, "first": 2})
    a_course("both", {"old": (None, 3), "new": (0, 1), "second": (1, 2)})
    before = stored()
    for request in ({"merge": {"from": ["old", "first"], "into": "new"}}, SPLIT):
        undo_skill_change(by=OPERATOR, batch=_commit(request))
        assert stored() == before


def test_the_preview_names_what_is_touched_and_only_counts_people(person: User) -> None:
    a_skill_in_use(person)
    _, plan = preview_skill_change(by=OPERATOR, request=MERGE)
    rows = {row.position: (row.label, row.changes[0].before, row.changes[0].after) for row in plan.rows}
    assert rows == {
        "role": ("technician", "old 2", "new 2"),
        "anchor": ("level 2", "old", "new"),
        "unit entry": ("TECH.U1", "old", "new"),
        "ESCO link": ("exact http://data.europa.eu/esco/skill/1", "old", "new (close)"),
        "field": ("battery", "old", "new"),
        "course": ("weld-course", "old 2", "new 2"),
        "question": ("which-gas", "old", "new"),
        "achievement": ("isolate-a-vehicle", "old", "new"),
        "practice": ("mentors-on-the-night-shift", "old", "new"),
        "lesson": ("ohm-s-law", "old", "new"),
        "wish": ("gap, times wished: 7", "old", "new"),
        "ratings": ("ratings: 1; people: 1", "old", "new"),
        "skill": ("old", "in force", "new"),
    }
    assert plan.counts == {"new": 0, "changed": 13, "same": 0, "error": 0}
    assert person.name not in str(plan)
    assert count_touched(MERGE) == {"roles": 1, "units": 1, "courses": 1, "ratings": 1, "people": 1, "plans": 1}


def test_a_published_version_never_changes(person: User) -> None:
    old = a_skill_in_use(person)
    before = FrameworkVersion.objects.get()
    _commit(MERGE)
    before.refresh_from_db()
    assert before.status == VersionStatus.RETIRED
    assert Requirement.objects.get(version=before).skill == old
    assert UnitEntry.objects.get(version=before).skill == old
    newest = FrameworkVersion.objects.get(status=VersionStatus.PUBLISHED)
    assert (newest.number, newest.note) == (2, "merge old into new")


def test_several_skills_merge_into_one(person: User) -> None:
    a_skill_in_use(person)
    a_role("welder", {"first": 3, "second": 1})
    _commit({"merge": {"from": ["old", "first", "second"], "into": "new"}})
    assert list(Skill.objects.filter(retired_at=None).values_list("slug", flat=True)) == ["new"]
    needs = Requirement.objects.filter(version__status=VersionStatus.PUBLISHED, skill__slug="new")
    assert dict(needs.values_list("role__slug", "level")) == {"technician": 2, "welder": 3}
    for former in ("old", "older", "first", "second"):
        assert get_skill(former).slug == "new"


def test_a_split_does_what_the_request_says(person: User) -> None:
    a_skill_in_use(person)
    stated = {
        "roles": {"technician": {"second": 3}},
        "courses": {"weld-course": {"first": 1}},
        "units": {"TECH.U1": "second"},
    }
    _commit({"split": SPLIT["split"] | stated})
    published = {"version__status": VersionStatus.PUBLISHED}
    assert [(r.skill.slug, r.level) for r in Requirement.objects.filter(**published)] == [("second", 3)]
    assert UnitEntry.objects.get(**published).skill == Skill.objects.get(slug="second")
    link = CourseSkill.objects.get()
    assert (link.skill.slug, link.entry_level, link.level, link.confirmed_by) == ("first", 0, 1, "operator")


def test_the_old_address_leads_to_the_one_successor(person: User, client: Client) -> None:
    a_skill_in_use(person)
    _commit(MERGE)
    for slug in ("old", "older"):
        assert client.get(f"/en/skills/{slug}/")["Location"] == "/en/skills/new/"
    page = client.get("/en/skills/old-retired/").content.decode()
    assert "This skill is retired." in page
    assert '<a href="/en/skills/new/">' in page


def test_the_old_page_names_several_successors(person: User, client: Client) -> None:
    a_skill_in_use(person)
    _commit(SPLIT)
    answer = client.get("/en/skills/old/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "This skill is retired." in page
    assert '<a href="/en/skills/first/">' in page
    assert '<a href="/en/skills/second/">' in page


def test_only_staff_and_the_operator_change_skills(person: User, staff: User, colleague: User, editor: User) -> None:
    a_skill_in_use(person)
    batch, _ = preview_skill_change(by=staff, request=MERGE)
    for by in (VISITOR, person, editor):
        with pytest.raises(NotAllowed):
            preview_skill_change(by=by, request=MERGE)
        with pytest.raises(NotAllowed):
            commit_skill_change(by=by, batch=batch)
        with pytest.raises(NotAllowed):
            withdraw_skill_change(by=by, batch=batch)
    commit_skill_change(by=colleague, batch=batch)
    with pytest.raises(NotAllowed):
        undo_skill_change(by=person, batch=batch)
    undo_skill_change(by=staff, batch=batch)


def test_nobody_but_the_operator_carries_out_what_they_prepared_themselves(person: User, staff: User) -> None:
    a_skill_in_use(person)
    batch, _ = preview_skill_change(by=staff, request=MERGE)
    before = stored()
    with pytest.raises(NotAllowed, match="somebody else"):
        commit_skill_change(by=staff, batch=batch)
    assert stored() == before
    commit_skill_change(by=OPERATOR, batch=batch)


def test_whoever_confirms_sees_what_was_prepared(person: User, staff: User) -> None:
    a_skill_in_use(person)
    batch, plan = preview_skill_change(by=staff, request=MERGE)
    kept = ImportBatch.objects.get(pk=batch.pk)
    assert kept.options == {"request": MERGE, "touched": count_touched(MERGE)}
    assert [row["label"] for row in kept.rows] == [row.label for row in plan.rows]


def test_a_prepared_change_can_be_withdrawn_once_and_not_after_it_was_carried_out(
    person: User, staff: User, colleague: User
) -> None:
    a_skill_in_use(person)
    batch, _ = preview_skill_change(by=staff, request=MERGE)
    withdraw_skill_change(by=colleague, batch=batch)
    assert not ImportBatch.objects.exists()
    with pytest.raises(Conflict):
        withdraw_skill_change(by=staff, batch=batch)
    done = _commit(MERGE)
    with pytest.raises(Conflict):
        withdraw_skill_change(by=staff, batch=done)


def test_the_audit_trail_has_one_line_for_the_skill_and_one_for_the_change(
    person: User, staff: User, colleague: User
) -> None:
    old = a_skill_in_use(person)
    batch, _ = preview_skill_change(by=staff, request=MERGE)
    assert not AuditEvent.objects.exists()
    commit_skill_change(by=colleague, batch=batch)
    lines = AuditEvent.objects.order_by("pk").values_list("actor", "action", "target_kind", "target_uid")
    assert list(lines) == [
        (colleague.public_id, "retire_skill", "skill", str(old.uid)),
        (colleague.public_id, "commit_import", "skill-change", str(batch.uid)),
    ]


@pytest.mark.parametrize(
    ("request_", "error", "field"),
    [
        ({}, InvalidInput, "request"),
        ({"merge": {}, "split": {}}, InvalidInput, "request"),
        ({"melt": {}}, InvalidInput, "request"),
        ({"merge": ["old"]}, InvalidInput, "merge"),
        ({"merge": {"from": ["old"], "into": "new", "more": 1}}, InvalidInput, "merge"),
        ({"merge": {"from": "old", "into": "new"}}, InvalidInput, "from"),
        ({"merge": {"from": [], "into": "new"}}, InvalidInput, "from"),
        ({"merge": {"from": ["old", "old"], "into": "new"}}, InvalidInput, "from"),
        ({"merge": {"from": ["old", "new"], "into": "new"}}, InvalidInput, "from"),
        ({"merge": {"from": ["old"], "into": 7}}, InvalidInput, "into"),
        ({"merge": {"from": ["nobody"], "into": "new"}}, NotFound, "from"),
        ({"merge": {"from": ["older-retired"], "into": "new"}}, Conflict, "from"),
        ({"merge": {"from": ["older"], "into": "new"}}, Conflict, "from"),
        ({"split": {"from": "old", "into": ["new"]}}, InvalidInput, "into"),
        ({"split": {"from": "old", "into": ["new", "new"]}}, InvalidInput, "into"),
        ({"split": {"from": "old", "into": ["old", "new"]}}, InvalidInput, "into"),
        ({"split": SPLIT["split"] | {"roles": {"technician": {"new": 1}}}}, InvalidInput, "roles"),
        ({"split": SPLIT["split"] | {"roles": {"technician": {"first": 4}}}}, InvalidInput, "roles"),
        ({"split": SPLIT["split"] | {"roles": {"technician": {"first": True}}}}, InvalidInput, "roles"),
        ({"split": SPLIT["split"] | {"roles": {"technician": {}}}}, InvalidInput, "roles"),
        ({"split": SPLIT["split"] | {"roles": {"nobody": {"first": 1}}}}, NotFound, "roles"),
        ({"split": SPLIT["split"] | {"courses": {"nowhere": {"first": 1}}}}, NotFound, "courses"),
        ({"split": SPLIT["split"] | {"units": {"TECH.U1": "new"}}}, InvalidInput, "units"),
        ({"split": SPLIT["split"] | {"units": {"TECH.U9": "first"}}}, NotFound, "units"),
    ],
)
def test_a_request_that_cannot_be_meant_is_refused(
    person: User, request_: Mapping[str, Any], error: type[Exception], field: str
) -> None:
    a_skill_in_use(person)
    with pytest.raises(error) as refused:
        preview_skill_change(by=OPERATOR, request=request_)
    assert getattr(refused.value, "field", None) == field
    assert not ImportBatch.objects.exists()


def test_a_change_that_no_longer_fits_is_refused_at_the_commit(person: User) -> None:
    a_skill_in_use(person)
    batch, _ = preview_skill_change(by=OPERATOR, request=SPLIT)
    _commit(MERGE)
    before = stored()
    with pytest.raises(Conflict, match="has become 'new'"):
        commit_skill_change(by=OPERATOR, batch=batch)
    assert stored() == before


def test_undo_is_refused_after_a_newer_change(person: User) -> None:
    a_skill_in_use(person)
    batch = _commit(MERGE)
    later = _commit({"merge": {"from": ["new"], "into": "first"}})
    with pytest.raises(Conflict):
        undo_skill_change(by=OPERATOR, batch=batch)
    undo_skill_change(by=OPERATOR, batch=later)
    undo_skill_change(by=OPERATOR, batch=batch)


def test_new_wishes_and_ratings_do_not_stand_in_the_way_of_an_undo(person: User) -> None:
    a_skill_in_use(person)
    batch = _commit(MERGE)
    new = Skill.objects.get(slug="new")
    Brief.objects.create(wish=f"gap|{new.uid}|2||", origin="gap", skill=new, level=2)
    Rating.objects.create(person=person, skill=new, kind="self", level=2, rater=person.public_id)
    undo_skill_change(by=OPERATOR, batch=batch)
    assert sorted(Rating.objects.values_list("skill__slug", "level")) == [("new", 2), ("old", 1)]


@pytest.mark.parametrize("request_", [MERGE, SPLIT])
def test_a_person_who_leaves_is_forgotten_and_the_undo_still_works(
    person: User, staff: User, request_: Mapping[str, Any]
) -> None:
    old = a_skill_in_use(person)
    kept = Rating.objects.create(person=staff, skill=old, kind="self", level=3, rater=staff.public_id)
    batch = _commit(request_)
    delete_person(by=OPERATOR, person=person)
    named = ImportedChange.objects.filter(model="pathways.Rating")
    assert {(row.after or {})["person_id"] for row in named} == {staff.pk}
    undo_skill_change(by=OPERATOR, batch=batch)
    assert Rating.objects.get() == kept
    assert Rating.objects.get().skill == old


def _links() -> list[tuple[str, int]]:
    return sorted(CourseSkill.objects.values_list("skill__slug", "level"))


def test_a_feed_that_still_names_a_merged_skill_reaches_the_successor() -> None:
    for slug in ("old", "new"):
        a_skill(slug)
    commit_feed(csv_file(course_row(skills="old 1>2")), confirm_links=True)
    _commit(MERGE)
    commit_feed(csv_file(course_row(skills="old 1>3")), confirm_links=True)
    assert _links() == [("new", 3)]


def test_a_feed_that_still_names_a_split_skill_leaves_the_parts_as_they_are() -> None:
    for slug in ("old", "first", "second"):
        a_skill(slug)
    commit_feed(csv_file(course_row(skills="old 1>2")), confirm_links=True)
    slug = Course.objects.get().slug
    _commit({"split": SPLIT["split"] | {"courses": {slug: {"first": 2}}}})
    batch = commit_feed(csv_file(course_row(skills="old 1>2")), confirm_links=True)
    assert _links() == [("first", 2)]
    assert "old" in str(batch.problems)


def test_undo_asks_for_a_new_search_index(person: User, asked_jobs: list[str]) -> None:
    a_skill_in_use(person)
    batch = _commit(MERGE)
    asked_jobs.clear()
    undo_skill_change(by=OPERATOR, batch=batch)
    assert asked_jobs == ["search.tasks.rebuild_index"]


def test_opposite_judgements_of_a_merge_come_back_with_its_undo(person: User) -> None:
    old = a_skill_in_use(person)
    course, new = Course.objects.get(), Skill.objects.get(slug="new")
    MappingVerdict.objects.create(
        course=course, skill=new, decision="rejected", decided_by="operator", decided_at=timezone.now()
    )
    before = stored()
    batch = _commit(MERGE)
    found = MappingVerdict.objects.filter(skill=new)
    assert set(found.values_list("decision", "inherited")) == {("confirmed", False), ("rejected", True)}
    undo_skill_change(by=OPERATOR, batch=batch)
    assert stored() == before
    assert MappingVerdict.objects.get(skill=old).decision == "confirmed"
