"""Demo accounts: passwords are said once and stored only as a hash."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth import authenticate
from django.test import Client
from pytest_django.fixtures import Settings
from tests.records import a_provider, stored

from synchromesh.accounts.models import Membership, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.engine.errors import NotAllowed
from synchromesh.plumbing.models import AuditEvent
from synchromesh.site.demo import make_demo_accounts

pytestmark = pytest.mark.django_db


def test_there_is_one_account_of_each_kind_and_only_one_is_staff() -> None:
    accounts = make_demo_accounts(by=OPERATOR)
    assert [account.email for account in accounts] == [
        "worker@example.org",
        "provider@example.org",
        "staff@example.org",
    ]
    assert dict(User.objects.values_list("email", "is_alliance_staff")) == {
        "worker@example.org": False,
        "provider@example.org": False,
        "staff@example.org": True,
    }
    assert set(User.objects.values_list("origin", flat=True)) == {"example"}


def test_the_printed_passwords_sign_in(client: Client) -> None:
    for account in make_demo_accounts(by=OPERATOR):
        page = client.post("/en/account/login/", {"login": account.email, "password": account.password})
        assert page.status_code == 302
        assert authenticate(username=account.email, password="wrong") is None
        client.post("/en/account/logout/")


def test_passwords_are_all_different_and_stand_nowhere_but_in_the_answer(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    accounts = make_demo_accounts(by=OPERATOR)
    assert len({account.password for account in accounts}) == 3
    kept = json.dumps([stored(), list(AuditEvent.objects.values())], default=str)
    for account in accounts:
        assert account.password not in kept
    assert all(person.password.startswith("argon2$") for person in User.objects.all())


def test_a_second_call_prints_nothing_and_keeps_the_passwords() -> None:
    make_demo_accounts(by=OPERATOR)
    hashes = set(User.objects.values_list("password", flat=True))
    assert make_demo_accounts(by=OPERATOR) == []
    assert set(User.objects.values_list("password", flat=True)) == hashes


def test_renew_gives_every_account_a_new_password() -> None:
    old = {account.email: account.password for account in make_demo_accounts(by=OPERATOR)}
    new = {account.email: account.password for account in make_demo_accounts(by=OPERATOR, renew=True)}
    assert old.keys() == new.keys()
    assert not set(old.values()) & set(new.values())
    assert User.objects.count() == 3
    assert all(User.objects.get(email=email).check_password(password) for email, password in new.items())


def test_the_providers_account_manages_an_example_provider_also_after_it_came_back() -> None:
    make_demo_accounts(by=OPERATOR)
    assert not Membership.objects.exists()
    a_provider("real-school")
    provider = a_provider("example-school", origin="example")
    make_demo_accounts(by=OPERATOR)
    membership = Membership.objects.select_related("person").get()
    assert (membership.person.email, membership.organisation, membership.role) == (
        "provider@example.org",
        provider,
        "manager",
    )


def test_only_the_operator_makes_demo_accounts(staff: User, person: User) -> None:
    for by in (staff, person):
        with pytest.raises(NotAllowed):
            make_demo_accounts(by=by)
    assert User.objects.count() == 2
