"""Members, groups and meetings for tests; every column has a good value until a test says otherwise."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import Group, GroupMember, GroupMemberState, Meeting, MemberApplication, MemberProfile
from synchromesh.community.operations.groups import GroupDetails
from synchromesh.community.operations.meetings import MeetingDetails
from synchromesh.community.operations.member_applications import (
    Applicant,
    accept_member_application,
    request_member_entry,
)

_numbers = count(1)


def an_applicant(**changes: Any) -> Applicant:
    """A supplier with a contact."""
    said: dict[str, Any] = {
        "name": "South Works",
        "value_chain_area": "suppliers",
        "contact_name": "Zoë Müller",
        "contact_email": "zoe@south-works.example",
        "stated_type": "company",
        "url": "https://south-works.example",
    }
    return Applicant(**said | changes)


def an_application(person: User, **changes: Any) -> MemberApplication:
    """An application that waits."""
    return request_member_entry(by=person, applicant=an_applicant(**changes))


def a_member(name: str = "", **columns: Any) -> MemberProfile:
    """An organisation that is a member today, without people."""
    number = next(_numbers)
    organisation = Organisation.objects.create(slug=f"member-{number}", name=name or f"Member {number}")
    said = {"joined_on": timezone.localdate() - timedelta(days=100)} | columns
    return MemberProfile.objects.create(organisation=organisation, **said)


def an_accepted_member(person: User, **changes: Any) -> MemberProfile:
    """The person applied and was taken in."""
    return accept_member_application(by=OPERATOR, application=an_application(person, **changes))


def a_member_person(profile: MemberProfile | None = None, *, role: str = "member", name: str = "Mia Member") -> User:
    """Somebody who belongs to a member."""
    person = User.objects.create_user(email=f"person-{next(_numbers)}@example.org", name=name)
    Membership.objects.create(person=person, organisation=(profile or a_member()).organisation, role=role)
    return person


def confirm_address(person: User, address: str) -> None:
    """Give the person a confirmed address."""
    EmailAddress.objects.create(user=person, email=address, verified=True)


def a_group(**columns: Any) -> Group:
    """A working group that everybody may know of."""
    said = {"slug": f"group-{next(_numbers)}", "kind": "working-group", "names": {"en": "Batteries"}}
    return Group.objects.create(**said | columns)


def in_group(person: User, group: Group, *, is_leader: bool = False) -> User:
    """Put a person into a group."""
    GroupMember.objects.create(group=group, person=person, state=GroupMemberState.APPROVED, is_leader=is_leader)
    return person


def a_leader(group: Group) -> User:
    """Somebody who leads the group."""
    return in_group(a_member_person(name="Lea Leader"), group, is_leader=True)


def group_details(**changes: Any) -> GroupDetails:
    """What is said of a group."""
    said: dict[str, Any] = {
        "language": "en",
        "name": "Batteries",
        "mandate": "Skills for batteries.",
        "kind": "working-group",
        "visibility": "public",
    }
    return GroupDetails(**said | changes)


def meeting_details(starts_at: datetime | None = None, **changes: Any) -> MeetingDetails:
    """Two hours in a month."""
    begins = starts_at or timezone.now() + timedelta(days=30)
    said: dict[str, Any] = {
        "title": "Kick-off",
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=2),
        "time_zone": "Europe/Brussels",
        "agenda": "Welcome\nWork plan",
        "place": "Brussels",
        "online_url": "https://meet.example/secret-room",
    }
    return MeetingDetails(**said | changes)


def a_past_meeting(group: Group, **columns: Any) -> Meeting:
    """A meeting of yesterday."""
    begins = timezone.now() - timedelta(days=1)
    said = {
        "title": "Kick-off",
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=2),
        "time_zone": "Europe/Brussels",
    }
    return Meeting.objects.create(group=group, **said | columns)
