"""Each field with each kind of visitor: no page, file or error lets a value out that the matrix keeps from them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from tests.passports.records import VISITORS, planted, seen_by, sentinel

from synchromesh.accounts.models import User
from synchromesh.engine.passport_models.model import Tier, fields
from synchromesh.passports.models import Passport
from synchromesh.passports.operations.editing import save_category
from synchromesh.passports.operations.grants import grant_access
from synchromesh.passports.operations.typed_values import StatedInput
from synchromesh.passports.queries.exports import FORMATS

pytestmark = pytest.mark.django_db

READ = ("", "print/", "code.svg", "files/", "versions/", "versions/1/2/", "copy/", "no-such-page/")
ASKED = ("?as=public", "?as=interest", "?as=authority", "?key=wrong", "?as=owner")
GUARDED = (
    "edit/",
    "edit/use/",
    "edit/conformity/",
    "events/",
    "events/?what=used-workshop",
    "share/",
    "sign/",
    "remove/",
)


@pytest.fixture
def passport(person: User) -> Passport:
    """Sentinels in every field, changed once in every field of use so that a difference shows them too."""
    made = planted(person)
    changed = {
        field.key: StatedInput(value=sentinel(field.key, edition=1))
        for field in fields().values()
        if field.category == "use" and not field.columns
    }
    save_category(by=person, uid=made.uid, category="use", values=changed, expected=1)
    return made


@pytest.fixture
def clients(passport: Passport, person: User) -> dict[str, Client]:
    """A browser of each kind of visitor, and one of everybody who came by a link."""
    found = {"public": Client(), "owner": Client()}
    found["owner"].force_login(person)
    for tier in (Tier.INTEREST, Tier.AUTHORITY):
        reader = User.objects.create_user(email=f"{tier}@example.org", password="four words and more")
        grant_access(by=person, uid=passport.uid, tier=tier, ends_on=timezone.localdate(), email=f"{tier}@example.org")
        found[tier.value] = Client()
        found[tier.value].force_login(reader)
    return found


def words_in(client: Client, address: str) -> bytes:
    """The raw bytes of an answer, its headers too."""
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return body + repr(dict(answer.headers)).encode()


def leaks(raw: bytes, allowed: frozenset[str]) -> list[str]:
    """The fields that stand in an answer although the visitor may not see them."""
    return [
        key
        for key in fields()
        if key not in allowed and any(sentinel(key, edition=edition).encode() in raw for edition in (0, 1))
    ]


@pytest.mark.parametrize("visitor", VISITORS)
def test_no_page_and_no_file_holds_a_value_that_is_not_for_the_visitor(
    visitor: str, clients: dict[str, Client], passport: Passport
) -> None:
    start = f"/en/passports/{passport.uid}/"
    addresses = [start + path for path in (*READ, *ASKED, *(f"files/{name}" for name in FORMATS))]
    addresses += [f"{start}versions/{asked}" for asked in ASKED]
    others = ["/en/passports/", "/en/passports/all/", "/en/search/?q=QZ0X", "/en/passports/all/?q=QZ0X"]
    others += ["/en/passports/mine/", "/en/passports/mine/?list=shared"]
    for address in addresses + others:
        assert leaks(words_in(clients[visitor], address), seen_by(visitor)) == [], address


@pytest.mark.parametrize("visitor", VISITORS)
def test_the_page_shows_every_value_that_is_for_the_visitor(
    visitor: str, clients: dict[str, Client], passport: Passport
) -> None:
    raw = words_in(clients[visitor], f"/en/passports/{passport.uid}/")
    lacking = [
        key for key in seen_by(visitor) if not any(sentinel(key, edition=edition).encode() in raw for edition in (0, 1))
    ]
    assert lacking == []


@pytest.mark.parametrize("visitor", ["public", "interest", "authority"])
def test_the_editor_the_events_and_the_shares_are_not_there_for_others(
    visitor: str, clients: dict[str, Client], passport: Passport
) -> None:
    for path in GUARDED:
        address = f"/en/passports/{passport.uid}/{path}"
        raw = words_in(clients[visitor], address)
        assert clients[visitor].get(address).status_code == (302 if visitor == "public" else 404), path
        assert leaks(raw, frozenset()) == [], path


@pytest.mark.parametrize("tier", list(Tier))
def test_the_owner_sees_the_page_as_another_tier_does(
    tier: Tier, clients: dict[str, Client], passport: Passport
) -> None:
    raw = words_in(clients["owner"], f"/en/passports/{passport.uid}/?as={tier}")
    assert leaks(raw, seen_by(tier.value)) == []
    assert sentinel("model_name").encode() in raw


def test_hidden_fields_are_named_whether_they_are_given_or_not(
    clients: dict[str, Client], passport: Passport, person: User
) -> None:
    page = clients["public"].get(f"/en/passports/{passport.uid}/").content.decode()
    save_category(
        by=person, uid=passport.uid, category="conformity", values={"test_report": StatedInput(value="")}, expected=2
    )
    without = clients["public"].get(f"/en/passports/{passport.uid}/").content.decode()
    for text in (page, without):
        assert "Results of test reports: For authorities" in text
        assert "Repairs: For persons with a legitimate interest" in text


def test_a_link_shows_its_tier_and_nothing_after_it_is_withdrawn(passport: Passport, person: User) -> None:
    from synchromesh.passports.operations.grants import withdraw_access

    grant, secret = grant_access(by=person, uid=passport.uid, tier=Tier.AUTHORITY, ends_on=timezone.localdate())
    address = f"/en/passports/{passport.uid}/?key={secret}"
    raw = words_in(Client(), address)
    assert leaks(raw, seen_by("authority")) == []
    assert sentinel("test_report").encode() in raw
    withdraw_access(by=person, uid=passport.uid, grant=grant.uid)
    assert leaks(words_in(Client(), address), seen_by("public")) == []


@pytest.mark.parametrize("key", ["test_report", "remaining_capacity", "dismantling_documents", "model_name"])
def test_no_list_tells_what_a_passport_states(key: str, clients: dict[str, Client], passport: Passport) -> None:
    # What the search of the whole site finds: tests/passports/queries/test_search_documents.py.
    address = f"/en/passports/{passport.uid}/"
    for visitor, client in clients.items():
        assert address not in client.get(f"/en/passports/all/?q={sentinel(key)}").content.decode(), visitor
    assert address in clients["public"].get("/en/passports/all/?q=sentinels").content.decode()


def test_an_unpublished_passport_does_not_exist_for_others(passport: Passport) -> None:
    Passport.objects.filter(pk=passport.pk).update(published_at=None, published_number=None)
    for path in (*READ, *(f"files/{name}" for name in FORMATS)):
        answer = Client().get(f"/en/passports/{passport.uid}/{path}")
        assert answer.status_code in (302, 404), path
        assert leaks(answer.content, frozenset()) == []
