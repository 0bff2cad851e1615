"""Fields, skills, job roles, the versions of what is said about them, comments on those, and ESCO as it was loaded."""

from synchromesh.framework.models.comments import CommentSubject, VersionComment
from synchromesh.framework.models.concepts import (
    Address,
    EscoLink,
    EscoRejection,
    Family,
    JobRole,
    Skill,
    SkillKind,
    Topic,
)
from synchromesh.framework.models.esco import (
    EscoConcept,
    EscoKind,
    EscoLabel,
    EscoLabelKind,
    EscoMembership,
    EscoRelation,
    EscoRelationKind,
    EscoText,
    EscoVersion,
)
from synchromesh.framework.models.versions import (
    Anchor,
    FrameworkVersion,
    Requirement,
    UnitDepth,
    UnitEntry,
    VersionStatus,
)

__all__ = [
    "Address",
    "Anchor",
    "CommentSubject",
    "EscoConcept",
    "EscoKind",
    "EscoLabel",
    "EscoLabelKind",
    "EscoLink",
    "EscoMembership",
    "EscoRejection",
    "EscoRelation",
    "EscoRelationKind",
    "EscoText",
    "EscoVersion",
    "Family",
    "FrameworkVersion",
    "JobRole",
    "Requirement",
    "Skill",
    "SkillKind",
    "Topic",
    "UnitDepth",
    "UnitEntry",
    "VersionComment",
    "VersionStatus",
]
