"""Pages of followed searches: begin without knowing how, change, end, and end from a mail without an account."""

from __future__ import annotations

from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.records import a_course, a_topic

from synchromesh.accounts.models import User
from synchromesh.pathways.models import SavedSearch
from synchromesh.pathways.operations.saved_searches import save_search
from synchromesh.pathways.queries.saved_search_keys import make_person_key, make_search_key

pytestmark = pytest.mark.django_db
PAGE = "/en/me/searches/"
END = "/en/me/searches/unsubscribe/"


@pytest.fixture
def saved(person: User) -> SavedSearch:
    return save_search(by=person, query="price=free&q=weld", title="Free welding", language="de", frequency="daily")


def _text(page: Any, status: int = 200) -> str:
    assert page.status_code == status
    text = unescape(page.content.decode())
    assert "⚠ unknown variable" not in text
    return text


def test_the_list_leads_to_following_feed_calendar_and_widget_of_its_filter(client: Client) -> None:
    a_course("welding", price_cents=0)
    text = _text(client.get("/en/courses/?page=1&order=title&price=free&q=weld"))
    for path in ("me/searches/follow/", "courses/feed.rss", "courses/calendar.ics", "widget/"):
        assert f'href="/en/{path}?q=weld&price=free"' in text
    assert '<link rel="alternate" type="application/rss+xml"' in text


def test_a_visitor_learns_what_following_means_and_comes_back_to_it_after_signing_in(client: Client) -> None:
    text = _text(client.get("/en/me/searches/follow/?q=weld&price=free"))
    assert "“weld”, Free" in text
    back = quote("/en/me/searches/follow/?q=weld&price=free", safe="")
    assert f"/en/account/login/?next={back}" in text
    assert "webcal://testserver/en/courses/calendar.ics?q=weld&price=free" in text
    assert "<form" not in text.partition("<main")[2].partition("</main")[0]


def test_following_a_filter_names_it_in_words_and_keeps_what_was_entered(client: Client, person: User) -> None:
    client.force_login(person)
    battery = a_topic("battery", titles={"en": "Battery", "de": "Batterie"})
    text = _text(client.get(f"/de/me/searches/follow/?field={battery.slug}&price=unknown&page=2"))
    assert 'value="Preis: ' in text
    assert ", Batterie" in text
    entered = {"query": "field=battery&price=unknown", "title": "Battery courses", "frequency": "weekly"}
    page = client.post("/de/me/searches/", entered, follow=True)
    assert page.redirect_chain == [("/de/me/searches/", 302)]
    assert "Battery courses" in _text(page)
    assert 'href="/de/courses/?field=battery' in _text(page) or 'href="/de/courses/?price=unknown' in _text(page)
    again = _text(client.get("/de/me/searches/follow/?price=unknown&field=battery"))
    assert 'value="Battery courses"' in again


def test_a_wrong_form_keeps_the_query_and_says_what_is_wrong(client: Client, person: User) -> None:
    client.force_login(person)
    text = _text(client.post(PAGE, {"query": "price=free", "title": "", "frequency": "weekly"}), 422)
    assert 'name="query" value="price=free"' in text
    assert "Please check what you entered" in text
    long = "&".join(f"provider={'a' * 150}{number}" for number in range(20))
    text = _text(client.post(PAGE, {"query": long, "title": "Long", "frequency": "weekly"}), 422)
    assert "too many filters" in text
    assert not SavedSearch.objects.exists()


def test_the_page_says_that_no_mail_comes_until_the_address_is_confirmed(
    client: Client, person: User, saved: SavedSearch
) -> None:
    client.force_login(person)
    pages = (PAGE, f"{PAGE}{saved.uid}/", f"{PAGE}follow/")
    for page in pages:
        assert "No mail comes yet." in _text(client.get(page))
    EmailAddress.objects.create(user=person, email=str(person.email), verified=True)
    for page in pages:
        assert "No mail comes yet." not in _text(client.get(page))


def test_a_search_is_changed_and_deleted_by_its_owner(client: Client, person: User, saved: SavedSearch) -> None:
    client.force_login(person)
    own = f"{PAGE}{saved.uid}/"
    text = _text(client.get(own))
    assert "“weld”, Free" in text
    assert "webcal://testserver/de/courses/calendar.ics?q=weld&price=free" in text
    client.post(own, {"title": "Weld for nothing", "frequency": "never"})
    text = _text(client.get(PAGE))
    assert "Weld for nothing" in text
    assert "no mail, I use the feed" in text
    assert "/de/courses/?q=weld&price=free" in text
    assert _text(client.post(own, {"title": "", "frequency": "never"}), 422)
    assert client.get(f"{own}delete/").status_code == 405
    client.post(f"{own}delete/")
    assert "You follow no search yet." in _text(client.get(PAGE))


def test_somebody_elses_search_is_not_there(client: Client, staff: User, saved: SavedSearch) -> None:
    client.force_login(staff)
    assert client.get(f"{PAGE}{saved.uid}/").status_code == 404
    assert client.post(f"{PAGE}{saved.uid}/delete/").status_code == 404
    assert SavedSearch.objects.exists()


def test_opening_the_link_of_a_mail_changes_nothing(client: Client, saved: SavedSearch) -> None:
    page = client.get(END, {"key": make_search_key(saved)})
    text = _text(page)
    assert "Free welding" in text
    assert "End these mails" in text
    assert "no-store" in page["Cache-Control"]
    saved.refresh_from_db()
    assert saved.frequency == "daily"


def test_the_button_ends_the_mails_without_signing_in(saved: SavedSearch) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.post(END, {"key": make_search_key(saved)})
    assert "You get no more of these mails" in _text(page)
    saved.refresh_from_db()
    assert saved.frequency == "never"
    assert saved.unsubscribed_at is not None


def test_one_click_of_a_mail_program_ends_all_mails_and_is_not_led_elsewhere(saved: SavedSearch, person: User) -> None:
    client = Client(enforce_csrf_checks=True)
    address = f"{END}?key={make_person_key(person)}"
    assert "any of your searches" in _text(client.get(address))
    for _ in range(2):
        page = client.post(address, {"List-Unsubscribe": "One-Click"})
        assert "about any of your searches" in _text(page)
    saved.refresh_from_db()
    assert saved.frequency == "never"


def test_a_key_that_is_cut_off_is_refused_with_a_way_out(client: Client, saved: SavedSearch) -> None:
    key = make_search_key(saved)[:-1]
    for page in (client.get(END, {"key": key}), client.post(END, {"key": key}), client.get(END)):
        assert "This address is not complete" in _text(page, 404)
    saved.refresh_from_db()
    assert saved.frequency == "daily"


def test_the_key_of_a_deleted_search_is_answered_calmly(client: Client, saved: SavedSearch) -> None:
    key = make_search_key(saved)
    saved.delete()
    assert "deleted already" in _text(client.get(END, {"key": key}))
    assert "deleted already" in _text(client.post(END, {"key": key}))


def test_the_list_of_searches_asks_no_more_for_many(
    client: Client, person: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        save_search(by=person, query=f"q=weld{number}", title=f"Weld {number}", language="en", frequency="daily")
    client.force_login(person)
    with django_assert_max_num_queries(10):
        client.get(PAGE)
