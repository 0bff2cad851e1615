"""What is offered: courses, their runs, the skills they teach, and what is wanted but not offered."""

from synchromesh.catalogue.models.briefs import Brief, BriefOrigin
from synchromesh.catalogue.models.courses import Certificate, Course, CourseSkill, Mode, Run

__all__ = ["Brief", "BriefOrigin", "Certificate", "Course", "CourseSkill", "Mode", "Run"]
