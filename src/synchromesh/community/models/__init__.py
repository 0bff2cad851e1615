"""Records of how the alliance works together: one module per kind of record."""

from __future__ import annotations

from synchromesh.community.models.agreements import Agreement, AgreementAction, AgreementParty
from synchromesh.community.models.documents import DocumentVersion, GroupDocument
from synchromesh.community.models.groups import Group, GroupKind, GroupMember, GroupMemberState, Readers
from synchromesh.community.models.meetings import AttendanceState, Meeting, MeetingAttendance
from synchromesh.community.models.members import (
    JoinRequest,
    MailDomain,
    MemberApplication,
    MemberProfile,
    MemberRenewal,
    RequestState,
    ValueChainArea,
)
from synchromesh.community.models.projects import Deliverable, Project, ProjectPartner, ProjectResult, WorkPackage
from synchromesh.community.models.stated_values import StatedFact, StatedValue

__all__ = [
    "Agreement",
    "AgreementAction",
    "AgreementParty",
    "AttendanceState",
    "Deliverable",
    "DocumentVersion",
    "Group",
    "GroupDocument",
    "GroupKind",
    "GroupMember",
    "GroupMemberState",
    "JoinRequest",
    "MailDomain",
    "Meeting",
    "MeetingAttendance",
    "MemberApplication",
    "MemberProfile",
    "MemberRenewal",
    "Project",
    "ProjectPartner",
    "ProjectResult",
    "Readers",
    "RequestState",
    "StatedFact",
    "StatedValue",
    "ValueChainArea",
    "WorkPackage",
]
