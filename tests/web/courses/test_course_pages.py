"""Course pages: filters in the address, what an empty result offers, and the part that htmx asks for."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from tests.records import a_course, a_provider, a_run, a_topic

from synchromesh.catalogue.models import Brief, Course

pytestmark = pytest.mark.django_db
LIST = "/en/courses/"
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
        ("?language=%00&field=%00&provider=%00&skill=%00&country=%00", []),
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
    client.get(f"{LIST}?q=underwater+basket+weaving")
    brief = Brief.objects.get()
    assert (brief.origin, brief.words, brief.times) == ("search", "underwater basket weaving", 1)
    client.get(f"{LIST}?q=underwater+basket+weaving&language=de")
    brief.refresh_from_db()
    assert brief.times == 1


def test_courses_that_are_over_are_shown_on_request(client: Client) -> None:
    a_run(a_course("past"), date(2020, 1, 1))
    assert _shown(client) == []
    assert "1 more is over" in _text(client, LIST)
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
