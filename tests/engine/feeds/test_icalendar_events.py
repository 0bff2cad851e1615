"""Calendars: events as runs of courses."""

from __future__ import annotations

import datetime
import io

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds.readers import icalendar_events
from synchromesh.engine.feeds.readers._calendar_rules import parse_rule
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings

Day = datetime.date


def calendar(*components: str, head: str = "") -> bytes:
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{''.join(components)}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def event(*lines: str, uid: str = "1@x", title: str = "High voltage", start: str = "DTSTART:20270301T090000") -> str:
    named = f"SUMMARY:{title}\n" if title else ""
    inner = "".join(f"{line}\n" for line in lines)
    return f"BEGIN:VEVENT\nUID:{uid}\n{named}{start}\n{inner}END:VEVENT\n"


def read(data: bytes, *, language: str = "", provider: str = "", currency: str = "") -> list[CourseRecord | Problem]:
    return list(
        icalendar_events.read(
            io.BytesIO(data),
            name="courses.ics",
            settings=ReadSettings(language=language, provider=provider, currency=currency),
        )
    )


def courses(*events: str, head: str = "", **options: str) -> list[CourseRecord]:
    return [found for found in read(calendar(*events, head=head), **options) if isinstance(found, CourseRecord)]


def problems(*events: str, head: str = "") -> list[Problem]:
    return [found for found in read(calendar(*events, head=head)) if isinstance(found, Problem)]


def days(*lines: str, start: str = "DTSTART:20270301T090000", head: str = "") -> list[tuple[Day | None, Day | None]]:
    (course,) = courses(event(*lines, start=start), head=head)
    return [(run.starts_on, run.ends_on) for run in course.runs]


def starts(*lines: str, start: str = "DTSTART:20270301T090000") -> list[Day | None]:
    return [first for first, _ in days(*lines, start=start)]


def test_events_of_the_same_title_are_runs_of_one_course() -> None:
    (course,) = courses(
        event(
            "LOCATION:Esslingen",
            "URL:https://n.example/hv",
            "DESCRIPTION:Two days\\, with\\npractice\\; and lo",
            " ng.",
        ),
        event("LOCATION:Online", uid="2@x", title="high  voltage", start="DTSTART;VALUE=DATE:20270601"),
        provider="North Training",
        language="en",
    )
    assert course.external_id == "north-training-high-voltage"
    assert course.titles == {"en": "High voltage"}
    assert course.descriptions == {"en": "Two days, with\npractice; and long."}
    assert (course.url, course.mode) == ("https://n.example/hv", "")
    assert [(run.external_id, run.starts_on, run.place, run.mode) for run in course.runs] == [
        ("1@x", Day(2027, 3, 1), "Esslingen", ""),
        ("2@x", Day(2027, 6, 1), "", "online"),
    ]


def test_texts_have_the_language_that_they_state_and_else_that_of_the_title() -> None:
    titled = event("DESCRIPTION:Zwei Tage", title="").replace("UID", "SUMMARY;LANGUAGE=de-AT:Hochvolt\nUID", 1)
    (course,) = courses(titled, language="en")
    assert (course.titles, course.descriptions) == ({"de": "Hochvolt"}, {"de": "Zwei Tage"})
    (course,) = courses(titled.replace("DESCRIPTION:", "DESCRIPTION;LANGUAGE=nl:"))
    assert course.descriptions == {"nl": "Zwei Tage"}


def test_the_id_of_the_course_joins_events_and_keeps_others_of_the_same_title_apart() -> None:
    found = courses(
        event("X-COURSE-ID:7", uid="1", title="Part one"),
        event("X-COURSE-ID:8", uid="2", title="Part one"),
        event("X-COURSE-ID:7", uid="3", title="Part two"),
    )
    assert [(course.external_id, [run.external_id for run in course.runs]) for course in found] == [
        ("8", ["2"]),
        ("7", ["1", "3"]),
    ]


def test_related_events_are_one_course_in_any_order() -> None:
    (course,) = courses(
        event("RELATED-TO:p", uid="c", title="Second day"),
        event(uid="p"),
        event("RELATED-TO:p", uid="d", title="Third"),
    )
    assert course.external_id == "p"
    assert [run.external_id for run in course.runs] == ["c", "p", "d"]


def test_events_that_all_have_the_same_uid_are_kept_apart_by_their_titles() -> None:
    found = courses(event(title="Wiring"), event(title="Welding"), event(title="Wiring", start="DTSTART:20270401"))
    assert [course.title for course in found] == ["Welding", "Wiring"]
    assert [run.external_id for run in found[1].runs] == ["1@x", "1@x 2027-04-01"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("DTSTART;VALUE=DATE:20270301", "DTEND;VALUE=DATE:20270303"), (Day(2027, 3, 1), Day(2027, 3, 2))),
        (("DTSTART:20270301", "DTEND:20270301"), (Day(2027, 3, 1), Day(2027, 3, 1))),
        (("DTSTART:20270301T090000", "DTEND:20270302T000000"), (Day(2027, 3, 1), Day(2027, 3, 1))),
        (("DTSTART:20270301T220000", "DTEND:20270302T020000"), (Day(2027, 3, 1), Day(2027, 3, 2))),
        (("DTSTART;TZID=America/New_York:20270301T230000", "DURATION:PT1H"), (Day(2027, 3, 1), Day(2027, 3, 1))),
        (("DTSTART;TZID=No/Such:20270301T230000", "DURATION:P2DT1H"), (Day(2027, 3, 1), Day(2027, 3, 3))),
        (("DTSTART:20270301T090000", "DTEND:20260301T090000"), (Day(2027, 3, 1), Day(2027, 3, 1))),
        (("DTSTART:2027-03-01T09:00:00",), (Day(2027, 3, 1), Day(2027, 3, 1))),
        (("DTSTART:20270228T233000Z",), (Day(2027, 3, 1), Day(2027, 3, 1))),
    ],
)
def test_first_and_last_day_are_those_at_the_place(lines: tuple[str, ...], expected: tuple[Day, Day]) -> None:
    assert days(*lines[1:], start=lines[0], head="X-WR-TIMEZONE:Europe/Berlin\n") == [expected]


def test_a_time_in_utc_stays_so_where_the_calendar_names_no_zone() -> None:
    assert days(start="DTSTART:20270228T233000Z") == [(Day(2027, 2, 28), Day(2027, 2, 28))]


def test_an_event_repeats_by_its_rule_without_the_dates_that_are_left_out() -> None:
    assert starts("RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20270308T090000,20270322T090000", "RDATE:20270501T090000") == [
        Day(2027, 3, 1),
        Day(2027, 3, 15),
        Day(2027, 5, 1),
    ]


def test_repetitions_have_runs_of_their_own_with_the_day_in_the_id() -> None:
    (course,) = courses(event("RRULE:FREQ=DAILY;COUNT=2", "DTEND:20270302T120000"))
    assert [(run.external_id, run.ends_on) for run in course.runs] == [
        ("1@x 2027-03-01", Day(2027, 3, 2)),
        ("1@x 2027-03-02", Day(2027, 3, 3)),
    ]


def test_a_rule_without_an_end_reaches_two_years() -> None:
    found = starts("RRULE:FREQ=MONTHLY")
    assert (len(found), found[-1]) == (25, Day(2029, 3, 1))


def test_more_than_two_hundred_repetitions_are_cut_and_reported() -> None:
    assert len(starts("RRULE:FREQ=DAILY")) == 200
    (problem,) = problems(event("RRULE:FREQ=DAILY"))
    assert problem.message == "It takes place more than 200 times, of which the first 200 are read."
    assert problem.position == "event 1"


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=WEEKLY;BYWEEKNO=3",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=x",
        "x",
        "FREQ=WEEKLY;BYDAY=XX",
    ],
)
def test_of_a_rule_that_is_not_read_the_first_date_stays(rule: str) -> None:
    assert starts(f"RRULE:{rule}") == [Day(2027, 3, 1)]
    (problem,) = problems(event(f"RRULE:{rule}"))
    assert problem.message.endswith("Only its first date is read.")


def test_a_rule_that_no_day_fulfils_ends() -> None:
    assert starts("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31") == [Day(2027, 3, 1)]


def test_the_end_of_a_rule_is_a_moment_of_the_zone() -> None:
    rule = "RRULE:FREQ=DAILY;UNTIL=20270303T070000Z"
    assert len(starts(rule, start="DTSTART;TZID=Europe/Berlin:20270301T080000")) == 3
    assert len(starts(rule, start="DTSTART;TZID=Europe/Berlin:20270301T090000")) == 2


@pytest.mark.parametrize("moved_first", [True, False])
def test_a_repetition_that_was_moved_is_read_once(moved_first: bool) -> None:
    series = event("RRULE:FREQ=WEEKLY;COUNT=3")
    moved = event("RECURRENCE-ID:20270308T090000", title="High voltage (moved)", start="DTSTART:20270310T090000")
    (course,) = courses(*((moved, series) if moved_first else (series, moved)))
    assert sorted((run.external_id, run.starts_on) for run in course.runs) == [
        ("1@x 2027-03-01", Day(2027, 3, 1)),
        ("1@x 2027-03-08", Day(2027, 3, 10)),
        ("1@x 2027-03-15", Day(2027, 3, 15)),
    ]


def test_a_repetition_that_was_cancelled_is_left_out() -> None:
    cancelled = event("RECURRENCE-ID:20270308T090000", "STATUS:CANCELLED", start="DTSTART:20270308T090000")
    (course,) = courses(event("RRULE:FREQ=WEEKLY;COUNT=3"), cancelled)
    assert [run.starts_on for run in course.runs] == [Day(2027, 3, 1), Day(2027, 3, 15)]


@pytest.mark.parametrize(
    ("component", "field", "words"),
    [
        (event("STATUS:CANCELLED"), "STATUS", "'High voltage' on 2027-03-01 is cancelled"),
        (event("CATEGORIES:Messe"), "CATEGORIES", "is a fair"),
        (event("CATEGORIES:Elektro,Conference"), "CATEGORIES", "is a conference"),
        (event("CATEGORIES:Mitglieder", "CATEGORIES:Sitzung"), "CATEGORIES", "is a meeting"),
        (event("CLASS:PRIVATE"), "CLASS", "private"),
        (event(title=""), "SUMMARY", "no title"),
        (event(start="DTSTART:soon"), "DTSTART", "no date"),
        (event(start="DTSTART:18000101"), "DTSTART", "no date"),
        ("BEGIN:VTODO\nSUMMARY:Invoice\nEND:VTODO\n", "", "This is a task (VTODO)"),
        ("BEGIN:VJOURNAL\nSUMMARY:Notes\nEND:VJOURNAL\n", "", "an entry of a journal"),
    ],
)
def test_what_is_no_run_of_a_course_is_left_out_with_the_reason(component: str, field: str, words: str) -> None:
    (problem,) = problems(component)
    assert problem.field == field
    assert words in problem.message
    assert courses(component) == []


def test_a_course_that_is_also_filed_under_events_is_a_course() -> None:
    (course,) = courses(event("CATEGORIES:Events,Training"))
    assert course.keywords == ("Events", "Training")


def test_a_calendar_of_cancellations_holds_no_course() -> None:
    assert courses(event(), head="METHOD:CANCEL\n") == []


def test_alarms_attachments_and_people_are_not_read() -> None:
    alarm = ("BEGIN:VALARM", "DESCRIPTION:Wake up", "END:VALARM")
    people = ("ORGANIZER;CN=Ada Lovelace:mailto:ada@example.org", "ATTENDEE:mailto:b@example.org")
    attached = ("ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "A" * 60, *(" " + "A" * 70 for _ in range(5_000)))
    (course,) = courses(event(*alarm, *people, *attached))
    assert "Ada" not in repr(course)
    assert course.descriptions == {}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_any_line_ending_and_old_encodings_are_read(ending: str) -> None:
    data = calendar(event(title="Prüfung")).decode().replace("\r\n", ending).encode("cp1252")
    (course,) = (found for found in read(b"\xef\xbb\xbf" + data) if isinstance(found, CourseRecord))
    assert course.title == "Prüfung"


def test_a_line_folded_within_a_letter_is_put_together() -> None:
    folded = calendar(event(title="Größe")).replace("ö".encode(), b"\xc3\r\n \xb6")
    assert [found.title for found in read(folded) if isinstance(found, CourseRecord)] == ["Größe"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a", "breaks off"),
        (b"BEGIN:VCARD\nEND:VCARD", "no calendar"),
        (b"", "no calendar"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 30, "nested"),
        (b"BEGIN:VCALENDAR\nSUMMARY:" + b"x" * 70_000, "a line of more than"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + b"EXDATE:20270101\n" * 5_001, "more than 5,000 lines"),
    ],
)
def test_a_calendar_that_is_broken_or_built_to_exhaust_us_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        read(data)


# Each of these rules is fulfilled by some day: of others dateutil would search the days until the year 9999.
RULES = st.builds(
    lambda frequency, parts: ";".join((frequency, *parts)),
    st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY"]),
    st.lists(
        st.sampled_from(
            ["INTERVAL=2", "INTERVAL=3", "COUNT=5", "BYDAY=MO,WE", "BYDAY=SU", "BYMONTH=3,6", "BYMONTH=12",
             "BYMONTHDAY=1,15,-1", "BYMONTHDAY=31", "WKST=SU"]
        ),
        max_size=4,
        unique_by=lambda part: part.partition("=")[0],
    ),
) | st.sampled_from(
    ["FREQ=MONTHLY;BYDAY=2TU,-1FR", "FREQ=YEARLY;BYDAY=20MO", "FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=-1,1",
     "FREQ=YEARLY;BYMONTH=5;BYDAY=1SA", "FREQ=YEARLY;BYYEARDAY=60,-1"]
)  # fmt: skip


@given(rule=RULES, start=st.dates(Day(2024, 1, 1), Day(2029, 12, 31)))
@settings(max_examples=40, deadline=None)
def test_rules_give_the_days_that_dateutil_gives(rule: str, start: Day) -> None:
    limit = start + datetime.timedelta(days=731)
    bounded = rule if "COUNT=" in rule else f"{rule};UNTIL={limit:%Y%m%d}"
    expected = [
        moment.date() for moment in rrulestr(bounded, dtstart=datetime.datetime.combine(start, datetime.time()))
    ]
    ours = parse_rule(rule, zone=None, starts_at=datetime.time()).days_from(start, limit=limit)
    assert list(ours) == [day for day in expected if day <= limit]
