"""The page behind a QR code: the verdict in every state, and no more of the holder than the holder shows."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.conftest import PASSWORD
from tests.credentials.records import a_credential, an_achievement

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import (
    Credential,
    CredentialEnvelope,
    PageDetail,
    SigningKey,
    StatusReason,
)
from synchromesh.credentials.operations.issuing import NewCredential, issue_credential
from synchromesh.credentials.operations.keys import mark_compromised
from synchromesh.credentials.operations.status import (
    Correction,
    correct_credential,
    suspend_credential,
    withdraw_credential,
)

TITLES = {"en": "Isolate a vehicle", "de": "Fahrzeug freischalten"}
pytestmark = pytest.mark.django_db


def page_of(client: Client, credential: Credential, *, status: int = 200, language: str = "en") -> BeautifulSoup:
    answer = client.get(f"/{language}/c/{credential.code}")
    assert answer.status_code == status
    text = answer.content.decode()
    assert "⚠ unknown variable" not in text
    return BeautifulSoup(text, "html.parser")


def state_of(page: BeautifulSoup) -> str:
    shown = page.select_one("[data-verdict]")
    assert shown is not None
    return str(shown["data-verdict"])


def words_of(page: BeautifulSoup, line: str) -> str:
    found = page.select_one(f'[data-line="{line}"] .verdict-answer')
    assert found is not None
    return found.get_text(strip=True)


def test_a_valid_credential_says_so_first(client: Client) -> None:
    page = page_of(client, a_credential())
    assert state_of(page) == "valid"
    heading = page.find("h1")
    assert heading is not None
    assert " ".join(heading.get_text().split()) == "Valid: Isolate a vehicle"
    assert [words_of(page, line) for line in ("signature", "status", "issuer")] == ["Good", "Valid", "Known"]
    assert page.title is not None
    assert str(page.title.string).startswith("Valid: Isolate a vehicle")


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_the_address_of_the_qr_code_answers_at_once_in_the_language_of_the_reader(
    client: Client, language: str
) -> None:
    credential = a_credential()
    answer = client.get(f"/c/{credential.code}", headers={"Accept-Language": f"xx, {language}-AT;q=0.9, en;q=0.1"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 200  # no way round by another address
    assert page.html is not None
    assert page.html["lang"] == language
    assert state_of(page) == "valid"
    assert TITLES.get(language, TITLES["en"]) in page.get_text()
    languages = {link["hreflang"]: link["href"] for link in page.select('link[rel="alternate"][hreflang]')}
    assert languages["en"] == f"http://testserver/en/c/{credential.code}"


def test_a_code_may_be_typed_in_groups_and_small_letters(client: Client) -> None:
    code = a_credential().code.lower()
    assert client.get(f"/en/c/{code[:4]}-{code[4:8]}-{code[8:]}").status_code == 200


def test_nobody_finds_it_by_searching_and_no_cache_keeps_it(client: Client) -> None:
    answer = client.get(f"/c/{a_credential().code}")
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert set(answer.headers["Cache-Control"].split(", ")) == {"private", "no-cache"}
    assert {"Accept-Language", "Cookie"} <= set(answer.headers["Vary"].split(", "))
    assert b'content="noindex, nofollow"' in answer.content


def test_the_stable_address_of_a_file_leads_to_the_page(client: Client) -> None:
    credential = a_credential()
    answer = client.get(f"/id/credential/{credential.uid}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/c/{credential.code}")


def test_an_unknown_code_says_what_helps_and_nothing_about_anybody(client: Client) -> None:
    onward = client.get("/c/NO-SUCH-CODE")
    assert onward.headers["Location"] == "/en/c/NO-SUCH-CODE"
    answer = client.get("/en/c/NO-SUCH-CODE")
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 404
    assert state_of(page) == "not_found"
    assert "Ask the holder for a new link." in page.get_text()


def test_an_expired_one_says_since_when(client: Client) -> None:
    long_ago = timezone.now() - timedelta(days=800)
    achievement = an_achievement(months_valid=12)
    credential = issue_credential(
        by=OPERATOR, achievement=achievement, new=NewCredential(name="Zoë", occasion="test:old"), valid_from=long_ago
    )
    page = page_of(client, credential)
    assert (state_of(page), words_of(page, "status")) == ("expired", "Expired")
    assert "It was valid until" in page.get_text()
    token = bytes(CredentialEnvelope.objects.get(credential=credential).data).decode()
    withdraw_credential(by=OPERATOR, credential=credential, reason=StatusReason.ERROR)
    assert state_of(page_of(client, credential)) == "withdrawn"
    by_file = BeautifulSoup(client.post("/en/verify", {"text": token}).content, "html.parser")
    assert state_of(by_file) == "withdrawn"


def test_a_withdrawn_one_says_when_and_the_class_of_the_reason_but_not_the_words_behind(client: Client) -> None:
    credential = a_credential()
    withdraw_credential(by=OPERATOR, credential=credential, reason=StatusReason.ERROR, note="A secret between us")
    page = page_of(client, credential)
    assert (state_of(page), words_of(page, "status")) == ("withdrawn", "Withdrawn")
    assert "It was issued in error." in page.get_text()
    assert "A secret between us" not in page.get_text()


def test_a_suspended_one_is_told_from_a_withdrawn_one(client: Client) -> None:
    credential = a_credential()
    suspend_credential(by=OPERATOR, credential=credential, reason=StatusReason.CHECK, note="A doubt")
    page = page_of(client, credential)
    assert (state_of(page), words_of(page, "status")) == ("suspended", "Suspended")
    assert "It is being checked." in page.get_text()


def test_a_corrected_one_leads_to_what_replaces_it(client: Client) -> None:
    credential = a_credential()
    new = correct_credential(
        by=OPERATOR, credential=credential, correction=Correction(name="Zoe Müller", note="A letter was wrong")
    )
    page = page_of(client, credential)
    assert state_of(page) == "withdrawn"
    assert page.select_one(f'a[href="/en/c/{new.code}"]') is not None


@pytest.mark.parametrize(
    "change",
    [
        {"holder_name": "Somebody Else"},
        {"percent": "99.00"},
        {"valid_until": timezone.now() + timedelta(days=9999)},
    ],
)
def test_a_row_that_says_something_else_than_was_signed_is_altered(client: Client, change: dict[str, Any]) -> None:
    credential = a_credential()
    Credential.objects.filter(pk=credential.pk).update(page_detail=PageDetail.FULL, **change)
    page = page_of(client, credential)
    assert (state_of(page), words_of(page, "signature")) == ("altered", "Altered")
    assert "Somebody Else" not in page.get_text()


def test_kept_bytes_that_were_changed_are_altered(client: Client) -> None:
    credential = a_credential()
    kept = CredentialEnvelope.objects.get(credential=credential)
    data = bytearray(bytes(kept.data))
    data[-20] = ord("A") if data[-20] != ord("A") else ord("B")
    CredentialEnvelope.objects.filter(pk=kept.pk).update(data=bytes(data))
    assert state_of(page_of(client, credential)) == "altered"


def test_without_the_signed_file_nothing_can_be_checked(client: Client) -> None:
    credential = a_credential()
    CredentialEnvelope.objects.filter(credential=credential).delete()
    page = page_of(client, credential)
    assert (state_of(page), words_of(page, "signature")) == ("could_not_check", "Could not check")
    assert page.select_one('[data-line="signature"] .verdict-remedy') is not None


def test_what_a_stolen_key_signed_is_not_called_good(client: Client) -> None:
    credential = a_credential()
    mark_compromised(by=OPERATOR, key=SigningKey.objects.get(pk=credential.key_id), since=credential.issued_at)
    assert words_of(page_of(client, credential), "signature") != "Good"


@pytest.mark.parametrize(
    ("detail", "seen", "hidden"),
    [
        (PageDetail.FULL, ("Zoë Müller-Šťastná", "88 %", "As described"), ()),
        (PageDetail.INITIALS, ("Zoë M.-Š.", "As described"), ("Müller", "88 %", "/file/")),
        (PageDetail.VERDICT, ("As described",), ("Zoë", "Müller", "88 %", "/file/")),
    ],
)
def test_the_holder_decides_how_much_is_shown(
    client: Client, detail: PageDetail, seen: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    credential = a_credential(percent=Decimal(88))
    Credential.objects.filter(pk=credential.pk).update(page_detail=detail)
    source = client.get(f"/en/c/{credential.code}").content.decode()
    assert [word for word in seen if word not in source] == []
    assert [word for word in hidden if word in source.replace(credential.code, "")] == []


def test_files_are_for_the_holder_alone_until_everything_is_shown(client: Client, person: User) -> None:
    credential = a_credential(person=person)
    address = f"/en/c/{credential.code}/file/open_badge_jwt"
    assert client.get(address).status_code == 404
    client.login(email=person.email, password=PASSWORD)
    mine = client.get(address)
    assert mine.status_code == 200
    assert mine.headers["Content-Type"] == "application/vc+jwt"
    assert mine.headers["Content-Disposition"].startswith('attachment; filename="isolate-a-vehicle-')
    assert "This is your credential." in page_of(client, credential).get_text()
    client.logout()
    Credential.objects.filter(pk=credential.pk).update(page_detail=PageDetail.FULL)
    assert client.get(address).content == mine.content
    assert client.get(f"/en/c/{credential.code}/file/no_such_format").status_code == 404


def test_a_visitor_s_page_asks_few_questions(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    credential = a_credential()
    page_of(client, credential)
    with django_assert_num_queries(6):
        page_of(client, credential)


def test_the_fullest_page_asks_no_more_than_ten(
    client: Client, person: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    credential = a_credential(person=person)
    withdraw_credential(by=OPERATOR, credential=credential, reason=StatusReason.HOLDER)
    client.force_login(person)
    page_of(client, credential)
    with django_assert_max_num_queries(10):
        page_of(client, credential)
