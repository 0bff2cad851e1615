"""What the framework itself does when a skill gives way: levels, texts, skill cards, ESCO links and addresses."""

from __future__ import annotations

import pytest
from tests.records import a_role, a_skill, a_topic, commit_framework, csv_file, preview_framework, the_version, zip_file

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.engine.errors import Conflict, NotAllowed
from synchromesh.framework.models import Address, Anchor, EscoLink, FrameworkVersion, Requirement, Skill, VersionStatus
from synchromesh.framework.operations.skill_succession import (
    Succession,
    move_skill_references,
    publish_successions,
    retire_skill,
)
from synchromesh.plumbing.models import ImportBatch
from synchromesh.plumbing.record_changes import ChangeLog
from synchromesh.plumbing.sources import LinkMethod

pytestmark = pytest.mark.django_db


def _log() -> ChangeLog:
    return ChangeLog(ImportBatch.objects.create(kind="skill-change", name="test", source="test"))


def _skill(slug: str) -> Skill:
    return Skill.objects.filter(slug=slug).first() or a_skill(slug)


def _succession(retired: str, *successors: str, **stated: object) -> Succession:
    return Succession(retired=_skill(retired), successors=tuple(map(_skill, successors)), **stated)  # type: ignore[arg-type]


def _publish(*successions: Succession) -> None:
    publish_successions(by=OPERATOR, log=_log(), successions=successions, note="test")


def _needs() -> dict[tuple[str, str], int]:
    found = Requirement.objects.filter(version__status=VersionStatus.PUBLISHED)
    return {(need.role.slug, need.skill.slug): need.level for need in found.select_related("role", "skill")}


@pytest.mark.parametrize(("old", "new", "kept"), [(1, 3, 3), (3, 1, 3), (2, 2, 2)])
def test_where_a_role_needs_both_the_higher_level_counts(old: int, new: int, kept: int) -> None:
    a_role("welder", {"old": old, "new": new})
    _publish(_succession("old", "new"))
    assert _needs() == {("welder", "new"): kept}


def test_a_need_stays_essential_and_as_heavy_as_the_heavier_of_two() -> None:
    role = a_role("welder", {})
    need = {"version": the_version(), "role": role}
    Requirement.objects.create(**need, skill=_skill("old"), level=1, essential=True, weight=5, quote="old words")
    Requirement.objects.create(**need, skill=_skill("new"), level=3, essential=False, weight=2, quote="new words")
    _publish(_succession("old", "new"))
    kept = Requirement.objects.get(version__status=VersionStatus.PUBLISHED)
    assert (kept.level, kept.essential, kept.weight, kept.quote) == (3, True, 5, "new words")


def test_the_parts_of_a_split_take_the_level_unless_the_request_says_otherwise() -> None:
    a_role("welder", {"old": 2})
    a_role("fitter", {"old": 3})
    _publish(_succession("old", "first", "second", roles={"fitter": {"second": 1}}))
    assert _needs() == {("welder", "first"): 2, ("welder", "second"): 2, ("fitter", "second"): 1}


def test_a_level_that_the_source_did_not_state_is_not_put_into_its_mouth() -> None:
    stated = {"source": "North Works", "quote": "must weld", "method": LinkMethod.IMPORT}
    Requirement.objects.create(version=the_version(), role=a_role("welder", {}), skill=_skill("old"), level=2, **stated)
    _publish(_succession("old", "first", "second", roles={"welder": {"first": 1, "second": 2}}))
    found = Requirement.objects.filter(version__status=VersionStatus.PUBLISHED).order_by("level")
    assert [(need.method, need.source, need.quote) for need in found] == [
        ("hand", "", ""),
        ("import", "North Works", "must weld"),
    ]


def test_another_level_after_a_split_is_confirmed_by_whoever_splits_now(staff: User) -> None:
    earlier = {"confirmed_by": "earlier", "confirmed_at": "2026-01-01T00:00:00Z", "review_due_on": "2026-06-01"}
    Requirement.objects.create(
        version=the_version(), role=a_role("welder", {}), skill=_skill("old"), level=2, **earlier
    )
    succession = _succession("old", "first", "second", roles={"welder": {"first": 1, "second": 2}})
    publish_successions(by=staff, log=_log(), successions=[succession], note="test")
    other, same = Requirement.objects.filter(version__status=VersionStatus.PUBLISHED).order_by("level")
    assert (other.level, other.confirmed_by, other.review_due_on) == (1, staff.public_id, None)
    assert (same.level, same.confirmed_by, str(same.review_due_on)) == (2, "earlier", "2026-06-01")
    assert other.confirmed_at > same.confirmed_at


def test_a_successor_takes_over_only_texts_of_levels_that_it_lacks() -> None:
    a_role("welder", {"old": 2, "new": 2})
    Anchor.objects.create(version=the_version(), skill=_skill("old"), level=1, texts={"en": "Old one."})
    _publish(_succession("old", "new"))
    found = Anchor.objects.filter(version__status=VersionStatus.PUBLISHED)
    assert {(anchor.skill.slug, anchor.level): anchor.texts["en"] for anchor in found} == {
        ("new", 1): "Old one.",
        ("new", 2): "Does new at 2.",
    }


def test_nothing_is_published_where_no_version_is() -> None:
    assert publish_successions(by=OPERATOR, log=_log(), successions=[_succession("old", "new")], note="") == []
    assert not FrameworkVersion.objects.exists()


@pytest.mark.parametrize("published", [True, False])
def test_a_draft_that_may_name_the_skill_stands_in_the_way(published: bool) -> None:
    if published:
        the_version()
    FrameworkVersion.objects.create(number=2, status=VersionStatus.DRAFT)
    with pytest.raises(Conflict, match="is a draft"):
        _publish(_succession("old", "new"))


def _esco(slug: str) -> list[tuple[str, str, bool]]:
    links = EscoLink.objects.filter(skill__slug=slug)
    return [(link.uri[-1], link.match, link.confirmed_at is not None) for link in links]


def _link(slug: str, uri: str, match: str) -> None:
    columns = {"confirmed_at": "2026-01-01T00:00:00Z", "confirmed_by": "operator"}
    EscoLink.objects.create(skill=_skill(slug), uri=f"http://data.europa.eu/esco/skill/{uri}", match=match, **columns)


def test_an_exact_match_is_close_after_a_merge_until_somebody_has_looked() -> None:
    _link("old", "1", "exact")
    _link("old", "2", "broad")
    _link("old", "3", "exact")
    _link("new", "3", "exact")
    move_skill_references(by=OPERATOR, log=_log(), succession=_succession("old", "new"))
    assert _esco("new") == [("1", "close", False), ("2", "broad", True), ("3", "exact", True)]
    assert _esco("old") == []


def test_what_was_the_same_as_the_whole_is_broader_than_a_part() -> None:
    _link("old", "1", "exact")
    _link("old", "2", "narrow")
    move_skill_references(by=OPERATOR, log=_log(), succession=_succession("old", "first", "second"))
    assert _esco("first") == _esco("second") == [("1", "broad", False), ("2", "related", False)]


def test_the_successor_of_a_merge_gains_the_fields_and_parts_of_a_split_do_not() -> None:
    battery, hydrogen = a_topic("battery"), a_topic("hydrogen")
    a_skill("old", battery, hydrogen)
    a_skill("new", battery)
    move_skill_references(by=OPERATOR, log=_log(), succession=_succession("old", "first", "second"))
    assert not _skill("first").topics.exists()
    move_skill_references(by=OPERATOR, log=_log(), succession=_succession("old", "new"))
    assert sorted(_skill("new").topics.values_list("slug", flat=True)) == ["battery", "hydrogen"]


def test_former_addresses_follow_through_several_merges() -> None:
    for old, new in (("first", "second"), ("second", "third")):
        succession = _succession(old, new)
        move_skill_references(by=OPERATOR, log=_log(), succession=succession)
        retire_skill(by=OPERATOR, log=_log(), succession=succession)
    third = _skill("third")
    assert dict(Address.objects.values_list("slug", "uid")) == {"first": third.uid, "second": third.uid}
    retired = Skill.objects.get(slug="first-retired")
    assert [skill.slug for skill in retired.successors.all()] == ["third"]
    assert retired.retired_at is not None


def test_the_slug_of_a_retired_skill_is_free_and_short_enough() -> None:
    a_skill("old-retired")
    retire_skill(by=OPERATOR, log=_log(), succession=_succession("old", "new"))
    retire_skill(by=OPERATOR, log=_log(), succession=_succession("x" * 120, "new"))
    slugs = set(Skill.objects.values_list("slug", flat=True))
    assert slugs == {"old-retired", "old-retired-2", "new", "x" * 112 + "-retired"}


def test_nobody_else_may(person: User) -> None:
    succession = _succession("old", "new")
    for by in (VISITOR, person):
        with pytest.raises(NotAllowed):
            publish_successions(by=by, log=_log(), successions=[succession], note="")
        with pytest.raises(NotAllowed):
            retire_skill(by=by, log=_log(), succession=succession)
        with pytest.raises(NotAllowed):
            move_skill_references(by=by, log=_log(), succession=succession)


def test_a_file_does_not_bring_back_a_retired_skill() -> None:
    content = zip_file(
        {
            "skills.csv": csv_file(
                {"id": "S-1", "slug": "old", "kind": "skill", "title_en": "Old", "anchor_1_en": "Does it."},
                {"id": "S-2", "slug": "new", "kind": "skill", "title_en": "New"},
            ),
            "roles.csv": csv_file({"id": "welder", "title_en": "Welder"}),
            "requirements.csv": csv_file(
                {"role": "welder", "skill": "S-1", "level": 2, "need": "essential", "weight": 5}
            ),
        }
    )
    commit_framework(content)
    succession = _succession("old", "new")
    _publish(succession)
    retire_skill(by=OPERATOR, log=_log(), succession=succession)
    batch, plan = preview_framework(content)
    assert plan.counts == {"new": 0, "changed": 0, "same": 2, "error": 2}
    assert {problem["message"] for problem in batch.problems} == {
        "The skill 'S-1' is retired. Use instead: new. The row stays out."
    }
    by_slug = zip_file({"skills.csv": csv_file({"slug": "old", "kind": "skill", "title_en": "Old"})})
    assert preview_framework(by_slug)[1].counts["error"] == 1
    commit_framework(content)
    assert _needs() == {("welder", "new"): 2}
