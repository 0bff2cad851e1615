"""Organisers: write, announce, change, call off, copy, decide who takes part, hand things out, award."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.community.event_records import (
    NOW,
    a_confirmed_guest,
    a_content,
    a_registration,
    a_webinar,
    an_event,
    goes_on,
    person_of,
)
from tests.credentials.records import an_achievement, an_issuer

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import Event, EventFeedback, EventMaterial, ProgrammeItem, Registration
from synchromesh.community.operations.event_check_in import record_arrival
from synchromesh.community.operations.event_editing import add_event
from synchromesh.credentials.models import Credential
from synchromesh.places.models import Country

pytestmark = pytest.mark.django_db
FORM = {
    "titles": "Webinar on batteries", "kind": "webinar", "visibility": "public", "starts_on": "2027-05-12",
    "ends_on": "2027-05-12", "begins": "10:00", "ends": "11:00", "zone": "Europe/Athens", "mode": "online",
    "takes_registrations": "on", "seats": "20", "guest_days": "30", "registers_until_at": "2027-05-10T23:59",
    "online_url": "https://meet.example.org/room", "series": "Battery talks",
}  # fmt: skip


def text_of(content: bytes) -> str:
    """What a page says."""
    return BeautifulSoup(content, "html.parser").get_text(" ", strip=True)


def test_an_editor_writes_a_draft_and_announces_it(client: Client, editor: User, organisation: Organisation) -> None:
    client.force_login(editor)
    answer = client.post("/en/events/add/?organiser=north-works", FORM)
    event = Event.objects.get()
    assert answer.headers["Location"] == "/en/events/webinar-on-batteries-2027/"
    assert (event.state, event.organiser, event.starts_at) == (
        "draft", organisation, datetime(2027, 5, 12, 7, tzinfo=UTC)
    )  # fmt: skip
    assert event.registers_until_at == datetime(2027, 5, 10, 20, 59, tzinfo=UTC)
    assert str(event.series) == "Battery talks"
    client.post(f"/en/events/{event.slug}/edit/", {"do": "publish"})
    assert Event.objects.get().state == "published"


def test_nobody_writes_events_of_others(client: Client, editor: User, member: User) -> None:
    Organisation.objects.create(slug="south", name="South")
    client.force_login(editor)
    assert client.post("/en/events/add/?organiser=south", FORM).status_code == 403
    assert client.post("/en/events/add/", FORM).status_code == 403
    client.force_login(member)
    assert client.get("/en/events/add/?organiser=north-works").status_code == 403


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"titles": ""}, "titles"),
        ({"ends_on": "2027-05-11"}, "ends_on"),
        ({"ends": ""}, "ends"),
        ({"ends": "09:00"}, "ends"),
        ({"zone": "Mars/Base"}, "zone"),
        ({"region": "XX99"}, "region"),
        ({"registers_until_at": "soon"}, "registers_until_at"),
        ({"takes_guests": "on", "visibility": "members"}, "takes_guests"),
        ({"seats": "0"}, "seats"),
        ({"online_url": "javascript:alert(1)"}, "online_url"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client: Client, staff: User, change: dict[str, str], field: str) -> None:
    client.force_login(staff)
    answer = client.post("/en/events/add/", FORM | change)
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select_one(f'.error-summary a[href="#id_{field}"]'), page.select_one(".error-summary")
    assert not Event.objects.exists()


def test_the_form_shows_what_is_stored_and_saving_it_unchanged_changes_nothing(client: Client, staff: User) -> None:
    country = Country.objects.create(code="GR", names={"en": "Greece"})
    event = an_event(content=a_webinar(zone="Europe/Athens", country=country, registers_until_at=NOW, seats=4))
    client.force_login(staff)
    page = BeautifulSoup(client.get(f"/en/events/{event.slug}/edit/").content, "html.parser")
    form = page.select_one("form.event-form")
    assert form is not None
    sent = {one["name"]: one.get("value", "") for one in form.select("input:not([type=checkbox])")}
    sent |= {one["name"]: "on" for one in form.select("input[type=checkbox][checked]")}
    sent |= {one["name"]: one.get_text().strip() for one in form.select("textarea")}
    for one in form.select("select"):
        chosen = one.select_one("option[selected]")
        sent[one["name"]] = chosen["value"] if chosen else ""
    before: dict[str, Any] = dict(Event.objects.values().get())
    assert client.post(f"/en/events/{event.slug}/edit/", sent).status_code == 302
    after: dict[str, Any] = dict(Event.objects.values().get())
    moved = {"sequence", "changed_at", "edited_at"}
    assert {name for name in before if before[name] != after[name]} == moved


def test_a_text_in_another_language_stays(client: Client, staff: User) -> None:
    event = an_event(content=a_webinar(titles={"en": "Webinar", "de": "Webseminar"}))
    client.force_login(staff)
    client.post(f"/de/events/{event.slug}/edit/", FORM | {"titles": "Neues Webseminar"})
    assert Event.objects.get().titles == {"en": "Webinar", "de": "Neues Webseminar"}


def test_a_copy_is_a_draft_on_another_day_without_people(
    client: Client, editor: User, organisation: Organisation
) -> None:
    event = an_event(organisation, seats=7)
    a_registration(event)
    client.force_login(editor)
    answer = client.post(f"/en/events/{event.slug}/edit/", {"do": "copy", "starts_on": "2028-05-03"})
    copied = Event.objects.exclude(pk=event.pk).get()
    assert answer.headers["Location"] == f"/en/events/{copied.slug}/"
    assert (copied.state, copied.seats, copied.starts_on, copied.ends_on) == (
        "draft", 7, date(2028, 5, 3), date(2028, 5, 4)
    )  # fmt: skip
    assert (copied.slug, copied.registrations.count()) == ("study-visit-timisoara-2028", 0)


def test_organisers_approve_and_decline(client: Client, editor: User, organisation: Organisation) -> None:
    event = an_event(organisation, needs_approval=True, starts_on=timezone.localdate() + timedelta(days=9))
    first, second = (a_registration(event, now=timezone.now()) for _ in range(2))
    client.force_login(editor)
    address = f"/en/events/{event.slug}/people/"
    client.post(address, {"do": "approve", "registration": str(first.uid)})
    client.post(address, {"do": "refuse", "registration": str(second.uid), "answer": "Full"})
    assert list(Registration.objects.order_by("pk").values_list("state", "decided_by")) == [
        ("approved", editor.public_id), ("declined", editor.public_id)
    ]  # fmt: skip
    approved = text_of(client.get(f"{address}?state=approved").content)
    assert str(person_of(first)) in approved
    assert "was there" not in approved
    assert str(person_of(first)) not in text_of(client.get(f"{address}?state=declined").content)


def test_a_registration_of_another_event_is_not_there(client: Client, editor: User, organisation: Organisation) -> None:
    mine, other = an_event(organisation), an_event(needs_approval=True)
    registration = a_registration(other)
    client.force_login(editor)
    answer = client.post(f"/en/events/{mine.slug}/people/", {"do": "approve", "registration": str(registration.uid)})
    assert answer.status_code == 404
    assert Registration.objects.get().state == "asked"


def test_the_list_goes_along_as_a_table_without_formulas(client: Client, staff: User) -> None:
    event = an_event(takes_guests=True)
    a_confirmed_guest(event, name="=cmd|' /C calc'!A0", organisation_name="Süd AG")
    client.force_login(staff)
    answer = client.get(f"/en/events/{event.slug}/people.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["name"], row["organisation"], row["state"]) == ("'=cmd|' /C calc'!A0", "Süd AG", "approved")


def test_the_programme_stands_on_the_page_of_the_event(client: Client, staff: User) -> None:
    event = an_event()
    client.force_login(staff)
    address = f"/en/events/{event.slug}/programme/"
    point = {
        "title": "Opening",
        "day": "2027-05-12",
        "begins": "09:00",
        "ends": "09:30",
        "track": "Hall",
        "speakers": "A. Speaker",
    }
    assert client.post(address, point).status_code == 302
    assert client.post(address, point | {"day": "2027-05-20"}).status_code == 422
    item = ProgrammeItem.objects.get()
    assert item.starts_at == datetime(2027, 5, 12, 6, tzinfo=UTC)
    assert client.post(f"{address}?item={item.uid}", point | {"title": "Welcome"}).status_code == 302
    assert "09:00–09:30 Welcome Hall" in text_of(Client().get(f"/en/events/{event.slug}/").content)
    assert Event.objects.get().sequence == 2
    client.post(address, {"do": "remove", "item": str(item.uid)})
    assert not ProgrammeItem.objects.exists()


def test_materials_are_an_address_or_a_file(client: Client, staff: User) -> None:
    event = an_event()
    client.force_login(staff)
    address = f"/en/events/{event.slug}/materials/"
    file = SimpleUploadedFile("../Mein Plan.PDF", b"plan")
    assert client.post(address, {"title": "Plan", "file": file, "audience": "public"}).status_code == 302
    assert client.post(address, {"title": "Nothing", "audience": "public"}).status_code == 422
    material = EventMaterial.objects.get()
    assert (material.file_name, material.bytes) == ("mein-plan.pdf", 4)
    client.post(address, {"do": "remove", "material": str(material.uid)})
    assert not EventMaterial.objects.exists()


def test_whoever_was_there_is_awarded_once(client: Client, manager: User, organisation: Organisation) -> None:
    achievement = an_achievement(an_issuer(organisation))
    day = timezone.localdate() - timedelta(days=2)
    event = an_event(organisation, takes_guests=True, starts_on=day, achievement=achievement)
    before = timezone.now() - timedelta(days=5)
    there, absent = a_registration(event, now=before), a_registration(event, now=before)
    guest = a_confirmed_guest(event, now=before)
    for one in (there, guest):
        record_arrival(by=OPERATOR, event=event, code=one.code)
    client.force_login(manager)
    for _ in range(2):
        assert client.post(f"/en/events/{event.slug}/people/", {"do": "award"}).status_code == 302
    assert sorted(Credential.objects.values_list("holder_name", flat=True)) == ["Gita Guest", str(person_of(there))]
    client.force_login(person_of(there))
    assert "Open the credential" in text_of(client.get(f"/en/events/{event.slug}/ticket/").content)
    assert absent.state == "approved"


def test_an_event_that_goes_on_awards_nothing_yet(client: Client, staff: User, organisation: Organisation) -> None:
    achievement = an_achievement(an_issuer(organisation))
    event = an_event(organisation, **goes_on(), achievement=achievement)
    client.force_login(staff)
    assert client.post(f"/en/events/{event.slug}/people/", {"do": "award"}).status_code == 409


def test_organisers_read_what_people_said_without_names(client: Client, staff: User) -> None:
    event = an_event()
    registration = a_registration(event)
    EventFeedback.objects.create(registration=registration, useful=4, words="Good food", given_at=NOW)
    client.force_login(staff)
    said = text_of(client.get(f"/en/events/{event.slug}/feedback/").content)
    assert "Very useful 1" in said
    assert "Good food" in said
    assert str(registration.person) not in said


def test_a_draft_with_seats_is_edited_before_it_is_announced(client: Client, staff: User) -> None:
    draft = add_event(by=OPERATOR, organiser=None, content=a_content())
    client.force_login(staff)
    client.post(f"/en/events/{draft.slug}/edit/", FORM | {"seats": "3"})
    changed = Event.objects.get()
    assert (changed.seats, changed.sequence, changed.state) == (3, 0, "draft")
