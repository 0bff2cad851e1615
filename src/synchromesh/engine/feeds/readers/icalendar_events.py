"""Calendars (iCalendar, RFC 5545): events of the same course are its runs.

Events belong together that share X-COURSE-ID, that are related (RELATED-TO), that have one UID, or that have the same
SUMMARY. A rule of repetition gives a run for each date, two years ahead and 200 at most; what is cancelled is left
out. Who organises or attends is never read. Source: https://www.rfc-editor.org/rfc/rfc5545.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds.readers._calendar_dates import day_of, find_occurrences
from synchromesh.engine.feeds.readers._calendar_lines import Component, read_components
from synchromesh.engine.feeds.readers._course_parts import (
    EMPTY_COURSE,
    EMPTY_RUN,
    derived_course_id,
    fitted,
    one_of_each,
    read_language,
    shortened,
    web_address,
)
from synchromesh.engine.feeds.readers._entry_kinds import other_kind
from synchromesh.engine.feeds.readers._plain_text import plain_text
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings, RunRecord
from synchromesh.engine.vocabulary.slugs import distinct_slug

__all__ = ["TITLE", "accepts", "read"]

TITLE = "calendar (iCalendar) whose events are runs of courses"

_MOST_EVENTS = 200_000
_SKIPPED = ("VTIMEZONE", "VALARM")
_OTHER_COMPONENTS = {"VTODO": "a task", "VJOURNAL": "an entry of a journal", "VFREEBUSY": "a list of busy times"}
_ONLINE = frozenset(
    ("online", "virtual", "en ligne", "en línea", "webinar", "zoom", "ms teams", "microsoft teams", "teams")
)


@dataclass(slots=True, kw_only=True)
class _Course:
    """A course while its events are still coming; `rank` says how sure its id is."""

    record: CourseRecord
    rank: int
    runs: dict[str, RunRecord] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)  # repetitions that an event of their own moves or cancels


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """One event as it is read, with what it is called and where it stands."""

    component: Component
    calendar: Component
    position: str
    title: str

    def problem(self, field_name: str, message: str) -> Problem:
        """A problem of this event."""
        return Problem(position=self.position, field=field_name, message=message)


def accepts(file: BinaryIO, name: str) -> bool:
    """Tell whether the file begins as a calendar."""
    del name
    return file.read(200).removeprefix(b"\xef\xbb\xbf").lstrip().upper().startswith(b"BEGIN:VCALENDAR")


def read(file: BinaryIO, *, name: str, settings: ReadSettings) -> Iterator[CourseRecord | Problem]:
    """Each course when its last event is read; raises InvalidInput for a file that is broken or too long."""
    start = file.tell()
    groups = _Groups(file, name)
    file.seek(start)
    courses: dict[str, _Course] = {}
    number = 0
    for calendar, component in read_components(file, name=name):
        if component.name != "VEVENT":
            yield from _other_component(component)
            continue
        number += 1
        group = groups.group_of(component)
        event = _Event(component=component, calendar=calendar, position=f"event {number}", title=_title(component))
        yield from _add(courses, group, event, settings)
        if groups.is_last(group) and (course := courses.pop(group, None)) and course.runs:
            yield fitted(replace(course.record, runs=tuple(course.runs.values()), mode=_mode(course)))


class _Groups:
    """Which events belong together, found in a first pass that keeps ids and titles only."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._parents: dict[str, str] = {}
        self._left: Counter[str] = Counter()
        owners: dict[str, str] = {}
        for _, event in read_components(file, name=name):
            if event.name != "VEVENT":
                continue
            token, *others = _tokens(event)
            self._left[token] += 1
            if self._left.total() > _MOST_EVENTS:
                raise InvalidInput(f"{name} has more than {_MOST_EVENTS:,} events. Publish it in smaller parts.")
            for other in others:
                self._join(other, token)
            if event.first("RECURRENCE-ID") is None:
                owners.setdefault(f"uid {event.text('UID')}", token)
        for uid, token in owners.items():
            if uid in self._parents or uid in self._left:
                self._join(uid, token)
        self._left = _summed(self._left, self._root)

    def group_of(self, event: Component) -> str:
        """The name of the group."""
        return self._root(_tokens(event)[0])

    def is_last(self, group: str) -> bool:
        """Count one event of the group, and tell whether none is left."""
        self._left[group] -= 1
        return self._left[group] <= 0

    def _join(self, one: str, other: str) -> None:
        self._parents.setdefault(one, one)
        self._parents.setdefault(other, other)
        self._parents[self._root(one)] = self._root(other)

    def _root(self, token: str) -> str:
        parents = self._parents
        while (above := parents.get(token, token)) != token:
            parents[token] = parents.get(above, above)
            token = above
        return token


def _summed(counts: Counter[str], root: Callable[[str], str]) -> Counter[str]:
    summed: Counter[str] = Counter()
    for token, count in counts.items():
        summed[root(token)] += count
    return summed


def _tokens(event: Component) -> list[str]:
    """What the event shares with others of its course, the surest sign first; at least one.

    The UID counts only where another event names it: some systems give all events the same.
    """
    if event.first("RECURRENCE-ID") is not None and event.text("UID"):
        return [f"uid {event.text('UID')}"]
    if course_id := event.text("X-COURSE-ID"):
        return [f"course {course_id}"]
    related = event.text("RELATED-TO")
    title = f"title {_title(event).casefold()}"
    return [f"uid {related}", title] if related else [title]


def _title(event: Component) -> str:
    return " ".join(plain_text(event.text("SUMMARY")).split())


def _other_component(component: Component) -> Iterator[Problem]:
    if component.name not in _SKIPPED:
        kind = _OTHER_COMPONENTS.get(component.name, "another thing")
        message = f"This is {kind} ({component.name}), and only events can be runs of courses."
        yield Problem(position=shortened(f"{component.name} {_title(component)}", 80), field="", message=message)


def _add(courses: dict[str, _Course], group: str, event: _Event, settings: ReadSettings) -> Iterator[Problem]:
    """Add the dates of an event to its course."""
    repetition = day_of(event.component.first("RECURRENCE-ID"), event.calendar)
    if problem := _refused(event):
        course = courses.get(group)
        if repetition is not None and course is not None:
            _settle(course, event, repetition)
        yield problem
        return
    found = find_occurrences(event.component, event.calendar)
    if found is None or not found.days:
        yield event.problem("DTSTART", f"'{shortened(event.title, 80)}' has no date that can be read.")
        return
    if found.remark:
        yield event.problem("RRULE", found.remark)
    rank, identity = _identity(event, settings)
    course = courses.get(group)
    if course is None:
        course = courses[group] = _Course(record=_record(event, identity, settings), rank=rank)
    else:
        course.record = _joined(course.record, event)
    if rank > course.rank:
        course.rank, course.record = rank, replace(course.record, external_id=identity)
    if repetition is not None:
        _settle(course, event, repetition)
    _add_runs(course, event, found.days, repetition)


def _refused(event: _Event) -> Problem | None:
    component, title = event.component, shortened(event.title, 80)
    if not title:
        return event.problem("SUMMARY", "The event has no title.")
    if component.text("STATUS").upper() == "CANCELLED" or event.calendar.text("METHOD").upper() == "CANCEL":
        day = day_of(component.first("DTSTART"), event.calendar)
        when = f" on {day}" if day else ""
        return event.problem("STATUS", f"'{title}'{when} is cancelled, so it is left out.")
    if component.text("CLASS").upper() in ("PRIVATE", "CONFIDENTIAL"):
        return event.problem("CLASS", "The event is marked as private, so it is left out.")
    if kind := other_kind(_categories(component)):
        return event.problem("CATEGORIES", f"'{title}' says that it is {kind}, and only courses are read.")
    return None


def _categories(component: Component) -> tuple[str, ...]:
    return one_of_each(text for line in component.lines.get("CATEGORIES", ()) for text in line.texts)


def _identity(event: _Event, settings: ReadSettings) -> tuple[int, str]:
    """How sure the id of the course is, and the id."""
    if course_id := event.component.text("X-COURSE-ID"):
        return 2, course_id
    if related := event.component.text("RELATED-TO"):
        return 1, related
    return 0, derived_course_id(settings.provider, event.title)


def _record(event: _Event, identity: str, settings: ReadSettings) -> CourseRecord:
    language = _language(event, "SUMMARY", settings.language)
    record = replace(
        EMPTY_COURSE,
        position=event.position,
        external_id=identity,
        titles={language: event.title},
        provider=settings.provider,
        source=shortened(event.calendar.text("X-WR-CALNAME")),
    )
    return _joined(record, event)


def _joined(record: CourseRecord, event: _Event) -> CourseRecord:
    """The course with what one more event says about it."""
    component = event.component
    description = plain_text(component.text("DESCRIPTION"))
    changed_on = day_of(component.first("LAST-MODIFIED"), event.calendar)
    url = record.url or web_address(component.text("URL"))
    if description and not record.descriptions:
        record = replace(record, descriptions={_language(event, "DESCRIPTION", record.text_language): description})
    return replace(
        record,
        keywords=one_of_each((*record.keywords, *(shortened(word, 100) for word in _categories(component)))),
        url=url,
        source_url=url,
        source_on=max(filter(None, (record.source_on, changed_on)), default=None),
    )


def _language(event: _Event, name: str, inherited: str) -> str:
    """The language that a property states, else the inherited one."""
    line = event.component.first(name)
    stated = line.parameters.get("LANGUAGE", "") if line else ""
    return read_language(stated) or inherited


def _settle(course: _Course, event: _Event, repetition: datetime.date) -> None:
    """Forget the repetition that the event stands for."""
    key = _run_id(event, repetition)
    course.settled.add(key)
    course.runs.pop(key, None)


def _run_id(event: _Event, day: datetime.date) -> str:
    return f"{event.component.text('UID')} {day}".strip()


def _add_runs(
    course: _Course,
    event: _Event,
    days: tuple[tuple[datetime.date, datetime.date], ...],
    repetition: datetime.date | None,
) -> None:
    component = event.component
    uid = component.text("UID")
    location = plain_text(component.text("LOCATION"))
    online = location.casefold() in _ONLINE or bool(web_address(location))
    repeats = bool(component.lines.get("RRULE") or component.lines.get("RDATE"))
    for starts_on, ends_on in days:
        key = _run_id(event, repetition or starts_on) if repeats or repetition or not uid else uid
        if key in course.runs:
            key = _run_id(event, starts_on)
        if repeats and key in course.settled:
            continue
        course.runs[key] = replace(
            EMPTY_RUN,
            position=event.position,
            external_id=key if uid else f"{key}-{distinct_slug(location)}" if location else key,
            starts_on=starts_on,
            ends_on=ends_on,
            place="" if online else location,
            mode="online" if online else "",
            url=web_address(component.text("URL")),
        )


def _mode(course: _Course) -> str:
    modes = {run.mode for run in course.runs.values()}
    return modes.pop() if len(modes) == 1 else ""
