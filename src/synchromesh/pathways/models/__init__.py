"""What a person has shown about their skills, plans, keeps and says."""

from synchromesh.pathways.models.plans import Plan, PlanStep, StepStatus
from synchromesh.pathways.models.profiles import Rating, RatingKind
from synchromesh.pathways.models.reviews import Review, ReviewState
from synchromesh.pathways.models.saved import Frequency, SavedList, SavedListEntry, SavedSearch

__all__ = [
    "Frequency",
    "Plan",
    "PlanStep",
    "Rating",
    "RatingKind",
    "Review",
    "ReviewState",
    "SavedList",
    "SavedListEntry",
    "SavedSearch",
    "StepStatus",
]
