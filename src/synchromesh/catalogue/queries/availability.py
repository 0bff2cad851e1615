"""Whether a course can still be taken, and when next. A course that only has runs in the past is over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from synchromesh.catalogue.models import Course, Run

NO_LIMIT = date.max
"""The last day to join what can be joined at any time."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def is_over(run: Run, *, today: date) -> bool:
    """A dated run is over once it has started; a run with dates in words, when the last year named is past."""
    if run.starts_on is not None:
        return run.starts_on < today
    years = [int(year) for year in _YEAR.findall(run.dates_text)]
    return bool(years) and max(years) < today.year


def is_closed(run: Run, *, today: date) -> bool:
    """Whether the last day to register is past. On that day itself one can still register."""
    return run.deadline_on is not None and run.deadline_on < today


def upcoming_runs(runs: Iterable[Run], *, today: date) -> list[Run]:
    """Runs that one can still join: neither over nor closed; dated ones first and soonest first."""
    return _in_order((run for run in runs if not is_closed(run, today=today)), today=today)


def closed_runs(runs: Iterable[Run], *, today: date) -> list[Run]:
    """Runs that are still to come and that nobody can register for any more, in the same order."""
    return _in_order((run for run in runs if is_closed(run, today=today)), today=today)


def _in_order(runs: Iterable[Run], *, today: date) -> list[Run]:
    still = [run for run in runs if not is_over(run, today=today)]
    return sorted(still, key=lambda run: (run.starts_on is None, run.starts_on or today, run.pk))


def can_be_taken(course: Course, *, today: date) -> bool:
    """Courses without runs are open at any time; others need a run that one can still join.

    What its source no longer names is not offered any more, whatever its runs say.
    """
    if course.missing_since is not None:
        return False
    runs = list(course.runs.all())
    return not runs or bool(upcoming_runs(runs, today=today))


def last_day_to_join(course: Course) -> date:
    """The last day on which the course can be taken, `NO_LIMIT` where there is none: `can_be_taken` as one day.

    What its source no longer names could be taken until the day before.
    """
    last = max((_last_day(run) for run in course.runs.all()), default=NO_LIMIT)
    if course.missing_since is None:
        return last
    return min(last, course.missing_since - timedelta(days=1))


def _last_day(run: Run) -> date:
    """The day on which a run starts, or the end of the last year its words name; its deadline if that is sooner."""
    years = [int(year) for year in _YEAR.findall(run.dates_text)]
    end = date(max(years), 12, 31) if years else NO_LIMIT
    return min(run.starts_on or end, run.deadline_on or NO_LIMIT)
