"""Drafts: imports gather in one, two people publish it, and every step can be taken back exactly."""

from __future__ import annotations

from typing import Any

import pytest
from tests.records import a_topic, commit_framework, csv_file, preview_framework, stored, undo_framework, zip_file

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.engine.errors import Conflict, NotAllowed, NotFound
from synchromesh.framework.models import Anchor, FrameworkVersion, Requirement, VersionStatus
from synchromesh.framework.operations.drafting import change_note, discard_draft, start_draft
from synchromesh.framework.operations.publishing import publish_draft, request_publication, withdraw_request
from synchromesh.plumbing.imports import find_batch
from synchromesh.plumbing.models import AuditEvent, ImportBatch

pytestmark = pytest.mark.django_db

DRAFT, PUBLISHED, RETIRED = VersionStatus.DRAFT, VersionStatus.PUBLISHED, VersionStatus.RETIRED
DISCARDED = VersionStatus.DISCARDED


def _tables(level: int = 2, anchor: str = "Names the steps.", units: bool = True, **more: Any) -> bytes:
    skill = {"id": "weld", "kind": "skill", "title_en": "Weld", "anchor_1_en": anchor}
    files = {
        "skills.csv": csv_file(skill, {"id": "drive", "kind": "skill", "title_en": "Drive"}),
        "roles.csv": csv_file({"id": "technician", "title_en": "Technician"}),
        "requirements.csv": csv_file(
            {"role": "technician", "skill": "weld", "level": level, "need": "essential", "weight": 5},
            *([{"role": "technician", "skill": "drive", "level": 1, "need": "optional", "weight": 1}] if more else []),
        ),
    }
    return zip_file(files)


@pytest.fixture(autouse=True)
def _published() -> None:
    a_topic("battery")
    commit_framework(_tables())


@pytest.fixture
def colleague() -> User:
    """A second person of the alliance's staff."""
    return User.objects.create_user(email="second@example.org", password="four words and more", is_alliance_staff=True)


def _states() -> dict[int, str]:
    return dict(FrameworkVersion.objects.order_by("number").values_list("number", "status"))


def _draft() -> FrameworkVersion:
    return FrameworkVersion.objects.get(status=DRAFT)


def test_a_draft_import_publishes_nothing() -> None:
    before = list(Requirement.objects.values())
    batch = commit_framework(_tables(level=3), draft=True)
    assert batch.counts["changed"] == 1
    assert _states() == {1: PUBLISHED, 2: DRAFT}
    assert list(Requirement.objects.filter(version__number=1).values()) == before
    assert Requirement.objects.get(version=_draft()).level == 3
    assert Anchor.objects.filter(version=_draft()).count() == 1
    assert _draft().published_at is None


def test_a_second_draft_import_continues_the_draft() -> None:
    commit_framework(_tables(level=3), draft=True)
    plan = preview_framework(_tables(level=3, more=True), draft=True)[1]
    assert plan.counts == {"new": 1, "changed": 0, "same": 4, "error": 0}
    commit_framework(_tables(level=3, anchor="Other words.", more=True), draft=True)
    assert _states() == {1: PUBLISHED, 2: DRAFT}
    found = Requirement.objects.filter(version=_draft()).values_list("skill__slug", "level", "essential")
    assert sorted(found) == [("drive", 1, False), ("weld", 3, True)]
    assert Anchor.objects.get(version=_draft()).texts == {"en": "Other words."}
    assert Anchor.objects.get(version__number=1).texts == {"en": "Names the steps."}


def test_a_draft_import_that_changes_nothing_makes_no_draft() -> None:
    commit_framework(_tables(), draft=True)
    assert _states() == {1: PUBLISHED}


def test_an_import_past_the_draft_is_refused() -> None:
    commit_framework(_tables(level=3), draft=True)
    before = stored()
    with pytest.raises(Conflict, match="Version 2 is a draft"):
        commit_framework(_tables(level=1))
    assert stored() == before


def test_publishing_retires_the_version_in_force_and_undo_makes_it_a_draft_again() -> None:
    commit_framework(_tables(level=3), draft=True)
    before = stored()
    version = publish_draft(by=OPERATOR)
    assert _states() == {1: RETIRED, 2: PUBLISHED}
    assert version.published_at is not None
    event = AuditEvent.objects.get(action="publish_draft")
    assert (event.actor, event.details) == ("operator", {"number": 2, "asked": "operator"})
    undo_framework(ImportBatch.objects.get(name="publication of version 2"))
    assert stored() == before


def test_every_draft_import_can_be_taken_back_exactly_the_last_one_first() -> None:
    nothing = stored()
    first = commit_framework(_tables(level=3), draft=True)
    once = stored()
    second = commit_framework(_tables(level=1, anchor="Other words.", more=True), draft=True)
    with pytest.raises(Conflict, match="changed after this import"):
        undo_framework(first)
    undo_framework(second)
    assert stored() == once
    undo_framework(first)
    assert stored() == nothing


def test_a_published_draft_cannot_be_taken_back_under_its_publication() -> None:
    batch = commit_framework(_tables(level=3), draft=True)
    publish_draft(by=OPERATOR)
    with pytest.raises(Conflict, match="changed after this import"):
        undo_framework(batch)


def test_one_asks_and_another_one_publishes(staff: User, colleague: User) -> None:
    commit_framework(_tables(level=3), draft=True)
    with pytest.raises(Conflict, match="Nobody has asked"):
        publish_draft(by=staff)
    draft = request_publication(by=staff)
    assert (draft.requested_by, draft.requested_at is not None) == (staff.public_id, True)
    with pytest.raises(NotAllowed, match="somebody else"):
        publish_draft(by=staff)
    assert _states() == {1: PUBLISHED, 2: DRAFT}
    publish_draft(by=colleague)
    version = FrameworkVersion.objects.get(status=PUBLISHED)
    assert (version.number, version.requested_by, version.requested_at) == (2, staff.public_id, draft.requested_at)
    assert AuditEvent.objects.get(action="publish_draft").details["asked"] == staff.public_id


def test_asking_twice_keeps_the_first_request(staff: User, colleague: User) -> None:
    commit_framework(_tables(level=3), draft=True)
    first = request_publication(by=staff).requested_at
    assert request_publication(by=staff).requested_at == first
    with pytest.raises(Conflict, match="already"):
        request_publication(by=colleague)
    assert _draft().requested_by == staff.public_id


def test_a_request_lapses_when_the_draft_changes(staff: User, colleague: User) -> None:
    commit_framework(_tables(level=3), draft=True)
    request_publication(by=staff)
    commit_framework(_tables(level=1), draft=True)
    assert (_draft().requested_by, _draft().requested_at) == ("", None)
    with pytest.raises(Conflict, match="Nobody has asked"):
        publish_draft(by=colleague)


def test_a_request_can_be_withdrawn(staff: User, colleague: User) -> None:
    commit_framework(_tables(level=3), draft=True)
    with pytest.raises(Conflict, match="Nobody has asked"):
        withdraw_request(by=staff)
    request_publication(by=staff)
    withdraw_request(by=colleague)
    assert (_draft().requested_by, _draft().requested_at) == ("", None)


@pytest.mark.parametrize("operation", [request_publication, withdraw_request, publish_draft])
def test_only_alliance_staff_and_only_with_a_draft(operation: Any, person: User) -> None:
    with pytest.raises(NotFound):
        operation(by=OPERATOR)
    commit_framework(_tables(level=3), draft=True)
    for actor in (person, VISITOR):
        with pytest.raises(NotAllowed):
            operation(by=actor)


def _last() -> ImportBatch:
    return find_batch(kind="framework", uid=None)


def test_a_draft_knows_the_version_it_was_made_from_and_lets_go_of_it_when_it_is_discarded() -> None:
    commit_framework(_tables(level=3), draft=True)
    assert _draft().based_on == FrameworkVersion.objects.get(number=1)
    commit_framework(_tables(level=1), draft=True)
    assert _draft().based_on == FrameworkVersion.objects.get(number=1)
    assert discard_draft(by=OPERATOR).based_on is None


def test_a_draft_is_not_published_over_a_version_that_it_was_not_made_from(staff: User) -> None:
    start_draft(by=OPERATOR)
    discard_draft(by=OPERATOR)
    discarding = _last()
    commit_framework(_tables(level=3))
    undo_framework(discarding)
    assert _states() == {1: RETIRED, 2: DRAFT, 3: PUBLISHED}
    before = stored()
    for operation, by in ((publish_draft, OPERATOR), (request_publication, staff)):
        with pytest.raises(Conflict, match=r"started from version 1.*Discard the draft and start it again"):
            operation(by=by)
    assert stored() == before
    discard_draft(by=OPERATOR)
    start_draft(by=OPERATOR)
    assert publish_draft(by=OPERATOR).number == 4


def test_a_draft_from_before_anything_was_published_is_published_as_the_first_version() -> None:
    undo_framework(_last())
    commit_framework(_tables(level=3), draft=True)
    assert _draft().based_on is None
    publish_draft(by=OPERATOR)
    assert list(_states().values()) == [PUBLISHED]


def test_an_import_is_not_taken_back_under_a_draft_that_was_started_from_its_version() -> None:
    base = commit_framework(_tables(level=3))
    start_draft(by=OPERATOR)
    before = stored()
    with pytest.raises(Conflict, match="A draft was started from it; discard the draft first"):
        undo_framework(base)
    assert stored() == before
    discard_draft(by=OPERATOR)
    discarding = _last()
    undo_framework(base)
    assert _states() == {1: PUBLISHED, 3: DISCARDED}
    before = stored()
    with pytest.raises(Conflict, match="referred to a framework version that is gone"):
        undo_framework(discarding)
    assert stored() == before


def test_a_publication_is_not_taken_back_while_the_next_draft_waits() -> None:
    start_draft(by=OPERATOR)
    publish_draft(by=OPERATOR)
    publication = _last()
    start_draft(by=OPERATOR)
    before = stored()
    with pytest.raises(Conflict):
        undo_framework(publication)
    assert stored() == before
    discard_draft(by=OPERATOR)
    undo_framework(publication)
    assert _states() == {1: PUBLISHED, 2: DRAFT, 3: DISCARDED}


def test_a_file_read_into_the_draft_keeps_the_note_that_somebody_wrote() -> None:
    commit_framework(_tables(level=3), draft=True)
    assert _draft().note == "tables.zip"
    change_note(by=OPERATOR, note="Welding is harder now")
    commit_framework(_tables(level=1), draft=True)
    assert _draft().note == "Welding is harder now"
    assert Requirement.objects.get(version=_draft()).level == 1
    change_note(by=OPERATOR, note="")
    commit_framework(_tables(level=2), draft=True)
    assert _draft().note == "tables.zip"


@pytest.mark.parametrize("publish", [True, False])
def test_taking_back_a_publication_or_an_import_asks_for_a_new_search_index(
    publish: bool, asked_jobs: list[str]
) -> None:
    batch = commit_framework(_tables(level=3), draft=publish)
    if publish:
        publish_draft(by=OPERATOR)
        batch = _last()
    asked_jobs.clear()
    undo_framework(batch)
    assert asked_jobs == ["search.tasks.rebuild_index"]
