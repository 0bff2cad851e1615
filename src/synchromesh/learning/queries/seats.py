"""How many places of a run are taken, and who waits."""

from __future__ import annotations

from django.db.models import QuerySet

from synchromesh.catalogue.models import Run
from synchromesh.learning.models import Enrolment, EnrolmentState

SEATED = (EnrolmentState.ACTIVE, EnrolmentState.COMPLETED)
"""Who takes a place. Whoever has completed the course keeps it: they belong to the group until its end."""


def count_free_seats(run: Run) -> int | None:
    """Places that nobody has; None where the run states no number of seats, never below 0.

    Call it with the run locked where something is decided by it.
    """
    if run.seats is None:
        return None
    return max(0, run.seats - Enrolment.objects.filter(run=run, state__in=SEATED).count())


def list_waiting(run: Run) -> QuerySet[Enrolment]:
    """The waiting list, whoever waits longest first."""
    waiting = Enrolment.objects.filter(run=run, state=EnrolmentState.WAITING)
    return waiting.select_related("person").order_by("enrolled_at", "pk")
