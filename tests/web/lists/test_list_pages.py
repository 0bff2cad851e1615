"""Lists of courses on pages: with and without an account, shared by a link, as a table."""

from __future__ import annotations

import csv
import io
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.records import a_course, a_provider

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.pathways.models import SavedList, SavedListEntry

pytestmark = pytest.mark.django_db
LISTS, KEEP = "/en/me/lists/", "/en/me/lists/keep/welding/"


@pytest.fixture(autouse=True)
def _course() -> None:
    a_course("welding", provider=a_provider(), url="https://example.org/welding")


@pytest.fixture
def kept(person: User) -> SavedList:
    """A list of `person` with a course and a note."""
    made = SavedList.objects.create(owner=person, title="To look at")
    SavedListEntry.objects.create(saved_list=made, course=Course.objects.get(), note="=Ask Ana")
    return made


def _text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200, address
    text = unescape(page.content.decode())
    assert "⚠ unknown variable" not in text
    return text


def test_a_visitor_reads_what_an_account_is_for_and_where_to_sign_in(client: Client) -> None:
    assert f'href="{KEEP}"' in _text(client, "/en/courses/welding/")
    for address in (LISTS, KEEP):
        assert f"/en/account/login/?next={address}" in _text(client, address)
        assert client.post(address, {"title": "Mine"}).headers["Location"].startswith("/en/account/login/")
    assert not SavedList.objects.exists()


def test_from_the_course_into_a_new_list_then_shared_and_ended(client: Client, person: User) -> None:
    client.force_login(person)
    client.post(KEEP, {"chosen": "new", "title": "Summer <b>2027</b>", "note": "Ask Ana"})
    kept = SavedList.objects.get()
    page = f"{LISTS}{kept.uid}/"
    text = _text(client, page)
    assert "Ask Ana" in text
    assert "only for you" in text
    client.post(page, {"do": "share"})
    kept.refresh_from_db()
    address = f"/en/lists/{kept.link_key}/"
    assert address in _text(client, page)
    client.logout()
    shown = client.get(address)
    assert shown.status_code == 200
    assert shown.headers["X-Robots-Tag"].startswith("noindex")
    assert shown.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in shown.headers["Cache-Control"]
    content = shown.content.decode()
    assert "Summer &lt;b&gt;2027&lt;/b&gt;" in content
    assert "Ask Ana" in content
    assert 'content="noindex' in content
    assert "Pia" not in content
    assert "person@" not in content
    client.force_login(person)
    client.post(page, {"do": "end-link"})
    assert client.get(address).status_code == 404


def test_a_course_goes_into_a_list_that_is_there_and_the_page_says_where_it_is(
    client: Client, person: User, kept: SavedList
) -> None:
    a_course("gluing")
    client.force_login(person)
    assert "To look at (the course is in it)" in _text(client, KEEP)
    client.post("/en/me/lists/keep/gluing/", {"chosen": str(kept.uid), "note": ""})
    assert [entry.course.slug for entry in kept.entries.all()] == ["welding", "gluing"]
    assert "2 courses" in _text(client, LISTS)


@pytest.mark.parametrize(
    "sent", [{"chosen": "new", "title": " "}, {"chosen": "nonsense"}, {}, {"chosen": "new", "title": "x" * 130}]
)
def test_a_wrong_form_says_what_to_mend(client: Client, person: User, sent: dict[str, str]) -> None:
    client.force_login(person)
    assert client.post(KEEP, sent).status_code == 422
    assert not SavedList.objects.exists()


def test_each_button_of_a_list_does_what_it_says(client: Client, person: User, kept: SavedList) -> None:
    client.force_login(person)
    page, course = f"{LISTS}{kept.uid}/", str(kept.entries.all()[0].course.uid)
    client.post(page, {"do": "rename", "title": "Later", "note": "In autumn"})
    assert "In autumn" in _text(client, page)
    client.post(page, {"do": "note", "course": course, "note": "Ask Ben"})
    assert "Ask Ben" in _text(client, page)
    assert client.post(page, {"do": "rename", "title": ""}).status_code == 422
    assert client.post(page, {"do": "nothing"}).status_code == 422
    assert client.post(page, {"do": "remove", "course": "nonsense"}).status_code == 404
    client.post(page, {"do": "remove", "course": course})
    assert "There is no course in this list yet." in _text(client, page)
    client.post(f"{page}delete/")
    assert not SavedList.objects.exists()


def test_somebody_elses_list_does_not_exist(client: Client, staff: User, kept: SavedList) -> None:
    client.force_login(staff)
    page = f"{LISTS}{kept.uid}/"
    assert [client.get(page).status_code, client.get(f"{page}courses.csv").status_code] == [404, 404]
    assert [client.post(page, {"do": "share"}).status_code, client.post(f"{page}delete/").status_code] == [404, 404]
    assert "To look at" not in _text(client, LISTS)
    kept.refresh_from_db()
    assert kept.link_key is None


def test_a_list_is_a_table_that_no_spreadsheet_runs(client: Client, person: User, kept: SavedList) -> None:
    client.force_login(person)
    answer = client.get(f"{LISTS}{kept.uid}/courses.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["title"], row["provider"], row["minutes"], row["languages"]) == ("Welding", "South School", "60", "en")
    assert (row["url"], row["page"]) == ("https://example.org/welding", "http://testserver/en/courses/welding/")
    assert row["note"] == "'=Ask Ana"


def test_a_list_takes_few_questions_however_long(
    client: Client, person: User, kept: SavedList, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        SavedListEntry.objects.create(saved_list=kept, course=a_course(f"course-{number}"))
    SavedList.objects.update(link_key="a-key")
    client.force_login(person)
    for page in (f"{LISTS}{kept.uid}/", LISTS, KEEP, "/en/lists/a-key/"):
        client.get(page)
        with django_assert_max_num_queries(10, info=page):
            assert client.get(page).status_code == 200
