"""Using an invitation code in the browser."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.conftest import PASSWORD

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.accounts.operations.invitations import create_invitation
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.web.attempts import MOST_FAILURES

pytestmark = pytest.mark.django_db


@pytest.fixture
def code(organisation: Organisation) -> str:
    return create_invitation(by=OPERATOR, organisation=organisation, role="editor")[1]


def filled(code: str) -> dict[str, str]:
    return {"code": code, "name": "Nora New", "password": PASSWORD}


def test_a_code_opens_an_account_signs_in_and_shows_the_sign_in_name_once(client: Client, code: str) -> None:
    page = client.post("/en/me/join/", filled(code), follow=True)
    name = User.objects.get().sign_in_name
    assert name in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)
    assert "Write your sign-in name down" not in client.get("/en/me/join/").content.decode()


def test_the_new_person_can_sign_in_again_with_the_name_and_the_password(client: Client, code: str) -> None:
    client.post("/en/me/join/", filled(code))
    name = User.objects.get().sign_in_name
    again = Client()
    again.post("/en/account/login/", {"login": name, "password": PASSWORD})
    assert again.session["_auth_user_id"] == str(User.objects.get().pk)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "7K2M-9QXR-4TBH"}, "code"),
        ({"password": "short"}, "password"),
        ({"name": ""}, "name"),
        ({"code": ""}, "code"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_no_password_is_sent_back(
    client: Client, code: str, change: dict[str, str], field: str
) -> None:
    page = client.post("/en/me/join/", filled(code) | change)
    text = page.content.decode()
    assert page.status_code == 422
    assert f'href="#id_{field}"' in text
    assert PASSWORD not in text
    assert not User.objects.exists()


def test_a_signed_in_person_needs_only_the_code(client: Client, code: str, person: User) -> None:
    client.force_login(person)
    assert "id_password" not in client.get("/en/me/join/").content.decode()
    answer = client.post("/en/me/join/", {"code": code})
    assert answer.status_code == 302
    assert Membership.objects.get().person == person


def test_codes_cannot_be_tried_without_end_and_a_wrong_password_does_not_count(client: Client, code: str) -> None:
    for _ in range(MOST_FAILURES):
        client.post("/en/me/join/", filled(code) | {"password": "short"})
    for _ in range(MOST_FAILURES):
        client.post("/en/me/join/", filled("7K2M-9QXR-4TBH"))
    assert "Too many attempts" in client.post("/en/me/join/", filled(code)).content.decode()
    assert not User.objects.exists()
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.post("/en/me/join/", filled(code)).status_code == 302


def test_the_labels_of_the_form_belong_to_its_fields(client: Client, db: None) -> None:
    text = client.get("/en/me/join/").content.decode()
    ids = set(re.findall(r'<input[^>]* id="(id_[a-z]+)"', text))
    assert ids == set(re.findall(r'<label for="(id_[a-z]+)"', text)) == {"id_code", "id_name", "id_password"}
