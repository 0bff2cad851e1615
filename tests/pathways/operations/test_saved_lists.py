"""Lists of courses: one's own alone, filled, shared by a link that ends for good."""

from __future__ import annotations

import pytest
from tests.records import a_course, stored

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.pathways.models import SavedList, SavedListEntry
from synchromesh.pathways.operations import saved_lists as operations
from synchromesh.pathways.operations.saved_lists import (
    add_list_entry,
    change_entry_note,
    create_saved_list,
    delete_saved_list,
    remove_list_entry,
    rename_saved_list,
    share_saved_list,
    withdraw_list_link,
)
from synchromesh.pathways.queries.saved_lists import get_shared_list, list_kept_courses
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(person: User) -> SavedList:
    """A list of `person` with one course."""
    made = create_saved_list(by=person, title="To look at")
    add_list_entry(by=person, uid=str(made.uid), course_slug=a_course("welding").slug, note="Ask Ana")
    return made


def test_a_list_is_private_until_it_is_shared_and_again_after_its_link_ended(person: User, kept: SavedList) -> None:
    uid = str(kept.uid)
    assert kept.link_key is None
    first = share_saved_list(by=person, uid=uid).link_key or ""
    assert len(first) == 43
    assert share_saved_list(by=person, uid=uid).link_key == first
    assert get_shared_list(first) == kept
    assert withdraw_list_link(by=person, uid=uid).link_key is None
    with pytest.raises(NotFound):
        get_shared_list(first)
    second = share_saved_list(by=person, uid=uid).link_key
    assert second != first
    with pytest.raises(NotFound):
        get_shared_list(first)


def test_nobody_sees_or_changes_somebody_elses_list(person: User, staff: User, kept: SavedList) -> None:
    share_saved_list(by=person, uid=str(kept.uid))
    before, uid = stored(), str(kept.uid)
    course = str(SavedListEntry.objects.get().course.uid)
    for refused in (
        lambda: rename_saved_list(by=staff, uid=uid, title="Mine"),
        lambda: delete_saved_list(by=staff, uid=uid),
        lambda: add_list_entry(by=staff, uid=uid, course_slug="welding"),
        lambda: change_entry_note(by=staff, uid=uid, course_uid=course, note="x"),
        lambda: remove_list_entry(by=staff, uid=uid, course_uid=course),
        lambda: share_saved_list(by=staff, uid=uid),
        lambda: withdraw_list_link(by=staff, uid=uid),
    ):
        with pytest.raises(NotFound):
            refused()
    assert stored() == before


def test_without_an_account_there_is_no_list(person: User) -> None:
    with pytest.raises(NotAllowed):
        create_saved_list(by=VISITOR, title="Mine")  # type: ignore[arg-type]
    person.is_active = False
    with pytest.raises(NotAllowed):
        create_saved_list(by=person, title="Mine")
    assert not SavedList.objects.exists()


def test_a_course_is_in_a_list_once_and_a_new_note_replaces_the_old_one(person: User, kept: SavedList) -> None:
    for note in ("", "Ask Ben"):
        add_list_entry(by=person, uid=str(kept.uid), course_slug="welding", note=note)
    assert [(line.course.slug, line.note) for line in list_kept_courses(kept)] == [("welding", "Ask Ben")]


def test_a_merged_course_is_kept_as_the_one_that_stays(person: User, kept: SavedList) -> None:
    winner = a_course("welding-well")
    goes = SavedListEntry.objects.get().course
    goes.published_at, goes.merged_into = None, winner
    goes.save()
    add_list_entry(by=person, uid=str(kept.uid), course_slug="welding")
    assert [(line.course, line.offered, line.note) for line in list_kept_courses(kept)] == [(winner, True, "Ask Ana")]
    assert SavedListEntry.objects.count() == 1


def test_only_what_is_in_the_catalogue_can_be_kept(person: User, kept: SavedList) -> None:
    a_course("draft", published_at=None)
    for slug in ("draft", "no-such-course"):
        with pytest.raises(NotFound):
            add_list_entry(by=person, uid=str(kept.uid), course_slug=slug)


def test_notes_change_and_courses_are_taken_out(person: User, kept: SavedList) -> None:
    uid, course = str(kept.uid), str(SavedListEntry.objects.get().course.uid)
    assert change_entry_note(by=person, uid=uid, course_uid=course, note="  Later\n please ").note == "Later please"
    remove_list_entry(by=person, uid=uid, course_uid=course)
    assert list_kept_courses(kept) == []
    with pytest.raises(NotFound):
        remove_list_entry(by=person, uid=uid, course_uid=course)


@pytest.mark.parametrize("title", ["", "  \n ", "x" * 121, "\x00\x07"])
def test_a_list_needs_a_name_that_can_be_read(person: User, title: str) -> None:
    with pytest.raises(InvalidInput):
        create_saved_list(by=person, title=title)


def test_marks_that_turn_the_direction_of_text_are_left_out(person: User) -> None:
    assert create_saved_list(by=person, title="abc\u202edcba").title == "abcdcba"


def test_there_is_an_end_to_lists_and_to_their_length(
    person: User, kept: SavedList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "MOST_LISTS", 1)
    monkeypatch.setattr(operations, "MOST_COURSES", 1)
    with pytest.raises(Conflict):
        create_saved_list(by=person, title="Another")
    a_course("gluing")
    with pytest.raises(Conflict):
        add_list_entry(by=person, uid=str(kept.uid), course_slug="gluing")


def test_each_change_leaves_a_line_without_what_was_written(person: User, kept: SavedList) -> None:
    uid = str(kept.uid)
    rename_saved_list(by=person, uid=uid, title="Secret plans", note="Leave the company")
    share_saved_list(by=person, uid=uid)
    withdraw_list_link(by=person, uid=uid)
    delete_saved_list(by=person, uid=uid)
    lines = AuditEvent.objects.filter(target_kind="saved-list").order_by("pk")
    assert [line.action for line in lines] == [
        "create_saved_list", "add_list_entry", "rename_saved_list", "share_saved_list", "withdraw_list_link",
        "delete_saved_list",
    ]  # fmt: skip
    assert {line.actor for line in lines} == {person.public_id}
    assert "Secret" not in str([line.details for line in lines])
    assert not SavedListEntry.objects.exists()
