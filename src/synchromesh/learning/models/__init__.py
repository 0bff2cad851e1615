"""Content and its versions, enrolment and progress, cohorts and what is said in them, pilots."""

from synchromesh.learning.models.awarding import CourseAchievement
from synchromesh.learning.models.cohorts import (
    Attendance,
    Cohort,
    CohortDate,
    CohortInvitation,
    CohortMessage,
    Joining,
    Post,
    PostReport,
)
from synchromesh.learning.models.content import ContentVersion, Media, Section, Unit, VersionRemark
from synchromesh.learning.models.participation import (
    EarnedAchievement,
    Enrolment,
    EnrolmentState,
    PrivateNote,
    StuckReport,
    UnitProgress,
)
from synchromesh.learning.models.pilots import Pilot, PilotDecision

__all__ = [
    "Attendance",
    "Cohort",
    "CohortDate",
    "CohortInvitation",
    "CohortMessage",
    "ContentVersion",
    "CourseAchievement",
    "EarnedAchievement",
    "Enrolment",
    "EnrolmentState",
    "Joining",
    "Media",
    "Pilot",
    "PilotDecision",
    "Post",
    "PostReport",
    "PrivateNote",
    "Section",
    "StuckReport",
    "Unit",
    "UnitProgress",
    "VersionRemark",
]
