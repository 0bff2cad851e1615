"""Links by which a holder shows chosen fields until a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.credentials.records import a_credential

from synchromesh.accounts.models import User
from synchromesh.credentials.models import Credential, CredentialShare
from synchromesh.credentials.operations import shares
from synchromesh.credentials.operations.checking import verify_credential
from synchromesh.credentials.operations.shares import end_share, open_share, share_credential, take_shared_token
from synchromesh.credentials.operations.wallet import save_collection
from synchromesh.engine.credential_formats.envelopes import selective_jwt
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def credential(person: User) -> Credential:
    """A credential of the person."""
    return a_credential(person=person, percent=88)


def a_share(person: User, thing: Any, **changes: Any) -> tuple[CredentialShare, str]:
    values: dict[str, Any] = {"fields": ["name"], "ends_at": timezone.now() + timedelta(days=7)}
    return share_credential(by=person, thing=thing, **(values | changes))


def test_a_link_opens_until_its_day_and_only_its_hash_is_kept(person: User, credential: Credential) -> None:
    made, secret = a_share(person, credential, fields=["skills", "name", "name"], note=" For the works council ")
    assert (made.fields, made.note) == (["name", "skills"], "For the works council")
    assert secret not in str(CredentialShare.objects.values())
    assert open_share(secret) == made
    for attempt in (secret + "x", ""):
        with pytest.raises(NotFound):
            open_share(attempt)
    with pytest.raises(NotFound):
        open_share(secret, now=timezone.now() + timedelta(days=8))


def test_a_link_is_ended_at_once_by_its_holder_alone(person: User, staff: User, credential: Credential) -> None:
    made, secret = a_share(person, credential)
    with pytest.raises(NotAllowed):
        end_share(by=staff, made=made)
    end_share(by=person, made=made)
    with pytest.raises(NotFound):
        open_share(secret)


def test_links_of_a_closed_account_open_no_more(person: User, credential: Credential) -> None:
    secret = a_share(person, credential)[1]
    person.is_active = False
    person.save()
    with pytest.raises(NotFound):
        open_share(secret)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"fields": ["name", "password"]}, "fields"),
        ({"ends_at": timezone.now() - timedelta(seconds=1)}, "ends_at"),
        ({"ends_at": timezone.now() + timedelta(days=500)}, "ends_at"),
    ],
)
def test_what_cannot_be_shared_is_refused(
    person: User, credential: Credential, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        a_share(person, credential, **changes)
    assert refusal.value.field == field


def test_nobody_shares_what_others_hold_and_links_are_not_without_number(
    person: User, staff: User, credential: Credential, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection = save_collection(by=person, name="Mine", codes=[credential.code])
    for thing in (credential, collection):
        with pytest.raises(NotAllowed):
            a_share(staff, thing)
    assert a_share(person, collection)[0].collection == collection
    monkeypatch.setattr(shares, "MOST_LIVE", 1)
    with pytest.raises(Conflict):
        a_share(person, credential)


def test_a_signed_token_behind_a_link_discloses_no_more_than_the_link(person: User, credential: Credential) -> None:
    bare = take_shared_token(a_share(person, credential, fields=[])[0], credential)
    named = take_shared_token(a_share(person, credential, fields=["name", "result"])[0], credential)
    assert credential.holder_name not in verify_credential(bare).shown.holder
    assert verify_credential(named).shown.holder == credential.holder_name
    assert "result" in selective_jwt.fields_of(named)
    assert "result" not in selective_jwt.fields_of(bare)
    assert verify_credential(bare).signature.word == "good"
