"""Holders take what is theirs: by an address of their account, or by a link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.credentials.records import a_credential, an_achievement, an_issuer

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import ClaimLink, Credential
from synchromesh.credentials.operations.claiming import (
    claim_by_addresses,
    claim_by_link,
    find_by_claim_link,
    make_claim_link,
)
from synchromesh.engine.errors import Conflict, NotAllowed, NotFound

pytestmark = pytest.mark.django_db


def test_all_that_went_to_any_address_of_the_account_is_taken_once(person: User, staff: User) -> None:
    achievement = an_achievement()
    for number, email in enumerate(("zoe@example.org", "Z.Mueller@works.example", "other@example.org", "")):
        a_credential(achievement, email=email, occasion=f"n:{number}")
    addresses = ["Zoe@Example.org", "z.mueller@works.example", ""]
    taken = claim_by_addresses(by=person, addresses=addresses)
    assert sorted(one.holder_email for one in taken) == ["z.mueller@works.example", "zoe@example.org"]
    assert all(one.claimed_at for one in taken)
    assert claim_by_addresses(by=person, addresses=addresses) == []
    assert claim_by_addresses(by=staff, addresses=addresses) == []
    assert Credential.objects.filter(holder=person).count() == 2


def test_a_link_shows_the_credential_to_anybody_and_gives_it_to_one_account(person: User, staff: User) -> None:
    credential = a_credential()
    secret = make_claim_link(by=OPERATOR, credential=credential)
    assert find_by_claim_link(secret) == credential
    assert secret not in str(ClaimLink.objects.values())
    second = make_claim_link(by=OPERATOR, credential=credential)
    assert claim_by_link(by=person, secret=secret).holder == person
    for used in (secret, second):
        with pytest.raises(NotFound):
            claim_by_link(by=staff, secret=used)
        with pytest.raises(NotFound):
            find_by_claim_link(used)
    credential.refresh_from_db()
    with pytest.raises(Conflict):
        make_claim_link(by=OPERATOR, credential=credential)


def test_a_link_ends_after_ninety_days() -> None:
    secret = make_claim_link(by=OPERATOR, credential=a_credential())
    assert find_by_claim_link(secret, now=timezone.now() + timedelta(days=89))
    with pytest.raises(NotFound):
        find_by_claim_link(secret, now=timezone.now() + timedelta(days=91))
    with pytest.raises(NotFound):
        find_by_claim_link(secret + "x")


def test_a_closed_account_claims_nothing(person: User) -> None:
    secret = make_claim_link(by=OPERATOR, credential=a_credential())
    person.is_active = False
    with pytest.raises(NotAllowed):
        claim_by_link(by=person, secret=secret)
    with pytest.raises(NotAllowed):
        claim_by_addresses(by=person, addresses=["zoe@example.org"])


def test_only_managers_of_the_issuer_make_a_link(editor: User, manager: User) -> None:
    credential = a_credential(an_achievement(an_issuer(editor.memberships.get().organisation)))
    with pytest.raises(NotAllowed):
        make_claim_link(by=editor, credential=credential)
    assert make_claim_link(by=manager, credential=credential)
