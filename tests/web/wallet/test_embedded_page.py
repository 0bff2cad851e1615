"""The small page for other sites: framed from anywhere, without a cookie, and as open as the holder chose."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.credentials.records import a_credential

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Credential, StatusReason
from synchromesh.credentials.operations.status import withdraw_credential

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued() -> Credential:
    """A credential."""
    return a_credential()


def test_it_may_be_framed_and_sets_no_cookie(client: Client, issued: Credential) -> None:
    client.cookies.load({"theme": "dark"})
    page = client.get(f"/en/c/{issued.code}/embed/")
    assert page.status_code == 200
    assert "frame-ancestors *" in page.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in page.headers
    assert not page.cookies
    assert "no-store" in page.headers["Cache-Control"]
    assert "Cookie" not in page.headers.get("Vary", "")
    text = page.content.decode()
    assert "⚠" not in text
    assert "<script" not in text
    assert 'data-theme=""' in text
    assert 'data-theme="light"' in client.get(f"/en/c/{issued.code}/embed/?theme=light").content.decode()


@pytest.mark.parametrize(
    ("detail", "shown", "hidden"),
    [
        ("full", "Zoë Müller-Šťastná", "no words"),
        ("initials", "Zoë M.-Š.", "Müller"),
        ("verdict", "Isolate a vehicle", "Zoë"),
    ],
)
def test_it_shows_what_the_holder_chose(
    client: Client, issued: Credential, detail: str, shown: str, hidden: str
) -> None:
    Credential.objects.update(page_detail=detail)
    text = client.get(f"/en/c/{issued.code}/embed/").content.decode()
    assert shown in text
    assert hidden not in text


def test_it_says_how_things_are_now(client: Client, issued: Credential) -> None:
    withdraw_credential(by=OPERATOR, credential=issued, reason=StatusReason.ERROR)
    client.get(f"/en/c/{issued.code}/embed/")
    with CaptureQueriesContext(connection) as asked:
        text = client.get(f"/en/c/{issued.code}/embed/").content.decode()
    assert 'data-verdict="withdrawn"' in text
    assert len(asked) <= 6, [query["sql"] for query in asked]


def test_an_unknown_code_is_not_found(client: Client) -> None:
    assert client.get("/en/c/0000000000000000/embed/").status_code == 404
