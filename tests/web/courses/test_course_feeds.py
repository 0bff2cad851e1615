"""The newest courses as RSS and their dates as a calendar: valid, stable, and not sent again to who has them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from xml.etree.ElementTree import Element

import defusedxml.ElementTree as ElementTree
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from icalendar import Calendar, Component
from pytest_django import DjangoAssertNumQueries
from tests.records import a_course, a_provider, a_run, a_skill

from synchromesh.catalogue.models import Course
from synchromesh.search.backends import memory
from synchromesh.web.courses import feeds

pytestmark = pytest.mark.django_db
RSS = "/en/courses/feed.rss"
CALENDAR = "/en/courses/calendar.ics"
SELF = "{http://www.w3.org/2005/Atom}link"


@pytest.fixture
def course() -> Course:
    """A free course with control characters, markup and an e-mail address in its texts, and two runs to come."""
    found = a_course(
        "welding",
        {"weld": (0, 2)},
        provider=a_provider(),
        price_cents=0,
        titles={"en": "Weld \x0b<steel>, & more", "de": "Stahl schweißen"},
        summaries={"en": "Ask <b>us</b>"},
        published_at=datetime(2026, 5, 4, 8, 30, tzinfo=UTC),
    )
    start = timezone.localdate() + timedelta(days=40)
    a_run(
        found, start, ends_on=start + timedelta(days=4), deadline_on=start - timedelta(days=20), place="Ulm a@b.example"
    )
    a_run(found, start + timedelta(days=90))
    a_run(found, timezone.localdate() - timedelta(days=90))
    a_run(found, None, dates_text="in spring")
    return found


def channel(client: Client, address: str) -> Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    found: Element | None = ElementTree.fromstring(answer.content).find("channel")
    assert found is not None
    return found


def events(client: Client, address: str) -> list[Component]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_the_feed_names_itself_the_list_and_each_course_for_good(client: Client, course: Course) -> None:
    found = channel(client, f"{RSS}?page=2&price=free&q=weld&order=title")
    assert found.findtext("title") == f"“weld”, Free – {settings.ALLIANCE_NAME}"
    assert found.findtext("language") == "en"
    assert found.findtext("link") == "http://testserver/en/courses/?q=weld&price=free"
    own = found.find(SELF)
    assert own is not None
    assert own.attrib == {"rel": "self", "href": "http://testserver/en/courses/feed.rss?q=weld&price=free"}
    (item,) = found.findall("item")
    assert item.findtext("title") == "Weld <steel>, & more"
    assert item.findtext("link") == "http://testserver/en/courses/welding/"
    assert item.findtext("pubDate") == "Mon, 04 May 2026 08:30:00 +0000"
    guid = item.find("guid")
    assert guid is not None
    assert (guid.text, guid.attrib) == (f"http://testserver/id/course/{course.uid}", {"isPermaLink": "true"})
    assert client.get(str(guid.text)).status_code == 302
    description = str(item.findtext("description"))
    assert description.startswith("<p>Ask &lt;b&gt;us&lt;/b&gt;</p><p>South School · Free · ")


def test_the_newest_come_first_and_not_more_than_some(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_COURSES", 2)
    for month in (3, 1, 2):
        a_course(f"month-{month}", published_at=datetime(2026, month, 1, tzinfo=UTC), origin="example")
    titles = [item.findtext("title") for item in channel(client, RSS).findall("item")]
    assert titles == ["Month 3 [Example]", "Month 2 [Example]"]


def test_the_feed_speaks_the_language_of_its_address(client: Client, course: Course) -> None:
    found = channel(client, "/de/courses/feed.rss")
    assert found.findtext("language") == "de"
    assert found.findtext("item/title") == "Stahl schweißen"
    assert found.findtext("item/link") == "http://testserver/de/courses/welding/"


def test_each_run_to_come_is_a_day_or_days_in_the_calendar(client: Client, course: Course) -> None:
    found = {str(event["UID"]): event for event in events(client, CALENDAR)}
    run, later = (run for run in course.runs.order_by("pk") if run.starts_on and run.starts_on > timezone.localdate())
    assert found.keys() == {str(run.uid), f"{run.uid}-deadline", str(later.uid)}
    event = found[str(run.uid)]
    assert run.starts_on is not None
    assert event.decoded("DTSTART") == run.starts_on
    assert type(event.decoded("DTSTART")) is date
    assert event.decoded("DTEND") == run.starts_on + timedelta(days=5)
    assert event["SUMMARY"] == "Weld <steel>, & more"
    assert event["URL"] == "http://testserver/en/courses/welding/"
    assert event["LOCATION"] == "Ulm"
    last_day = found[f"{run.uid}-deadline"]
    assert last_day.decoded("DTSTART") == run.deadline_on
    assert last_day.decoded("DTEND") - last_day.decoded("DTSTART") == timedelta(days=1)
    assert last_day["SUMMARY"] == "Last day to register: Weld <steel>, & more"
    assert found[str(later.uid)].decoded("DTEND") - found[str(later.uid)].decoded("DTSTART") == timedelta(days=1)


def test_the_calendar_says_its_name_and_when_to_look_again_and_names_nobody(client: Client, course: Course) -> None:
    content = client.get(f"{CALENDAR}?price=free").content
    calendar = Calendar.from_ical(content)
    assert (calendar["X-WR-CALNAME"], calendar["NAME"]) == ("Free", "Free")
    assert calendar.decoded("REFRESH-INTERVAL") == timedelta(hours=12)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in content
    assert calendar["SOURCE"] == "http://testserver/en/courses/calendar.ics?price=free"
    assert b"@" not in content
    assert not {"ORGANIZER", "ATTENDEE"} & {name for event in calendar.walk("VEVENT") for name in event}


def test_a_calendar_without_dates_is_valid_and_can_still_be_subscribed_to(client: Client) -> None:
    answer = client.get(f"{CALENDAR}?price=free")
    assert answer.status_code == 200
    assert [part.name for part in Calendar.from_ical(answer.content).subcomponents] == ["VTIMEZONE"]
    assert channel(client, f"{RSS}?price=free").findall("item") == []


@pytest.mark.parametrize("address", [RSS, CALENDAR, f"{RSS}?q=nothing-like-that"])
def test_who_has_it_already_is_told_so(
    client: Client, course: Course, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(address)
    now = timezone.now() + timedelta(seconds=90)
    monkeypatch.setattr(timezone, "now", lambda: now)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == first["Cache-Control"] == "public, max-age=900"
    course.titles = {"en": "Weld again"}
    course.save()
    a_course("nothing-like-that")
    memory.forget()
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_feed_can_be_asked_for_by_date_too(client: Client, course: Course) -> None:
    first = client.get(RSS)
    assert first["Last-Modified"] == "Mon, 04 May 2026 08:30:00 GMT"
    assert client.get(RSS, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    assert "Last-Modified" not in client.get(CALENDAR)


@pytest.mark.parametrize("address", [RSS, CALENDAR])
def test_a_feed_keeps_no_cookie_and_asks_little(
    client: Client, course: Course, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    a_skill("drive")
    client.get(address)
    with django_assert_max_num_queries(10):
        answer = client.get(f"{address}?skill=weld&provider=south-school")
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert client.post(address).status_code == 405
