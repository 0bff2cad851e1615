"""The dates of a calendar entry, with its repetitions, as first and last days where it takes place."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.readers._calendar_lines import Component, Line
from synchromesh.engine.feeds.readers._calendar_rules import parse_rule

__all__ = ["Occurrences", "day_of", "find_occurrences"]

_MOST = 200  # repetitions
_DAYS_AHEAD = 731  # two years, whichever of them is a leap year
_FIRST_YEAR, _LAST_YEAR = 1950, 2200
_LONGEST_DAYS = 3_660  # ten years; more is a slip of the keyboard
_MOMENT = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:\.\d+)?)?(Z)?)?", re.ASCII)
_LENGTH = re.compile(
    r"([+-])?P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?", re.ASCII
)
_ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrences:
    """First and last days, the earliest first; `remark` says what could not be read of the repetitions."""

    days: tuple[tuple[datetime.date, datetime.date], ...]
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moment:
    """A day, or a day and a time of the clock at the place."""

    at: datetime.datetime
    whole_day: bool


def find_occurrences(event: Component, calendar: Component) -> Occurrences | None:
    """When the event takes place; None where it has no date that can be read.

    Repetitions reach two years from the first date, and 200 of them.
    """
    zone = _zone(event, calendar)
    start = _moment(event.first("DTSTART"), zone)
    if start is None:
        return None
    further_days = _further_days(event, start, zone)
    begins, remark = _begins(event, start, zone)
    left_out = {day for line in event.lines.get("EXDATE", ()) for day in _listed(line, zone)}
    days = sorted({*begins, *_listed_days(event, zone)} - left_out)
    if len(days) > _MOST:
        days, remark = days[:_MOST], f"It takes place more than {_MOST} times, of which the first {_MOST} are read."
    return Occurrences(days=tuple((day, day + further_days) for day in days), remark=remark)


def day_of(line: Line | None, calendar: Component) -> datetime.date | None:
    """The day of a property with a date."""
    moment = _moment(line, _named_zone(calendar.text("X-WR-TIMEZONE")))
    return moment.at.date() if moment else None


def _begins(event: Component, start: _Moment, zone: datetime.tzinfo | None) -> tuple[list[datetime.date], str]:
    first = start.at.date()
    rule = event.text("RRULE")
    if not rule:
        return [first], ""
    try:
        repeated = parse_rule(rule, zone=zone, starts_at=start.at.time())
    except InvalidInput as error:
        return [first], f"{error.message} Only its first date is read."
    days = repeated.days_from(first, limit=first + datetime.timedelta(days=_DAYS_AHEAD))
    return list(itertools.islice(days, _MOST + 1)) or [first], ""


def _further_days(event: Component, start: _Moment, zone: datetime.tzinfo | None) -> datetime.timedelta:
    """How many days after its first the event ends; an end at midnight belongs to the day before."""
    end = _moment(event.first("DTEND"), zone)
    length = end.at - start.at if end else _length(event.text("DURATION"))
    if length <= datetime.timedelta(0) or length.days > _LONGEST_DAYS:
        return datetime.timedelta(0)
    last = start.at + length - datetime.timedelta(seconds=1)
    return last.date() - start.at.date()


def _length(text: str) -> datetime.timedelta:
    match = _LENGTH.fullmatch(text.strip().upper())
    if match is None or match[1] == "-":
        return datetime.timedelta(0)
    weeks, days, hours, minutes, seconds = (int(group or 0) for group in match.groups()[1:])
    return datetime.timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def _listed_days(event: Component, zone: datetime.tzinfo | None) -> Iterator[datetime.date]:
    for line in event.lines.get("RDATE", ()):
        yield from itertools.islice(_listed(line, zone), _MOST + 1)


def _listed(line: Line, zone: datetime.tzinfo | None) -> Iterator[datetime.date]:
    """The days of a list of dates or periods."""
    for part in line.value.split(","):
        moment = _moment(Line(parameters=line.parameters, value=part.partition("/")[0]), zone)
        if moment:
            yield moment.at.date()


def _moment(line: Line | None, zone: datetime.tzinfo | None) -> _Moment | None:
    """A date or date-time. A time in UTC is turned into that of the place, if the calendar names its zone."""
    match = _MOMENT.fullmatch(line.value.strip()) if line else None
    if match is None:
        return None
    try:
        at = datetime.datetime(*(int(group or 0) for group in match.groups()[:6]))  # type: ignore[arg-type]  # noqa: DTZ001
        if match[7] and zone is not None:
            at = at.replace(tzinfo=datetime.UTC).astimezone(zone).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        return None
    return _Moment(at=at, whole_day=match[4] is None)


def _zone(event: Component, calendar: Component) -> datetime.tzinfo | None:
    """The zone of the event's own start, else that of the calendar."""
    start = event.first("DTSTART")
    own = start.parameters.get("TZID", "") if start else ""
    return _named_zone(own) or _named_zone(calendar.text("X-WR-TIMEZONE"))


def _named_zone(name: str) -> datetime.tzinfo | None:
    if not name or len(name) > 60:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
