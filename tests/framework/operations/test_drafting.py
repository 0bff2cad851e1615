"""The draft edited by hand: each edit writes to it alone, leaves a trace, makes a request lapse and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.records import a_role, a_skill, stored, undo_framework

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.framework.models import Anchor, FrameworkVersion, JobRole, Requirement, Skill, UnitEntry, VersionStatus
from synchromesh.framework.operations.comments import add_comment
from synchromesh.framework.operations.drafting import (
    add_requirement,
    change_anchors,
    change_note,
    change_requirement,
    discard_draft,
    remove_requirement,
    start_draft,
)
from synchromesh.framework.operations.publishing import publish_draft, request_publication
from synchromesh.framework.queries.concepts import find_draft
from synchromesh.framework.queries.versions import Need, compare_versions, list_versions
from synchromesh.plumbing.imports import find_batch
from synchromesh.plumbing.models import AuditEvent, ImportBatch

pytestmark = pytest.mark.django_db
OPTIONAL = Need(level=1, essential=False, weight=2)


@pytest.fixture(autouse=True)
def _published() -> None:
    role = a_role("technician", {"weld": 2, "drive": 1})
    version = FrameworkVersion.objects.get()
    UnitEntry.objects.create(
        version=version, role=role, code="T.U1", depth="unit", titles={"en": "Weld"}, position=1, source="panel"
    )
    a_skill("lift")


@pytest.fixture
def colleague() -> User:
    """A second person of the alliance's staff."""
    return User.objects.create_user(email="second@example.org", password="four words and more", is_alliance_staff=True)


def _weld() -> Skill:
    return Skill.objects.get(slug="weld")


def _technician() -> JobRole:
    return JobRole.objects.get()


def _draft() -> FrameworkVersion:
    return FrameworkVersion.objects.get(status=VersionStatus.DRAFT)


def _requirement(skill: str) -> Requirement:
    found: Requirement = Requirement.objects.get(version=_draft(), skill__slug=skill)
    return found


def _anchor(level: int) -> dict[str, str]:
    row = Anchor.objects.filter(version=_draft(), skill=_weld(), level=level).first()
    return dict(row.texts) if row else {}


def test_a_draft_starts_with_everything_that_is_published() -> None:
    before = stored()
    draft = start_draft(by=OPERATOR)
    assert (draft.number, draft.status, draft.requested_by) == (2, VersionStatus.DRAFT, "")
    published = FrameworkVersion.objects.get(number=1)
    assert compare_versions(published, draft).is_empty
    assert UnitEntry.objects.get(version=draft).source == "panel"
    event = AuditEvent.objects.get(action="start_draft")
    assert (event.actor, event.target_uid, event.details) == ("operator", str(draft.uid), {"number": 2, "of": 1})
    undo_framework(ImportBatch.objects.get())
    assert stored() == before


def test_there_is_one_draft_and_something_published_to_start_from() -> None:
    start_draft(by=OPERATOR)
    with pytest.raises(Conflict, match="a draft already"):
        start_draft(by=OPERATOR)
    FrameworkVersion.objects.update(status=VersionStatus.RETIRED)
    with pytest.raises(Conflict, match="Nothing is published"):
        start_draft(by=OPERATOR)


def test_a_level_is_worded_anew_in_one_language_and_the_published_words_stay() -> None:
    start_draft(by=OPERATOR)
    change_anchors(by=OPERATOR, skill=_weld(), language="de", texts={2: " Schweißt\r\n Nähte. ", 3: "Leitet an."})
    assert _anchor(2) == {"de": "Schweißt Nähte.", "en": "Does weld at 2."}
    assert _anchor(3) == {"de": "Leitet an."}
    assert [row.texts for row in Anchor.objects.filter(version__number=1, skill=_weld())] == [{"en": "Does weld at 2."}]
    details = AuditEvent.objects.get(action="change_anchors").details
    assert details == {"number": 2, "skill": "weld", "language": "de"}


def test_an_empty_text_takes_the_words_away_and_the_last_one_the_level() -> None:
    start_draft(by=OPERATOR)
    change_anchors(by=OPERATOR, skill=_weld(), language="de", texts={2: "Schweißt."})
    change_anchors(by=OPERATOR, skill=_weld(), language="en", texts={2: ""})
    assert _anchor(2) == {"de": "Schweißt."}
    change_anchors(by=OPERATOR, skill=_weld(), language="de", texts={2: " "})
    assert not Anchor.objects.filter(version=_draft(), skill=_weld()).exists()


def test_texts_that_somebody_else_has_changed_meanwhile_are_not_overwritten() -> None:
    start_draft(by=OPERATOR)
    seen = {1: "", 2: "Does weld at 2.", 3: ""}
    change_anchors(by=OPERATOR, skill=_weld(), language="en", texts={2: "First."}, seen=seen)
    with pytest.raises(Conflict, match="since you opened"):
        change_anchors(by=OPERATOR, skill=_weld(), language="en", texts={2: "Second."}, seen=seen)
    assert _anchor(2) == {"en": "First."}


@pytest.mark.parametrize(
    ("language", "texts", "field"),
    [
        ("xx", {1: "a"}, "language"),
        ("en", {4: "a"}, "level"),
        ("en", {0: "a"}, "level"),
        ("en", {1: "a" * 2001}, "level_1"),
    ],
)
def test_a_bad_language_level_or_text_is_refused(language: str, texts: dict[int, str], field: str) -> None:
    start_draft(by=OPERATOR)
    with pytest.raises(InvalidInput) as error:
        change_anchors(by=OPERATOR, skill=_weld(), language=language, texts=texts)
    assert error.value.field == field


def test_a_requirement_is_added_changed_and_removed_in_the_draft_alone(staff: User) -> None:
    start_draft(by=staff)
    role, lift = _technician(), Skill.objects.get(slug="lift")
    add_requirement(by=staff, role=role, skill=lift, need=OPTIONAL, source="Panel of May")
    row = _requirement("lift")
    assert (row.level, row.essential, row.weight, row.source, row.method) == (1, False, 2, "Panel of May", "hand")
    assert (row.confirmed_by, row.confirmed_at is not None) == (staff.public_id, True)
    change_requirement(by=staff, role=role, skill=_weld(), need=Need(level=3, essential=True, weight=5))
    assert _requirement("weld").level == 3
    remove_requirement(by=staff, role=role, skill=Skill.objects.get(slug="drive"))
    assert set(_draft().requirements.values_list("skill__slug", flat=True)) == {"weld", "lift"}
    published = Requirement.objects.filter(version__number=1).values_list("skill__slug", "level")
    assert set(published) == {("weld", 2), ("drive", 1)}


def test_a_source_stays_for_another_weight_and_goes_with_another_level() -> None:
    role = a_role("planner", {})
    Requirement.objects.create(
        version=FrameworkVersion.objects.get(), role=role, skill=_weld(), level=2, weight=3, source="Report", quote="Q"
    )
    start_draft(by=OPERATOR)
    change_requirement(by=OPERATOR, role=role, skill=_weld(), need=Need(level=2, essential=True, weight=1))
    row = Requirement.objects.get(version=_draft(), role=role)
    assert (row.weight, row.source, row.quote, row.confirmed_by) == (1, "Report", "Q", "")
    change_requirement(by=OPERATOR, role=role, skill=_weld(), need=Need(level=3, essential=True, weight=1))
    row.refresh_from_db()
    assert (row.level, row.source, row.quote, row.confirmed_by) == (3, "", "", "operator")


def test_what_does_not_fit_the_draft_is_refused() -> None:
    start_draft(by=OPERATOR)
    role, lift = _technician(), Skill.objects.get(slug="lift")
    with pytest.raises(Conflict, match="already"):
        add_requirement(by=OPERATOR, role=role, skill=_weld(), need=OPTIONAL)
    for operation in (remove_requirement, lambda **names: change_requirement(need=OPTIONAL, **names)):
        with pytest.raises(Conflict, match="does not need"):
            operation(by=OPERATOR, role=role, skill=lift)
    with pytest.raises(Conflict, match="since you opened"):
        change_requirement(by=OPERATOR, role=role, skill=_weld(), need=OPTIONAL, seen=OPTIONAL)
    for need in (Need(level=4, essential=True, weight=1), Need(level=1, essential=True, weight=6)):
        with pytest.raises(InvalidInput):
            add_requirement(by=OPERATOR, role=role, skill=lift, need=need)
    lift.retired_at = FrameworkVersion.objects.get(number=1).created_at
    with pytest.raises(Conflict, match="is retired"):
        add_requirement(by=OPERATOR, role=role, skill=lift, need=OPTIONAL)
    with pytest.raises(Conflict, match="is retired"):
        change_anchors(by=OPERATOR, skill=lift, language="en", texts={1: "Lifts."})


def _edits() -> list[Callable[[User], object]]:
    return [
        lambda by: change_anchors(by=by, skill=_weld(), language="en", texts={1: "Knows.", 2: ""}),
        lambda by: add_requirement(by=by, role=_technician(), skill=Skill.objects.get(slug="lift"), need=OPTIONAL),
        lambda by: change_requirement(by=by, role=_technician(), skill=_weld(), need=OPTIONAL),
        lambda by: remove_requirement(by=by, role=_technician(), skill=_weld()),
        lambda by: change_note(by=by, note="New words for welding"),
    ]


@pytest.mark.parametrize("edit", _edits())
def test_an_edit_makes_the_request_to_publish_lapse_and_undo_puts_everything_back(
    edit: Callable[[User], object], staff: User, colleague: User
) -> None:
    start_draft(by=staff)
    request_publication(by=staff)
    before = stored()
    edit(colleague)
    assert (_draft().requested_by, _draft().requested_at, _draft().revision) == ("", None, 2)
    with pytest.raises(Conflict, match="Nobody has asked"):
        publish_draft(by=colleague)
    undo_framework(find_batch(kind="framework", uid=None), by=staff)
    assert stored() == before


def test_an_edit_that_changes_nothing_leaves_no_trace_and_the_request_stands(staff: User) -> None:
    start_draft(by=staff)
    request_publication(by=staff)
    before, events, batches = stored(), AuditEvent.objects.count(), ImportBatch.objects.count()
    change_anchors(by=staff, skill=_weld(), language="en", texts={1: "", 2: "Does weld at 2."})
    change_requirement(by=staff, role=_technician(), skill=_weld(), need=Need(level=2, essential=True, weight=5))
    change_note(by=staff, note="")
    assert (stored(), AuditEvent.objects.count(), ImportBatch.objects.count()) == (before, events, batches)


def test_edits_are_taken_back_the_last_one_first() -> None:
    start_draft(by=OPERATOR)
    change_note(by=OPERATOR, note="One")
    first = find_batch(kind="framework", uid=None)
    change_note(by=OPERATOR, note="Two")
    with pytest.raises(Conflict, match="changed after this import"):
        undo_framework(first)
    undo_framework(find_batch(kind="framework", uid=None))
    undo_framework(first)
    assert _draft().note == ""


def test_a_discarded_draft_is_gone_for_everybody_until_that_is_undone() -> None:
    start_draft(by=OPERATOR)
    change_note(by=OPERATOR, note="Words")
    add_comment(by=OPERATOR, text="Why?")
    before = stored()
    discard_draft(by=OPERATOR)
    assert find_draft() is None
    assert [entry.version.number for entry in list_versions(with_draft=True)] == [1]
    undo_framework(find_batch(kind="framework", uid=None))
    assert stored() == before


def test_after_a_discarded_draft_the_next_one_has_another_number_and_stands_in_the_way_of_undo() -> None:
    start_draft(by=OPERATOR)
    discard_draft(by=OPERATOR)
    discarded = find_batch(kind="framework", uid=None)
    assert start_draft(by=OPERATOR).number == 3
    with pytest.raises(Conflict, match="takes the place"):
        undo_framework(discarded)
    assert _draft().number == 3


def test_a_draft_with_comments_does_not_vanish_by_undo() -> None:
    start_draft(by=OPERATOR)
    add_comment(by=OPERATOR, text="Why?")
    with pytest.raises(Conflict, match="in use by now"):
        undo_framework(find_batch(kind="framework", uid=None))


def test_one_edits_and_asks_and_another_one_publishes(staff: User, colleague: User) -> None:
    start_draft(by=staff)
    change_anchors(by=staff, skill=_weld(), language="en", texts={2: "Welds seams."})
    request_publication(by=staff)
    with pytest.raises(NotAllowed, match="somebody else"):
        publish_draft(by=staff)
    publish_draft(by=colleague)
    assert Anchor.objects.get(version__status=VersionStatus.PUBLISHED, skill=_weld()).texts == {"en": "Welds seams."}
    with pytest.raises(NotFound, match="no draft"):
        change_note(by=staff, note="Too late")


@pytest.mark.parametrize("operation", [start_draft, discard_draft, *_edits()])
def test_only_alliance_staff_edit(operation: Callable[..., Any], person: User) -> None:
    start_draft(by=OPERATOR)
    before = stored()
    for actor in (person, VISITOR):
        with pytest.raises(NotAllowed):
            operation(by=actor) if operation in (start_draft, discard_draft) else operation(actor)
    assert stored() == before
