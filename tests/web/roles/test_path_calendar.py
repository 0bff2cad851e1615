"""The calendar of a path, parsed back, and its lines by RFC 5545."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.utils import translation
from icalendar import Calendar, Event, vText
from tests.web.roles.sample_paths import SampleSkill, a_path, a_run, a_usual_path, english, in_language

from synchromesh.catalogue.models import Run
from synchromesh.engine.errors import NotFound
from synchromesh.pathways.queries.paths import TrainingPath
from synchromesh.web.roles.path_calendar import render_path_calendar

SITE = "https://skills.example.org"
STAMP = datetime(2026, 11, 22, 13, 5, 9, tzinfo=UTC)
ONE_SKILL = [SampleSkill(title="Read a log", have=1, need=2)]
THREE_DAYS = (date(2027, 5, 12), date(2027, 5, 14))


def render(path: TrainingPath, *, site: str = SITE, stamp: datetime = STAMP) -> bytes:
    return render_path_calendar(path, site_address=site, stamp=stamp)


def path_with(run: Run | None, title: str = "Logs") -> TrainingPath:
    return a_path(ONE_SKILL, [english(title, (0, 1, 2), run=run)])


def only_event(path: TrainingPath) -> Event:
    """The one event of a calendar that must hold one."""
    events = Calendar.from_ical(render(path)).walk("VEVENT")
    assert len(events) == 1
    event = events[0]
    assert isinstance(event, Event)
    return event


def days_of(event: Event) -> tuple[date, date]:
    """First day, and the first day after the last."""
    first, after = event.decoded("dtstart"), event.decoded("dtend")
    assert type(first) is date  # and not a datetime, which would be one too
    assert type(after) is date
    return first, after


def words(event: Event, name: str) -> vText:
    """A property of text with its parameters."""
    value = event[name]
    assert isinstance(value, vText)
    return value


def test_there_is_one_event_for_each_step_with_a_date() -> None:
    calendar = Calendar.from_ical(render(a_usual_path()))
    titles = [str(event["summary"]) for event in calendar.walk("VEVENT")]
    assert titles == [
        "Měření izolačního odporu: příručka pro začátečníky",
        "Διαχείριση μπαταριών και διάγνωση βλαβών",
    ]
    assert calendar["prodid"] == "-//Synchromesh//Training path//EN"
    assert calendar["version"] == "2.0"
    assert calendar["x-wr-calname"] == "Training path: EV battery technician"


def test_a_run_of_three_days_ends_on_the_day_after_its_last() -> None:
    event = only_event(path_with(a_run(*THREE_DAYS)))
    assert days_of(event) == (date(2027, 5, 12), date(2027, 5, 15))
    assert b"\r\nDTSTART;VALUE=DATE:20270512\r\nDTEND;VALUE=DATE:20270515\r\n" in event.to_ical()


@pytest.mark.parametrize("last", [None, date(2027, 12, 31)])
def test_a_run_of_one_day_ends_on_the_next_day(last: date | None) -> None:
    event = only_event(path_with(a_run(date(2027, 12, 31), last)))
    assert days_of(event) == (date(2027, 12, 31), date(2028, 1, 1))


def test_the_identity_of_an_event_is_the_uid_of_its_run() -> None:
    run = a_run(*THREE_DAYS)
    first, second = only_event(path_with(run)), only_event(path_with(run, title="Logs, renamed"))
    assert first["uid"] == second["uid"] == str(run.uid)


def test_the_stamp_is_written_in_universal_time() -> None:
    vienna = STAMP.astimezone(timezone(timedelta(hours=1)))
    assert b"\r\nDTSTAMP:20261122T130509Z\r\n" in render(path_with(a_run(*THREE_DAYS)), stamp=vienna)


def test_an_event_carries_place_address_provider_price_and_deadline() -> None:
    event = only_event(path_with(a_run(*THREE_DAYS, deadline_on=date(2027, 4, 30))))
    assert event["location"] == "Graz, Austria"
    assert event["url"] == "https://skills.example.org/en/courses/course-0/"
    assert str(event["description"]).split("\n") == [
        "Course 1 of 1 on the way to: EV battery technician",
        "North Works",
        "EUR 240, 8 hours",
        "Register by 30 April 2027",
        "Check the dates with the provider before you travel.",
    ]


def test_a_slash_at_the_end_of_the_site_address_changes_nothing() -> None:
    path = path_with(a_run(*THREE_DAYS))
    assert render(path, site=f"{SITE}/") == render(path)


def test_an_online_run_takes_place_online_and_an_unknown_place_is_left_out() -> None:
    online = only_event(path_with(a_run(*THREE_DAYS, place="", country=None, mode="online")))
    unknown = only_event(path_with(a_run(*THREE_DAYS, place="", country=None)))
    assert online["location"] == "Online"
    assert "location" not in unknown


def test_nobody_is_named_in_the_calendar() -> None:
    text = render(a_usual_path()).lower()
    assert not any(word in text for word in (b"organizer", b"attendee", b"mailto", b"@"))


def test_a_planned_course_does_not_block_the_calendar() -> None:
    assert only_event(path_with(a_run(*THREE_DAYS)))["transp"] == "TRANSPARENT"


def test_a_title_in_another_language_names_its_language() -> None:
    path = a_path(ONE_SKILL, [in_language("cs", "Čtení záznamů", (0, 1, 2), run=a_run(*THREE_DAYS))])
    with translation.override("de"):
        event = only_event(path)
    assert words(event, "summary").params["LANGUAGE"] == "cs"
    assert words(event, "description").params["LANGUAGE"] == "de"


def test_invented_courses_are_marked_in_the_calendar_too() -> None:
    path = a_path(ONE_SKILL, [english("Logs", (0, 1, 2), run=a_run(*THREE_DAYS), origin="example")])
    assert only_event(path)["summary"] == "Logs [Example]"


@pytest.mark.parametrize("run", [None, a_run(None, dates_text="Autumn 2027")])
def test_a_path_without_a_fixed_date_has_no_calendar(run: Run | None) -> None:
    with pytest.raises(NotFound, match="fixed date"):
        render(path_with(run))


@pytest.mark.parametrize("title", ["Διαχείριση μπαταριών " * 12, "Charge 🔋 " * 30, "X" * 500, "a, b; c \\ d: " * 20])
def test_lines_are_folded_at_75_bytes_and_end_as_the_standard_says(title: str) -> None:
    calendar = render(path_with(a_run(*THREE_DAYS, place=title[:200]), title=title))
    lines = calendar.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert all(line.decode("utf-8") for line in lines)  # no letter is cut in two
    assert only_event(path_with(a_run(*THREE_DAYS), title=title))["summary"] == title.strip()


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\\n"])
def test_a_title_cannot_add_a_property(break_: str) -> None:
    event = only_event(path_with(a_run(*THREE_DAYS), title=f"Logs{break_}ATTENDEE:mailto:someone{break_}END:VEVENT"))
    assert "attendee" not in event
    assert str(event["summary"]).startswith("Logs")


def test_control_characters_never_reach_the_calendar() -> None:
    assert only_event(path_with(a_run(*THREE_DAYS), title="Lo\x00g\x07s \ud83d"))["summary"] == "Logs "
