"""The pages about one's own data."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from tests.conftest import PASSWORD

from synchromesh.accounts.models import User
from synchromesh.site.personal_records import RELATIONS
from synchromesh.web.attempts import MOST_FAILURES
from synchromesh.web.me.privacy_views import SECTION_TITLES

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def test_every_section_of_the_export_has_a_title_that_can_be_translated() -> None:
    assert {relation.section for relation in RELATIONS} | {"account", "sessions", "mails"} == set(SECTION_TITLES)


def test_the_page_says_what_is_stored_and_how_the_person_signs_in(signed_in: Client, person: User) -> None:
    page = signed_in.get("/en/me/privacy/")
    text = page.content.decode()
    assert person.sign_in_name in text
    assert all(str(title) in text for title in SECTION_TITLES.values())
    assert "no-store" in page["Cache-Control"]


def test_the_copy_is_a_file_that_nobody_keeps_on_the_way(signed_in: Client) -> None:
    answer = signed_in.post("/en/me/privacy/export/")
    assert json.loads(answer.content)["account"]["email"] == "person@example.org"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]


def test_the_right_password_deletes_signs_out_and_shows_the_report(signed_in: Client, person: User) -> None:
    page = signed_in.post("/en/me/privacy/delete/", {"password": PASSWORD})
    assert page.status_code == 200
    assert "Your account is deleted" in page.content.decode()
    assert "lines of the audit trail" in page.content.decode()
    assert not User.objects.exists()
    assert "_auth_user_id" not in signed_in.session


@pytest.mark.parametrize("given", [{}, {"password": ""}, {"password": "wrong"}, {"sign_in_name": "person@example.org"}])
def test_without_the_right_password_nothing_is_deleted_and_the_summary_links_to_the_field(
    signed_in: Client, given: dict[str, str]
) -> None:
    page = signed_in.post("/en/me/privacy/delete/", given)
    assert page.status_code == 422
    assert 'href="#id_password"' in page.content.decode()
    assert User.objects.count() == 1


def test_a_person_without_a_password_types_the_sign_in_name(client: Client) -> None:
    person = User.objects.create_user(sign_in_name="maple-0001")
    client.force_login(person)
    assert client.post("/en/me/privacy/delete/", {"sign_in_name": "maple-0002"}).status_code == 422
    assert client.post("/en/me/privacy/delete/", {"sign_in_name": "Maple-0001"}).status_code == 200
    assert not User.objects.exists()


def test_a_password_cannot_be_guessed_without_end(signed_in: Client) -> None:
    for _ in range(MOST_FAILURES):
        signed_in.post("/en/me/privacy/delete/", {"password": "wrong"})
    page = signed_in.post("/en/me/privacy/delete/", {"password": PASSWORD})
    assert "Too many attempts" in page.content.decode()
    assert User.objects.count() == 1


def test_deletion_needs_a_post_with_a_token_of_this_site(person: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    assert client.get("/en/me/privacy/delete/").status_code == 405
    assert client.post("/en/me/privacy/delete/", {"password": PASSWORD}).status_code == 403
    assert User.objects.count() == 1
