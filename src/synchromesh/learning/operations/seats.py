"""Places of a run: who waits gets the next free one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from synchromesh.catalogue.models import Run
from synchromesh.learning.models import Enrolment, EnrolmentState
from synchromesh.learning.operations.cohort_mails import send_seat_mail
from synchromesh.learning.operations.completion import complete_if_due
from synchromesh.learning.queries.seats import count_free_seats, list_waiting
from synchromesh.plumbing import audit


def lock_run(run: Run) -> Run:
    """The run as it is now, locked until the transaction ends: seats are given one after the other."""
    return Run.objects.select_for_update(of=("self",)).select_related("course").get(pk=run.pk)


def move_waiting_up(*, by: audit.Actor, run: Run, now: datetime | None = None) -> list[Enrolment]:
    """Give free places to those who wait longest, with a mail to each; returns who moved up.

    The caller has checked the permission: it is a consequence of somebody leaving, or of more seats.
    """
    moved: list[Enrolment] = []
    with transaction.atomic():
        locked = lock_run(run)
        free = count_free_seats(locked)
        waiting = list_waiting(locked)
        for enrolment in waiting if free is None else waiting[:free]:
            enrolment.state, enrolment.seated_at = EnrolmentState.ACTIVE, now or timezone.now()
            enrolment.save(update_fields=["state", "seated_at"])
            audit.record(by=by, action="move_waiting_up", kind="enrolment", uid=enrolment.uid, run=str(run.uid))
            send_seat_mail(person=enrolment.person, run=locked)
            complete_if_due(by=by, enrolment=enrolment, now=now)  # of whoever came back when all was done already
            moved.append(enrolment)
    return moved
