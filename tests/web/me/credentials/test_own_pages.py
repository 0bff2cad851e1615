"""The holder's own pages: what one has, its files, links with chosen fields, and nothing for anybody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.credentials.records import a_credential, an_achievement

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Credential, CredentialShare, PageDetail, StatusReason
from synchromesh.credentials.operations.checking import verify_credential
from synchromesh.credentials.operations.status import suspend_credential

pytestmark = pytest.mark.django_db
ALL = "/en/me/credentials/"


@pytest.fixture
def held(person: User) -> Credential:
    """A credential of `person`."""
    return a_credential(person=person, percent=87)


@pytest.fixture
def holder(client: Client, person: User) -> Client:
    """The browser of `person`."""
    client.force_login(person)
    return client


def page_of(credential: Credential) -> str:
    return f"{ALL}{credential.code}/"


def test_who_holds_nothing_is_led_to_the_courses(holder: Client) -> None:
    text = holder.get(ALL).content.decode()
    assert "Nothing has been awarded to you here yet" in text
    assert "⚠" not in text


def test_all_of_mine_are_listed_with_their_state(holder: Client, held: Credential) -> None:
    suspend_credential(by=OPERATOR, credential=held, reason=StatusReason.CHECK, note="A doubt")
    text = holder.get(ALL).content.decode()
    for words in ("Isolate a vehicle", "Skills Body", "Suspended", page_of(held)):
        assert words in text, words
    assert "⚠" not in text


def test_more_credentials_ask_no_more_questions(holder: Client, person: User) -> None:
    achievement = an_achievement()
    for number in range(4):
        a_credential(achievement, person=person, occasion=f"more:{number}")
    with CaptureQueriesContext(connection) as asked:
        holder.get(ALL)
    assert len(asked) <= 10, [query["sql"] for query in asked]


def test_one_page_asks_few_questions(holder: Client, held: Credential) -> None:
    holder.get(page_of(held))
    with CaptureQueriesContext(connection) as asked:
        text = holder.get(page_of(held)).content.decode()
    assert len(asked) <= 10, [query["sql"] for query in asked]
    assert "⚠" not in text


@pytest.mark.parametrize("path", ["", "files/pdf/", "files/offline/"])
def test_nobody_else_finds_it(client: Client, staff: User, held: Credential, path: str) -> None:
    address = f"{page_of(held)}{path}"
    assert client.get(address).headers["Location"].startswith("/en/account/login/")
    client.force_login(staff)
    assert client.get(address).status_code == 404


def test_private_pages_are_kept_nowhere(holder: Client, held: Credential) -> None:
    for address in (ALL, page_of(held), f"{page_of(held)}files/offline/"):
        response = holder.get(address)
        assert "no-store" in response.headers["Cache-Control"], address
    assert "noindex" in holder.get(ALL).content.decode()


@pytest.mark.parametrize("format_name", ["open_badge", "open_badge_jwt", "selective_jwt", "offline", "pdf"])
def test_each_file_of_mine_is_good(holder: Client, held: Credential, format_name: str) -> None:
    response = holder.get(f"{page_of(held)}files/{format_name}/")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert verify_credential(response.content).signature.word == "good"


def test_an_unknown_format_is_not_found(holder: Client, held: Credential) -> None:
    assert holder.get(f"{page_of(held)}files/paper/").status_code == 404


def test_the_holder_chooses_what_its_page_shows(holder: Client, held: Credential) -> None:
    assert held.page_detail == PageDetail.INITIALS
    response = holder.post(page_of(held), {"do": "detail", "detail": "verdict"})
    assert response.status_code == 302
    held.refresh_from_db()
    assert held.page_detail == PageDetail.VERDICT
    assert holder.post(page_of(held), {"do": "detail", "detail": "naked"}).status_code == 422


def a_link(holder: Client, address: str, **fields: object) -> str:
    """Make a link by the form; its address."""
    values = {"do": "share", "ends_on": (timezone.localdate() + timedelta(days=5)).isoformat(), **fields}
    text = holder.post(address, values).content.decode()
    return text.split('id="new-link" value="http://testserver')[1].split('"')[0]


def test_a_link_is_shown_once_and_ends_when_the_holder_says_so(holder: Client, held: Credential) -> None:
    link = a_link(holder, page_of(held), fields_shown=["name", "result"], note="For North Works")
    visitor = Client()
    assert visitor.get(link).status_code == 200
    text = holder.get(page_of(held)).content.decode()
    assert link not in text
    assert "For North Works" in text
    share = CredentialShare.objects.get()
    assert holder.post(page_of(held), {"do": "end-link", "share": str(share.uid)}).status_code == 302
    assert visitor.get(link).status_code == 404
    assert "ended on" in holder.get(f"{ALL}links/").content.decode()


def test_a_link_needs_a_last_day_within_a_year(holder: Client, held: Credential) -> None:
    for day in ("", "2020-01-01", (timezone.localdate() + timedelta(days=500)).isoformat()):
        response = holder.post(page_of(held), {"do": "share", "ends_on": day})
        assert response.status_code == 422, day
    assert not CredentialShare.objects.exists()


def test_links_of_somebody_else_cannot_be_ended(client: Client, holder: Client, held: Credential, staff: User) -> None:
    a_link(holder, page_of(held))
    share = CredentialShare.objects.get()
    client.force_login(staff)
    assert client.post(f"{ALL}links/", {"share": str(share.uid)}).status_code == 404
    assert client.post(f"{ALL}links/", {"share": "no uid"}).status_code == 404
    share.refresh_from_db()
    assert share.ended_at is None


def test_linkedin_gets_nothing_but_can_be_filled_in(holder: Client, held: Credential) -> None:
    text = holder.get(page_of(held)).content.decode()
    assert "https://www.linkedin.com/profile/add?" in text
    assert f"/id/credential/{held.uid}" in text
    assert "Issuing organisation" in text


def test_what_waits_at_a_verified_address_is_taken(holder: Client, person: User) -> None:
    email = str(person.email)
    waiting = a_credential(email=email)
    assert "waits for you" not in holder.get(ALL).content.decode()
    person.emailaddress_set.create(email=email, verified=True, primary=True)
    assert "1 credential waits for you" in holder.get(ALL).content.decode()
    assert holder.post(ALL, {"do": "claim"}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.holder == person


def test_all_from_one_issuer_come_in_one_signed_file(holder: Client, held: Credential) -> None:
    text = holder.get(ALL).content.decode()
    address = f"{ALL}record/{held.version.achievement.issuer.organisation.slug}/"
    assert f'href="{address}"' in text
    answer = holder.get(address)
    assert answer["Content-Disposition"].endswith('.clr.json"')
    assert verify_credential(answer.content).parts[0].signature.word == "good"
