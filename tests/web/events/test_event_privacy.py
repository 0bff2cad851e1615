"""What is for members, and who takes part, leaks nowhere: no list, count, calendar, search, export or error."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.community.event_records import a_confirmed_guest, a_registration, an_event, person_of, somebody

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import Event, EventGuest, MemberProfile, Registration
from synchromesh.community.operations.event_materials import add_material
from synchromesh.community.queries.event_guests import guest_key
from synchromesh.places.models import Country

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=20)
SECRET = "Zeppelin round table"


@pytest.fixture
def hidden(organisation: Organisation) -> Event:
    """An event for members, of North Works, in a country where nothing else takes place."""
    country = Country.objects.create(code="MT", names={"en": "Malta"})
    event = an_event(
        organisation,
        titles={"en": SECRET},
        visibility="members",
        starts_on=SOON,
        country=country,
        place="Valletta",
        series="Zeppelin series",
    )
    add_material(by=OPERATOR, event=event, title="Slides", url="https://example.org/zeppelin", audience="public")
    return event


@pytest.fixture
def insider() -> User:
    """A person of an organisation that is a member of the alliance."""
    organisation = Organisation.objects.create(slug="member-works", name="Member Works")
    MemberProfile.objects.create(organisation=organisation)
    person = somebody()
    Membership.objects.create(person=person, organisation=organisation, role="member")
    return person


def addresses_of(event: Event) -> list[str]:
    """Every address that leads to one event."""
    own = f"/en/events/{event.slug}"
    tails = ("/", ".ics", "/register/", "/ticket/", "/certificate/", "/edit/", "/programme/", "/materials/", "/people/",
             "/people.csv", "/feedback/", "/check-in/", f"/materials/{event.materials.get().uid}/")  # fmt: skip
    return [own + tail for tail in tails]


LISTS = (
    "/en/events/", "/en/events/?when=all", "/en/events/?q=zeppelin", "/en/events/?country=MT", "/en/events/map/",
    f"/en/events/month/?month={SOON:%Y-%m}", "/en/events/feed.ics?when=all", "/en/events/?series=zeppelin-series",
    "/en/search/?q=zeppelin", "/en/events/organise/", "/en/events/mine/",
)  # fmt: skip


@pytest.mark.parametrize("who", ["visitor", "stranger"])
def test_an_event_for_members_is_nowhere_for_others(hidden: Event, who: str) -> None:
    reader = Client()
    if who == "stranger":
        reader.force_login(somebody())
    for address in LISTS:
        content = reader.get(address, follow=True).content.decode()
        assert SECRET not in content, address
        assert "Valletta" not in content, address
        assert "Malta" not in content, address
    for address in addresses_of(hidden):
        answer = reader.get(address)
        expected = {404} if who == "stranger" else {404, 302}
        assert answer.status_code in expected, address
        assert SECRET not in answer.content.decode(), address
        nothing = address.replace(hidden.slug, "no-such-event").replace(str(hidden.materials.get().uid), str(uuid4()))
        assert answer.status_code == reader.get(nothing).status_code, address
    assert reader.get(f"/id/event/{hidden.uid}").status_code == 404
    assert reader.post(f"/en/events/{hidden.slug}/check-in/sync/").status_code in {302, 404}


def test_members_see_it_everywhere_but_no_public_calendar(hidden: Event, insider: User) -> None:
    reader = Client()
    reader.force_login(insider)
    for address in ("/en/events/", "/en/events/?q=zeppelin", "/en/events/?country=MT", f"/en/events/{hidden.slug}/"):
        assert SECRET in reader.get(address).content.decode(), address
    assert b"Zeppelin" in reader.get(f"/en/events/{hidden.slug}.ics").content
    assert b"Zeppelin" not in reader.get("/en/events/feed.ics?when=all").content
    assert reader.get(f"/en/events/{hidden.slug}/register/").status_code == 200


def test_guests_never_register_for_it_although_it_was_once_public(hidden: Event) -> None:
    Event.objects.filter(pk=hidden.pk).update(takes_guests=True)
    answer = Client().post(f"/en/events/{hidden.slug}/register/", {"name": "N", "email": "n@example.org"})
    assert (answer.status_code, EventGuest.objects.count()) == (404, 0)


def test_who_takes_part_is_seen_by_organisers_alone(organisation: Organisation, member: User, editor: User) -> None:
    event = an_event(organisation, takes_guests=True, starts_on=SOON, seats=9)
    now = timezone.now()
    taking = a_registration(event, User.objects.create_user(email="quinn@example.org", name="Quinn Quaver"), now=now)
    a_confirmed_guest(event, "zoe@example.org", now=now, name="Zoe Zither", organisation_name="Zither AG")
    words = ("Quinn", "quinn@", "Zoe Z", "zoe@", "Zither", taking.code)  # three letters may stand in a random key
    fellow, visitor = a_registration(event, now=now), None
    for person in (visitor, member, person_of(fellow)):
        reader = Client()
        if person:
            reader.force_login(person)
        for address in (*LISTS, *(f"/en/events/{event.slug}{tail}" for tail in ("/", ".ics", "/register/", "/ticket/",
                        "/people/", "/people.csv", "/check-in/", "/feedback/", "/check-in/worker.js"))):  # fmt: skip
            content = reader.get(address, follow=True).content.decode()
            assert not [word for word in words if word in content], (address, person)
        codes = {"code": taking.code}
        assert "Quinn" not in reader.post(f"/en/events/{event.slug}/check-in/", codes, follow=True).content.decode()
    organiser = Client()
    organiser.force_login(editor)
    assert "Quinn Quaver" in organiser.get(f"/en/events/{event.slug}/people/").content.decode()


def test_a_ticket_is_nobody_elses(organisation: Organisation) -> None:
    event = an_event(organisation, takes_guests=True, starts_on=SOON)
    mine = a_registration(event, now=timezone.now())
    a_confirmed_guest(event, now=timezone.now())
    reader = Client()
    reader.force_login(somebody())
    for tail in ("ticket/", "certificate/"):
        assert reader.get(f"/en/events/{event.slug}/{tail}").status_code == 404
    assert reader.post(f"/en/events/{event.slug}/ticket/", {"do": "withdraw"}).status_code == 404
    guest = EventGuest.objects.get()
    key = guest_key(guest)
    other = key[:31] + ("0" if key[31] != "0" else "1") + key[32:]
    assert reader.post(f"/en/events/guest/{other}/", {"do": "delete"}).status_code == 404
    assert UUID(hex=key[:32]) == guest.uid
    assert Registration.objects.get(pk=mine.pk).state == "approved"
