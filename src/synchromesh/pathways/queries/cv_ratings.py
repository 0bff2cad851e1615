"""Which of a person's ratings came from a CV."""

from __future__ import annotations

from django.db.models import QuerySet

from synchromesh.accounts.models import User
from synchromesh.engine.errors import NotAllowed
from synchromesh.pathways.models import Rating, RatingKind
from synchromesh.pathways.permissions import may_see_profile

CV_EVIDENCE = "from a CV, read by a program, confirmed by the person"
"""How the evidence of such a rating begins; the sentence of the CV follows where the person kept it."""


def cv_ratings(person: User) -> QuerySet[Rating]:
    """The ratings of a person that came from a CV, for queries and operations that check who asks."""
    return Rating.objects.filter(person=person, kind=RatingKind.SELF, evidence__startswith=CV_EVIDENCE)


def count_cv_ratings(person: User, *, visible_to: User) -> int:
    """How many of the person's ratings came from a CV. Raises NotAllowed for anybody but the person."""
    if not may_see_profile(visible_to, person):
        raise NotAllowed("Only the person can see these ratings.")
    return cv_ratings(person).count()
