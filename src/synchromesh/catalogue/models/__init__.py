"""What is offered: courses, their runs, the skills they teach, and what is wanted but not offered."""

from synchromesh.catalogue.models.briefs import Brief, BriefClaim, BriefOrigin
from synchromesh.catalogue.models.courses import Accessibility, Certificate, Course, CourseSkill, Mode, Run
from synchromesh.catalogue.models.feeds import FeedFetch, FeedSource, FetchOutcome, FieldLock
from synchromesh.catalogue.models.mapping import MappingDecision, MappingVerdict
from synchromesh.catalogue.models.roles import CoursePart, CourseRole
from synchromesh.catalogue.models.upkeep import CourseUse, DuplicatePair, LinkCheck, LinkState, PairState

__all__ = [
    "Accessibility",
    "Brief",
    "BriefClaim",
    "BriefOrigin",
    "Certificate",
    "Course",
    "CoursePart",
    "CourseRole",
    "CourseSkill",
    "CourseUse",
    "DuplicatePair",
    "FeedFetch",
    "FeedSource",
    "FetchOutcome",
    "FieldLock",
    "LinkCheck",
    "LinkState",
    "MappingDecision",
    "MappingVerdict",
    "Mode",
    "PairState",
    "Run",
]
