"""Course lists of Moodle's web service, as JSON: core_course_get_courses, _get_courses_by_field and _search_courses.

Hidden courses are left out, and the front page of the site, which Moodle keeps as a course, is a problem. A course with
a start is one run. Days are counted in UTC, in which midnight of Europe falls on the evening before: a time on the
quarter hour from 20:00 on counts as the next day. The provider is not stated; the settings of the source give it.
Source of the fields: course/externallib.php of Moodle 4.5 (https://github.com/moodle/moodle)
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds.readers._course_parts import EMPTY_COURSE, EMPTY_RUN, derived_run_id, fitted, web_address
from synchromesh.engine.feeds.readers._json_fields import FieldReader, SeenCourses
from synchromesh.engine.feeds.readers._json_head import json_head
from synchromesh.engine.feeds.readers._json_stream import stream_members
from synchromesh.engine.feeds.readers._plain_text import html_document
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings, RunRecord

__all__ = ["TITLE", "accepts", "read"]

TITLE = "Moodle course list (JSON of its web service)"

_FRONT_PAGE = 1  # the id of the "course" that is the site itself
_SERVICE = "/webservice/rest/server.php"
_NO_HTML = (2, 4, "2", "4")  # formats of a summary: plain text and Markdown
_LAST_SECOND = 7_258_118_400  # of the year 2199
_EVENING = 20  # o'clock
_QUARTER = 15 * 60  # seconds


def accepts(file: BinaryIO, name: str) -> bool:
    """Tell whether this is a list of courses with Moodle's two names, or what Moodle answers instead: an exception."""
    del name
    places = json_head(file)
    if any({f"{item}.shortname", f"{item}.fullname"} <= places.keys() for item in ("[]", "courses.[]")):
        return True
    return {"exception", "errorcode"} <= places.keys() or (
        {"courses", "warnings"} <= places.keys() and "courses.[]" not in places
    )


def read(file: BinaryIO, *, name: str, settings: ReadSettings) -> Iterator[CourseRecord | Problem]:
    """Read the courses one by one; raises InvalidInput for what is no sound JSON, and for an exception of Moodle."""
    site = _site(name)
    seen = SeenCourses()
    answer: dict[str, object] = {}
    for place, value in stream_members(file, lists=("courses",)):
        if not place.endswith("]"):
            answer[place] = value
            continue
        fields = FieldReader(place)
        record = _read_course(value, fields=fields, site=site, settings=settings)
        if record is not None:
            yield seen.refuse(record) or record
        yield from fields.problems
    if "exception" in answer:
        raise InvalidInput(f"Moodle refused to give its courses: {_told(answer)}. Check the token and what it may do.")


def _site(address: str) -> str:
    """The address of the Moodle site whose service this is, "" where `address` is none; never with its token."""
    path = web_address(address).partition("?")[0]
    return path.removesuffix(_SERVICE) if path.endswith(_SERVICE) else ""


def _told(answer: dict[str, object]) -> str:
    told = next((text for key in ("message", "errorcode") if isinstance(text := answer.get(key), str) and text), "")
    return " ".join(told.split())[:200].rstrip(".") or "it does not say why"


def _read_course(value: object, *, fields: FieldReader, site: str, settings: ReadSettings) -> CourseRecord | None:
    members = fields.members(value, "")
    stated = fields.number(members.get("id"), "id", least=1, most=10**15)
    if stated is None:
        fields.report("id", "A course with an id is expected here. It was left out.")
        return None
    number = int(stated)
    if number == _FRONT_PAGE or members.get("format") == "site":
        fields.report("id", "This is the front page of the site and not a course. It was left out.")
        return None
    if members.get("visible") in (0, "0", False):
        return None
    title = fields.words(members.get("fullname"), "fullname") or fields.words(members.get("displayname"), "displayname")
    if not title:
        fields.report("fullname", "The course has no title. It was left out.")
        return None
    taught = fields.languages([members.get("lang")], "lang")
    category = fields.words(members.get("categoryname"), "categoryname")
    description = _summary(members, fields)
    record = replace(
        EMPTY_COURSE,
        position=fields.position,
        external_id=str(number),
        titles={settings.language: title},
        descriptions={settings.language: description} if description else {},
        provider=settings.provider,
        provider_url=site if settings.provider else "",
        keywords=(category,) if category else (),
        languages=taught,
        url=f"{site}/course/view.php?id={number}" if site else "",
        runs=_runs(members, fields),
        source_on=_day(members, "timemodified", fields),
    )
    return fitted(record)


def _summary(members: dict[str, object], fields: FieldReader) -> str:
    """The summary as plain text; one in plain text or Markdown has no HTML to take out."""
    summary = members.get("summary")
    if members.get("summaryformat") in _NO_HTML and isinstance(summary, str):
        summary = html_document(summary)
    return fields.text(summary, "summary")


def _runs(members: dict[str, object], fields: FieldReader) -> tuple[RunRecord, ...]:
    """The one run of a course that has a start."""
    starts_on, ends_on = _day(members, "startdate", fields), _day(members, "enddate", fields)
    if starts_on is None:
        return ()
    if ends_on is not None and ends_on < starts_on:
        fields.report("enddate", f"{ends_on} is before the start, {starts_on}. It was left out.")
        ends_on = None
    run = replace(EMPTY_RUN, position=f"{fields.position} run 1", starts_on=starts_on, ends_on=ends_on)
    return (replace(run, external_id=derived_run_id(run)),)


def _day(members: dict[str, object], name: str, fields: FieldReader) -> datetime.date | None:
    """The day of a time in seconds since 1970; 0 means none."""
    seconds = fields.number(members.get(name), name, least=0, most=_LAST_SECOND)
    if not seconds:
        return None
    time = datetime.datetime.fromtimestamp(int(seconds), tz=datetime.UTC)
    is_midnight_in_europe = time.hour >= _EVENING and int(seconds) % _QUARTER == 0
    return (time + datetime.timedelta(days=is_midnight_in_europe)).date()
