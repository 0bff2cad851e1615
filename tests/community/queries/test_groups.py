"""What somebody may know of groups: nothing leaks into a list, a page, minutes, documents or a profile."""

from __future__ import annotations

from datetime import date

import pytest
from tests.community.member_records import (
    a_group,
    a_leader,
    a_member,
    a_member_person,
    a_past_meeting,
    in_group,
)

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.community.models import Group, GroupDocument, GroupMember, MeetingAttendance
from synchromesh.community.operations.documents import add_document
from synchromesh.community.operations.meetings import write_minutes
from synchromesh.community.queries.groups import (
    find_group_state,
    get_document,
    get_group,
    get_group_member,
    get_meeting,
    get_own_place,
    list_attendance,
    list_documents,
    list_group_people,
    list_group_requests,
    list_groups,
    list_groups_of,
    list_meetings,
    list_parts,
)
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.audit import Actor

pytestmark = pytest.mark.django_db
VISIBILITIES = ("public", "members", "group")


@pytest.fixture
def groups() -> dict[str, Group]:
    """A group of each visibility, each with a leader."""
    made = {visibility: a_group(slug=visibility, visibility=visibility) for visibility in VISIBILITIES}
    for group in made.values():
        a_leader(group)
    return made


def _document(group: Group, readers: str) -> GroupDocument:
    leader = group.people.get().person
    return add_document(by=leader, group=group, title=readers, readers=readers, name="a.txt", content=b"x")


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("visitor", {"public"}),
        ("person", {"public"}),
        ("member", {"public", "members"}),
        ("inside", {"public", "members", "group"}),
        ("closed", {"public"}),
        ("staff", {"public", "members", "group"}),
    ],
)
def test_everybody_finds_the_groups_that_are_for_them_and_no_other(
    groups: dict[str, Group], person: User, staff: User, who: str, seen: set[str]
) -> None:
    inside = in_group(a_member_person(), groups["group"])
    closed = in_group(a_member_person(), groups["group"])
    closed.is_active = False
    readers: dict[str, Actor] = {
        "visitor": VISITOR,
        "person": person,
        "member": a_member_person(),
        "inside": inside,
        "closed": closed,
        "staff": staff,
    }
    reader = readers[who]
    assert {group.slug for group in list_groups(visible_to=reader)} == seen
    for slug in VISIBILITIES:
        if slug in seen:
            assert get_group(slug, visible_to=reader).slug == slug
        else:
            with pytest.raises(NotFound):
                get_group(slug, visible_to=reader)


def test_who_asked_or_has_left_is_not_inside(groups: dict[str, Group]) -> None:
    for state in ("asked", "left"):
        outside = a_member_person()
        GroupMember.objects.create(group=groups["group"], person=outside, state=state)
        with pytest.raises(NotFound):
            get_group("group", visible_to=outside)
        assert find_group_state(outside, groups["group"]) == state
        with pytest.raises(NotFound):
            get_own_place(outside, groups["group"])


def test_ended_groups_are_listed_only_if_asked() -> None:
    a_group(slug="ended", ends_on=date(2020, 1, 1))
    assert list(list_groups(visible_to=VISITOR)) == []
    assert [group.slug for group in list_groups(visible_to=VISITOR, with_ended=True)] == ["ended"]


def test_a_hidden_part_of_a_public_group_is_not_named(groups: dict[str, Group]) -> None:
    groups["group"].parent = groups["public"]
    groups["group"].save()
    assert list_parts(groups["public"], visible_to=a_member_person()) == []


def test_people_and_requests_are_for_people_of_the_group_and_its_leaders(groups: dict[str, Group]) -> None:
    group = groups["public"]
    inside, leader = in_group(a_member_person(), group), group.people.get(is_leader=True).person
    asker = a_member_person()
    asked = GroupMember.objects.create(group=group, person=asker)
    for reader in (VISITOR, a_member_person(), asker):
        assert list_group_people(group, visible_to=reader) == []
    assert [one.person for one in list_group_people(group, visible_to=inside)] == [leader, inside]
    assert list_group_requests(group, visible_to=inside) == []
    assert list_group_requests(group, visible_to=leader) == [asked]
    with pytest.raises(NotFound):
        get_group_member(asked.uid, group, visible_to=inside)


def test_who_represents_a_member_is_for_members() -> None:
    profile, group = a_member(), a_group()
    GroupMember.objects.create(
        group=group, person=a_member_person(profile), organisation=profile.organisation, state="approved"
    )
    led = a_group(lead_organisation=profile.organisation)
    assert list_groups_of(profile.organisation, visible_to=VISITOR) == [led]
    assert set(list_groups_of(profile.organisation, visible_to=a_member_person())) == {group, led}


@pytest.mark.parametrize("readers", VISIBILITIES)
def test_minutes_and_documents_are_for_whom_the_group_says(
    groups: dict[str, Group], person: User, readers: str
) -> None:
    group = groups["public"]
    leader = group.people.get().person
    meeting, document = a_past_meeting(group), _document(group, readers)
    assert not list_meetings(group, visible_to=a_member_person()).exists()
    write_minutes(by=leader, meeting=meeting, minutes="We met.", readers=readers)
    allowed = {"public": {"visitor", "person", "member"}, "members": {"member"}, "group": set[str]()}[readers]
    for name, reader in (("visitor", VISITOR), ("person", person), ("member", a_member_person())):
        assert list_meetings(group, visible_to=reader).exists() is (name in allowed)
        assert bool(list_documents(group, visible_to=reader)) is (name in allowed)
        if name not in allowed:
            with pytest.raises(NotFound):
                get_meeting(meeting.uid, group, visible_to=reader)
            with pytest.raises(NotFound):
                get_document(document.uid, group, visible_to=reader)
    assert get_document(document.uid, group, visible_to=leader) == document


def test_a_public_document_of_a_hidden_group_stays_hidden(groups: dict[str, Group]) -> None:
    document = _document(groups["group"], "public")
    meeting = a_past_meeting(groups["group"], minutes="We met.", minutes_readers="public", minutes_at="2026-01-01T00Z")
    for reader in (VISITOR, a_member_person()):
        with pytest.raises(NotFound):
            get_document(document.uid, groups["group"], visible_to=reader)
        with pytest.raises(NotFound):
            get_meeting(meeting.uid, groups["group"], visible_to=reader)
        assert list_documents(groups["group"], visible_to=reader) == []


def test_who_was_there_is_for_people_of_the_group(groups: dict[str, Group]) -> None:
    group = groups["public"]
    leader = group.people.get().person
    meeting = a_past_meeting(group)
    MeetingAttendance.objects.create(meeting=meeting, person=leader, state="present", recorded_by="x")
    assert list_attendance(meeting, visible_to=a_member_person()) == {}
    assert set(list_attendance(meeting, visible_to=leader)) == {leader.pk}
