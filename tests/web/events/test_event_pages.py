"""The list of events, its month and map, and the page of one event."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from tests.community.event_records import a_content, a_webinar, an_event

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.operations.event_editing import add_event, cancel_event
from synchromesh.framework.models import Topic
from synchromesh.places.models import Country

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=20)


def titles_of(page: bytes) -> list[str]:
    """The events that a page lists, in its order."""
    return [link.get_text() for link in BeautifulSoup(page, "html.parser").select(".rows h3 a")]


def get(client: Client, address: str) -> BeautifulSoup:
    """A page that is there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "html.parser")


def test_what_comes_first_stands_first_and_what_is_over_is_under_past(client: Client) -> None:
    today = timezone.localdate()
    for title, day in (("Later", SOON), ("Sooner", today), ("Over", today - timedelta(days=3))):
        an_event(titles={"en": title}, starts_on=day)
    assert titles_of(client.get("/en/events/").content) == ["Sooner", "Later"]
    assert titles_of(client.get("/en/events/?when=past").content) == ["Over"]
    assert titles_of(client.get("/en/events/?when=all").content) == ["Over", "Sooner", "Later"]


def test_filters_add_up(client: Client, organisation: Organisation) -> None:
    country = Country.objects.create(code="RO", names={"en": "Romania"})
    topic = Topic.objects.create(slug="batteries", titles={"en": "Batteries"})
    an_event(organisation, starts_on=SOON, country=country, topics=[topic])
    an_event(titles={"en": "Workshop"}, kind="workshop", starts_on=SOON, country=country)
    an_event(content=a_webinar(starts_on=SOON, ends_on=SOON))
    asked = {
        "country=RO": 2,
        "country=RO&kind=workshop": 1,
        "mode=online": 1,
        "field=batteries": 1,
        "q=timisoara+visit": 1,
        "q=TIMI%C8%98OARA": 2,
        "organiser=north-works": 1,
        "kind=conference": 0,
        "country=XX": 0,
    }
    assert {query: len(titles_of(client.get(f"/en/events/?{query}").content)) for query in asked} == asked


def test_an_event_says_when_where_and_what(client: Client, organisation: Organisation) -> None:
    event = an_event(organisation, starts_on=date(2027, 5, 12), ends_on=date(2027, 5, 13), seats=12)
    page = get(client, f"/en/events/{event.slug}/")
    text = page.get_text(" ", strip=True)
    assert page.h1 is not None
    assert page.h1.get_text(strip=True) == "Study visit Timișoara"
    for words in ("12 May 2027 to 13 May 2027", "Timișoara", "North Works", "0 of 12 taken", "Study visit"):
        assert words in text


def test_times_are_those_of_the_place_with_its_zone(client: Client) -> None:
    event = an_event(content=a_webinar(zone="Europe/Athens"))
    assert "10:00 to 11:30 (Europe/Athens)" in get(client, f"/en/events/{event.slug}/").get_text()


def test_the_address_to_take_part_online_is_for_who_has_a_place(client: Client) -> None:
    event = an_event(content=a_webinar())
    assert "secret-room" not in str(get(client, f"/en/events/{event.slug}/"))


def test_an_event_that_is_called_off_stays_and_says_so(client: Client) -> None:
    event = an_event(starts_on=SOON)
    cancel_event(by=OPERATOR, event=event, reason="The hall burnt down")
    assert "Called off" in get(client, "/en/events/").get_text()
    assert "The hall burnt down" in get(client, f"/en/events/{event.slug}/").get_text()


def test_a_month_shows_an_event_on_each_of_its_days(client: Client) -> None:
    an_event(starts_on=date(2027, 5, 31), ends_on=date(2027, 6, 1))
    may, june = (get(client, f"/en/events/month/?month=2027-{month}") for month in ("05", "06"))
    assert [cell.get_text(" ", strip=True).split()[0] for cell in may.select("td:has(li)")] == ["31"]
    assert [cell.get_text(" ", strip=True).split()[0] for cell in june.select("td:has(li)")] == ["1"]
    assert len(may.select("caption")) == 1


@pytest.mark.parametrize("month", ["", "2027-13", "x", "0-1", "99999-1"])
def test_a_month_that_is_none_is_some_month(client: Client, month: str) -> None:
    get(client, f"/en/events/month/?month={month}")


def test_the_map_counts_by_country_and_the_table_says_the_same(client: Client) -> None:
    for code, names in (("RO", "Romania"), ("MT", "Malta")):
        Country.objects.create(code=code, names={"en": names})
    for code, count in (("RO", 3), ("MT", 1)):
        for _ in range(count):
            an_event(starts_on=SOON, country=Country.objects.get(code=code))
    page = get(client, "/en/events/map/?kind=study-visit")
    rows = [[cell.get_text() for cell in row.select("th,td")] for row in page.select("tbody tr")]
    assert rows == [["Romania", "3"], ["Malta", "1"]]
    tiles = page.select(".tile-4 > a, .tile-2 > a")
    assert [tile.get_text(" ", strip=True) for tile in tiles] == ["RO Romania 3 events", "MT Malta 1 event"]
    assert tiles[0]["href"] == "/en/events/?country=RO&kind=study-visit"
    assert page.select_one("tbody a")["href"] == "/en/events/?country=RO&kind=study-visit"  # type: ignore[index]


def test_a_draft_is_there_for_its_organisers_only(client: Client, organisation: Organisation, editor: User) -> None:
    draft = add_event(by=OPERATOR, organiser=organisation, content=a_content(starts_on=SOON))
    address = f"/en/events/{draft.slug}/"
    assert client.get(address).status_code == 404
    assert titles_of(client.get("/en/events/").content) == []
    client.force_login(editor)
    assert client.get(address).status_code == 200
    assert titles_of(client.get("/en/events/").content) == []
    assert "Draft" in get(client, "/en/events/organise/").get_text()


def test_the_lasting_address_leads_to_the_event(client: Client) -> None:
    event = an_event()
    assert client.get(f"/id/event/{event.uid}").headers["Location"] == f"/en/events/{event.slug}/"
    hidden = an_event(visibility="members")
    assert client.get(f"/id/event/{hidden.uid}").status_code == 404
