"""Predicates of permission, in plain sentences. Anything not allowed here is refused."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import is_alliance_staff, may_edit_for_organisation, may_manage_organisation
from synchromesh.community.models import Group, GroupMember, GroupMemberState, MemberProfile, Project, Readers
from synchromesh.plumbing.audit import Actor


def members_today() -> Q:
    """Profiles of organisations that are members today, as a condition."""
    today = timezone.localdate()
    return (Q(joined_on=None) | Q(joined_on__lte=today)) & (Q(ended_on=None) | Q(ended_on__gt=today))


def is_member(by: Actor) -> bool:
    """A person who belongs to an organisation that is a member today, and alliance staff."""
    if is_alliance_staff(by):
        return True
    if not isinstance(by, User) or not by.is_active:
        return False
    return MemberProfile.objects.filter(members_today(), organisation__memberships__person=by).exists()


def may_decide_members(by: Actor) -> bool:
    """Alliance staff say who is a member."""
    return is_alliance_staff(by)


def may_manage_profile(by: Actor, profile: MemberProfile) -> bool:
    """Managers of the organisation, and alliance staff."""
    return may_manage_organisation(by, profile.organisation)


def is_in_group(by: Actor, group: Group) -> bool:
    """A person whom the group has taken in and who has not left, and alliance staff."""
    if is_alliance_staff(by):
        return True
    if not isinstance(by, User) or not by.is_active:
        return False
    return GroupMember.objects.filter(group=group, person=by, state=GroupMemberState.APPROVED).exists()


def may_lead_group(by: Actor, group: Group) -> bool:
    """Leaders of the group, and alliance staff."""
    if is_alliance_staff(by):
        return True
    if not isinstance(by, User) or not by.is_active:
        return False
    return GroupMember.objects.filter(group=group, person=by, state=GroupMemberState.APPROVED, is_leader=True).exists()


def may_read(by: Actor, group: Group, readers: str) -> bool:
    """Whether `by` is among the readers that something of the group is for."""
    if readers == Readers.PUBLIC:
        return True
    return (readers == Readers.MEMBERS and is_member(by)) or is_in_group(by, group)


def may_see_group(by: Actor, group: Group) -> bool:
    """Whom the page of the group is for; people of the group always see it."""
    return may_read(by, group, group.visibility)


def may_edit_community(by: Actor) -> bool:
    """Alliance staff open groups and keep projects and agreements."""
    return is_alliance_staff(by)


def may_edit_project(by: Actor, project: Project) -> bool:
    """Editors and managers of the coordinator, and alliance staff."""
    if is_alliance_staff(by):
        return True
    partner = project.partners.filter(is_coordinator=True).select_related("organisation").first()
    return partner is not None and may_edit_for_organisation(by, partner.organisation)
