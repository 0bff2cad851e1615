"""Taking part: registration, the ticket, guests with the key from their mail, the certificate."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.community.event_records import (
    a_confirmed_guest,
    a_guest,
    a_registration,
    a_webinar,
    an_event,
    goes_on,
    person_of,
    somebody,
)

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import EventFeedback, EventGuest, Registration
from synchromesh.community.operations.event_check_in import record_arrival
from synchromesh.community.operations.event_editing import cancel_event
from synchromesh.community.operations.event_guests import delete_due_guests
from synchromesh.community.operations.event_materials import add_material
from synchromesh.community.queries.event_guests import guest_key

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SOON = timezone.localdate() + timedelta(days=20)


def coming(**changes: Any) -> Any:
    """An event in three weeks."""
    return an_event(starts_on=SOON, **changes)


def text_of(content: bytes) -> str:
    """What a page says."""
    return BeautifulSoup(content, "html.parser").get_text(" ", strip=True)


def test_somebody_registers_for_their_organisation_and_gets_a_ticket(
    client: Client, member: User, organisation: Organisation
) -> None:
    event = coming()
    client.force_login(member)
    answer = client.post(f"/en/events/{event.slug}/register/", {"organisation": organisation.slug, "note": "no fish"})
    assert answer.headers["Location"] == f"/en/events/{event.slug}/ticket/"
    registration = Registration.objects.get()
    assert (registration.state, registration.organisation, registration.note) == ("approved", organisation, "no fish")
    page = client.get(f"/en/events/{event.slug}/ticket/")
    assert "Has a place" in text_of(page.content)
    assert b'src="data:image/svg+xml' in page.content
    assert client.get(f"/en/events/{event.slug}/register/").headers["Location"].endswith("/ticket/")


def test_nobody_registers_for_an_organisation_of_others(
    client: Client, person: User, organisation: Organisation
) -> None:
    event = coming()
    client.force_login(person)
    client.post(f"/en/events/{event.slug}/register/", {"organisation": organisation.slug})
    assert Registration.objects.get().organisation is None


def test_whoever_waits_sees_the_place_in_the_list_and_moves_up(client: Client) -> None:
    event = coming(seats=1)
    first = a_registration(event, now=NOW)
    second = a_registration(event, now=NOW + timedelta(seconds=1))
    client.force_login(person_of(second))
    address = f"/en/events/{event.slug}/ticket/"
    assert "number 1 on the waiting list" in text_of(client.get(address).content)
    other = Client()
    other.force_login(person_of(first))
    assert other.post(address, {"do": "withdraw"}).status_code == 302
    assert "Your code for the door" in text_of(client.get(address).content)


def test_a_visitor_signs_in_where_no_guests_are_taken(client: Client) -> None:
    event = coming()
    answer = client.get(f"/en/events/{event.slug}/register/")
    assert answer.headers["Location"] == f"/en/account/login/?next=/en/events/{event.slug}/register/"


def test_a_guest_is_registered_only_after_the_button_behind_the_mail(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    event = coming(takes_guests=True)
    form = {"name": "Gita Guest", "email": "Gita@Example.org", "organisation_name": "Süd AG"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"/de/events/{event.slug}/register/", form)
    assert (answer.status_code, Registration.objects.count()) == (200, 0)
    (message,) = mail.outbox
    assert message.to == ["gita@example.org"]
    (link,) = re.findall(r"http://localhost:8000(/de/events/guest/\S+)", str(message.body))
    assert client.get(link).status_code == 200
    assert Registration.objects.count() == 0
    client.post(link, {"do": "confirm"})
    guest = EventGuest.objects.get()
    assert (guest.language, Registration.objects.get().state) == ("de", "approved")
    assert guest.delete_on == event.ends_on + timedelta(days=30)
    assert client.get(link).headers["Referrer-Policy"] == "no-referrer"


def test_an_address_that_is_known_gets_the_same_answer(client: Client) -> None:
    event = coming(takes_guests=True)
    a_confirmed_guest(event, "known@example.org", now=NOW)
    pages = [
        client.post(f"/en/events/{event.slug}/register/", {"name": "Nora", "email": f"{who}@example.org"}).content
        for who in ("known", "fresh")
    ]
    assert text_of(pages[0]).replace("known", "fresh") == text_of(pages[1])
    assert EventGuest.objects.get(email="known@example.org").name == "Gita Guest"


def test_a_network_signs_up_ten_guests_an_hour(client: Client) -> None:
    event = coming(takes_guests=True)
    statuses = [
        client.post(f"/en/events/{event.slug}/register/", {"name": "N", "email": f"n{n}@example.org"}).status_code
        for n in range(11)
    ]
    assert statuses == [200] * 10 + [422]


@pytest.mark.parametrize(
    "change", [lambda key: key[:-1], lambda key: key[::-1], lambda key: "x" * 64, lambda key: key + "0"]
)
def test_a_key_that_is_not_right_opens_nothing(client: Client, change: Any) -> None:
    guest = a_guest(coming(takes_guests=True), now=NOW)
    assert client.get(f"/en/events/guest/{guest_key(guest)}/").status_code == 200
    assert client.get(f"/en/events/guest/{change(guest_key(guest))}/").status_code == 404


def test_a_guest_is_gone_on_the_promised_day_and_not_before(client: Client) -> None:
    event = coming(takes_guests=True)
    registration = a_confirmed_guest(event, now=NOW, organisation_name="Süd AG", note="no fish")
    guest = EventGuest.objects.get()
    address = f"/en/events/guest/{guest_key(guest)}/"
    assert delete_due_guests(by=OPERATOR, today=guest.delete_on - timedelta(days=1)) == 0
    assert client.get(address).status_code == 200
    assert delete_due_guests(by=OPERATOR, today=guest.delete_on) == 1
    assert (EventGuest.objects.count(), client.get(address).status_code) == (0, 404)
    kept = Registration.objects.get(pk=registration.pk)
    assert (kept.guest, kept.note, kept.organisation) == (None, "", None)


def test_whoever_never_confirms_is_gone_after_two_days() -> None:
    a_guest(coming(takes_guests=True), now=NOW)
    today = timezone.localdate()
    assert delete_due_guests(by=OPERATOR, today=today + timedelta(days=1)) == 0
    assert delete_due_guests(by=OPERATOR, today=today + timedelta(days=2)) == 1


def test_a_guest_may_be_forgotten_at_once_and_the_place_goes_on(client: Client) -> None:
    event = coming(takes_guests=True, seats=1)
    a_confirmed_guest(event, now=NOW)
    waits = a_registration(event, now=NOW + timedelta(seconds=1))
    client.post(f"/en/events/guest/{guest_key(EventGuest.objects.get())}/", {"do": "delete"})
    assert not EventGuest.objects.exists()
    assert Registration.objects.get(pk=waits.pk).state == "approved"


def test_the_certificate_is_for_who_was_there(client: Client) -> None:
    event = an_event(content=a_webinar(takes_guests=True))
    registration, guest = a_registration(event), a_confirmed_guest(event)
    client.force_login(person_of(registration))
    addresses = [
        f"/en/events/{event.slug}/certificate/",
        f"/en/events/guest/{guest_key(EventGuest.objects.get())}/certificate/",
    ]
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    for one in (registration, guest):
        record_arrival(by=OPERATOR, event=event, code=one.code)
    for address in addresses:
        answer = client.get(address)
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


def test_people_say_what_they_think_once_it_has_begun(client: Client) -> None:
    registrations = []
    for days in ({"starts_on": SOON}, goes_on()):
        event = an_event(**days)
        registration = a_registration(event, now=NOW)
        client.force_login(person_of(registration))
        address = f"/en/events/{event.slug}/ticket/"
        registrations.append(client.post(address, {"do": "say", "useful": "4", "words": "Good"}).status_code)
    assert registrations == [409, 302]
    assert EventFeedback.objects.get().words == "Good"
    assert client.post(address, {"do": "say", "useful": "9"}).status_code == 422


def test_what_is_handed_out_is_for_who_has_a_place(client: Client) -> None:
    event = coming(seats=1)
    inside, waits = a_registration(event, now=NOW), a_registration(event, now=NOW + timedelta(seconds=1))
    for audience in ("public", "registered"):
        add_material(by=OPERATOR, event=event, title=audience, file_name="a.pdf", content=b"bytes", audience=audience)
    found = {}
    for name, person in (("visitor", None), ("inside", person_of(inside)), ("waits", person_of(waits))):
        reader = Client()
        if person:
            reader.force_login(person)
        statuses = []
        for material in event.materials.order_by("pk"):
            answer = reader.get(f"/en/events/{event.slug}/materials/{material.uid}/")
            statuses.append(answer.status_code)
            if answer.status_code == 200:
                assert b"".join(answer.streaming_content) == b"bytes"  # type: ignore[attr-defined]
                assert answer.headers["Content-Disposition"].startswith("attachment")
        found[name] = statuses
    assert found == {"visitor": [200, 404], "inside": [200, 200], "waits": [200, 404]}


def test_registration_that_is_closed_says_why(client: Client, person: User) -> None:
    client.force_login(person)
    called_off = coming()
    cancel_event(by=OPERATOR, event=called_off)
    early = coming(registers_from_at=NOW + timedelta(days=1))
    late = coming(registers_until_at=NOW - timedelta(days=1))
    said = [text_of(client.get(f"/en/events/{one.slug}/register/").content) for one in (called_off, early, late)]
    for words, page in zip(("called off", "not begun yet", "Registration is over"), said, strict=True):
        assert words in page
    assert client.post(f"/en/events/{early.slug}/register/").status_code == 422


def test_my_events_are_mine(client: Client) -> None:
    event = coming()
    registration = a_registration(event, now=NOW)
    client.force_login(person_of(registration))
    assert "Study visit Timișoara" in text_of(client.get("/en/events/mine/").content)
    client.force_login(somebody())
    assert "registered for no event" in text_of(client.get("/en/events/mine/").content)
    assert Membership.objects.count() == 0
