"""Who was there at a live session of a cohort. Its tutors write it down; a session that was attended is done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from synchromesh.accounts.permissions import require
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.learning.models import Attendance, Cohort, Enrolment
from synchromesh.learning.operations.progress import record_presence
from synchromesh.learning.permissions import may_see_learners
from synchromesh.learning.queries.attendance import find_session, list_participants
from synchromesh.plumbing import audit


def record_attendance(
    *, by: audit.Actor, cohort: Cohort, unit_key: str, was_there: Mapping[UUID, bool], now: datetime | None = None
) -> int:
    """Write down for learners, by the uid of their enrolment, whether they were there; returns how many rows changed.

    Whoever is not named stays as they are. A learner who began on an older version has the session of that version.
    Raises NotAllowed, NotFound for a session that the course does not have, and InvalidInput for somebody who has no
    place in this cohort.
    """
    require(may_see_learners(by, cohort.run.course), "Only tutors and authors of the course can do this.")
    with transaction.atomic():
        learners = {row.uid: row for row in list_participants(cohort).select_for_update(of=("self",))}
        strangers = set(was_there) - set(learners)
        if strangers:
            raise InvalidInput("Somebody on this list has no place in this cohort any more. Load the page again.")
        changed = 0
        for uid, there in was_there.items():
            changed += _record(by, learners[uid], unit_key, there=there, now=now)
        if changed:
            audit.record(by=by, action="record_attendance", kind="run", uid=cohort.run.uid, unit=unit_key, rows=changed)
    return changed


def _record(by: audit.Actor, enrolment: Enrolment, unit_key: str, *, there: bool, now: datetime | None) -> bool:
    session = find_session(enrolment.version, unit_key)
    if session is None:
        raise NotFound("The course has no such live session.")
    stored = Attendance.objects.filter(enrolment=enrolment, unit=session).first()
    if stored is not None and stored.was_there == there:
        return False
    Attendance.objects.update_or_create(
        enrolment=enrolment, unit=session, defaults={"was_there": there, "recorded_by": by.public_id}
    )
    record_presence(by=by, enrolment=enrolment, unit=session, was_there=there, now=now)
    return True
