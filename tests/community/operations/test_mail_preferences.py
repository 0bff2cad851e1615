"""Switches of mails: off holds, and only its owner puts an address back on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.community.models import EmailSuppression, MailKind, MailPreference, SuppressionReason
from synchromesh.community.operations.mail_preferences import end_bounce, set_mail_kinds, unsubscribe_mails
from synchromesh.community.queries.mail_keys import hash_address, make_address_key, make_person_key
from synchromesh.community.queries.mail_preferences import find_bounce, list_mail_switches, takes_mail, wants_mail
from synchromesh.engine.errors import Conflict, NotFound
from synchromesh.plumbing.models import AuditEvent
from synchromesh.site.personal_data import delete_person

pytestmark = pytest.mark.django_db
ALL = list(MailKind)
GROUP = MailKind.GROUP


@pytest.fixture
def reader(person: User) -> User:
    """A person whose address is confirmed."""
    EmailAddress.objects.create(user=person, email="person@example.org", verified=True)
    return person


def _off(person: User) -> set[MailKind]:
    return {one.kind for one in list_mail_switches(person) if not one.is_on}


def test_saving_the_same_switches_again_writes_nothing(reader: User) -> None:
    set_mail_kinds(by=reader, wanted=[GROUP])
    before = list(MailPreference.objects.values_list("kind", "said_at")), AuditEvent.objects.count()
    set_mail_kinds(by=reader, wanted=[GROUP], now=timezone.now() + timedelta(days=1))
    assert (list(MailPreference.objects.values_list("kind", "said_at")), AuditEvent.objects.count()) == before


def test_a_key_ends_its_kind_again_and_again_without_another_effect(reader: User) -> None:
    key = make_person_key(reader, GROUP)
    unsubscribe_mails(by=VISITOR, key=key)
    first = MailPreference.objects.get(person=reader, kind=GROUP)
    unsubscribe_mails(by=VISITOR, key=key, now=timezone.now() + timedelta(days=400))
    assert MailPreference.objects.get(person=reader, kind=GROUP).said_at == first.said_at
    assert first.through_mail
    assert _off(reader) == {GROUP}


def test_one_click_more_ends_all_kinds(reader: User) -> None:
    unsubscribe_mails(by=VISITOR, key=make_person_key(reader, GROUP), everything=True)
    assert _off(reader) == set(MailKind)


def test_the_owner_of_a_confirmed_address_switches_on_again(reader: User) -> None:
    unsubscribe_mails(by=VISITOR, key=make_person_key(reader, GROUP))
    set_mail_kinds(by=reader, wanted=ALL)
    assert wants_mail(reader, GROUP)
    assert not EmailSuppression.objects.exists()


def test_an_account_with_a_foreign_address_cannot_bring_its_mails_back() -> None:
    unsubscribe_mails(by=VISITOR, key=make_address_key("victim@example.org", GROUP))
    thief = User.objects.create_user(email="victim@example.org")
    with pytest.raises(Conflict):
        set_mail_kinds(by=thief, wanted=ALL)
    assert not takes_mail("victim@example.org", GROUP)
    assert not wants_mail(thief, GROUP)


def test_what_was_ended_stays_ended_when_the_account_is_deleted_and_made_again(reader: User) -> None:
    unsubscribe_mails(by=VISITOR, key=make_person_key(reader, GROUP))
    delete_person(by=reader, person=reader)
    again = User.objects.create_user(email="Person@example.org")
    assert _off(again) == {GROUP}


@pytest.mark.parametrize("key", ["", "person.group.0", "a.b.c:d"])
def test_a_wrong_key_ends_nothing(key: str, reader: User) -> None:
    with pytest.raises(NotFound):
        unsubscribe_mails(by=VISITOR, key=key)
    assert _off(reader) == set()


def test_a_key_cannot_be_turned_into_one_for_another_kind(reader: User) -> None:
    with pytest.raises(NotFound):
        unsubscribe_mails(by=VISITOR, key=make_person_key(reader, GROUP).replace("group", "event"))


def test_a_key_of_a_deleted_account_is_understood_and_does_nothing(reader: User) -> None:
    key = make_person_key(reader, GROUP)
    reader.delete()
    unsubscribe_mails(by=VISITOR, key=key)
    assert not MailPreference.objects.exists()


def test_a_bounce_is_lifted_only_by_the_owner_of_the_address(person: User) -> None:
    EmailSuppression.objects.create(
        address_hash=hash_address("person@example.org"), reason=SuppressionReason.BOUNCE, added_at=timezone.now()
    )
    assert find_bounce(person) is not None
    with pytest.raises(Conflict):
        end_bounce(by=person)
    EmailAddress.objects.create(user=person, email="person@example.org", verified=True)
    end_bounce(by=person)
    assert wants_mail(person, GROUP)
    with pytest.raises(Conflict):
        end_bounce(by=person)
