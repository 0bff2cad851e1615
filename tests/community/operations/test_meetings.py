"""Meetings: who calls them, who is told, who answers, and who may read the minutes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.community.member_records import (
    a_group,
    a_leader,
    a_member_person,
    a_past_meeting,
    in_group,
    meeting_details,
)

from synchromesh.accounts.models import User
from synchromesh.community.models import GroupMember
from synchromesh.community.operations.meetings import (
    cancel_meeting,
    change_meeting,
    create_meeting,
    record_answer,
    record_attendance,
    write_minutes,
)
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db


def test_people_of_the_group_are_told_when_a_meeting_is_called_moved_and_cancelled_but_not_where_it_is_online(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    group = a_group()
    leader, other = a_leader(group), in_group(a_member_person(), group)
    with django_capture_on_commit_callbacks(execute=True):
        made = create_meeting(by=leader, group=group, details=meeting_details())
        changed = change_meeting(by=leader, meeting=made, details=meeting_details(made.starts_at, place="Ghent"))
    assert sorted(message.to[0] for message in outbox.outbox) == sorted([str(leader.email), str(other.email)])
    with django_capture_on_commit_callbacks(execute=True):
        change_meeting(by=leader, meeting=changed, details=meeting_details(made.starts_at + timedelta(days=1)))
        cancelled = cancel_meeting(by=leader, meeting=made)
    assert len(outbox.outbox) == 6
    assert cancelled.sequence == 3
    assert not any("secret-room" in str(message.body) for message in outbox.outbox)
    with pytest.raises(Conflict):
        cancel_meeting(by=leader, meeting=made)
    with pytest.raises(Conflict):
        change_meeting(by=leader, meeting=made, details=meeting_details())


def test_only_leaders_call_meetings_and_write_minutes(person: User) -> None:
    group = a_group()
    member = in_group(a_member_person(), group)
    meeting = a_past_meeting(group)
    for other in (person, member):
        with pytest.raises(NotAllowed):
            create_meeting(by=other, group=group, details=meeting_details())
        with pytest.raises(NotAllowed):
            write_minutes(by=other, meeting=meeting, minutes="We met.", readers="public")
        with pytest.raises(NotAllowed):
            record_attendance(by=other, meeting=meeting, present={})


def test_a_meeting_ends_after_it_begins_and_knows_its_time_zone() -> None:
    group = a_group()
    now = timezone.now()
    for details, field in (
        (meeting_details(now, ends_at=now), "ends_at"),
        (meeting_details(time_zone="Europe/Nowhere"), "time_zone"),
        (meeting_details(title=" "), "title"),
    ):
        with pytest.raises(InvalidInput) as refused:
            create_meeting(by=a_leader(group), group=group, details=details)
        assert refused.value.field == field


def test_people_answer_before_and_leaders_note_after() -> None:
    group = a_group()
    leader, other = a_leader(group), in_group(a_member_person(), group)
    coming = create_meeting(by=leader, group=group, details=meeting_details())
    assert record_answer(by=other, meeting=coming, state="excused").state == "excused"
    with pytest.raises(InvalidInput):
        record_answer(by=other, meeting=coming, state="present")
    with pytest.raises(NotAllowed):
        record_answer(by=a_member_person(), meeting=coming, state="coming")
    with pytest.raises(Conflict):
        record_attendance(by=leader, meeting=coming, present={})
    past = a_past_meeting(group)
    with pytest.raises(Conflict):
        record_answer(by=other, meeting=past, state="coming")
    places = {member.uid: member.person == other for member in GroupMember.objects.filter(group=group)}
    assert record_attendance(by=leader, meeting=past, present=places) == 1
    assert {row.person: row.state for row in past.attendances.all()} == {leader: "absent", other: "present"}


def test_people_of_another_group_are_never_noted() -> None:
    group, elsewhere = a_group(), a_group()
    leader, stranger = a_leader(group), in_group(a_member_person(), elsewhere)
    past = a_past_meeting(group)
    place = GroupMember.objects.get(person=stranger)
    assert record_attendance(by=leader, meeting=past, present={place.uid: True}) == 0


def test_minutes_are_written_after_it_began_and_taken_back_by_emptying_them() -> None:
    group = a_group()
    leader = a_leader(group)
    written = write_minutes(by=leader, meeting=a_past_meeting(group), minutes="We met.", readers="members")
    assert (written.minutes_readers, written.minutes_at is not None) == ("members", True)
    assert write_minutes(by=leader, meeting=written, minutes=" ", readers="public").minutes_at is None
    coming = create_meeting(by=leader, group=group, details=meeting_details())
    with pytest.raises(Conflict):
        write_minutes(by=leader, meeting=coming, minutes="Too early", readers="group")
    with pytest.raises(InvalidInput):
        write_minutes(by=leader, meeting=written, minutes="x", readers="world")
