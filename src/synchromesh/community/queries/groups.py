"""Groups as far as somebody may know of them, their people, meetings and documents."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import is_alliance_staff
from synchromesh.community.models import (
    DocumentVersion,
    Group,
    GroupDocument,
    GroupMember,
    GroupMemberState,
    Meeting,
    MeetingAttendance,
    Readers,
)
from synchromesh.community.permissions import is_in_group, is_member, may_lead_group, may_read, may_see_group
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.audit import Actor

_NO_GROUP = "There is no such group."


def _own_groups(visible_to: Actor) -> QuerySet[GroupMember]:
    found = GroupMember.objects.filter(state=GroupMemberState.APPROVED)
    return found.filter(person=visible_to) if isinstance(visible_to, User) else found.none()


def visible_groups(visible_to: Actor) -> QuerySet[Group]:
    """The groups of which somebody may know."""
    if is_alliance_staff(visible_to):
        return Group.objects.all()
    seen = Q(visibility=Readers.PUBLIC)
    if isinstance(visible_to, User) and visible_to.is_active:
        seen |= Q(pk__in=_own_groups(visible_to).values("group"))
        if is_member(visible_to):
            seen |= Q(visibility=Readers.MEMBERS)
    return Group.objects.filter(seen)


def list_groups(*, visible_to: Actor, kind: str = "", with_ended: bool = False) -> QuerySet[Group]:
    """Groups of which somebody may know, by kind and address; ended ones only if asked."""
    found = visible_groups(visible_to).select_related("lead_organisation", "parent")
    if kind:
        found = found.filter(kind=kind)
    if not with_ended:
        found = found.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()))
    return found.order_by("kind", "slug")


def list_groups_of(organisation: Organisation, *, visible_to: Actor) -> list[Group]:
    """Groups in which an organisation leads or has representatives, of those of which somebody may know.

    Who represents whom is for members: for others only the groups that the organisation leads.
    """
    mine = Q(lead_organisation=organisation)
    if is_member(visible_to):
        represented = GroupMember.objects.filter(organisation=organisation, state=GroupMemberState.APPROVED)
        mine |= Q(pk__in=represented.values("group"))
    return list(visible_groups(visible_to).filter(mine).order_by("kind", "slug"))


def get_group(slug: str, *, visible_to: Actor) -> Group:
    """One group. Raises NotFound, also for whoever may not know of it."""
    found = Group.objects.select_related("lead_organisation", "parent").filter(slug=slug).first()
    if found is None or not may_see_group(visible_to, found):
        raise NotFound(_NO_GROUP)
    return found


def list_parts(group: Group, *, visible_to: Actor) -> list[Group]:
    """The groups below a group of which somebody may know."""
    return list(visible_groups(visible_to).filter(parent=group).order_by("kind", "slug"))


def list_group_people(group: Group, *, visible_to: Actor) -> list[GroupMember]:
    """Who is in a group, leaders first, by name. People of the group see each other; for others there is nobody."""
    if not is_in_group(visible_to, group):
        return []
    found = group.people.filter(state=GroupMemberState.APPROVED).select_related("person", "organisation")
    return list(found.order_by("-is_leader", "person__name", "pk"))


def list_group_requests(group: Group, *, visible_to: Actor) -> list[GroupMember]:
    """Who wants to join, oldest first, for leaders and alliance staff; for others there is nobody."""
    if not may_lead_group(visible_to, group):
        return []
    found = group.people.filter(state=GroupMemberState.ASKED).select_related("person", "organisation")
    return list(found.order_by("asked_at", "pk"))


def get_group_member(uid: UUID, group: Group, *, visible_to: Actor) -> GroupMember:
    """A person who is in the group or asked, for its leaders. Raises NotFound, also for others."""
    found = group.people.select_related("person", "organisation").filter(uid=uid).first()
    if found is None or not may_lead_group(visible_to, group):
        raise NotFound("There is no such person in the group.")
    return found


def find_group_state(person: User, group: Group) -> str:
    """Where the person stands with the group: one of GroupMemberState, empty for neither."""
    return group.people.filter(person=person).values_list("state", flat=True).first() or ""


def list_meetings(group: Group, *, visible_to: Actor) -> QuerySet[Meeting]:
    """Meetings, newest first: all for people of the group, for others those whose minutes they may read."""
    found = group.meetings.order_by("-starts_at", "-pk")
    if is_in_group(visible_to, group):
        return found
    if not may_see_group(visible_to, group):
        return found.none()
    return found.filter(minutes_readers__in=_readable(visible_to)).exclude(minutes_at=None)


def _readable(visible_to: Actor) -> list[str]:
    return [Readers.PUBLIC, Readers.MEMBERS] if is_member(visible_to) else [Readers.PUBLIC]


def get_meeting(uid: UUID, group: Group, *, visible_to: Actor) -> Meeting:
    """One meeting. Raises NotFound, also for whoever may not see it."""
    found = list_meetings(group, visible_to=visible_to).select_related("group").filter(uid=uid).first()
    if found is None:
        raise NotFound("There is no such meeting.")
    return found


def list_attendance(meeting: Meeting, *, visible_to: Actor) -> dict[int, MeetingAttendance]:
    """What is noted about who comes or was there, by person; for people of the group only."""
    if not is_in_group(visible_to, meeting.group):
        return {}
    return {row.person_id: row for row in meeting.attendances.order_by("pk")}


def list_documents(group: Group, *, visible_to: Actor) -> list[GroupDocument]:
    """The documents that somebody may read, by title, with their versions, the newest first."""
    found = group.documents.prefetch_related("versions").select_related("meeting", "group").order_by("title", "pk")
    if not is_in_group(visible_to, group):
        if not may_see_group(visible_to, group):
            return []
        found = found.filter(readers__in=_readable(visible_to))
    return list(found)


def get_document(uid: UUID, group: Group, *, visible_to: Actor) -> GroupDocument:
    """One document. Raises NotFound, also for whoever may not read it."""
    found = group.documents.select_related("meeting", "group").filter(uid=uid).first()
    readable = found is not None and may_see_group(visible_to, group) and may_read(visible_to, group, found.readers)
    if found is None or not readable:
        raise NotFound("There is no such document.")
    return found


def get_document_version(document: GroupDocument, number: int) -> DocumentVersion:
    """One version of a document that somebody may read. Raises NotFound."""
    found = document.versions.filter(number=number).first()
    if found is None:
        raise NotFound("There is no such version.")
    return found


def get_own_place(person: User, group: Group) -> GroupMember:
    """The person's own place in a group. Raises NotFound without one."""
    found = group.people.select_related("person").filter(person=person, state=GroupMemberState.APPROVED).first()
    if found is None:
        raise NotFound("You are not in this group.")
    return found


def list_own_groups(person: User) -> list[Group]:
    """The groups in which a person works, by kind and address; ended ones too."""
    return list(Group.objects.filter(pk__in=_own_groups(person).values("group")).order_by("kind", "slug"))
