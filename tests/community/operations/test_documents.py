"""Documents of groups: versions, rights, and files that are not what they say."""

from __future__ import annotations

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.community.member_records import a_group, a_leader, a_member_person, a_past_meeting, in_group

from synchromesh.accounts.models import User
from synchromesh.community.models import Group, GroupDocument
from synchromesh.community.operations.documents import (
    add_document,
    add_document_version,
    change_readers,
    remove_document,
)
from synchromesh.community.queries.stored_files import file_path, read_file
from synchromesh.engine.errors import InvalidInput, NotAllowed, NotFound

pytestmark = pytest.mark.django_db


def _document(by: User, group: Group, readers: str = "group") -> GroupDocument:
    return add_document(
        by=by, group=group, title="Work plan", readers=readers, name="Our Plan.TXT", content=b"First things first."
    )


def test_each_version_keeps_its_bytes_under_a_tidy_name() -> None:
    group = a_group()
    member = in_group(a_member_person(), group)
    made = _document(member, group)
    add_document_version(by=member, document=made, name="plan.txt", content=b"Second thoughts.", note="Shorter")
    newest, oldest = made.versions.all()
    assert [newest.number, oldest.number, oldest.name] == [2, 1, "our-plan.txt"]
    assert [read_file(newest.uid), read_file(oldest.uid)] == [b"Second thoughts.", b"First things first."]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", b"<html>"),
        ("plan.html", b"<html>"),
        ("plan", b"x"),
        ("plan.docx", b"%PDF-1.7"),
        ("plan.txt", b""),
        ("plan.csv", b"a\0b"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused_and_leaves_nothing(name: str, content: bytes) -> None:
    group = a_group()
    leader = a_leader(group)
    with pytest.raises(InvalidInput):
        add_document(by=leader, group=group, title="Plan", readers="group", name=name, content=content)
    assert not GroupDocument.objects.exists()


def test_only_people_of_the_group_put_documents_in_and_only_leaders_open_them(person: User) -> None:
    group = a_group()
    member, leader = in_group(a_member_person(), group), a_leader(group)
    for other in (person, a_member_person()):
        with pytest.raises(NotAllowed):
            _document(other, group)
    with pytest.raises(InvalidInput):
        _document(member, group, readers="public")
    made = _document(member, group)
    with pytest.raises(NotAllowed):
        change_readers(by=member, document=made, readers="public")
    assert change_readers(by=leader, document=made, readers="public").readers == "public"


def test_a_document_belongs_to_a_meeting_of_its_own_group() -> None:
    group = a_group()
    with pytest.raises(InvalidInput):
        add_document(
            by=a_leader(group),
            group=group,
            title="Slides",
            readers="group",
            name="a.txt",
            content=b"x",
            meeting=a_past_meeting(a_group()),
        )


def test_a_removed_document_takes_its_files_along(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    group = a_group()
    member, leader = in_group(a_member_person(), group), a_leader(group)
    made = _document(member, group)
    uid = made.versions.get().uid
    with pytest.raises(NotAllowed):
        remove_document(by=member, document=made)
    with django_capture_on_commit_callbacks(execute=True):
        remove_document(by=leader, document=made)
    assert not file_path(uid).exists()
    with pytest.raises(NotFound):
        read_file(uid)
