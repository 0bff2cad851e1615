"""Every calendar that the product writes says the same to two libraries, and what has changed wins."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.community.event_records import DAY, NOW, a_webinar, an_event
from tests.community.member_records import a_group, a_leader, meeting_details
from tests.records import a_course, a_provider, a_run
from tests.web.calendar_readers import Entry, newest_of, read_entries
from tests.web.roles.sample_paths import a_usual_path

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import Event
from synchromesh.community.operations.event_editing import cancel_event, edit_event
from synchromesh.community.operations.meetings import cancel_meeting, change_meeting, create_meeting
from synchromesh.web.roles.path_calendar import render_path_calendar

pytestmark = pytest.mark.django_db
FEED = "/en/events/feed.ics?when=all"
TITLES = {"en": "Cells; packs, \\ and modules “Řež”"}


def test_events_of_a_feed_and_of_their_own_files_are_the_same(client: Client) -> None:
    whole_days, one_hour = an_event(titles=TITLES), an_event(content=a_webinar(titles=TITLES))
    found = {entry.uid: entry for entry in read_entries(client.get(FEED).content)}
    assert found.keys() == {str(whole_days.uid), str(one_hour.uid)}
    for event in (whole_days, one_hour):
        (own,) = read_entries(client.get(f"/en/events/{event.slug}.ics").content)
        assert own == found[str(event.uid)]
        assert own.summary == TITLES["en"]
    assert [found[str(whole_days.uid)].start, found[str(whole_days.uid)].end] == [DAY, DAY + timedelta(days=2)]
    assert found[str(one_hour.uid)].start == datetime(2027, 5, 12, 8, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Europe/Brussels", "Europe/Dublin", "Asia/Nicosia", "Atlantic/Azores", "UTC"])
@pytest.mark.parametrize("day", [date(2027, 1, 12), date(2027, 3, 28), date(2027, 10, 31)])
def test_both_libraries_find_the_instant_in_every_time_zone(client: Client, zone: str, day: date) -> None:
    event = an_event(content=a_webinar(starts_on=day, ends_on=day, zone=zone))
    (found,) = read_entries(client.get(FEED).content)
    assert (found.start, found.end) == (event.starts_at, event.ends_at)


def test_a_changed_event_wins_whichever_file_is_read_last(client: Client) -> None:
    event = an_event(content=a_webinar())
    files = [client.get(FEED).content]
    edit_event(by=OPERATOR, event=event, content=a_webinar(begins=time(14), ends=time(15)), now=NOW)
    files.append(client.get(f"/en/events/{event.slug}.ics").content)
    moved = newest_of(files)
    cancel_event(by=OPERATOR, event=Event.objects.get(pk=event.pk))
    files.append(client.get(FEED).content)
    for read in (files, list(reversed(files))):
        (kept,) = newest_of(read).values()
        assert (kept.uid, kept.sequence, kept.status) == (str(event.uid), 2, "CANCELLED")
    assert moved[str(event.uid)].start == datetime(2027, 5, 12, 12, tzinfo=UTC)


def test_the_feed_of_a_filter_has_the_same_events_as_the_feed_of_all(client: Client) -> None:
    an_event(titles=TITLES)
    an_event(content=a_webinar())
    everything = read_entries(client.get(FEED).content)
    visits = read_entries(client.get(f"{FEED}&kind=study-visit").content)
    assert len(visits) == 1
    assert visits == [entry for entry in everything if entry.uid == visits[0].uid]


def test_a_meeting_that_moves_and_is_called_off_is_one_entry() -> None:
    group = a_group(slug="batteries")
    leader = a_leader(group)
    client = Client()
    client.force_login(leader)
    meeting = create_meeting(by=leader, group=group, details=meeting_details())
    address = f"/en/groups/batteries/meetings/{meeting.uid}/meeting.ics"
    files = [client.get(address).content]
    later = meeting_details(datetime(2031, 3, 30, 8, tzinfo=UTC))  # summer time began that night
    meeting = change_meeting(by=leader, meeting=meeting, details=later)
    files.append(client.get(address).content)
    (kept,) = newest_of(reversed(files)).values()
    assert (kept.uid, kept.sequence) == (str(meeting.uid), 1)
    assert (kept.start, kept.end) == (later.starts_at, later.ends_at)
    cancel_meeting(by=leader, meeting=meeting)
    files.append(client.get(address).content)
    assert [entry.status for entry in newest_of(files).values()] == ["CANCELLED"]


def test_courses_and_their_last_days_to_register_are_read_the_same(client: Client) -> None:
    start = timezone.localdate() + timedelta(days=40)
    course = a_course("welding", {"weld": (0, 2)}, provider=a_provider(), titles=TITLES)
    run = a_run(course, start, ends_on=start + timedelta(days=4), deadline_on=start - timedelta(days=20), place="Ulm")
    found = {entry.uid: entry for entry in read_entries(client.get("/en/courses/calendar.ics").content)}
    assert found.keys() == {str(run.uid), f"{run.uid}-deadline"}
    assert (found[str(run.uid)].start, found[str(run.uid)].end) == (start, start + timedelta(days=5))


def test_the_dates_of_a_training_path_are_read_the_same() -> None:
    content = render_path_calendar(a_usual_path(), site_address="https://skills.example.org", stamp=NOW)
    assert len(read_entries(content)) == 2
    assert b"SUMMARY" in content


def test_a_calendar_without_events_is_read_by_both(client: Client) -> None:
    assert read_entries(client.get(FEED).content) == []


def test_what_two_libraries_read_differently_is_found() -> None:
    """The readers themselves: of two events with one UID, a program would keep only one."""
    twice = (
        b"BEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20270101T000000Z\r\nDTSTART:20270101T100000Z\r\n"
        b"DTEND:20270101T110000Z\r\nSUMMARY:A\r\nEND:VEVENT\r\n"
    )
    frame = b"BEGIN:VCALENDAR\r\nPRODID:-//x//y//EN\r\nVERSION:2.0\r\n%sEND:VCALENDAR\r\n"
    assert [type(entry) for entry in read_entries(frame % twice)] == [Entry]
    with pytest.raises(AssertionError, match="stands in a calendar once"):
        read_entries(frame % (twice + twice))
