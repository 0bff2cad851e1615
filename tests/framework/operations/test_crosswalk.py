"""Deciding about links to ESCO: confirm, change, remove, reject, and what a file or a merge does to it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from tests.esco_records import JOINING, ROOT, SOLDERING, TRADES, WELDER, WELDING, an_esco
from tests.records import a_role, a_skill, commit_framework, csv_file, preview_framework, undo_framework

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.framework.models import EscoLink, EscoRejection, EscoVersion, JobRole, Skill
from synchromesh.framework.operations.crosswalk import (
    change_esco_match,
    confirm_esco_match,
    reject_esco_match,
    remove_esco_match,
    withdraw_rejection,
)
from synchromesh.framework.operations.esco import activate_esco
from synchromesh.framework.queries.exports import export_framework
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db
HTTPS = WELDING.replace("http://", "https://")


@pytest.fixture(autouse=True)
def _esco() -> None:
    an_esco()


@pytest.fixture
def skill() -> Skill:
    """A skill that has the name of a concept."""
    return a_skill("weld-metal")


@pytest.fixture
def role() -> JobRole:
    """A job role that has the name of an occupation."""
    return a_role("welder", {"weld-metal": 2})


def test_a_confirmed_proposal_says_who_when_why_and_under_which_version(skill: Skill, staff: User) -> None:
    confirm_esco_match(by=staff, subject=skill, uri=WELDING, match="exact")
    link = EscoLink.objects.get()
    assert (link.uri, link.match, link.method, link.esco_version) == (WELDING, "exact", "suggested", "1.1.1")
    assert (link.confirmed_by, link.confirmed_at is not None) == (staff.public_id, True)
    assert (link.source, link.source_url, link.quote) == ("ESCO 1.1.1", WELDING, "weld metal")
    assert link.confidence == Decimal("1.00")
    event = AuditEvent.objects.get()
    assert (event.actor, event.action, event.target_uid) == (staff.public_id, "confirm_esco_match", str(skill.uid))


def test_a_concept_that_somebody_found_by_hand_has_no_confidence(skill: Skill) -> None:
    link = confirm_esco_match(by=OPERATOR, subject=skill, uri=SOLDERING, match="related")
    assert (link.method, link.confidence, link.quote) == ("hand", None, "")


def test_confirming_a_link_of_a_file_keeps_where_it_came_from(skill: Skill) -> None:
    EscoLink.objects.create(skill=skill, uri=HTTPS, match="broad", method="import", source="North Works")
    confirm_esco_match(by=OPERATOR, subject=skill, uri=WELDING, match="close")
    link = EscoLink.objects.get()
    assert (link.uri, link.match, link.method, link.source) == (HTTPS, "close", "import", "North Works")
    assert (link.confirmed_by, link.esco_version) == ("operator", "1.1.1")


def test_the_export_shows_a_confirmed_link(role: JobRole) -> None:
    skill = Skill.objects.get()
    confirm_esco_match(by=OPERATOR, subject=skill, uri=WELDING, match="exact")
    confirm_esco_match(by=OPERATOR, subject=role, uri=WELDER, match="close")
    exported = export_framework()
    assert exported["skills"][0]["esco"] == [{"uri": WELDING, "match": "exact"}]
    assert exported["roles"][0]["esco"] == [{"uri": WELDER, "match": "close"}]


def test_a_second_exact_one_is_refused_and_says_what_to_do(skill: Skill) -> None:
    confirm_esco_match(by=OPERATOR, subject=skill, uri=WELDING, match="exact")
    with pytest.raises(Conflict, match=f"is exactly {WELDING} already. Change that link first"):
        confirm_esco_match(by=OPERATOR, subject=skill, uri=SOLDERING, match="exact")
    confirm_esco_match(by=OPERATOR, subject=skill, uri=SOLDERING, match="close")
    with pytest.raises(Conflict):
        change_esco_match(by=OPERATOR, subject=skill, uri=SOLDERING, match="exact")
    change_esco_match(by=OPERATOR, subject=skill, uri=WELDING, match="close")
    change_esco_match(by=OPERATOR, subject=skill, uri=SOLDERING, match="exact")
    assert dict(EscoLink.objects.values_list("uri", "match")) == {WELDING: "close", SOLDERING: "exact"}


def test_the_same_link_may_be_confirmed_as_exact_again(skill: Skill) -> None:
    for _ in range(2):
        confirm_esco_match(by=OPERATOR, subject=skill, uri=WELDING, match="exact")
    assert EscoLink.objects.count() == 1


@pytest.mark.parametrize(
    ("uri", "match", "error", "field"),
    [
        (WELDING, "same", InvalidInput, "match"),
        (WELDING, "", InvalidInput, "match"),
        (WELDER, "close", InvalidInput, "uri"),
        (f"{ROOT}/skill/nothing", "close", NotFound, "uri"),
        ("", "close", NotFound, "uri"),
        ("\0", "close", NotFound, "uri"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    skill: Skill, uri: str, match: str, error: type[Exception], field: str
) -> None:
    with pytest.raises(error) as refused:
        confirm_esco_match(by=OPERATOR, subject=skill, uri=uri, match=match)
    assert getattr(refused.value, "field", None) == field
    assert not EscoLink.objects.exists()


def test_a_role_is_linked_to_occupations_and_a_skill_may_be_linked_to_a_group(role: JobRole) -> None:
    with pytest.raises(InvalidInput, match="occupation"):
        confirm_esco_match(by=OPERATOR, subject=role, uri=WELDING, match="close")
    confirm_esco_match(by=OPERATOR, subject=role, uri=TRADES, match="broad")
    confirm_esco_match(by=OPERATOR, subject=Skill.objects.get(), uri=JOINING, match="broad")
    assert EscoLink.objects.count() == 2


def test_nothing_is_confirmed_while_no_esco_is_loaded(skill: Skill) -> None:
    EscoVersion.objects.all().delete()
    with pytest.raises(Conflict, match="No ESCO is loaded"):
        confirm_esco_match(by=OPERATOR, subject=skill, uri=WELDING, match="close")


def test_nothing_is_decided_about_a_retired_skill(skill: Skill) -> None:
    Skill.objects.update(retired_at="2026-01-01T00:00:00Z")
    with pytest.raises(Conflict, match="retired"):
        confirm_esco_match(by=OPERATOR, subject=skill, uri=WELDING, match="close")


def test_a_link_to_a_concept_that_is_not_loaded_can_be_changed_and_removed(skill: Skill) -> None:
    gone = f"{ROOT}/skill/gone-9"
    EscoLink.objects.create(skill=skill, uri=gone, match="exact", esco_version="1.0.9")
    link = change_esco_match(by=OPERATOR, subject=skill, uri=gone, match="related")
    assert (link.match, link.confirmed_by, link.esco_version) == ("related", "operator", "1.0.9")
    remove_esco_match(by=OPERATOR, subject=skill, uri=gone)
    assert not EscoLink.objects.exists()
    with pytest.raises(NotFound):
        remove_esco_match(by=OPERATOR, subject=skill, uri=gone)


def test_a_rejection_is_remembered_once_and_can_be_withdrawn(skill: Skill, staff: User) -> None:
    for by in (staff, OPERATOR):
        reject_esco_match(by=by, subject=skill, uri=HTTPS)
    rejection = EscoRejection.objects.get()
    assert (rejection.uri, rejection.rejected_by, rejection.esco_version) == (WELDING, staff.public_id, "1.1.1")
    withdraw_rejection(by=OPERATOR, subject=skill, uri=WELDING)
    assert not EscoRejection.objects.exists()
    with pytest.raises(NotFound):
        withdraw_rejection(by=OPERATOR, subject=skill, uri=WELDING)
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == [
        "reject_esco_match",
        "withdraw_rejection",
    ]


def test_a_linked_concept_cannot_be_rejected_and_a_confirmation_drops_the_rejection(skill: Skill) -> None:
    reject_esco_match(by=OPERATOR, subject=skill, uri=WELDING)
    confirm_esco_match(by=OPERATOR, subject=skill, uri=WELDING, match="close")
    assert not EscoRejection.objects.exists()
    with pytest.raises(Conflict, match="Remove the link first"):
        reject_esco_match(by=OPERATOR, subject=skill, uri=WELDING)
    with pytest.raises(NotFound):
        reject_esco_match(by=OPERATOR, subject=skill, uri=f"{ROOT}/skill/nothing")


def test_a_rejection_outlives_a_new_version(skill: Skill) -> None:
    reject_esco_match(by=OPERATOR, subject=skill, uri=WELDING)
    an_esco("1.2.0", active=False)
    activate_esco(by=OPERATOR, label="1.2.0")
    assert EscoRejection.objects.get().uri == WELDING


@pytest.mark.parametrize(
    "act",
    [
        lambda **who: confirm_esco_match(uri=WELDING, match="close", **who),
        lambda **who: change_esco_match(uri=WELDING, match="close", **who),
        lambda **who: remove_esco_match(uri=WELDING, **who),
        lambda **who: reject_esco_match(uri=WELDING, **who),
        lambda **who: withdraw_rejection(uri=WELDING, **who),
    ],
)
def test_only_alliance_staff_decide(skill: Skill, manager: User, act: Callable[..., Any]) -> None:
    for by in (VISITOR, manager):
        with pytest.raises(NotAllowed):
            act(by=by, subject=skill)
    assert not EscoLink.objects.exists()


def _import(match: str) -> Any:
    row = {"id": "weld-metal", "kind": "skill", "title_en": "Weld metal", "esco_uri": WELDING, "esco_match": match}
    return commit_framework(csv_file(row), name="skills.csv")


def test_a_file_that_states_another_match_takes_the_confirmation_back_and_its_undo_brings_it_again(
    skill: Skill,
) -> None:
    confirm_esco_match(by=OPERATOR, subject=skill, uri=WELDING, match="exact")
    batch = _import("broad")
    link = EscoLink.objects.get()
    assert (link.match, link.confirmed_by, link.confirmed_at, link.esco_version) == ("broad", "", None, "")
    undo_framework(batch)
    link = EscoLink.objects.get()
    assert (link.match, link.confirmed_by, link.esco_version) == ("exact", "operator", "1.1.1")


def test_a_file_that_states_the_same_match_leaves_the_confirmation(skill: Skill) -> None:
    confirm_esco_match(by=OPERATOR, subject=skill, uri=WELDING, match="exact")
    _import("exact")
    assert EscoLink.objects.get().confirmed_by == "operator"


def test_a_rejection_does_not_stand_in_the_way_of_undoing_the_import_that_brought_the_skill() -> None:
    batch = commit_framework(csv_file({"id": "solder", "kind": "skill", "title_en": "Solder"}), name="skills.csv")
    reject_esco_match(by=OPERATOR, subject=Skill.objects.get(), uri=SOLDERING)
    undo_framework(batch)
    assert not Skill.objects.exists()
    assert not EscoRejection.objects.exists()


def _row(kind: str, uri: str, match: str) -> bytes:
    more = {"kind": "skill"} if kind == "skill" else {}
    slug, title = {"skill": ("weld-metal", "Weld metal"), "role": ("welder", "Welder")}[kind]
    return csv_file({"id": slug, "title_en": title, "esco_uri": uri, "esco_match": match} | more)


@pytest.mark.parametrize("written", [WELDING, HTTPS, f"{WELDING}/", f"{HTTPS}/"])
def test_a_file_does_not_bring_back_what_a_person_rejected(skill: Skill, role: JobRole, written: str) -> None:
    reject_esco_match(by=OPERATOR, subject=skill, uri=WELDING)
    _, plan = preview_framework(_row("skill", written, "close"), name="skills.csv")
    assert [change.field for row in plan.rows for change in row.changes] == []
    commit_framework(_row("skill", written, "close"), name="skills.csv")
    commit_framework(_row("role", WELDER, "close"), name="roles.csv")
    assert [(link.role, link.uri) for link in EscoLink.objects.all()] == [(role, WELDER)]


def test_a_link_that_was_removed_and_rejected_stays_away_until_the_rejection_is_withdrawn(skill: Skill) -> None:
    _import("close")
    remove_esco_match(by=OPERATOR, subject=skill, uri=WELDING)
    reject_esco_match(by=OPERATOR, subject=skill, uri=WELDING)
    _import("close")
    assert not EscoLink.objects.exists()
    withdraw_rejection(by=OPERATOR, subject=skill, uri=HTTPS)
    _import("close")
    assert EscoLink.objects.get().match == "close"


def test_what_was_rejected_for_a_role_may_be_linked_to_another_one_and_to_a_skill(role: JobRole) -> None:
    a_role("solderer", {})
    reject_esco_match(by=OPERATOR, subject=JobRole.objects.get(slug="solderer"), uri=WELDER)
    reject_esco_match(by=OPERATOR, subject=JobRole.objects.get(slug="solderer"), uri=WELDING)
    commit_framework(_row("role", WELDER, "close"), name="roles.csv")
    commit_framework(_row("skill", WELDING, "close"), name="skills.csv")
    assert {(link.role, link.skill and link.skill.slug) for link in EscoLink.objects.all()} == {
        (role, None),
        (None, "weld-metal"),
    }


@pytest.mark.parametrize("written", [HTTPS, f"{WELDING}/", f"{HTTPS}/"])
def test_another_form_of_the_address_is_the_same_link(skill: Skill, written: str) -> None:
    commit_framework(_row("skill", written, "close"), name="skills.csv")
    _import("broad")
    link = EscoLink.objects.get()
    assert (link.uri, link.match) == (written, "broad")
    confirm_esco_match(by=OPERATOR, subject=skill, uri=WELDING, match="broad")
    assert EscoLink.objects.get().confirmed_by == "operator"
    remove_esco_match(by=OPERATOR, subject=skill, uri=written)
    assert not EscoLink.objects.exists()
