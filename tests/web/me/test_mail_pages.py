"""Pages about mails: switches, and ending mails from a mail without an account."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.community.models import EmailSuppression, MailKind
from synchromesh.community.queries.mail_keys import hash_address, make_address_key, make_person_key
from synchromesh.community.queries.mail_preferences import takes_mail, wants_mail

pytestmark = pytest.mark.django_db
END = "/en/me/mail/unsubscribe/"


def test_the_page_has_a_switch_for_each_kind_and_keeps_what_was_chosen(client: Client, person: User) -> None:
    client.force_login(person)
    text = client.get("/en/me/mail/").content.decode()
    assert text.count('type="checkbox"') == len(MailKind)
    client.post("/en/me/mail/", {"kind": ["event", "group"]})
    assert [kind for kind in MailKind if wants_mail(person, kind)] == [MailKind.EVENT, MailKind.GROUP]
    assert client.get("/en/me/mail/").content.decode().count(" checked") == 2


def test_opening_the_address_of_a_mail_ends_nothing_and_its_button_does(client: Client, person: User) -> None:
    key = make_person_key(person, MailKind.GROUP)
    page = client.get(END, {"key": key})
    assert "End these mails" in page.content.decode()
    assert wants_mail(person, MailKind.GROUP)
    done = client.post(END, {"key": key})
    assert done.status_code == 200
    assert "You get no more of these mails" in done.content.decode()
    assert not wants_mail(person, MailKind.GROUP)


def test_a_mail_program_ends_the_mails_by_itself_without_a_token(person: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    key = make_person_key(person, MailKind.GROUP)
    done = strict.post(f"{END}?key={key}", {"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    assert not wants_mail(person, MailKind.GROUP)
    assert wants_mail(person, MailKind.EVENT)


def test_a_guest_ends_all_kinds_with_the_second_button(client: Client) -> None:
    client.post(END, {"key": make_address_key("guest@example.org", MailKind.EVENT), "all": "1"})
    assert not any(takes_mail("guest@example.org", kind) for kind in MailKind)


def test_half_an_address_says_so_and_ends_nothing(client: Client, person: User) -> None:
    key = make_person_key(person, MailKind.GROUP)
    page = client.post(END, {"key": key[:-4]})
    assert page.status_code == 404
    assert "This address is not complete" in page.content.decode()
    assert wants_mail(person, MailKind.GROUP)


def test_the_page_never_says_whose_mails_a_key_ends(client: Client, person: User) -> None:
    text = client.get(END, {"key": make_person_key(person, MailKind.GROUP)}).content.decode()
    assert "person@example.org" not in text
    assert "Pia" not in text


def test_an_address_whose_mails_came_back_is_told_and_not_tried_before_it_is_confirmed(
    client: Client, person: User
) -> None:
    EmailSuppression.objects.create(
        address_hash=hash_address("person@example.org"), reason="bounce", added_at=timezone.now()
    )
    client.force_login(person)
    assert "Mails to your address came back." in unescape(client.get("/en/me/mail/").content.decode())
    refused = client.post("/en/me/mail/", {"do": "retry"})
    assert refused.status_code == 409
    assert "Confirm your e-mail address first" in refused.content.decode()
