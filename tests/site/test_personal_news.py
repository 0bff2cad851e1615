"""What mails and digests keep about a person: shown to them, and gone with the account, but that mails stay ended."""

from __future__ import annotations

import pytest
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.community.models import DigestSubscription, EmailSuppression, MailKind
from synchromesh.community.operations.mail_preferences import unsubscribe_mails
from synchromesh.community.queries.mail_keys import hash_address, make_person_key
from synchromesh.site import personal_news
from synchromesh.site.personal_data import delete_person, export_person

pytestmark = pytest.mark.django_db


def _digest_without_account(address: str) -> None:
    DigestSubscription.objects.create(
        address=address, address_hash=hash_address(address), language="en", asked_at=timezone.now()
    )


def test_a_digest_that_was_asked_for_without_the_account_is_shown_and_goes_with_it(person: User) -> None:
    _digest_without_account("Person@example.org")
    _digest_without_account("somebody.else@example.org")
    assert len(export_person(by=person, person=person)["digests"]) == 1
    delete_person(by=person, person=person)
    assert [one.address for one in DigestSubscription.objects.all()] == ["somebody.else@example.org"]


def test_the_report_says_that_a_fingerprint_stays_and_why(person: User) -> None:
    unsubscribe_mails(by=VISITOR, key=make_person_key(person, MailKind.GROUP), everything=True)
    report = delete_person(by=person, person=person)
    assert [kept.count for kept in report.kept if "fingerprints" in kept.what] == [1]
    assert EmailSuppression.objects.count() == len(MailKind)
    assert personal_news.count_ended_mails(["person@example.org", "nobody@example.org"]) == 1


def test_the_report_says_nothing_of_it_where_no_mail_was_ended(person: User) -> None:
    report = delete_person(by=person, person=person)
    assert [kept for kept in report.kept if "fingerprints" in kept.what] == []
