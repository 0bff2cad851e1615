"""Private notes: saved while one writes, one's own alone."""

from __future__ import annotations

import pytest
from tests.learning import records

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.learning.models import ContentVersion, PrivateNote
from synchromesh.learning.operations.notes import save_note
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> ContentVersion:
    """A published version."""
    return records.a_course_with_content()


@pytest.fixture
def learner(version: ContentVersion) -> User:
    """Somebody who learns in it."""
    return records.an_enrolment(version).person


@pytest.fixture
def course(version: ContentVersion) -> Course:
    """The course of the version."""
    return version.course


def test_a_note_is_written_changed_and_deleted_by_an_empty_text(learner: User, course: Course) -> None:
    for text in ("Orange", "Orange is high voltage  "):
        save_note(by=learner, course=course, unit_key="text", text=text)
    assert PrivateNote.objects.get().text == "Orange is high voltage"
    assert save_note(by=learner, course=course, unit_key="text", text=" ") is None
    assert not PrivateNote.objects.exists()
    said = list(AuditEvent.objects.filter(target_kind="private_note").values_list("action", "details"))
    assert sorted(action for action, _ in said) == ["delete_note", "save_note"]
    assert "Orange" not in str(said)


def test_an_older_page_does_not_overwrite_a_newer_note(learner: User, course: Course) -> None:
    first = save_note(by=learner, course=course, unit_key="text", text="One")
    assert first is not None
    save_note(by=learner, course=course, unit_key="text", text="Two", seen=first.changed_at)
    with pytest.raises(Conflict):
        save_note(by=learner, course=course, unit_key="text", text="Three", seen=first.changed_at)
    assert PrivateNote.objects.get().text == "Two"


def test_nobody_writes_anothers_note(learner: User, course: Course, staff: User) -> None:
    save_note(by=learner, course=course, unit_key="text", text="Mine")
    tutor = records.give_part(records.a_learner(), course, "tutor")
    for other in (staff, tutor):
        with pytest.raises(NotFound):
            save_note(by=other, course=course, unit_key="text", text="Yours")
    assert PrivateNote.objects.get().text == "Mine"


def test_whoever_left_still_has_their_notes(version: ContentVersion) -> None:
    person = records.an_enrolment(version, state="left").person
    assert save_note(by=person, course=version.course, unit_key="text", text="Later") is not None


def test_a_unit_of_another_course_has_no_note(learner: User, course: Course) -> None:
    with pytest.raises(NotFound):
        save_note(by=learner, course=course, unit_key="unknown", text="Later")
    other = records.a_course_with_content("other").course
    with pytest.raises(NotFound):
        save_note(by=learner, course=other, unit_key="text", text="Later")


def test_a_note_has_an_end(learner: User, course: Course) -> None:
    with pytest.raises(InvalidInput):
        save_note(by=learner, course=course, unit_key="text", text="x" * 20_001)
