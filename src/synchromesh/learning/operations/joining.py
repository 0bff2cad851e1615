"""Learners get into a cohort: because it is open to anybody, with its code, or with an invitation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.engine.errors import Conflict, NotFound
from synchromesh.learning.models import Cohort, CohortInvitation, Enrolment, EnrolmentState, Joining
from synchromesh.learning.operations.enrolment import enrol_person, start_again
from synchromesh.learning.operations.seats import lock_run, move_waiting_up
from synchromesh.learning.queries.cohorts import open_invitations, why_closed
from synchromesh.learning.queries.joining_keys import hash_key, read_cohort_code
from synchromesh.learning.queries.seats import count_free_seats
from synchromesh.plumbing import audit

_NOT_VALID = "This code or invitation is not valid (any more). Ask whoever gave it to you for a new one."


def join_cohort(
    *, by: User, cohort: Cohort, language: str, key: str = "", again: bool = False, now: datetime | None = None
) -> Enrolment:
    """Take a place in a cohort, or one on its waiting list. `key` is its code or the key of an invitation.

    Whoever learns in the course alone already goes on in the cohort, with all their progress, if there is a free
    place. Whoever has completed the course begins it again with the cohort, if `again` says that they want to. An
    invitation lets one account in. Raises NotAllowed for a closed account, NotFound for a wrong key, Conflict where the
    cohort takes nobody any more and for whoever completed the course in it, and what `enrol_person` raises.
    """
    require(by.is_active, "This account is closed.")
    now = now or timezone.now()
    with transaction.atomic():
        run = lock_run(cohort.run)
        cohort = Cohort.objects.get(pk=cohort.pk)
        cohort.run = run
        invitation = _open_invitation(cohort, key, now=now)
        joined_by = "invitation" if invitation else _way_without_invitation(cohort, key)
        closed = why_closed(cohort, today=timezone.localdate(now), is_invited=invitation is not None)
        if closed:
            raise Conflict(closed)
        begin = start_again if again and _has_completed(by, cohort) else enrol_person
        enrolment = _move_in(by, cohort, joined_by, now=now) or begin(
            by=by, course=run.course, language=language, run=run, joined_by=joined_by, now=now
        )
        if invitation is not None:
            _use(invitation, by, now=now)
    return enrolment


def _open_invitation(cohort: Cohort, key: str, *, now: datetime) -> CohortInvitation | None:
    """The invitation of the cohort with this key. It is found by its hash, so that timing tells nothing about it."""
    if not key.strip():
        return None
    found = open_invitations(now).select_for_update(of=("self",)).filter(cohort=cohort, key_hash=hash_key(key))
    return found.first()


def _way_without_invitation(cohort: Cohort, key: str) -> str:
    """How somebody joins who brings no invitation. Raises NotFound where they may not."""
    if cohort.joining == Joining.OPEN:
        return "open"
    if cohort.joining == Joining.CODE and read_cohort_code(key) == cohort.code:
        return "code"
    raise NotFound(_NOT_VALID)


def _move_in(by: User, cohort: Cohort, joined_by: str, *, now: datetime) -> Enrolment | None:
    """Take somebody who learns alone into the cohort. None where they do not. The run is locked."""
    alone = Enrolment.objects.select_for_update(of=("self",)).filter(
        person=by, course=cohort.run.course, run=None, state=EnrolmentState.ACTIVE
    )
    enrolment = alone.first()
    if enrolment is None:
        return None
    move_waiting_up(by=by, run=cohort.run, now=now)  # they come first where seats were added or became free elsewhere
    if count_free_seats(cohort.run) == 0:
        raise Conflict("All places of this cohort are taken. You can go on learning alone.")
    enrolment.run, enrolment.joined_by, enrolment.seated_at = cohort.run, joined_by, now
    enrolment.save(update_fields=["run", "joined_by", "seated_at"])
    audit.record(by=by, action="join_cohort", kind="enrolment", uid=enrolment.uid, run=str(cohort.run.uid))
    return enrolment


def _has_completed(by: User, cohort: Cohort) -> bool:
    """Whether the person's latest round in the course is completed. Raises Conflict where it was in this cohort."""
    latest = Enrolment.objects.filter(person=by, course=cohort.run.course).order_by("-round").first()
    if latest is None or latest.state != EnrolmentState.COMPLETED:
        return False
    if latest.run_id == cohort.run.pk:
        raise Conflict("You have completed the course with this group. Take it again with another one, or alone.")
    return True


def _use(invitation: CohortInvitation, by: User, *, now: datetime) -> None:
    invitation.accepted_at, invitation.accepted_by = now, by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    audit.record(by=by, action="accept_invitation", kind="cohort_invitation", uid=invitation.uid)
