"""What a link shows: the verdict, the chosen fields and nothing else, until it ends."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.credentials.records import a_credential, an_achievement

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Credential, CredentialShare, HeldCredential, StatusReason
from synchromesh.credentials.operations.checking import verify_credential
from synchromesh.credentials.operations.envelopes import take_envelope
from synchromesh.credentials.operations.shares import FIELDS, end_share, share_credential
from synchromesh.credentials.operations.status import withdraw_credential
from synchromesh.credentials.operations.wallet import add_held_credential, save_collection

pytestmark = pytest.mark.django_db
EVIDENCE = [{"names": {"en": "Photo of the lock"}, "url": "https://body.example/lock.jpg"}]
PRIVATE = ("Müller", "87", "Photo of the lock", "As described", "awarded on")


@pytest.fixture
def held(person: User) -> Credential:
    """A credential of `person` with a result and evidence."""
    achievement = an_achievement(
        descriptions={"en": "What it is"},
        outcomes=[{"en": "Locks the switch"}],
        criteria={"en": "A test"},
        assessments={"en": "By hand"},
    )
    return a_credential(achievement, person=person, percent=Decimal(87), evidence=EVIDENCE)


def a_link(thing: Credential | HeldCredential, fields: Collection[str] = ()) -> str:
    owner = thing.holder if isinstance(thing, Credential) else thing.person
    assert owner is not None
    ends_at = timezone.now() + timedelta(days=3)
    return f"/en/s/{share_credential(by=owner, thing=thing, fields=fields, ends_at=ends_at)[1]}/"


def text_of(client: Client, link: str) -> str:
    page = client.get(link)
    assert page.status_code == 200
    text = page.content.decode()
    assert "⚠" not in text
    return text


def test_without_chosen_fields_it_says_what_it_is_and_whether_it_holds(client: Client, held: Credential) -> None:
    text = text_of(client, a_link(held))
    for words in ("Isolate a vehicle", "Skills Body", 'data-verdict="valid"', "What it is"):
        assert words in text, words
    for words in ("Müller", "87 %", "Photo of the lock", "Locks the switch", "By hand", "awarded on", held.code):
        assert words not in text, words


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("name", "Zoë Müller-Šťastná"),
        ("result", "87 %"),
        ("evidence", "Photo of the lock"),
        ("skills", "Locks the switch"),
        ("workload", "By hand"),
        ("dates", "awarded on"),
        ("files", "Download the signed file"),
    ],
)
def test_each_chosen_field_is_shown(client: Client, held: Credential, field: str, words: str) -> None:
    assert words in text_of(client, a_link(held, [field]))


def test_the_page_is_secret_and_up_to_date(client: Client, held: Credential) -> None:
    link = a_link(held)
    page = client.get(link)
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in page.headers["Cache-Control"]
    assert "noindex" in page.headers["X-Robots-Tag"]
    withdraw_credential(by=OPERATOR, credential=held, reason=StatusReason.ERROR)
    assert 'data-verdict="withdrawn"' in text_of(client, link)


def test_a_page_asks_few_questions(client: Client, held: Credential) -> None:
    link = a_link(held, FIELDS)
    client.get(link)
    with CaptureQueriesContext(connection) as asked:
        client.get(link)
    assert len(asked) <= 10, [query["sql"] for query in asked]


def test_an_ended_link_is_not_found_by_anybody(client: Client, person: User, held: Credential) -> None:
    link = a_link(held, ["files"])
    download = file_address(client, link)
    assert client.get(download).status_code == 200
    end_share(by=person, made=CredentialShare.objects.get())
    client.force_login(person)
    for address in (link, download, "/en/s/guessed/"):
        assert client.get(address).status_code == 404, address


def test_a_link_ends_with_its_last_day(client: Client, held: Credential) -> None:
    link = a_link(held)
    CredentialShare.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert client.get(link).status_code == 404


def a_file(client: Client, link: str) -> bytes:
    return bytes(client.get(file_address(client, link)).content)


def file_address(client: Client, link: str) -> str:
    return next(one for one in addresses_below(text_of(client, link), link) if one.endswith("/file/"))


def addresses_below(text: str, link: str) -> set[str]:
    found = {part.split('"')[0] for part in text.split('href="')[1:]}
    return {one for one in found if one.startswith(link) and one != link}


def test_the_signed_file_says_no_more_than_the_page(client: Client, held: Credential) -> None:
    checked = verify_credential(a_file(client, a_link(held, ["files", "result"])))
    assert checked.signature.word == "good"
    assert dict(checked.shown.facts)["result"] == "87.00"
    assert checked.shown.holder == ""
    assert checked.shown.title == "Isolate a vehicle"
    assert {"evidence", "holder_name", "criteria"}.isdisjoint(checked.document or {})
    whole = verify_credential(a_file(client, a_link(held, FIELDS)))
    assert whole.shown.holder == "Zoë Müller-Šťastná"
    assert set(whole.document or {}) >= {"evidence", "criteria", "outcomes"}


def test_without_the_field_there_is_no_file(client: Client, held: Credential) -> None:
    link = a_link(held, ["files"])
    file = file_address(client, link)
    assert client.get(file).status_code == 200
    CredentialShare.objects.update(fields=["name"])
    assert client.get(file).status_code == 404
    assert client.get(file.removesuffix("file/")).status_code == 200


def test_one_from_elsewhere_is_shown_as_it_was_last_checked(client: Client, person: User, held: Credential) -> None:
    data = bytes(take_envelope(held, "open_badge_jwt").data)
    brought = add_held_credential(by=person, name="mine.jwt", data=data)
    text = text_of(client, a_link(brought, ["result"]))
    for words in ("Isolate a vehicle", "Checked on", "87", 'data-verdict="valid"'):
        assert words in text, words
    for words in ("Müller", "Locks the switch", "mine.jwt"):
        assert words not in text, words
    assert a_file(client, a_link(brought, ["files"])) == data


def test_a_collection_lists_its_credentials_and_leads_to_each(client: Client, person: User, held: Credential) -> None:
    others = [a_credential(held.version.achievement, person=person, occasion=f"more:{n}") for n in range(3)]
    codes = [held.code, *(one.code for one in others)]
    brought = add_held_credential(by=person, name="x.jwt", data=bytes(take_envelope(held, "open_badge_jwt").data))
    collection = save_collection(by=person, name="For North Works", codes=codes, held=[str(brought.uid)])
    ends_at = timezone.now() + timedelta(days=3)
    secret = share_credential(by=person, thing=collection, fields=["name"], ends_at=ends_at)[1]
    link = f"/en/s/{secret}/"
    client.get(link)
    with CaptureQueriesContext(connection) as asked:
        text = text_of(client, link)
    assert len(asked) <= 6, [query["sql"] for query in asked]
    assert "5 credentials" in text
    assert not any(code in text for code in codes)
    pages = addresses_below(text, link)
    assert len(pages) == 5
    assert sum("Zoë Müller-Šťastná" in text_of(client, page) for page in pages) == 5
    assert client.get(f"{link}0123456789abcdef/").status_code == 404
