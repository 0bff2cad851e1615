"""Cohorts of a course: with their seats, as tutors and as learners see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from synchromesh.catalogue.models import Course, Run
from synchromesh.catalogue.queries.course_parts import keep_reader_parts, with_reader_parts
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import (
    Cohort,
    CohortDate,
    CohortInvitation,
    CohortMessage,
    ContentVersion,
    Enrolment,
    EnrolmentState,
    Joining,
    Unit,
)
from synchromesh.learning.permissions import may_edit_content, may_see_learners
from synchromesh.learning.queries.joining_keys import hash_key, read_cohort_code
from synchromesh.learning.queries.published_units import version_units
from synchromesh.learning.queries.seats import SEATED
from synchromesh.plumbing.audit import Actor
from synchromesh.plumbing.models import ImportBatch

COHORT_IMPORT = "cohort"
"""The kind of imports that enrol people from a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortSeats:
    """A cohort with numbers: `taken` places, who is on the `waiting` list, who `completed`, and open invitations."""

    cohort: Cohort
    taken: int
    waiting: int
    completed: int
    invited: int

    @property
    def run(self) -> Run:
        """The run that the cohort is."""
        return self.cohort.run

    @property
    def seats(self) -> int | None:
        """All places; None for no limit."""
        return self.run.seats

    @property
    def free(self) -> int | None:
        """Places that nobody has; None for no limit."""
        return None if self.run.seats is None else max(0, self.run.seats - self.taken)

    @property
    def is_full(self) -> bool:
        """Whether the next one comes to the waiting list."""
        return self.free == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFound:
    """The cohort to which a code or an invitation belongs, and how somebody joins with it."""

    cohort: Cohort
    joined_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysToJoin:
    """How somebody gets into a group today: `open_cohorts` take anybody, and whether any takes whoever has its code."""

    open_cohorts: list[CohortSeats]
    takes_codes: bool


def list_cohorts(course: Course, *, visible_to: Actor) -> list[CohortSeats]:
    """All cohorts of a course for its tutors and authors, the one that starts last first. One question.

    Raises NotFound for others.
    """
    _check_tutor(course, visible_to)
    return _with_seats(Cohort.objects.filter(run__course=course))


def get_cohort(uid: UUID | str, *, visible_to: Actor) -> Cohort:
    """The cohort of a run, for tutors and authors of its course. Raises NotFound."""
    cohorts = with_reader_parts(Cohort.objects.filter(run__uid=_uid(uid)), visible_to=visible_to, course="run__course")
    cohort = _counted(cohorts).first()
    if cohort is not None:
        keep_reader_parts(cohort, cohort.run.course, visible_to=visible_to)
    if cohort is None or not may_see_learners(visible_to, cohort.run.course):
        raise NotFound("There is no such cohort.")
    return cohort


def count_seats(cohort: Cohort) -> CohortSeats:
    """The numbers of one cohort; no query for one that `get_cohort` has just read."""
    if "taken" not in vars(cohort):
        return _with_seats(Cohort.objects.filter(pk=cohort.pk))[0]
    return _seats_of(cohort)


def list_joinable_cohorts(course: Course, *, today: date) -> list[CohortSeats]:
    """Cohorts that anybody may join today, the next one first; those without a free place have a waiting list."""
    return ways_to_join(course, today=today).open_cohorts


def ways_to_join(course: Course, *, today: date) -> WaysToJoin:
    """The cohorts that anybody may join today, as `list_joinable_cohorts`, and whether a code is of use. One question.

    Which cohorts have a code is not told.
    """
    found = Cohort.objects.filter(run__course=course, joining__in=(Joining.OPEN, Joining.CODE))
    rows = [row for row in _with_seats(found) if not why_closed(row.cohort, today=today)]
    rows.sort(key=lambda row: (row.run.starts_on is None, row.run.starts_on or today, row.run.pk))
    opened = [row for row in rows if row.cohort.joining == Joining.OPEN]
    return WaysToJoin(open_cohorts=opened, takes_codes=len(opened) < len(rows))


def why_closed(cohort: Cohort, *, today: date, is_invited: bool = False) -> str:
    """Why nobody can join any more, in a sentence; empty where one still can.

    The last day to join does not bind an invitation, which has an end of its own.
    """
    run = cohort.run
    if cohort.closed_at is not None:
        return "This cohort takes nobody any more."
    if run.ends_on is not None and run.ends_on < today:
        return "This cohort is over."
    if not is_invited and run.deadline_on is not None and run.deadline_on < today:
        return "The last day to join this cohort is past."
    return ""


def find_cohort_by_key(course: Course, key: str, *, now: datetime) -> KeyFound:
    """The cohort that a code or the key of an open invitation leads to. Raises NotFound, the same for every cause."""
    cohorts = Cohort.objects.select_related("run__course").filter(run__course=course)
    code = read_cohort_code(key)
    found = cohorts.filter(joining=Joining.CODE, code=code).first() if code else None
    if found is not None:
        return KeyFound(cohort=found, joined_by="code")
    invitation = open_invitations(now).filter(key_hash=hash_key(key), cohort__run__course=course).first()
    if invitation is None:
        raise NotFound("This code or invitation is not valid (any more). Ask whoever gave it to you for a new one.")
    return KeyFound(cohort=cohorts.get(pk=invitation.cohort_id), joined_by="invitation")


def open_invitations(now: datetime) -> QuerySet[CohortInvitation]:
    """Invitations that still let somebody in."""
    return CohortInvitation.objects.filter(accepted_at=None, expires_at__gt=now)


def unit_dates(cohort: Cohort) -> dict[str, CohortDate]:
    """The dates of a cohort by the key of their unit."""
    return {row.unit_key: row for row in cohort.dates.all()}


def list_dated_units(cohort: Cohort) -> list[Unit]:
    """Units that a date can be said for: those of the newest published version, else of the draft, in order."""
    versions = ContentVersion.objects.filter(course=cohort.run.course)
    newest = versions.exclude(published_at=None).order_by("-number").first() or versions.order_by("-number").first()
    return list(version_units(newest)) if newest else []


def list_invitations(cohort: Cohort, *, visible_to: Actor) -> list[CohortInvitation]:
    """All invitations of a cohort, the newest first, for its authors, who send them; none for anybody else.

    They are e-mail addresses, which tutors do not see.
    """
    if not may_edit_content(visible_to, cohort.run.course):
        return []
    return list(cohort.invitations.select_related("accepted_by").order_by("-made_at", "-pk"))


def list_messages(cohort: Cohort, *, visible_to: Actor) -> list[CohortMessage]:
    """What was written to a cohort, the newest first, for its tutors and authors. Raises NotFound for others."""
    _check_tutor(cohort.run.course, visible_to)
    return list(cohort.messages.all())


def list_own_messages(enrolment: Enrolment) -> list[CohortMessage]:
    """What was written to the cohort of somebody who has a place in it, the newest first."""
    if enrolment.run_id is None or enrolment.state not in SEATED:
        return []
    return list(CohortMessage.objects.filter(cohort__run=enrolment.run_id))


def import_series(cohort: Cohort) -> str:
    """The name of the series of lists of a cohort, by which its imports are found."""
    return f"cohort {cohort.run.uid}"


def list_cohort_imports(cohort: Cohort, *, visible_to: Actor) -> list[ImportBatch]:
    """The newest 100 lists that were put into a cohort or previewed for it. Raises NotFound for others than authors."""
    _check_author(cohort.run.course, visible_to)
    found = ImportBatch.objects.filter(kind=COHORT_IMPORT, source=import_series(cohort))
    return list(found.defer(*ImportBatch.LARGE_COLUMNS).order_by("-previewed_at", "-pk")[:100])


def get_cohort_import(cohort: Cohort, uid: UUID | str, *, visible_to: Actor) -> ImportBatch:
    """One list of this cohort, with the rows of its preview. Raises NotFound."""
    _check_author(cohort.run.course, visible_to)
    found = ImportBatch.objects.filter(kind=COHORT_IMPORT, source=import_series(cohort), uid=_uid(uid)).first()
    if found is None:
        raise NotFound("There is no such list.")
    return found


def _check_author(course: Course, visible_to: Actor) -> None:
    if not may_edit_content(visible_to, course):
        raise NotFound("There is no such course.")


def _check_tutor(course: Course, visible_to: Actor) -> None:
    if not may_see_learners(visible_to, course):
        raise NotFound("There is no such course.")


def _with_seats(cohorts: QuerySet[Cohort]) -> list[CohortSeats]:
    ordered = _counted(cohorts).order_by(F("run__starts_on").desc(nulls_last=True), "-run__pk")
    return [_seats_of(row) for row in ordered]


def _counted(cohorts: QuerySet[Cohort]) -> QuerySet[Cohort]:
    """Cohorts with their numbers, counted apart: joined to one another, learners and invitations would multiply."""
    learners = Enrolment.objects.filter(run=OuterRef("run")).order_by().values("run")
    invited = CohortInvitation.objects.filter(cohort=OuterRef("pk"), accepted_at=None).order_by().values("cohort")
    return cohorts.select_related("run__course__provider").annotate(
        taken=_number(learners.filter(state__in=SEATED)),
        waiting=_number(learners.filter(state=EnrolmentState.WAITING)),
        completed=_number(learners.filter(state=EnrolmentState.COMPLETED)),
        invited=_number(invited),
    )


def _number(rows: QuerySet[Any, Any]) -> Coalesce:
    """How many of some rows, which are grouped by what they belong to."""
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count"), output_field=IntegerField()), 0)


def _seats_of(row: Cohort) -> CohortSeats:
    numbers = {name: vars(row)[name] for name in ("taken", "waiting", "completed", "invited")}
    return CohortSeats(cohort=row, **numbers)


def _uid(text: UUID | str) -> UUID:
    """The uid that a text is. Raises NotFound for anything else: an address that somebody has typed."""
    try:
        return text if isinstance(text, UUID) else UUID(text)
    except ValueError:
        raise NotFound("There is no such cohort.") from None
