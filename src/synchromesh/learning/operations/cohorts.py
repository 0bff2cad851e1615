"""Cohorts: a run of a course that learns here. Its authors say who may join, when, and how many."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import Course, Mode, Run
from synchromesh.catalogue.operations.run_writing import save_run
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.vocabulary.languages import ISO_639_1
from synchromesh.learning.models import Cohort, CohortDate, Joining
from synchromesh.learning.operations.seats import lock_run, move_waiting_up
from synchromesh.learning.permissions import may_edit_content
from synchromesh.learning.queries.attendance import is_session_kind
from synchromesh.learning.queries.cohorts import list_dated_units
from synchromesh.learning.queries.joining_keys import CODE_SIGNS
from synchromesh.learning.queries.seats import SEATED
from synchromesh.plumbing import audit
from synchromesh.plumbing.plain_words import read_line
from synchromesh.plumbing.typed_codes import in_groups, new_code

MOST_SEATS = 10_000
_LONGEST_PLACE = 300  # characters, as the column holds
_check_url = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDates:
    """What an author says of a run that learns here. `seats` None: as many as come; `deadline_on`: last day to join."""

    starts_on: date | None = None
    ends_on: date | None = None
    deadline_on: date | None = None
    seats: int | None = None
    language: str = ""
    place: str = ""


def open_cohort(*, by: audit.Actor, run: Run, joining: str = Joining.OPEN) -> Cohort:
    """Let learners into a run. Authors of the course may.

    Raises NotAllowed, InvalidInput for another way of joining than `Joining` has, and Conflict where the run is a
    cohort already.
    """
    require_author(by, run.course)
    way = _checked_joining(joining)
    try:
        with transaction.atomic():
            cohort = Cohort.objects.create(run=run, joining=way, code=_free_code() if way == Joining.CODE else "")
            audit.record(
                by=by, action="open_cohort", kind="run", uid=run.uid, course=str(run.course.uid), joining=str(way)
            )
    except IntegrityError:
        raise Conflict("This run takes learners already.") from None
    return cohort


def open_cohort_with_run(*, by: audit.Actor, course: Course, dates: RunDates, joining: str = Joining.OPEN) -> Cohort:
    """Make a run of the course and let learners into it. Raises NotAllowed, and InvalidInput with the field."""
    require_author(by, course)
    checked = _checked_dates(dates)
    with transaction.atomic():
        run = Run(uid=uuid4(), course=course, mode=Mode.ONLINE)
        run.external_id = f"here-{run.uid.hex[:12]}"
        save_run(by=by, run=run, columns=asdict(checked), action="create_run")
        return open_cohort(by=by, run=run, joining=joining)


def change_run(*, by: audit.Actor, cohort: Cohort, dates: RunDates) -> int:
    """Set dates, language, place and seats of the run; returns how many moved up from the waiting list.

    Raises NotAllowed, InvalidInput with the field, and Conflict for fewer seats than are taken.
    """
    require_author(by, cohort.run.course)
    columns = asdict(_checked_dates(dates))
    with transaction.atomic():
        run = lock_run(cohort.run)
        seats, taken = columns["seats"], run.enrolments.filter(state__in=SEATED).count()
        if seats is not None and seats < taken:
            raise Conflict(f"{taken} places are taken. There cannot be fewer seats.", field="seats")
        save_run(by=by, run=run, columns=columns, action="change_run")
        moved = move_waiting_up(by=by, run=run)
    cohort.run = run
    return len(moved)


def change_joining(*, by: audit.Actor, cohort: Cohort, joining: str) -> Cohort:
    """Say anew who may join; a code is made where one is needed. Whoever is in stays. Raises as `open_cohort`."""
    require_author(by, cohort.run.course)
    way = _checked_joining(joining)
    code = (cohort.code or _free_code()) if way == Joining.CODE else ""
    return _change(by, cohort, "change_joining", joining=way, code=code)


def change_code(*, by: audit.Actor, cohort: Cohort) -> Cohort:
    """Make a new code; the old one lets nobody in any more. Raises NotAllowed, Conflict where there is no code."""
    require_author(by, cohort.run.course)
    if cohort.joining != Joining.CODE:
        raise Conflict("This cohort is not joined with a code.")
    return _change(by, cohort, "change_code", code=_free_code())


def close_cohort(*, by: audit.Actor, cohort: Cohort) -> Cohort:
    """Let nobody in any more. Whoever is in goes on; whoever waits keeps waiting for a place. Raises NotAllowed."""
    require_author(by, cohort.run.course)
    return _change(by, cohort, "close_cohort", closed_at=cohort.closed_at or timezone.now())


def resume_cohort(*, by: audit.Actor, cohort: Cohort) -> Cohort:
    """Let learners in again. Raises NotAllowed."""
    require_author(by, cohort.run.course)
    return _change(by, cohort, "resume_cohort", closed_at=None)


def set_unit_date(
    *, by: audit.Actor, cohort: Cohort, unit_key: str, at: datetime, place: str = "", url: str = ""
) -> CohortDate:
    """Say when a unit is due, or when and where a live session is held. Place and address are for sessions only.

    Raises NotAllowed, NotFound for a unit that the course does not have, and InvalidInput with the field.
    """
    require_author(by, cohort.run.course)
    unit = next((unit for unit in list_dated_units(cohort) if unit.key == unit_key), None)
    if unit is None:
        raise NotFound("The course has no such unit.")
    where, address = read_line(place, most=_LONGEST_PLACE, field="place"), url.strip()
    if (where or address) and not is_session_kind(unit.kind):
        raise InvalidInput("Only a live session has a place or an address.", field="place" if where else "url")
    _check_address(address)
    with transaction.atomic():
        given, _ = CohortDate.objects.update_or_create(
            cohort=cohort, unit_key=unit_key, defaults={"at": at, "place": where, "url": address}
        )
        audit.record(by=by, action="set_unit_date", kind="run", uid=cohort.run.uid, unit=unit_key, at=at.isoformat())
    return given


def remove_unit_date(*, by: audit.Actor, cohort: Cohort, unit_key: str) -> None:
    """Say no date for a unit any more. Raises NotAllowed, NotFound."""
    require_author(by, cohort.run.course)
    with transaction.atomic():
        if not CohortDate.objects.filter(cohort=cohort, unit_key=unit_key).delete()[0]:
            raise NotFound("This unit has no date.")
        audit.record(by=by, action="remove_unit_date", kind="run", uid=cohort.run.uid, unit=unit_key)


def require_author(by: audit.Actor, course: Course) -> None:
    """Raise NotAllowed unless `by` may change the cohorts of the course."""
    require(may_edit_content(by, course), "Only authors of the course can change its cohorts.")


def _change(by: audit.Actor, cohort: Cohort, action: str, **columns: object) -> Cohort:
    with transaction.atomic():
        locked = Cohort.objects.select_for_update().get(pk=cohort.pk)
        for name, value in columns.items():
            setattr(locked, name, value)
        locked.save(update_fields=list(columns))
        audit.record(by=by, action=action, kind="run", uid=cohort.run.uid)
    locked.run = cohort.run
    return locked


def _checked_joining(joining: str) -> Joining:
    try:
        return Joining(joining)
    except ValueError:
        raise InvalidInput(f"Joining is one of {', '.join(Joining.values)}.", field="joining") from None


def _free_code() -> str:
    """A code that no cohort has; 40 random bits collide about never, and the loop makes it never."""
    while True:
        code = in_groups(new_code(CODE_SIGNS))
        if not Cohort.objects.filter(code=code).exists():
            return code


def _checked_dates(dates: RunDates) -> RunDates:
    if dates.starts_on and dates.ends_on and dates.ends_on < dates.starts_on:
        raise InvalidInput("The last day is before the first.", field="ends_on")
    if dates.deadline_on and dates.ends_on and dates.deadline_on > dates.ends_on:
        raise InvalidInput("The last day to join is after the end.", field="deadline_on")
    if dates.language and dates.language not in ISO_639_1:
        raise InvalidInput("A language is a code of two letters, such as en.", field="language")
    return RunDates(
        starts_on=dates.starts_on,
        ends_on=dates.ends_on,
        deadline_on=dates.deadline_on,
        seats=_checked_seats(dates.seats),
        language=dates.language,
        place=read_line(dates.place, most=200, field="place"),
    )


def _checked_seats(seats: int | None) -> int | None:
    if seats is not None and not 1 <= seats <= MOST_SEATS:
        raise InvalidInput(f"Seats are a number from 1 to {MOST_SEATS}, or empty for no limit.", field="seats")
    return seats


def _check_address(address: str) -> None:
    try:
        if address:
            _check_url(address)
    except ValidationError:
        raise InvalidInput("An address starts with https:// or http://.", field="url") from None
