"""The small list for other sites: it may stand in frames, it alone, and it keeps nothing."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.records import a_course, a_provider

from synchromesh.accounts.models import User

pytestmark = pytest.mark.django_db
WIDGET = "/en/widget/courses/"
CODE = "/en/widget/"


@pytest.fixture
def courses() -> None:
    """Six free courses of one provider and one that is not free."""
    provider = a_provider()
    for number in range(6):
        a_course(f"free-{number}", price_cents=0, provider=provider, origin="example")
    a_course("paid")


def _page(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "⚠ unknown variable" not in answer.content.decode()
    return answer


def test_the_widget_may_stand_in_frames_and_no_other_page_may(client: Client, courses: None) -> None:
    policies = {address: _page(client, address) for address in (WIDGET, CODE, "/en/courses/")}
    assert "frame-ancestors *" in policies[WIDGET]["Content-Security-Policy"]
    assert "default-src 'none'" in policies[WIDGET]["Content-Security-Policy"]
    assert "X-Frame-Options" not in policies[WIDGET]
    for address in (CODE, "/en/courses/"):
        assert "frame-ancestors 'none'" in policies[address]["Content-Security-Policy"]
        assert policies[address]["X-Frame-Options"] == "DENY"


def test_the_widget_reads_and_sets_no_cookie_even_of_somebody_signed_in(
    client: Client, courses: None, person: User
) -> None:
    plain = _page(client, WIDGET).content
    client.force_login(person)
    client.cookies["theme"] = "dark"
    answer = _page(client, WIDGET)
    assert answer.content == plain
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert answer["Cache-Control"] == "public, max-age=900"


def test_the_widget_shows_five_courses_and_every_link_leads_out_of_the_frame(client: Client, courses: None) -> None:
    soup = BeautifulSoup(_page(client, f"{WIDGET}?price=free&page=2").content, "html.parser")
    assert [heading.text for heading in soup.select("h1")] == ["Courses: Free"]
    assert len(soup.select("li.row")) == 5
    links = soup.select("a")
    assert {link["target"] for link in links} == {"_top"}
    assert links[-1]["href"] == "/en/courses/?price=free&order=soonest"
    assert links[-1].text == f"See all 6 courses at {settings.ALLIANCE_NAME}"
    assert len(soup.select(".badge")) == 5
    assert soup.select("script, form, nav") == []


def test_a_site_chooses_how_the_widget_looks(client: Client, courses: None) -> None:
    for theme, expected in (("dark", "dark"), ("light", "light"), ("pink", ""), ("", "")):
        soup = BeautifulSoup(_page(client, f"{WIDGET}?theme={theme}").content, "html.parser")
        assert soup.html is not None
        assert soup.html["data-theme"] == expected


def test_a_widget_without_a_course_says_so(client: Client) -> None:
    assert "There is no such course at present." in _page(client, f"{WIDGET}?q=nothing-like-that").content.decode()


def test_the_code_to_embed_has_the_address_of_the_filter_and_a_title(client: Client, courses: None) -> None:
    answer = _page(client, f'{CODE}?q="><b>&price=free&page=3')
    box = BeautifulSoup(answer.content, "html.parser").select_one("textarea")
    assert box is not None
    frame = BeautifulSoup(box.text, "html.parser").select_one("iframe")
    assert frame is not None
    assert frame["src"] == "http://testserver/en/widget/courses/?q=%22%3E%3Cb%3E&price=free"
    assert frame["title"] == 'Courses: “"><b>”, Free'
    assert client.get(str(frame["src"])).status_code == 200


def test_the_widget_asks_little(
    client: Client, courses: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(WIDGET)
    with django_assert_max_num_queries(10):
        text = unescape(_page(client, f"{WIDGET}?provider=south-school").content.decode())
    assert "South School" in text
