"""Fields, skills, job roles and the versions their requirements and anchors belong to."""

from synchromesh.framework.models.concepts import Address, EscoLink, JobRole, Skill, SkillKind, Topic
from synchromesh.framework.models.versions import Anchor, FrameworkVersion, Requirement, VersionStatus

__all__ = [
    "Address",
    "Anchor",
    "EscoLink",
    "FrameworkVersion",
    "JobRole",
    "Requirement",
    "Skill",
    "SkillKind",
    "Topic",
    "VersionStatus",
]
