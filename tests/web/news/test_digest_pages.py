"""Pages of digests: ask, confirm from a mail, change, end."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as outbox
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.records import a_topic

from synchromesh.accounts.models import User
from synchromesh.community.models import DigestSubscription

pytestmark = pytest.mark.django_db
PAGE = "/en/news/digest/"
FORM = {"address": "guest@example.org", "contents": ["news"], "frequency": "weekly"}


def test_a_guest_asks_confirms_and_nothing_holds_before(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    topic = a_topic()
    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post(PAGE, FORM | {"topics": [str(topic.pk)]})
    assert "Look into your mails" in asked.content.decode()
    found = re.search(r"/en/news/digest/confirm/\?key=(\S+)", str(outbox.outbox[0].body))
    assert found
    page = client.get(f"{PAGE}confirm/", {"key": found[1]})
    assert "Yes, send it" in page.content.decode()
    assert DigestSubscription.objects.get().confirmed_at is None
    done = client.post(f"{PAGE}confirm/", {"key": found[1]})
    assert "Your digest is on its way" in done.content.decode()
    kept = DigestSubscription.objects.get()
    assert (kept.frequency, kept.with_news, kept.with_events) == ("weekly", True, False)
    assert list(kept.topics.all()) == [topic]


def test_the_answer_does_not_tell_whether_an_address_is_known(client: Client) -> None:
    first, second = (client.post(PAGE, FORM).content.decode() for _ in range(2))
    assert first.partition("<main")[2].partition("</main>")[0] == second.partition("<main")[2].partition("</main>")[0]


def test_a_wrong_key_says_so(client: Client) -> None:
    assert client.get(f"{PAGE}confirm/?key=x").status_code == 404


def test_a_person_changes_and_ends_their_digest(client: Client, person: User) -> None:
    EmailAddress.objects.create(user=person, email="person@example.org", verified=True)
    client.force_login(person)
    assert 'name="address"' not in client.get(PAGE).content.decode()
    client.post(PAGE, {"contents": ["events", "courses"], "frequency": "monthly"})
    kept = DigestSubscription.objects.get(person=person)
    assert (kept.with_news, kept.with_events, kept.with_courses) == (False, True, True)
    client.post(PAGE, {"do": "end"})
    assert not DigestSubscription.objects.exists()


def test_what_is_missing_is_said_at_its_field_and_too_many_wishes_are_refused(client: Client) -> None:
    refused = client.post(PAGE, {"address": "nobody", "frequency": "weekly"})
    assert refused.status_code == 422
    for place in range(10):
        assert client.post(PAGE, FORM | {"address": f"a{place}@example.org"}).status_code == 200
    assert client.post(PAGE, FORM | {"address": "b@example.org"}).status_code == 422
    assert DigestSubscription.objects.count() == 10
