"""Days on which a calendar entry repeats: the recurrence rule of iCalendar, by days, within bounds.

A rule that no day fulfils ("the 31st of February") has to end too, so the days of the time asked for are looked
through once instead of searching on for ever. Source: https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from synchromesh.engine.errors import InvalidInput

__all__ = ["Rule", "parse_rule"]

_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_UNTIL = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{2}Z?)?", re.ASCII)
_WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")  # they do not change the day
_KNOWN = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYYEARDAY", "BYSETPOS", "WKST")
_LONGEST = 500  # characters of a rule
_MOST = 10_000  # for intervals and counts; more is a slip of the keyboard
_ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule whose parts are checked; empty parts hold for every day. `until` is the last day that it allows."""

    frequency: str
    interval: int
    count: int | None
    until: datetime.date | None
    days: tuple[tuple[int, int], ...]  # place within the period (0 for each), weekday from Monday
    month_days: tuple[int, ...]
    months: tuple[int, ...]
    year_days: tuple[int, ...]
    positions: tuple[int, ...]
    week_start: int

    def days_from(self, start: datetime.date, *, limit: datetime.date) -> Iterator[datetime.date]:
        """The days from `start` to `limit` that fulfil the rule."""
        last = min(limit, self.until) if self.until else limit
        found = 0
        for period in self._periods(start, last):
            fitting = [day for day in period if self._fits(day, start)]
            for day in self._picked(fitting):
                if day < start:
                    continue
                if day > last or found == self.count:
                    return
                found += 1
                yield day

    def _periods(self, start: datetime.date, last: datetime.date) -> Iterator[list[datetime.date]]:
        """The days of each day, week, month or year that the frequency and the interval reach."""
        if self.frequency in ("DAILY", "WEEKLY"):
            length = 1 if self.frequency == "DAILY" else 7
            first = start - _ONE_DAY * ((start.weekday() - self.week_start) % 7 if length == 7 else 0)
            while first <= last:
                yield [first + _ONE_DAY * number for number in range(length)]
                first += _ONE_DAY * length * self.interval
            return
        months = 1 if self.frequency == "MONTHLY" else 12
        number = start.year * 12 + (start.month - 1 if months == 1 else 0)
        while (first := datetime.date(number // 12, number % 12 + 1, 1)) <= last:
            after = datetime.date((number + months) // 12, (number + months) % 12 + 1, 1)
            yield [first + _ONE_DAY * place for place in range((after - first).days)]
            number += months * self.interval

    def _fits(self, day: datetime.date, start: datetime.date) -> bool:
        if self.months and day.month not in self.months:
            return False
        in_month, in_year = calendar.monthrange(day.year, day.month)[1], 365 + calendar.isleap(day.year)
        if self.month_days and not {day.day, day.day - in_month - 1}.intersection(self.month_days):
            return False
        number = day.timetuple().tm_yday
        if self.year_days and not {number, number - in_year - 1}.intersection(self.year_days):
            return False
        if self.days:
            return any(self._is_weekday(day, place, weekday) for place, weekday in self.days)
        return bool(self.month_days or self.year_days) or self._fits_start(day, start)

    def _fits_start(self, day: datetime.date, start: datetime.date) -> bool:
        """Where the rule names no days, they are those of the first date."""
        if self.frequency == "WEEKLY":
            return day.weekday() == start.weekday()
        if self.frequency == "DAILY":
            return True
        same_month = self.frequency == "MONTHLY" or bool(self.months) or day.month == start.month
        return same_month and day.day == start.day

    def _is_weekday(self, day: datetime.date, place: int, weekday: int) -> bool:
        """Whether it is that weekday, and the stated one of the month, or of the year where no months are named."""
        if day.weekday() != weekday:
            return False
        if not place or self.frequency in ("DAILY", "WEEKLY"):
            return True
        if self.frequency == "MONTHLY" or self.months:
            number, length = day.day, calendar.monthrange(day.year, day.month)[1]
        else:
            number, length = day.timetuple().tm_yday, 365 + calendar.isleap(day.year)
        return place in ((number - 1) // 7 + 1, -((length - number) // 7 + 1))

    def _picked(self, days: list[datetime.date]) -> list[datetime.date]:
        if not self.positions:
            return days
        places = (place - 1 if place > 0 else len(days) + place for place in self.positions)
        return [days[place] for place in sorted(set(places)) if 0 <= place < len(days)]


def parse_rule(text: str, *, zone: datetime.tzinfo | None, starts_at: datetime.time) -> Rule:
    """Read a recurrence rule of an event that begins at `starts_at` in `zone`, which is None where nobody says it.

    Raises InvalidInput for a rule that is broken or that repeats within a day.
    """
    parts: dict[str, str] = {}
    for part in text.strip().upper()[:_LONGEST].split(";"):
        name, _, value = part.partition("=")
        if value.strip():
            parts[name.strip()] = value.strip()
    unknown = [name for name in parts if name not in (*_KNOWN, *_WITHIN_A_DAY)]
    frequency = parts.get("FREQ", "")
    if frequency not in _FREQUENCIES or unknown or len(text) > _LONGEST:
        raise InvalidInput(f"The rule of repetition '{text[:80]}' is not one by days, weeks, months or years.")
    try:
        return Rule(
            frequency=frequency,
            interval=_number(parts.get("INTERVAL", "1")),
            count=_number(parts["COUNT"]) if "COUNT" in parts else None,
            until=_last_day(parts["UNTIL"], zone, starts_at) if "UNTIL" in parts else None,
            days=tuple(map(_weekday, _items(parts, "BYDAY"))),
            month_days=tuple(map(int, _items(parts, "BYMONTHDAY"))),
            months=tuple(map(int, _items(parts, "BYMONTH"))),
            year_days=tuple(map(int, _items(parts, "BYYEARDAY"))),
            positions=tuple(place for place in map(int, _items(parts, "BYSETPOS")) if place),
            week_start=_WEEKDAYS[parts.get("WKST", "MO")],
        )
    except (ValueError, KeyError, OverflowError):
        raise InvalidInput(f"The rule of repetition '{text[:80]}' cannot be read.") from None


def _items(parts: dict[str, str], name: str) -> list[str]:
    return [item.strip() for item in parts.get(name, "").split(",") if item.strip()]


def _number(text: str) -> int:
    number = int(text)
    if not 1 <= number <= _MOST:
        raise ValueError(text)
    return number


def _last_day(text: str, zone: datetime.tzinfo | None, starts_at: datetime.time) -> datetime.date:
    """The last day on which the event may begin; the end of a rule is a moment, mostly in UTC."""
    match = _UNTIL.fullmatch(text)
    if match is None:
        raise ValueError(text)
    day = datetime.datetime(int(match[1]), int(match[2]), int(match[3]))  # noqa: DTZ001 - the zone follows
    if match[4] is None:
        return day.date()
    moment = day.replace(hour=int(match[4]), minute=int(match[5]))
    if text.endswith("Z") and zone is not None:
        moment = moment.replace(tzinfo=datetime.UTC).astimezone(zone).replace(tzinfo=None)
    return moment.date() if moment.time() >= starts_at.replace(second=0) else moment.date() - _ONE_DAY


def _weekday(text: str) -> tuple[int, int]:
    match = _BY_DAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return int(match[1] or 0), _WEEKDAYS[match[2]]
