"""Question banks, the tests that draw from them, attempts, marks."""

from synchromesh.assessment.models.attempts import AnswerFile, Attempt, Mark, Response, TimeAllowance
from synchromesh.assessment.models.banks import Question, QuestionBank
from synchromesh.assessment.models.instruments import (
    AttemptRule,
    FeedbackTime,
    Instrument,
    InstrumentPart,
    PartQuestion,
    Purpose,
)

__all__ = [
    "AnswerFile",
    "Attempt",
    "AttemptRule",
    "FeedbackTime",
    "Instrument",
    "InstrumentPart",
    "Mark",
    "PartQuestion",
    "Purpose",
    "Question",
    "QuestionBank",
    "Response",
    "TimeAllowance",
]
