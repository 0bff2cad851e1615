"""Somebody's own calendar: their events and the meetings of their groups, by a secret address and for nobody else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.community.event_records import a_content, a_registration, a_webinar, an_event, somebody
from tests.community.member_records import a_group, in_group, meeting_details
from tests.web.calendar_readers import Entry, read_entries
from tests.web.events.calendar_lines import read_calendar

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import Event, GroupMember, GroupMemberState, OwnCalendar
from synchromesh.community.operations.event_check_in import record_arrival
from synchromesh.community.operations.event_editing import edit_event
from synchromesh.community.operations.event_registering import withdraw_registration
from synchromesh.community.operations.meetings import create_meeting
from synchromesh.community.operations.own_calendars import renew_own_calendar
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db
MINE = "/en/events/mine/"
SOON = timezone.localdate() + timedelta(days=20)


def address_of(person: User) -> str:
    return f"{MINE}{renew_own_calendar(by=person)}.ics"


def entries_of(address: str) -> dict[str, Entry]:
    """What a program reads that has only the address, by the lines and with two libraries."""
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    read_calendar(answer.content)
    return {entry.uid: entry for entry in read_entries(answer.content)}


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_address_is_shown_once_opens_without_signing_in_and_ends_when_it_is_renewed() -> None:
    person = somebody()
    event = an_event(starts_on=SOON)
    a_registration(event, person, now=timezone.now())
    reader = signed_in(person)
    assert b"Make a secret address" in reader.get(MINE).content
    addresses = []
    for _ in range(2):
        page = reader.post(MINE, {"do": "renew"})
        found = re.search(r'value="http://testserver(/en/events/mine/[\w-]{43}\.ics)"', page.content.decode())
        assert found is not None
        addresses.append(found[1])
        assert found[1] not in reader.get(MINE).content.decode()
    assert Client().get(addresses[0]).status_code == 404
    assert list(entries_of(addresses[1])) == [str(event.uid)]
    assert reader.post(MINE, {"do": "withdraw"}).status_code == 302
    assert Client().get(addresses[1]).status_code == 404
    assert reader.post(MINE, {"do": "withdraw"}).status_code == 404
    actions = AuditEvent.objects.filter(action__endswith="own_calendar").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["renew_own_calendar"] * 2 + ["withdraw_own_calendar"]


def test_only_a_hash_of_the_key_is_stored_and_no_search_engine_keeps_the_calendar() -> None:
    person = somebody()
    key = renew_own_calendar(by=person)
    row = OwnCalendar.objects.get(person=person)
    assert key not in f"{row.key_hash} {row} {list(AuditEvent.objects.values_list('details', flat=True))}"
    answer = Client().get(f"{MINE}{key}.ics")
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "private, no-cache"
    assert key.encode() not in answer.content.replace(b"\r\n ", b"")


@pytest.mark.parametrize("key", ["x", "0" * 43, "é" * 43])
def test_any_other_key_opens_nothing(key: str) -> None:
    renew_own_calendar(by=somebody())
    assert Client().get(f"{MINE}{key}.ics").status_code == 404


def test_the_hash_that_is_stored_is_no_key() -> None:
    person = somebody()
    renew_own_calendar(by=person)
    assert Client().get(f"{MINE}{OwnCalendar.objects.get().key_hash}.ics").status_code == 404


def test_an_account_that_is_closed_has_no_calendar() -> None:
    person = somebody()
    address = address_of(person)
    assert Client().get(address).status_code == 200
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_it_holds_ones_own_registrations_and_no_others() -> None:
    person, other = somebody(), somebody()
    going, waits, left = (an_event(starts_on=SOON, seats=1) for _ in range(3))
    a_registration(going, person, now=timezone.now())
    a_registration(going, other, now=timezone.now())
    a_registration(waits, other, now=timezone.now())
    a_registration(waits, person, now=timezone.now())
    withdraw_registration(by=person, registration=a_registration(left, person, now=timezone.now()))
    found = entries_of(address_of(person))
    assert found.keys() == {str(going.uid), str(waits.uid)}
    assert found[str(waits.uid)].description.startswith("On the waiting list")
    text = Client().get(address_of(person)).content.decode().replace("\r\n ", "")
    assert (text.count("TRANSP:OPAQUE"), text.count("TRANSP:TRANSPARENT")) == (1, 1)


def test_an_event_that_moves_is_the_same_entry_with_a_higher_sequence() -> None:
    person = somebody()
    event = an_event(starts_on=SOON)
    a_registration(event, person, now=timezone.now())
    address = address_of(person)
    before = entries_of(address)[str(event.uid)]
    later = SOON + timedelta(days=1)
    edit_event(by=OPERATOR, event=event, content=a_content(starts_on=later), now=timezone.now())
    after = entries_of(address)[str(event.uid)]
    assert (before.start, after.start) == (SOON, later)
    assert after.sequence > before.sequence


def test_what_one_may_not_know_of_any_more_and_what_is_long_over_is_in_no_calendar() -> None:
    person = somebody()
    hidden, over = an_event(starts_on=SOON), an_event(starts_on=SOON)
    for event in (hidden, over):
        a_registration(event, person, now=timezone.now())
    Event.objects.filter(pk=hidden.pk).update(visibility="members")
    day = timezone.localdate() - timedelta(days=91)
    Event.objects.filter(pk=over.pk).update(starts_on=day, ends_on=day)
    assert entries_of(address_of(person)) == {}


def test_meetings_are_those_of_ones_own_groups() -> None:
    person = somebody()
    own, asked, closed = a_group(slug="own"), a_group(slug="asked"), a_group(slug="closed")
    in_group(person, own)
    in_group(person, asked)
    GroupMember.objects.filter(group=asked).update(state=GroupMemberState.ASKED)
    meetings = [
        create_meeting(by=OPERATOR, group=group, details=meeting_details(title=f"Kick-off {group.slug}"))
        for group in (own, asked, closed)
    ]
    found = entries_of(address_of(person))
    assert found.keys() == {str(meetings[0].uid)}
    assert "Kick-off own" in found[str(meetings[0].uid)].summary
    GroupMember.objects.filter(group=own).update(state=GroupMemberState.LEFT)
    assert entries_of(address_of(person)) == {}


def test_staff_of_the_alliance_have_the_meetings_of_their_own_groups_only(staff: User) -> None:
    create_meeting(by=OPERATOR, group=a_group(slug="closed"), details=meeting_details())
    assert entries_of(address_of(staff)) == {}


def test_it_names_nobody_and_holds_no_address_to_take_part_online() -> None:
    person, other = somebody(), somebody()
    event = an_event(content=a_webinar(starts_on=SOON, ends_on=SOON, place="Hall 1 (info@example.org)"))
    registration = a_registration(event, person, now=timezone.now())
    a_registration(event, other, now=timezone.now())
    record_arrival(by=OPERATOR, event=event, code=registration.code)
    group = a_group(slug="own")
    in_group(person, group)
    details = meeting_details(place="Ask lea@works.example", agenda="Call bob@example.org\nWork plan")
    create_meeting(by=OPERATOR, group=group, details=details)
    text = Client().get(address_of(person)).content.decode().replace("\r\n ", "")
    for word in ("@", "secret-room", registration.code, str(person), str(other), "ATTENDEE", "ORGANIZER"):
        assert word not in text, word
    assert "Work plan" in text


def test_a_visitor_has_no_page_of_own_events(client: Client) -> None:
    assert client.post(MINE, {"do": "renew"}).status_code == 302
    assert not OwnCalendar.objects.exists()


def test_more_dates_and_meetings_cost_no_more_questions(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    person = somebody()
    group = a_group(slug="own")
    in_group(person, group)
    for _ in range(6):
        a_registration(an_event(starts_on=SOON), person, now=timezone.now())
        create_meeting(by=OPERATOR, group=group, details=meeting_details())
    address = address_of(person)
    with django_assert_max_num_queries(5):
        assert Client().get(address).content.count(b"BEGIN:VEVENT") == 12
