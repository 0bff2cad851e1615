"""Enrol many people into a cohort from a table: preview, commit, undo through `plumbing.imports`.

Whoever has an account gets a place or a mark on the waiting list and a mail that says so; whoever has none, or has left
the course before, gets an invitation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.learning.models import Cohort, CohortInvitation, Enrolment, EnrolmentState, UnitProgress
from synchromesh.learning.operations.cohort_invitations import VALID_DAYS, check_open, renew_key, send_key, take_mails
from synchromesh.learning.operations.cohort_mails import send_enrolled_mail
from synchromesh.learning.operations.cohorts import require_author
from synchromesh.learning.operations.seats import lock_run, move_waiting_up
from synchromesh.learning.queries.cohort_lists import CohortList, ListedPerson, Place, read_cohort_list
from synchromesh.learning.queries.cohorts import COHORT_IMPORT, get_cohort_import, import_series
from synchromesh.plumbing import audit, imports
from synchromesh.plumbing.import_plans import make_plan
from synchromesh.plumbing.models import ImportBatch
from synchromesh.plumbing.record_changes import ChangeLog

_ENROLLED = (Place.SEAT, Place.WAITING_LIST, Place.FROM_ALONE)
LARGEST_LIST = 5 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """How many people were taken out again, and how many stay because they have begun or accepted."""

    taken_back: int
    kept: int


class CohortImporter:
    """Reads a list of people for one cohort: columns email, name and language, of which only the first is needed."""

    kind = COHORT_IMPORT

    def __init__(self, cohort: Cohort) -> None:
        self._cohort = cohort

    def check_permission(self, by: audit.Actor) -> None:
        """Authors of the course."""
        require_author(by, self._cohort.run.course)

    def plan(self, file: BinaryIO, *, name: str, source: str, options: dict[str, Any]) -> imports.ImportPlan:
        """Compare the list with who is in. Writes nothing."""
        check_open(self._cohort)
        found = read_cohort_list(file, name=name, cohort=self._cohort)
        return make_plan(
            format_name=found.format,
            rows=map(_planned, found.people),
            problems=found.problems,
            left_out=found.left_out,
        )

    def apply(self, file: BinaryIO, *, batch: ImportBatch, by: audit.Actor, log: ChangeLog) -> None:
        """Enrol and invite through `log`, after comparing anew. The preview's rows, with their addresses, go."""
        self.check_permission(by)
        run = lock_run(self._cohort.run)
        self._cohort.refresh_from_db()
        self._cohort.run = run
        check_open(self._cohort)
        found = read_cohort_list(file, name=batch.name, cohort=self._cohort)
        take_mails(self._cohort, sum(listed.place != Place.SAME for listed in found.people))
        _invite([listed for listed in found.people if listed.place == Place.INVITATION], found, by=by, log=log)
        _enrol([listed for listed in found.people if listed.place in _ENROLLED], found, log=log)
        ImportBatch.objects.filter(pk=batch.pk).update(rows=[], problems=[])

    def after_undo(self) -> None:
        """Nothing follows that `undo_cohort_import` does not do."""


def preview_cohort_import(
    *, by: audit.Actor, cohort: Cohort, file: BinaryIO, name: str
) -> tuple[ImportBatch, imports.ImportPlan]:
    """Show what a list would do. Raises NotAllowed, Conflict for a closed cohort, InvalidInput for no such table."""
    return imports.preview(
        CohortImporter(cohort), by=by, file=file, name=name, source=import_series(cohort), most_bytes=LARGEST_LIST
    )


def commit_cohort_import(*, by: audit.Actor, cohort: Cohort, uid: UUID | str) -> ImportBatch:
    """Enrol and invite as previewed, with a mail to each. Raises NotAllowed, NotFound, Conflict."""
    require_author(by, cohort.run.course)
    batch = get_cohort_import(cohort, uid, visible_to=by)
    return imports.commit(CohortImporter(cohort), by=by, batch=batch)


def undo_cohort_import(*, by: audit.Actor, cohort: Cohort, uid: UUID | str) -> Undone:
    """Take out again who came with a list and has not begun, and take back invitations that nobody accepted.

    Free places go to who waits. Raises NotAllowed, NotFound, and Conflict where it was taken back already.
    """
    require_author(by, cohort.run.course)
    batch = get_cohort_import(cohort, uid, visible_to=by)
    with transaction.atomic():
        # In the order of a commit, so that the two never wait for each other.
        ImportBatch.objects.select_for_update().get(pk=batch.pk)
        locked = lock_run(cohort.run)
        undone = _take_back(batch)
        imports.undo(CohortImporter(cohort), by=by, batch=batch)
        audit.record(
            by=by,
            action="undo_cohort_import",
            kind="run",
            uid=locked.uid,
            taken_back=undone.taken_back,
            kept=undone.kept,
        )
        move_waiting_up(by=by, run=locked)
    return undone


def _take_back(batch: ImportBatch) -> Undone:
    """Take out what is not in use, whatever happened to it since, such as a place that got free.

    The log goes with it: what is left needs no taking back, and the log holds addresses.
    """
    changes = list(batch.changes.values_list("model", "record_id", "before"))
    enrolments = {key: before for model, key, before in changes if model == Enrolment._meta.label}
    invitations = [key for model, key, _ in changes if model == CohortInvitation._meta.label]
    taken_back = int(CohortInvitation.objects.filter(pk__in=invitations, accepted_at=None).delete()[0])
    taken_back += _take_out(enrolments)
    batch.changes.all().delete()
    return Undone(taken_back=taken_back, kept=len(changes) - taken_back)


def _take_out(before: Mapping[int, dict[str, Any] | None]) -> int:
    """Take out of the cohort who has not begun since, by the key of their enrolment and its columns before.

    Who learned alone before, and has columns, goes on alone, whatever they did.
    """
    still_in = (EnrolmentState.WAITING, EnrolmentState.ACTIVE)
    stored = list(Enrolment.objects.select_for_update().filter(pk__in=before, state__in=still_in))
    began = set(UnitProgress.objects.filter(enrolment__in=stored).values_list("enrolment_id", flat=True))
    alone = [row for row in stored if before[row.pk] is not None]
    for row in alone:
        row.run, row.joined_by = None, (before[row.pk] or {})["joined_by"]
    Enrolment.objects.bulk_update(alone, ["run", "joined_by"])
    unused = [row.pk for row in stored if before[row.pk] is None and row.last_seen_at is None and row.pk not in began]
    Enrolment.objects.filter(pk__in=unused).delete()
    return len(alone) + len(unused)


def _invite(people: Sequence[ListedPerson], found: CohortList, *, by: audit.Actor, log: ChangeLog) -> None:
    """An invitation to each, or a new key for one that ended unused, with its mail."""
    new: list[CohortInvitation] = []
    renewed: list[tuple[CohortInvitation, dict[str, Any]]] = []
    for listed in people:
        invitation = CohortInvitation(cohort=found.cohort, email=listed.address)
        key = renew_key(invitation, by=by, days=VALID_DAYS)
        expired = found.known.invitations.get(listed.address)
        if expired is None:
            new.append(invitation)
        else:
            columns = ("key_hash", "made_by", "expires_at")
            renewed.append((expired, {name: getattr(invitation, name) for name in columns}))
        language = found.known.language_of(listed.address, wanted=listed.language)
        send_key(invitation, key, language=language, name=listed.name)
    log.create_many(new)
    log.change_many(renewed)


def _enrol(people: Sequence[ListedPerson], found: CohortList, *, log: ChangeLog) -> None:
    """A place or a mark on the waiting list for those who have an account, with a mail that says so."""
    now, run = timezone.now(), found.cohort.run
    new: list[Enrolment] = []
    from_alone: list[tuple[Enrolment, dict[str, Any]]] = []
    for listed in people:
        if listed.person is None:
            raise RuntimeError("A row without an account becomes an invitation.")
        has_seat = listed.place != Place.WAITING_LIST
        stored = found.known.latest_enrolment(listed.address)
        if stored is not None:
            from_alone.append((stored, {"run": run, "joined_by": "list", "seated_at": now}))
        else:
            new.append(_new_enrolment(listed.person, listed, found, has_seat=has_seat, now=now))
        send_enrolled_mail(person=listed.person, run=run, has_seat=has_seat)
    log.create_many(new)
    log.change_many(from_alone)


def _new_enrolment(
    person: User, listed: ListedPerson, found: CohortList, *, has_seat: bool, now: datetime
) -> Enrolment:
    return Enrolment(
        person=person,
        course=found.cohort.run.course,
        version=found.version,
        run=found.cohort.run,
        state=EnrolmentState.ACTIVE if has_seat else EnrolmentState.WAITING,
        language=listed.language,
        joined_by="list",
        enrolled_at=now,
        seated_at=now if has_seat else None,
    )


def _planned(listed: ListedPerson) -> imports.PlannedRow:
    effect = {Place.SAME: "same", Place.FROM_ALONE: "changed"}.get(listed.place, "new")
    change = imports.FieldChange(field="place", before="", after=listed.place)
    label = f"{listed.name} <{listed.address}>" if listed.name else listed.address
    return imports.PlannedRow(
        position=listed.position, label=label, effect=effect, changes=() if effect == "same" else (change,)
    )
