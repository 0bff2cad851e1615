"""What members and groups keep about a person: applications, wishes to join, groups, meetings, and being a contact."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext_noop

from synchromesh.accounts.models import User
from synchromesh.community.models import (
    GroupMember,
    JoinRequest,
    MeetingAttendance,
    MemberApplication,
    MemberProfile,
)
from synchromesh.site.personal_relations import Entry, PersonalRelation, TextReference, text


def _applications(person: User) -> list[Entry]:
    found = MemberApplication.objects.filter(person=person).select_related("country", "region").order_by("pk")
    return [
        {
            "name": row.name,
            "kind": row.stated_type,
            "address": row.url,
            "country": row.country.code if row.country else None,
            "region": row.region.code if row.region else None,
            "area": row.value_chain_area,
            "contact": [row.contact_name, row.contact_email, row.contact_phone],
            "statutes": row.statutes_version,
            "accepted_at": text(row.statutes_accepted_at),
            "note": row.note,
            "made_at": text(row.made_at),
            "state": row.state,
            "answer": row.answer,
        }
        for row in found
    ]


def _join_requests(person: User) -> list[Entry]:
    found = JoinRequest.objects.filter(person=person).select_related("organisation").order_by("pk")
    return [{"organisation": str(row.organisation), "made_at": text(row.made_at), "state": row.state} for row in found]


def _groups(person: User) -> list[Entry]:
    found = GroupMember.objects.filter(person=person).select_related("group", "organisation").order_by("pk")
    return [
        {
            "group": row.group.slug,
            "organisation": str(row.organisation) if row.organisation else None,
            "state": row.state,
            "leader": row.is_leader,
            "asked_at": text(row.asked_at),
        }
        for row in found
    ]


def _meetings(person: User) -> list[Entry]:
    found = MeetingAttendance.objects.filter(person=person).select_related("meeting__group").order_by("pk")
    return [
        {
            "group": row.meeting.group.slug,
            "meeting": row.meeting.title,
            "on": text(row.meeting.starts_at),
            "state": row.state,
        }
        for row in found
    ]


MEMBER_RELATIONS: tuple[PersonalRelation, ...] = (
    PersonalRelation(relation="community.MemberApplication.person", section="member_applications", read=_applications),
    PersonalRelation(relation="community.JoinRequest.person", section="join_requests", read=_join_requests),
    PersonalRelation(relation="community.GroupMember.person", section="groups", read=_groups),
    PersonalRelation(relation="community.MeetingAttendance.person", section="meetings", read=_meetings),
)
_RECORD = gettext_noop("They are the alliance's record of its work. Your name is not in them.")
MEMBER_REFERENCES: tuple[TextReference, ...] = tuple(
    TextReference(column=f"community.{column}", what=what, why=_RECORD)
    for column, what in (
        ("Statutes.published_by", gettext_noop("statutes that you published")),
        ("MemberApplication.decided_by", gettext_noop("applications of members that you decided")),
        ("MemberRenewal.renewed_by", gettext_noop("memberships that you renewed for an organisation")),
        ("MailDomain.named_by", gettext_noop("mail domains that you named for an organisation")),
        ("MailDomain.verified_by", gettext_noop("mail domains that you checked")),
        ("JoinRequest.decided_by", gettext_noop("wishes to join an organisation that you decided")),
        ("GroupMember.decided_by", gettext_noop("wishes to join a group that you decided")),
        ("MeetingAttendance.recorded_by", gettext_noop("lines about who was at a meeting that you wrote")),
        ("DocumentVersion.uploaded_by", gettext_noop("documents of groups that you brought in")),
        ("Deliverable.uploaded_by", gettext_noop("files of projects that you brought in")),
    )
)


def forget_contacts(addresses: Collection[str]) -> int:
    """Take a person out as the contact of members; says of how many. Called inside the transaction of the deletion."""
    named = Q()
    for address in addresses:
        named |= Q(contact_email__iexact=address)
    if not addresses:
        return 0
    blank = {"contact_name": "", "contact_email": "", "contact_phone": ""}
    MemberApplication.objects.filter(named).update(**blank)
    return MemberProfile.objects.filter(named).update(**blank)
