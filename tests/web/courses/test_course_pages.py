"""Course pages: filters in the address, what an empty result offers, and the part that htmx asks for."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from tests.records import a_course, a_provider, a_run, a_topic

from synchromesh.accounts.models import Organisation, User
from synchromesh.catalogue.models import Brief, Course, CourseUse, FeedSource, LinkCheck
from synchromesh.search.operations import rebuild

pytestmark = pytest.mark.django_db
LIST = "/en/courses/"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
_ROW = re.compile(r'<h3><a href="/en/courses/([-\w]+)/"')


@pytest.fixture
def courses() -> None:
    """Three courses that differ in language, price and place."""
    battery = a_topic("battery")
    weld = a_course("welding", {"weld": (0, 2)}, provider=a_provider(), languages=["de"], price_cents=0)
    weld.topics.add(battery)
    a_course("driving", {"drive": (None, 1)}, mode="on-site", languages=["en", "de"])
    a_course("lifting", {"lift": (0, 1)}, confirmed=False, languages=[], price_cents=None, currency="", minutes=None)


def _text(client: Client, address: str, **headers: str) -> str:
    page = client.get(address, headers=headers)
    assert page.status_code == 200
    text = unescape(page.content.decode())
    assert "⚠ unknown variable" not in text
    return text


def _shown(client: Client, query: str = "") -> list[str]:
    return _ROW.findall(_text(client, LIST + query))


@pytest.mark.usefixtures("courses")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["driving", "lifting", "welding"]),
        ("?language=de", ["driving", "welding"]),
        ("?language=de&mode=on-site", ["driving"]),
        ("?price=free&price=unknown", ["lifting", "welding"]),
        ("?field=battery", ["welding"]),
        ("?skill=weld&level=2", ["welding"]),
        ("?provider=south-school", ["welding"]),
        ("?order=price", ["welding", "driving", "lifting"]),
        ("?order=rubbish&page=999&over=1", ["driving", "lifting", "welding"]),
        ("?q=welding", ["welding"]),
        ("?language=klingon", []),
        ("?language=%00&field=%00&price_most=%00&country=", ["driving", "lifting", "welding"]),
        ("?language=d%00x&field=%00y&provider=%00z&skill=%00z&country=%00z", []),
        ("?price_most=0", ["welding"]),
        ("?price_most=20&order=newest", ["driving", "welding"]),
        ("?length=4-hours", ["driving", "welding"]),
        ("?start=unknown&length=unknown", ["lifting"]),
        ("?freshness=rubbish", []),
    ],
)
def test_filters_stand_in_the_address(client: Client, query: str, expected: list[str]) -> None:
    assert _shown(client, query) == expected


@pytest.mark.usefixtures("courses")
def test_each_choice_is_a_chip_with_a_link_that_leaves_only_it_out(client: Client) -> None:
    text = _text(client, f"{LIST}?language=de&language=en&price=free&page=2")
    assert "Language: German" in text
    assert "Price: Free" in text
    assert 'href="?language=en&price=free"' in text
    assert 'href="?language=de&language=en"' in text


@pytest.mark.usefixtures("courses")
def test_an_empty_result_says_which_filter_to_leave_out(client: Client) -> None:
    text = _text(client, f"{LIST}?language=en&price=free")
    assert "No course fits all of this." in text
    assert "Without “Language”: 1 course" in text
    assert "Without “Price”: 1 course" in text
    assert re.search(r'href="\?price=free">\s*Without “Language”', text)


@pytest.mark.usefixtures("courses")
@pytest.mark.parametrize("query", ["", "?language=de", "?q=welding&price=paid", "?language=de&order=price"])
def test_the_fragment_for_htmx_is_the_part_of_the_full_page(client: Client, query: str) -> None:
    full, part = _text(client, LIST + query), _text(client, LIST + query, HX_Request="true")
    assert "<html" not in part
    assert part.strip() in full
    restored = _text(client, LIST + query, HX_Request="true", HX_History_Restore_Request="true")
    assert "<html" in restored


def test_long_lists_have_pages(client: Client) -> None:
    for number in range(23):
        a_course(f"course-{number:02}")
    first, second = _shown(client), _shown(client, "?page=2")
    assert (len(first), len(second)) == (20, 3)
    assert not set(first) & set(second)
    assert _shown(client, "?page=last") == first
    assert "23 courses" in _text(client, LIST)


def test_a_search_without_any_course_is_counted_as_wanted_once(client: Client) -> None:
    client.get(f"{LIST}?q=underwater+basket+weaving", headers={"User-Agent": "Googlebot/2.1"})
    assert not Brief.objects.exists()
    page = client.get(f"{LIST}?q=underwater+basket+weaving", headers=BROWSER)
    assert "/en/wanted/" in page.content.decode().partition("It was noted")[2].partition("</p>")[0]
    brief = Brief.objects.get()
    assert (brief.origin, brief.words, brief.times) == ("search", "underwater basket weaving", 1)
    for query in ("", "&language=de", "&price=free"):
        client.get(f"{LIST}?q=Underwater+basket+weaving{query}", headers=BROWSER)
    brief.refresh_from_db()
    assert brief.times == 1
    client.get(f"{LIST}?q=underwater+basket+weaving", headers=BROWSER | {"User-Agent": "Mozilla/5.0 another device"})
    brief.refresh_from_db()
    assert brief.times == 2


def test_courses_that_are_over_are_shown_on_request(client: Client) -> None:
    a_run(a_course("past"), date(2020, 1, 1))
    assert _shown(client) == []
    assert "1 more cannot be taken any more" in _text(client, LIST)
    assert _shown(client, "?over=1") == ["past"]


def test_a_course_page_says_what_is_known_and_what_is_not(client: Client) -> None:
    a_course("known", {"weld": (None, 2)}, provider=a_provider(), origin="example", url="https://example.org/weld")
    text = _text(client, f"{LIST}known/")
    for words in ("Known", "South School", "EUR 20", "60 minutes", "Example", "(assumed)", "no text seen"):
        assert words in text
    a_course("silent", {"weld": (0, 1)}, confirmed=False, price_cents=None, currency="", minutes=None, languages=[])
    text = _text(client, f"{LIST}silent/")
    for words in ("price not stated", "time not stated", "provider not stated", "Suggested, not confirmed"):
        assert words in text


def test_a_course_that_is_not_published_has_no_page(client: Client) -> None:
    a_course("draft", published_at=None)
    assert client.get(f"{LIST}draft/").status_code == 404
    assert client.get(f"{LIST}nothing/").status_code == 404


def test_texts_of_others_are_shown_as_text_and_never_run(client: Client) -> None:
    bad = "<script>alert(1)</script>"
    course = a_course(
        "bad", titles={"en": bad}, summaries={"en": bad}, descriptions={"en": bad}, outcomes={"en": [bad]}
    )
    for address in (LIST, f"{LIST}{course.slug}/"):
        assert "<script>alert" not in client.get(address).content.decode()


def test_leaving_for_a_provider_is_said_first(client: Client) -> None:
    a_course("known", url="https://example.org/weld")
    a_course("silent")
    assert "https://example.org/weld" in _text(client, f"{LIST}known/leave/")
    assert client.get(f"{LIST}silent/leave/")["Location"] == f"{LIST}silent/"


@pytest.mark.usefixtures("starter_content")
def test_courses_of_the_shipped_content_have_sound_pages(client: Client) -> None:
    for slug in Course.objects.order_by("slug").values_list("slug", flat=True)[::3]:
        _text(client, f"{LIST}{slug}/")


def _broken(course: Course, **columns: object) -> LinkCheck:
    stated = {"state": "broken", "first_failed_at": NOON, "status": 404, "reason": "There is no page at this address."}
    return LinkCheck.objects.create(course=course, url=course.url, **(stated | columns))


def test_readers_are_told_since_when_an_address_does_not_work_and_where_an_older_copy_may_be(client: Client) -> None:
    course = a_course("welding", url="https://example.org/weld")
    _broken(course, last_good_at=NOON - timedelta(days=7))
    for address in (f"{LIST}welding/", f"{LIST}welding/leave/"):
        text = _text(client, address)
        for words in (
            "The address of this course has not worked since 1 March 2027.",
            "It worked last on 22 February 2027.",
            "There is no page at this address. (404)",
            'href="https://web.archive.org/web/20270222/https://example.org/weld"',
        ):
            assert words in text
    LinkCheck.objects.update(state="failing")
    assert "has not worked" not in _text(client, f"{LIST}welding/")


def test_courses_with_broken_addresses_are_marked_and_can_be_left_out(client: Client) -> None:
    _broken(a_course("broken", url="https://example.org/b"))
    a_course("fine", url="https://example.org/f")
    a_course("silent")
    assert _shown(client) == ["broken", "fine", "silent"]
    assert "address does not work" in _text(client, LIST)
    assert _shown(client, "?link=fine") == ["fine"]
    assert _shown(client, "?link=fine&link=none") == ["fine", "silent"]
    assert "Address of the course: Does not work" in _text(client, f"{LIST}?link=broken")


def test_courses_can_be_chosen_by_when_they_were_confirmed(client: Client) -> None:
    today = timezone.localdate()
    a_course("fresh", last_confirmed_on=today)
    a_course("ageing", last_confirmed_on=today - timedelta(days=400))
    a_course("never")
    assert _shown(client, "?freshness=fresh") == ["fresh"]
    assert _shown(client, "?freshness=ageing&freshness=stale") == ["ageing", "never"]


def test_a_course_page_says_who_confirmed_it_last(client: Client) -> None:
    FeedSource.objects.create(key="north", name="North feed", created_by="operator")
    today = timezone.localdate()
    a_course("fed", last_confirmed_on=today, confirmed_by="north", import_source="north")
    a_course("old", last_confirmed_on=today - timedelta(days=600))
    a_course("never")
    assert "by the feed “North feed”" in _text(client, f"{LIST}fed/")
    assert "older than 18 months" in _text(client, f"{LIST}old/")
    assert re.search(r"<dt>Last confirmed</dt><dd>\s*not known", _text(client, f"{LIST}never/"))


def test_a_course_that_its_feed_dropped_is_out_of_the_list_and_its_page_says_so(client: Client) -> None:
    a_course("dropped", missing_since=date(2026, 3, 1))
    assert _shown(client) == []
    assert _shown(client, "?over=1") == ["dropped"]
    assert "no longer names this course since 1 March 2026" in _text(client, f"{LIST}dropped/")


def test_a_run_that_one_can_no_longer_register_for_says_since_when(client: Client) -> None:
    today = timezone.localdate()
    course = a_course("closed")
    a_run(course, today + timedelta(days=30), deadline_on=today - timedelta(days=1))
    assert _shown(client) == []
    assert _text(client, f"{LIST}closed/").count("registration closed on") == 2
    a_run(course, today + timedelta(days=60), deadline_on=today)
    rebuild()
    assert _shown(client) == ["closed"]
    assert _text(client, f"{LIST}closed/").count("registration closed on") == 1


def test_a_merged_course_leads_to_the_one_that_it_is_now(client: Client) -> None:
    winner = a_course("winner", url="https://example.org/w")
    middle = a_course("middle", published_at=None, merged_into=winner)
    loser = a_course("loser", published_at=None, merged_into=middle)
    assert client.get(f"{LIST}loser/")["Location"] == f"{LIST}winner/"
    assert client.get(f"{LIST}loser/leave/")["Location"] == f"{LIST}winner/leave/"
    assert client.get(f"/id/course/{loser.uid}", headers={"Accept-Language": "en"})["Location"] == f"{LIST}winner/"
    Course.objects.filter(pk=winner.pk).update(published_at=None)
    assert client.get(f"{LIST}loser/").status_code == 404
    assert client.get(f"/id/course/{loser.uid}").status_code == 404


def test_looks_and_clicks_of_readers_are_counted_and_those_of_programs_and_own_people_are_not(
    client: Client, organisation: Organisation, editor: User, staff: User
) -> None:
    a_course("welding", provider=organisation, url="https://example.org/weld")
    for person in (None, editor, staff):
        if person is not None:
            client.force_login(person)
        client.get(f"{LIST}welding/", headers=BROWSER)
        client.get(f"{LIST}welding/leave/", headers=BROWSER)
    client.logout()
    client.get(f"{LIST}welding/", headers={"User-Agent": "Googlebot/2.1"})
    use = CourseUse.objects.get()
    assert (use.views, use.clicks, use.day) == (1, 1, timezone.localdate())
