"""The registry of issuers as its readers see it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.credentials.records import an_issuer

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.operations.issuers import end_known_issuer, enter_known_issuer

pytestmark = pytest.mark.django_db
LIST = "/en/issuers/"


def text_of(client: Client, address: str = LIST) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "⚠" not in text
    return text


def enter(name: str, identifier: str, **more: object) -> object:
    return enter_known_issuer(
        by=OPERATOR,
        name=name,
        identifiers=[identifier],
        known_since=date(2025, 1, 1),
        source="Trust list",
        **more,  # type: ignore[arg-type]
    )


def test_own_issuers_and_others_are_listed_with_who_says_so(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    issuer = an_issuer()
    for number in range(5):
        enter(f"Institute {number}", f"did:web:i{number}.example", accredited_by="Agency")
    with django_assert_max_num_queries(5):
        text = text_of(client)
    assert issuer.did in text
    assert f"/id/issuer/{issuer.uid}/did.json" in text
    assert text.count("accredited by Agency") == 5
    assert "did:web:i3.example" in text


def test_a_name_is_found_and_one_that_is_not_there_is_said(client: Client) -> None:
    an_issuer()
    enter("Institute of Welding", "did:web:w.example")
    found = text_of(client, f"{LIST}?q=welding")
    assert "Institute of Welding" in found
    assert "Skills Body" not in found
    assert "No issuer elsewhere has this name" in text_of(client, f"{LIST}?q=nobody")


def test_who_is_no_longer_known_is_marked(client: Client) -> None:
    known = enter("Former Institute", "did:web:f.example")
    end_known_issuer(by=OPERATOR, known=known, until=date(2025, 6, 1))  # type: ignore[arg-type]
    assert "known until then only" in text_of(client)


def test_a_long_registry_has_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from synchromesh.web.issuers import views

    monkeypatch.setattr(views, "ISSUERS_A_PAGE", 2)
    for number in range(3):
        enter(f"Institute {number}", f"did:web:i{number}.example")
    assert "Institute 2" not in text_of(client)
    assert "Institute 2" in text_of(client, f"{LIST}?page=2")


def test_an_empty_registry_says_who_fills_it(client: Client) -> None:
    assert "The registry names no issuer elsewhere yet." in text_of(client)
