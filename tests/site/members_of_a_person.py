"""Records of members and groups that belong to a person, one of each kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from synchromesh.accounts.models import Organisation, User
from synchromesh.community.models import (
    Group,
    GroupMember,
    JoinRequest,
    Meeting,
    MeetingAttendance,
    MemberApplication,
    MemberProfile,
)


def _group() -> Group:
    return Group.objects.get_or_create(slug="of-a-person", defaults={"kind": "forum", "names": {"en": "Forum"}})[0]


def _attend(person: User) -> None:
    now = timezone.now()
    meeting = Meeting.objects.create(
        group=_group(), title="Kick-off", starts_at=now, ends_at=now + timedelta(hours=1), time_zone="UTC"
    )
    MeetingAttendance.objects.create(meeting=meeting, person=person, state="coming", recorded_by=person.public_id)


def _apply(person: User) -> None:
    """They apply, and are the contact of another member too."""
    contact = {"contact_name": person.name, "contact_email": str(person.email)}
    MemberApplication.objects.create(person=person, name="South Works", value_chain_area="tyres", **contact)
    organisation = Organisation.objects.create(slug="whose-contact", name="Contact Works")
    MemberProfile.objects.create(organisation=organisation, **contact)


MEMBER_BUILDERS: dict[str, Callable[[User], object]] = {
    "community.MemberApplication.person": _apply,
    "community.JoinRequest.person": lambda person: JoinRequest.objects.create(
        person=person, organisation=Organisation.objects.create(slug="to-join", name="Joined Works")
    ),
    "community.GroupMember.person": lambda person: GroupMember.objects.create(person=person, group=_group()),
    "community.MeetingAttendance.person": _attend,
}
