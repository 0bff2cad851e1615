"""Call, move and cancel meetings of a group, say who comes and who was there, and write the minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.community.models import (
    AttendanceState,
    Group,
    GroupMemberState,
    Meeting,
    MeetingAttendance,
    Readers,
)
from synchromesh.community.models.mail_preferences import MailKind
from synchromesh.community.operations.groups import has_ended
from synchromesh.community.operations.mail_sending import send_to_person
from synchromesh.community.permissions import is_in_group, may_lead_group
from synchromesh.community.queries.meeting_times import shown_time
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.plumbing import audit
from synchromesh.plumbing.translated_text import in_language

_LEADERS_ONLY = "Only leaders of the group can do this."
ANSWERS = (AttendanceState.COMING, AttendanceState.EXCUSED)
"""What people say themselves, before a meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDetails:
    """When, where and about what; both instants are aware, `time_zone` says how they are shown."""

    title: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    agenda: str = ""
    place: str = ""
    online_url: str = ""


def create_meeting(*, by: audit.Actor, group: Group, details: MeetingDetails) -> Meeting:
    """Call a meeting and tell the people of the group. Leaders do. Raises NotAllowed, InvalidInput, Conflict."""
    require(may_lead_group(by, group), _LEADERS_ONLY)
    _check(details)
    if has_ended(group):
        raise Conflict("This group has ended.")
    with transaction.atomic():
        made = Meeting.objects.create(group=group, **asdict(details))
        audit.record(by=by, action="create_meeting", kind="meeting", uid=made.uid)
        _tell(made)
    return made


def change_meeting(*, by: audit.Actor, meeting: Meeting, details: MeetingDetails) -> Meeting:
    """Change a meeting; calendars learn of it, and people are told when it moves. Leaders do.

    Raises NotAllowed, InvalidInput, and Conflict for a cancelled one.
    """
    require(may_lead_group(by, meeting.group), _LEADERS_ONLY)
    _check(details)
    with transaction.atomic():
        row = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
        if row.cancelled_at is not None:
            raise Conflict("This meeting is cancelled.")
        moved = (row.starts_at, row.ends_at) != (details.starts_at, details.ends_at)
        for name, value in asdict(details).items():
            setattr(row, name, value)
        row.sequence += 1
        row.save()
        audit.record(by=by, action="change_meeting", kind="meeting", uid=row.uid, moved=moved)
        if moved:
            _tell(row)
    return row


def cancel_meeting(*, by: audit.Actor, meeting: Meeting) -> Meeting:
    """Call a meeting off, and tell the people of the group. Leaders do. Raises NotAllowed, Conflict."""
    require(may_lead_group(by, meeting.group), _LEADERS_ONLY)
    with transaction.atomic():
        row = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
        if row.cancelled_at is not None:
            raise Conflict("This meeting is cancelled already.")
        row.cancelled_at, row.sequence = timezone.now(), row.sequence + 1
        row.save()
        audit.record(by=by, action="cancel_meeting", kind="meeting", uid=row.uid)
        _tell(row)
    return row


def record_answer(*, by: User, meeting: Meeting, state: str) -> MeetingAttendance:
    """Say whether one comes. People of the group do, before it ends. Raises NotAllowed, InvalidInput, Conflict."""
    require(is_in_group(by, meeting.group), "Only people of the group can answer.")
    if state not in ANSWERS:
        raise InvalidInput("Say whether you will come.", field="state")
    if meeting.cancelled_at is not None or meeting.ends_at <= timezone.now():
        raise Conflict("This meeting is over or cancelled.")
    with transaction.atomic():
        row, _ = MeetingAttendance.objects.update_or_create(
            meeting=meeting, person=by, defaults={"state": state, "recorded_by": by.public_id}
        )
        audit.record(by=by, action="record_answer", kind="meeting", uid=meeting.uid, state=state)
    return row


def record_attendance(*, by: audit.Actor, meeting: Meeting, present: Mapping[UUID, bool]) -> int:
    """Note who was there, by the uid of each person's place in the group; how many were. Leaders do.

    Raises NotAllowed, and Conflict before the meeting begins.
    """
    require(may_lead_group(by, meeting.group), _LEADERS_ONLY)
    if meeting.cancelled_at is not None or meeting.starts_at > timezone.now():
        raise Conflict("The meeting has not begun, or was cancelled.")
    with transaction.atomic():
        people = meeting.group.people.filter(state=GroupMemberState.APPROVED, uid__in=list(present))
        for member in people.order_by("pk"):
            state = AttendanceState.PRESENT if present[member.uid] else AttendanceState.ABSENT
            MeetingAttendance.objects.update_or_create(
                meeting=meeting, person_id=member.person_id, defaults={"state": state, "recorded_by": by.public_id}
            )
        there = meeting.attendances.filter(state=AttendanceState.PRESENT).count()
        audit.record(by=by, action="record_attendance", kind="meeting", uid=meeting.uid, present=there)
    return there


def write_minutes(*, by: audit.Actor, meeting: Meeting, minutes: str, readers: str) -> Meeting:
    """Write the minutes and say who may read them; empty ones take them back. Leaders do.

    Raises NotAllowed, InvalidInput, and Conflict before the meeting begins.
    """
    require(may_lead_group(by, meeting.group), _LEADERS_ONLY)
    if readers not in Readers.values:
        raise InvalidInput("Choose who may read the minutes.", field="readers")
    if meeting.starts_at > timezone.now():
        raise Conflict("The meeting has not begun.")
    with transaction.atomic():
        row = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
        row.minutes, row.minutes_readers = minutes.strip(), readers
        row.minutes_at = timezone.now() if row.minutes else None
        row.save()
        audit.record(by=by, action="write_minutes", kind="meeting", uid=row.uid, readers=readers)
    return row


def _check(details: MeetingDetails) -> None:
    if not details.title.strip() or len(details.title) > 200:
        raise InvalidInput("Give the meeting a title of at most 200 characters.", field="title")
    if details.ends_at <= details.starts_at:
        raise InvalidInput("The end lies before the beginning.", field="ends_at")
    if details.time_zone not in available_timezones():
        raise InvalidInput("Choose a time zone of the list.", field="time_zone")


def _tell(meeting: Meeting) -> None:
    """Write to everybody in the group; not where it meets online, which the page shows to those signed in."""
    people = meeting.group.people.filter(state=GroupMemberState.APPROVED, person__is_active=True)
    for member in people.select_related("person").order_by("pk"):
        person = member.person
        with override(person.language):
            words = {
                "group": in_language(meeting.group.names, person.language).text,
                "title": meeting.title,
                "time": shown_time(meeting),
                "page": f"{settings.SITE_ADDRESS}/{person.language}/groups/{meeting.group.slug}/"
                f"meetings/{meeting.uid}/",
            }
            if meeting.cancelled_at is None:
                subject = gettext("%(group)s: %(title)s, %(time)s") % words
                text = gettext("%(time)s\n\nAgenda, place and calendar file: %(page)s\n") % words
            else:
                subject = gettext("%(group)s: %(title)s is cancelled") % words
                text = gettext("This meeting does not take place: %(time)s\n\n%(page)s\n") % words
            send_to_person(person=person, kind=MailKind.GROUP, subject=subject, text=text)
