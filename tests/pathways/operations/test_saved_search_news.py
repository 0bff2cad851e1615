"""What is new in followed searches: one mail a day, nothing twice, nothing to people who did not ask for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail as outbox
from django.core.mail import EmailMessage
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.pathways.operations.test_saved_searches import NOW, follow
from tests.records import a_course, a_provider

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course
from synchromesh.community.models import EmailSuppression, SuppressionReason
from synchromesh.community.queries.mail_keys import hash_address
from synchromesh.engine.errors import NotAllowed
from synchromesh.pathways.models import SavedSearch
from synchromesh.pathways.operations import saved_search_news
from synchromesh.pathways.operations.saved_search_news import send_search_news
from synchromesh.pathways.queries import saved_searches
from synchromesh.pathways.queries.saved_search_keys import find_unsubscribing
from synchromesh.pathways.queries.saved_searches import News, find_news
from synchromesh.pathways.tasks import send_search_news as task
from synchromesh.plumbing import audit
from synchromesh.plumbing.duties import list_duties
from synchromesh.plumbing.models import AuditEvent
from synchromesh.search.backends import memory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
Run = Callable[[datetime], list[EmailMessage]]


@pytest.fixture
def reader(person: User) -> User:
    """A person whose address is confirmed."""
    EmailAddress.objects.create(user=person, email="Person@Example.org", verified=True)
    return person


@pytest.fixture
def run(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Run:
    """Send the news of a day, and return the mails of that run."""

    def send(now: datetime) -> list[EmailMessage]:
        memory.forget()
        before = len(outbox.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            count = send_search_news(by=OPERATOR, now=now)
        sent: list[EmailMessage] = outbox.outbox[before:]
        assert len(sent) == count
        return sent

    return send


def free_course(slug: str, **columns: Any) -> None:
    a_course(slug, price_cents=0, **columns)


def test_a_new_course_is_told_once_and_nothing_new_is_no_mail(reader: User, run: Run) -> None:
    free_course("old-one")
    follow(reader)
    assert run(NOW + DAY) == []
    free_course("new-one", provider=a_provider(), titles={"en": "New\none", "de": "Der neue"})
    a_course("paid-one")
    (mail,) = run(NOW + 2 * DAY)
    assert (mail.to, mail.subject) == (["person@example.org"], "1 new course: Free courses")
    assert f"- New one, South School\n  {settings.SITE_ADDRESS}/en/courses/new-one/" in mail.body
    assert "old-one" not in mail.body
    assert "paid-one" not in mail.body
    assert f"{settings.SITE_ADDRESS}/en/courses/?price=free" in mail.body
    assert run(NOW + 2 * DAY) == []
    assert run(NOW + 3 * DAY) == []
    told = AuditEvent.objects.get(action="send_search_news")
    assert (told.target_uid, told.details) == (reader.public_id, {"searches": {str(SavedSearch.objects.get().uid): 1}})


def test_a_course_that_comes_back_is_no_news(reader: User, run: Run) -> None:
    course = a_course("now-and-then", price_cents=0)
    follow(reader)
    course.price_cents = 5
    course.save()
    assert run(NOW + DAY) == []
    course.price_cents = 0
    course.save()
    assert run(NOW + 2 * DAY) == []


def test_several_searches_share_one_mail_each_with_its_own_way_to_end_it(reader: User, run: Run) -> None:
    free = follow(reader)
    paid = follow(reader, "price=paid", title="Bezahlte Kurse", language="de", frequency="weekly")
    follow(reader, "q=nothing-like-that", title="Nothing new")
    free_course("free-one")
    a_course("paid-one", titles={"en": "Paid one", "de": "Der bezahlte"})
    (mail,) = run(NOW + 7 * DAY)
    assert mail.subject == "2 new courses in searches that you follow"
    assert "Nothing new" not in mail.body
    assert "Der bezahlte" in mail.body
    keys = re.findall(r"/(en|de)/me/searches/unsubscribe/\?key=(\S+)", str(mail.body))
    found = {(language, ending.search) for language, key in keys if (ending := find_unsubscribing(key))}
    assert found == {("en", free), ("de", paid)}
    assert run(NOW + 7 * DAY) == []


def test_one_click_in_the_mail_program_ends_all_of_them(reader: User, run: Run) -> None:
    follow(reader)
    free_course("new-one")
    (mail,) = run(NOW + DAY)
    sent = message_from_bytes(mail.message().as_bytes())
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent["Auto-Submitted"] == "auto-generated"
    address = re.fullmatch(r"<(http\S+)\?key=(\S+)>", "".join(sent["List-Unsubscribe"].split()))
    assert address is not None
    ending = find_unsubscribing(address[2])
    assert ending is not None
    assert (ending.person, ending.search) == (reader, None)
    assert sent.get_content_type() == "text/plain"


@pytest.mark.parametrize(("frequency", "days"), [("daily", 1), ("weekly", 7)])
def test_a_search_is_due_by_days_even_if_the_duty_comes_a_little_early(
    reader: User,
    run: Run,
    frequency: str,
    days: int,
) -> None:
    follow(reader, frequency=frequency)
    free_course("new-one")
    assert run(NOW + timedelta(hours=2)) == []
    assert run(NOW + (days - 1) * DAY) == []
    assert len(run(NOW + days * DAY - timedelta(minutes=5))) == 1


def test_nobody_has_two_mails_on_one_day(reader: User, run: Run) -> None:
    follow(reader)
    free_course("new-one")
    follow(reader, "price=paid", title="Paid", now=NOW + DAY)
    a_course("paid-one")
    assert len(run(NOW + DAY)) == 1
    SavedSearch.objects.filter(title="Paid").update(looked_at=NOW)
    assert run(NOW + DAY + timedelta(hours=3)) == []
    assert len(run(NOW + 2 * DAY)) == 1


@pytest.mark.parametrize("reason", ["no mail wanted", "not confirmed", "not active", "no address", "mails came back"])
def test_no_mail_goes_to_people_who_may_not_have_one(reader: User, run: Run, reason: str) -> None:
    follow(reader, frequency="never" if reason == "no mail wanted" else "daily")
    if reason == "not confirmed":
        EmailAddress.objects.update(verified=False)
    User.objects.update(
        is_active=reason != "not active", email=None if reason == "no address" else "person@example.org"
    )
    if reason == "mails came back":
        EmailSuppression.objects.create(
            address_hash=hash_address("person@example.org"), reason=SuppressionReason.BOUNCE, added_at=NOW
        )
    free_course("new-one")
    assert run(NOW + 30 * DAY) == []
    assert SavedSearch.objects.get().looked_at == NOW


def test_a_run_that_breaks_off_has_told_nothing(reader: User, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    follow(reader)
    free_course("new-one")

    def break_off(**_: object) -> None:
        raise RuntimeError("The power is gone.")

    memory.forget()
    with monkeypatch.context() as patched:
        patched.setattr(audit, "record", break_off)
        with pytest.raises(RuntimeError), transaction.atomic():
            send_search_news(by=OPERATOR, now=NOW + DAY)
    assert SavedSearch.objects.get().mailed_at is None
    assert len(run(NOW + DAY)) == 1


def test_of_two_runs_at_once_one_tells(reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    follow(reader)
    free_course("new-one")

    def another_run_comes_first(saved: SavedSearch, **named: Any) -> News:
        monkeypatch.setattr(saved_search_news, "find_news", find_news)
        assert send_search_news(by=OPERATOR, now=NOW + DAY) == 1
        return find_news(saved, **named)

    memory.forget()
    monkeypatch.setattr(saved_search_news, "find_news", another_run_comes_first)
    assert send_search_news(by=OPERATOR, now=NOW + DAY) == 0


def test_a_search_that_finds_more_than_it_can_remember_tells_what_was_published_since(
    reader: User,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(saved_searches, "MOST_SEEN", 3)
    for number in range(5):
        free_course(f"old-{number}", published_at=NOW - timedelta(days=9 - number))
    saved = follow(reader)
    assert len(saved.seen) == 3
    newest = SavedSearch.objects.get().seen[0]
    Course.objects.filter(uid=newest).delete()  # an older one moves up into what is looked at
    assert run(NOW + DAY) == []
    free_course("new-one", published_at=NOW + DAY)
    (mail,) = run(NOW + 2 * DAY)
    assert "new-one" in mail.body
    assert "old-" not in mail.body
    assert len(SavedSearch.objects.get().seen) == 3


def test_a_mail_names_some_courses_and_says_how_many_more_there_are(
    reader: User,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(saved_search_news, "MOST_COURSES", 2)
    follow(reader)
    for number in range(3):
        free_course(f"new-{number}", origin="example")
    (mail,) = run(NOW + DAY)
    assert mail.subject == "3 new courses: Free courses"
    assert mail.body.count("(example)") == 2
    assert "And 1 more." in mail.body


def test_only_the_alliance_and_its_schedule_send_news(person: User, reader: User) -> None:
    with pytest.raises(NotAllowed):
        send_search_news(by=person)
    assert "pathways.tasks.send_search_news" in {duty.task for duty in list_duties()}
    task.call()
    assert outbox.outbox == []
