"""Digests: nothing without consent, nothing twice, nothing that the reader may not see, nothing that reports back."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as outbox
from django.core.mail import EmailMessage
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.community.news_records import an_article
from tests.records import a_course, a_topic

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.community.models import DigestFrequency, DigestSubscription, Event, MailKind
from synchromesh.community.operations import digest_mails
from synchromesh.community.operations import digests as operations
from synchromesh.community.operations.digests import (
    ask_for_digest,
    confirm_digest,
    end_digest,
    remove_unconfirmed,
    save_digest,
    send_digests,
)
from synchromesh.community.operations.mail_preferences import set_mail_kinds, unsubscribe_mails
from synchromesh.community.queries.digests import DigestChoice, find_own_digest
from synchromesh.community.queries.mail_keys import make_address_key
from synchromesh.community.tasks import send_digests as task
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.places.models import Country, Region
from synchromesh.plumbing.duties import list_duties

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 1, 8, tzinfo=UTC)
DAY = timedelta(days=1)
Capture = DjangoCaptureOnCommitCallbacks


def _choice(**fields: Any) -> DigestChoice:
    return DigestChoice(**({"frequency": DigestFrequency.WEEKLY, "language": "en"} | fields))


@pytest.fixture
def reader(person: User) -> User:
    """A person whose address is confirmed."""
    EmailAddress.objects.create(user=person, email="person@example.org", verified=True)
    return person


def _mails(capture: Capture, at: datetime) -> list[EmailMessage]:
    before = len(outbox.outbox)
    with capture(execute=True):
        count = send_digests(by=OPERATOR, now=at)
    sent: list[EmailMessage] = outbox.outbox[before:]
    assert len(sent) == count
    return sent


def _asked_key(capture: Capture, address: str = "guest@example.org", at: datetime = START, **fields: Any) -> str:
    before = len(outbox.outbox)
    with capture(execute=True):
        ask_for_digest(by=VISITOR, address=address, choice=_choice(**fields), now=at)
    (sent,) = outbox.outbox[before:]
    found = re.search(r"\?key=(\S+)", str(sent.body))
    assert found
    return found[1]


def an_event(slug: str, at: datetime, **columns: Any) -> Event:
    """A published event in the summer."""
    stated = {"slug": slug, "titles": {"en": slug.title()}, "state": "published", "published_at": at}
    days = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 7, 2), "made_by": "operator"}
    return Event.objects.create(**(stated | days | columns))


def test_a_digest_tells_what_is_new_since_it_was_asked_for_and_once_only(
    reader: User, django_capture_on_commit_callbacks: Capture
) -> None:
    an_article("old-news", at=START - DAY)
    save_digest(by=reader, choice=_choice(with_courses=True), now=START)
    an_article("new-news", at=START + DAY)
    an_event("summit", START + DAY)
    a_course("welding", published_at=START + DAY)
    assert _mails(django_capture_on_commit_callbacks, START + 6 * DAY) == []
    (sent,) = _mails(django_capture_on_commit_callbacks, START + 7 * DAY)
    for part in ("New news", "/en/news/articles/new-news/", "/en/events/summit/", "/en/courses/welding/"):
        assert part in str(sent.body)
    assert "Old news" not in str(sent.body)
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert _mails(django_capture_on_commit_callbacks, START + 7 * DAY) == []
    assert _mails(django_capture_on_commit_callbacks, START + 14 * DAY) == []


def test_a_mail_is_plain_text_and_its_addresses_are_the_pages_themselves(
    reader: User, django_capture_on_commit_callbacks: Capture
) -> None:
    save_digest(by=reader, choice=_choice(), now=START)
    an_article("new-news", at=START + DAY)
    (sent,) = _mails(django_capture_on_commit_callbacks, START + 7 * DAY)
    assert type(sent) is EmailMessage
    assert sent.attachments == []
    for address in re.findall(r"https?://\S+", str(sent.body)):
        assert "?" not in address or "/me/mail/unsubscribe/" in address


def test_a_run_that_breaks_off_tells_nobody_twice(
    reader: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Capture
) -> None:
    save_digest(by=reader, choice=_choice(), now=START)
    others = [User.objects.create_user(email=f"p{place}@example.org") for place in range(2)]
    for other in others:
        EmailAddress.objects.create(user=other, email=str(other.email), verified=True)
        save_digest(by=other, choice=_choice(), now=START)
    an_article("new-news", at=START + DAY)
    real, calls = digest_mails.send_digest, []

    def break_off(*given: Any) -> bool:
        calls.append(given)
        if len(calls) == 2:
            raise RuntimeError("the power fails")
        return real(*given)

    monkeypatch.setattr(operations, "send_digest", break_off)
    with pytest.raises(RuntimeError), django_capture_on_commit_callbacks(execute=True):
        send_digests(by=OPERATOR, now=START + 7 * DAY)
    monkeypatch.setattr(operations, "send_digest", real)
    before = [message.to[0] for message in outbox.outbox]
    after = [message.to[0] for message in _mails(django_capture_on_commit_callbacks, START + 7 * DAY)]
    assert sorted({*before, *after}) == ["p0@example.org", "p1@example.org", "person@example.org"]
    assert len(before) + len(after) == 3


def test_topics_and_regions_choose_and_what_names_none_is_for_all(
    reader: User, django_capture_on_commit_callbacks: Capture
) -> None:
    battery, other = a_topic("battery"), a_topic("hydrogen")
    country = Country.objects.get_or_create(code="DE", defaults={"names": {"en": "Germany"}})[0]
    regions = {
        code: Region.objects.get_or_create(code=code, defaults={"level": level, "name": code, "country": country})[0]
        for code, level in (("DE1", 1), ("DE11", 2), ("DE2", 1))
    }
    save_digest(by=reader, choice=_choice(topics=("battery",), regions=("DE11",)), now=START)
    for slug, topic, region in (
        ("both-fit", battery, "DE11"),
        ("wider-region", battery, "DE1"),
        ("wrong-region", battery, "DE2"),
        ("wrong-topic", other, "DE11"),
        ("for-all", None, None),
    ):
        made = an_article(slug, at=START + DAY)
        made.topics.set([topic] if topic else [])
        made.regions.set([regions[region]] if region else [])
    (sent,) = _mails(django_capture_on_commit_callbacks, START + 7 * DAY)
    told = set(re.findall(r"/articles/([\w-]+)/", str(sent.body)))
    assert told == {"both-fit", "wider-region", "for-all"}


def test_members_only_things_are_in_no_digest_of_others(
    reader: User, django_capture_on_commit_callbacks: Capture
) -> None:
    save_digest(by=reader, choice=_choice(), now=START)
    confirm_digest(by=VISITOR, key=_asked_key(django_capture_on_commit_callbacks), now=START)
    an_article("secret", at=START + DAY, visibility="members")
    an_event("secret-event", START + DAY, visibility="members")
    assert _mails(django_capture_on_commit_callbacks, START + 7 * DAY) == []


def test_nothing_is_sent_to_an_address_before_its_owner_confirmed(
    django_capture_on_commit_callbacks: Capture,
) -> None:
    key = _asked_key(django_capture_on_commit_callbacks)
    an_article("new-news", at=START + DAY)
    assert _mails(django_capture_on_commit_callbacks, START + 40 * DAY) == []
    confirm_digest(by=VISITOR, key=key, now=START)
    (sent,) = _mails(django_capture_on_commit_callbacks, START + 7 * DAY)
    assert sent.to == ["guest@example.org"]


def test_somebody_else_cannot_change_a_digest_by_asking_again(django_capture_on_commit_callbacks: Capture) -> None:
    confirm_digest(by=VISITOR, key=_asked_key(django_capture_on_commit_callbacks), now=START)
    _asked_key(django_capture_on_commit_callbacks, at=START + DAY, frequency=DigestFrequency.MONTHLY, with_news=False)
    kept = DigestSubscription.objects.get()
    assert (kept.frequency, kept.with_news) == ("weekly", True)


def test_an_address_is_asked_at_most_once_in_an_hour_and_forgotten_without_an_answer(
    django_capture_on_commit_callbacks: Capture,
) -> None:
    _asked_key(django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_digest(by=VISITOR, address="GUEST@example.org", choice=_choice(), now=START + timedelta(minutes=59))
    assert len(outbox.outbox) == 1
    assert remove_unconfirmed(by=OPERATOR, now=START + 7 * DAY) == 0
    assert remove_unconfirmed(by=OPERATOR, now=START + 8 * DAY) == 1


def test_who_ends_a_digest_by_the_mail_gets_none_and_the_address_is_forgotten_until_they_ask_again(
    django_capture_on_commit_callbacks: Capture,
) -> None:
    confirm_digest(by=VISITOR, key=_asked_key(django_capture_on_commit_callbacks), now=START)
    unsubscribe_mails(by=VISITOR, key=make_address_key("guest@example.org", MailKind.DIGEST))
    assert not DigestSubscription.objects.exists()
    an_article("new-news", at=START + 2 * DAY)
    confirm_digest(by=VISITOR, key=_asked_key(django_capture_on_commit_callbacks, at=START + DAY), now=START + DAY)
    assert len(_mails(django_capture_on_commit_callbacks, START + 8 * DAY)) == 1


def test_a_digest_that_was_switched_off_tells_nothing_and_loses_no_place(
    reader: User, django_capture_on_commit_callbacks: Capture
) -> None:
    save_digest(by=reader, choice=_choice(), now=START)
    set_mail_kinds(by=reader, wanted=[])
    an_article("new-news", at=START + DAY)
    assert _mails(django_capture_on_commit_callbacks, START + 7 * DAY) == []
    save_digest(by=reader, choice=_choice(), now=START + 8 * DAY)
    an_article("newer-news", at=START + 9 * DAY)
    (sent,) = _mails(django_capture_on_commit_callbacks, START + 15 * DAY)
    assert "Newer news" in str(sent.body)


def test_a_digest_needs_a_confirmed_address_and_a_content(person: User) -> None:
    with pytest.raises(Conflict):
        save_digest(by=person, choice=_choice())
    with pytest.raises(InvalidInput):
        ask_for_digest(by=VISITOR, address="a@example.org", choice=_choice(with_news=False, with_events=False))
    with pytest.raises(InvalidInput):
        ask_for_digest(by=VISITOR, address="nobody", choice=_choice())
    assert not DigestSubscription.objects.exists()


@pytest.mark.parametrize("key", ["", "x:y:z"])
def test_a_wrong_key_confirms_nothing(key: str) -> None:
    with pytest.raises(NotFound):
        confirm_digest(by=VISITOR, key=key)


def test_a_person_ends_their_digest(reader: User) -> None:
    save_digest(by=reader, choice=_choice())
    end_digest(by=reader)
    assert find_own_digest(reader) is None
    with pytest.raises(NotFound):
        end_digest(by=reader)


def test_only_alliance_staff_send_digests(person: User) -> None:
    for operation in (send_digests, remove_unconfirmed):
        with pytest.raises(NotAllowed):
            operation(by=person)


def test_the_worker_sends_digests_by_itself_and_forgets_what_nobody_confirmed(
    django_capture_on_commit_callbacks: Capture,
) -> None:
    assert "community.tasks.send_digests" in {duty.task for duty in list_duties()}
    _asked_key(django_capture_on_commit_callbacks)
    task.call()
    assert not DigestSubscription.objects.exists()
