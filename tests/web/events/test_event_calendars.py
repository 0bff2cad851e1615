"""Calendars of events: valid by the standard, and an event that changes is the same event."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.community.event_records import DAY, NOW, a_content, a_registration, a_webinar, an_event, somebody
from tests.web.calendar_readers import read_entries
from tests.web.events.calendar_lines import Part, moment_of, read_calendar

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import Event
from synchromesh.community.operations.event_editing import cancel_event, edit_event
from synchromesh.places.models import Country
from synchromesh.web.events.calendar_files import render_calendar

pytestmark = pytest.mark.django_db


def get_calendar(client: Client, address: str = "/en/events/feed.ics?when=all") -> Part:
    """A calendar, read by the lines and by two libraries, which must agree."""
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    lines, entries = read_calendar(answer.content), read_entries(answer.content)
    assert [(one.uid, one.sequence, one.summary) for one in entries] == [
        (one.value("UID"), int(one.value("SEQUENCE")), one.text("SUMMARY")) for one in lines.named("VEVENT")
    ]
    return lines


def test_several_days_are_one_event_of_whole_days(client: Client) -> None:
    event = an_event()
    (found,) = get_calendar(client).named("VEVENT")
    assert found.value("UID") == str(event.uid)
    assert found.lines["DTSTART"] == [(";VALUE=DATE", "20270512")]
    assert found.lines["DTEND"] == [(";VALUE=DATE", "20270514")]
    assert found.value("STATUS") == "CONFIRMED"


def test_several_days_with_times_are_whole_days_too(client: Client) -> None:
    an_event(content=a_webinar(ends_on=DAY + timedelta(days=2), begins=time(9), ends=time(17)))
    (found,) = get_calendar(client).named("VEVENT")
    assert [found.value("DTSTART"), found.value("DTEND")] == ["20270512", "20270515"]


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Brussels", date(2027, 5, 12), 2),
        ("Europe/Brussels", date(2027, 1, 12), 1),
        ("Europe/Athens", date(2027, 7, 1), 3),
        ("Atlantic/Azores", date(2027, 7, 1), 0),
        ("Europe/Lisbon", date(2027, 3, 27), 0),
        ("Europe/Lisbon", date(2027, 3, 28), 1),
        ("UTC", date(2027, 3, 28), 0),
    ],
)
def test_a_time_is_what_clocks_at_the_place_show_in_summer_and_winter(
    client: Client, zone: str, day: date, hours: int
) -> None:
    an_event(content=a_webinar(starts_on=day, ends_on=day, zone=zone))
    calendar = get_calendar(client)
    (found,) = calendar.named("VEVENT")
    assert found.value("DTSTART")[9:15] == "100000"
    assert moment_of(found, "DTSTART") == datetime(day.year, day.month, day.day, 10 - hours, tzinfo=UTC)
    offsets = {part.value("TZOFFSETTO") for zone_part in calendar.named("VTIMEZONE") for part in zone_part.parts}
    assert zone == "UTC" or f"+0{hours}00" in offsets


def test_who_subscribed_gets_the_change_of_the_same_event(client: Client) -> None:
    event = an_event(content=a_webinar())
    (before,) = get_calendar(client).named("VEVENT")
    edit_event(by=OPERATOR, event=event, content=a_webinar(begins=time(14), ends=time(15), place="Hall 2"), now=NOW)
    (after,) = get_calendar(client).named("VEVENT")
    cancel_event(by=OPERATOR, event=event)
    (called_off,) = get_calendar(client).named("VEVENT")
    assert {one.value("UID") for one in (before, after, called_off)} == {str(event.uid)}
    assert [int(one.value("SEQUENCE")) for one in (before, after, called_off)] == [0, 1, 2]
    assert [one.value("DTSTART")[9:13] for one in (before, after)] == ["1000", "1400"]
    assert [one.value("STATUS") for one in (before, after, called_off)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert before.value("LAST-MODIFIED") <= after.value("LAST-MODIFIED")


def test_a_program_that_has_the_newest_is_told_so(client: Client) -> None:
    event = an_event()
    first = client.get("/en/events/feed.ics?when=all")
    again = client.get("/en/events/feed.ics?when=all", headers={"If-None-Match": first.headers["ETag"]})
    edit_event(by=OPERATOR, event=event, content=a_content(place="Arad"), now=NOW)
    changed = client.get("/en/events/feed.ics?when=all", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, changed.status_code) == (304, 200)
    assert b"Arad" in changed.content


def test_a_feed_has_the_filter_of_the_list_and_says_its_name_and_address(client: Client) -> None:
    country = Country.objects.create(code="RO", names={"en": "Romania"})
    inside = an_event(country=country)
    an_event(titles={"en": "Elsewhere"})
    calendar = get_calendar(client, "/en/events/feed.ics?country=RO&when=all")
    assert [one.value("UID") for one in calendar.named("VEVENT")] == [str(inside.uid)]
    assert calendar.text("X-WR-CALNAME").startswith("Events: Romania")
    assert calendar.value("SOURCE") == "http://testserver/en/events/feed.ics?country=RO&when=all"


def test_a_feed_without_events_is_a_calendar_all_the_same(client: Client) -> None:
    assert get_calendar(client).named("VEVENT") == []


def test_no_mail_address_and_nobody_is_in_a_calendar(client: Client, organisation: Organisation) -> None:
    event = an_event(
        organisation,
        takes_guests=True,
        summaries={"en": "Write to jane.doe@example.org or mailto:x@y.example"},
        place="Hall 1 (info@example.org)",
        travel_notes={"en": "ask bob@example.org"},
    )
    a_registration(event, somebody())
    for address in ("/en/events/feed.ics?when=all", f"/en/events/{event.slug}.ics"):
        content = client.get(address).content
        assert b"@" not in content.replace(b"\r\n ", b"")
        assert b"ORGANIZER" not in content
        assert b"ATTENDEE" not in content


def test_the_address_to_take_part_online_is_in_the_file_of_who_has_a_place_only(client: Client) -> None:
    event = an_event(content=a_webinar(seats=1))
    inside, waits = a_registration(event), a_registration(event, now=NOW + timedelta(minutes=1))
    answers = {}
    for name, person in (("visitor", None), ("inside", inside.person), ("waits", waits.person)):
        reader = Client()
        if person is not None:
            reader.force_login(person)
        content = reader.get(f"/en/events/{event.slug}.ics").content
        answers[name] = b"secret-room" in content.replace(b"\r\n ", b"")
        assert b"secret-room" not in reader.get("/en/events/feed.ics?when=all").content.replace(b"\r\n ", b"")
    assert answers == {"visitor": False, "inside": True, "waits": False}


def test_what_is_known_to_the_month_only_is_in_no_calendar(client: Client) -> None:
    event = an_event()
    Event.objects.filter(pk=event.pk).update(precision="month")
    assert get_calendar(client).named("VEVENT") == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(min_size=1, max_size=200), place=st.text(max_size=200), summary=st.text(max_size=300))
@example(title="a;b,c\\d\ne", place="x" * 200, summary="é" * 150 + "\u2028;\\n")
@example(title="👩‍🏭" * 30, place="BEGIN:VEVENT", summary="\r\nEND:VCALENDAR\r\n")
def test_any_text_makes_a_valid_calendar(title: str, place: str, summary: str) -> None:
    event = Event(
        slug="any",
        titles={"en": title},
        place=place,
        summaries={"en": summary},
        starts_on=DAY,
        ends_on=DAY,
        created_at=NOW,
        changed_at=NOW,
    )
    content = render_calendar(
        [event], site_address="https://alliance.example", title=title, source="https://a.example/"
    )
    (found,) = read_calendar(content).named("VEVENT")
    assert found.value("UID") == str(event.uid)
    assert [entry.uid for entry in read_entries(content)] == [str(event.uid)]
