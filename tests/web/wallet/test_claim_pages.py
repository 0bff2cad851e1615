"""The link of a mail: see and download without an account, put it into one, and never twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.credentials.records import a_credential

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import ClaimLink, Credential
from synchromesh.credentials.operations.checking import verify_credential
from synchromesh.credentials.operations.claiming import make_claim_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued() -> Credential:
    """Issued to an address, not claimed."""
    return a_credential()


@pytest.fixture
def link(issued: Credential) -> str:
    """The address that the mail carries."""
    return f"/en/claim/{make_claim_link(by=OPERATOR, credential=issued)}/"


def test_without_an_account_it_is_seen_and_downloaded(client: Client, link: str) -> None:
    page = client.get(link)
    text = page.content.decode()
    for words in ("For Zoë Müller-Šťastná", "Isolate a vehicle", "Open an account", "files/pdf/", "files/offline/"):
        assert words in text, words
    assert "⚠" not in text
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in page.headers["Cache-Control"]
    assert "noindex" in page.headers["X-Robots-Tag"]
    file = client.get(f"{link}files/open_badge_jwt/")
    assert verify_credential(file.content).signature.word == "good"


def test_it_asks_few_questions(client: Client, link: str) -> None:
    client.get(link)
    with CaptureQueriesContext(connection) as asked:
        client.get(link)
    assert len(asked) <= 4, [query["sql"] for query in asked]


def test_signed_in_it_becomes_mine_and_the_link_ends(
    client: Client, person: User, issued: Credential, link: str
) -> None:
    client.force_login(person)
    answer = client.post(link)
    assert answer.headers["Location"] == f"/en/me/credentials/{issued.code}/"
    issued.refresh_from_db()
    assert issued.holder == person
    assert client.get(link).status_code == 404
    assert client.get(f"{link}files/pdf/").status_code == 404
    assert client.post(link).status_code == 404


def test_to_keep_it_one_signs_in_first(client: Client, issued: Credential, link: str) -> None:
    answer = client.post(link)
    assert answer.headers["Location"] == f"/en/account/login/?next={link}"
    issued.refresh_from_db()
    assert issued.holder is None


def test_a_link_that_has_ended_or_never_was_is_not_found(client: Client, link: str) -> None:
    assert client.get("/en/claim/guessed/").status_code == 404
    ended = ClaimLink.objects.get()
    ended.ends_at -= timedelta(days=100)
    ended.save()
    assert client.get(link).status_code == 404
