"""What is offered: courses, their runs, the skills they teach, and what is wanted but not offered."""

from synchromesh.catalogue.models.briefs import Brief, BriefOrigin
from synchromesh.catalogue.models.courses import Certificate, Course, CourseSkill, Mode, Run
from synchromesh.catalogue.models.mapping import MappingDecision, MappingVerdict

__all__ = [
    "Brief",
    "BriefOrigin",
    "Certificate",
    "Course",
    "CourseSkill",
    "MappingDecision",
    "MappingVerdict",
    "Mode",
    "Run",
]
