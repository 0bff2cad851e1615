"""Fields, skills, job roles, the versions their requirements and anchors belong to, and ESCO as it was loaded."""

from synchromesh.framework.models.concepts import Address, EscoLink, Family, JobRole, Skill, SkillKind, Topic
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
    "EscoConcept",
    "EscoKind",
    "EscoLabel",
    "EscoLabelKind",
    "EscoLink",
    "EscoMembership",
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
    "VersionStatus",
]
