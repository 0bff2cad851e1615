"""Who has all parts is named to the issuer, who awards the whole by the usual rules, and reads it among their own."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.credentials.records import a_credential, an_achievement, an_issuer

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Achievement, BatchState, Credential, IssueBatch
from synchromesh.credentials.operations.achievements import set_two_persons
from synchromesh.credentials.operations.batches import resume_batch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("asked_jobs")]
READY = "/en/award/achievements/the-whole/ready/"
_numbers = count(1)


@pytest.fixture
def whole(organisation: Organisation) -> Achievement:
    """One of two parts."""
    issuer = an_issuer(organisation)
    parts = [an_achievement(issuer, titles={"en": f"Part {name}"}) for name in ("one", "two")]
    return an_achievement(issuer, titles={"en": "The whole"}, parts=parts)


def somebody_ready(whole: Achievement, name: str) -> User:
    person = User.objects.create_user(email=f"{name}@example.org", password="four words and more", name=name)
    for link in whole.versions.get().parts.all():
        a_credential(link.part, person=person, name=f"{name} Certified", occasion=f"test:{next(_numbers)}")
    return person


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text_of(answer: Any) -> str:
    text: str = answer.content.decode()
    assert "⚠" not in text
    return text


def test_the_issuer_finds_who_is_ready_and_awards_it_to_those_who_stay_ticked(
    whole: Achievement, manager: User
) -> None:
    ada, ben = somebody_ready(whole, "ada"), somebody_ready(whole, "ben")
    client = signed_in(manager)
    assert "2 people have all parts" in text_of(client.get("/en/award/"))
    assert READY in text_of(client.get("/en/award/achievements/the-whole/"))
    page = text_of(client.get(READY))
    assert "ada Certified" in page
    assert "ben Certified" in page
    answer = client.post(READY, {"person": [str(ada.uid)]})
    batch = IssueBatch.objects.get()
    assert answer.headers["Location"] == f"/en/award/lists/{batch.uid}/"
    resume_batch(by=OPERATOR, batch_uid=batch.uid)
    assert Credential.objects.get(version__achievement=whole).holder == ada
    assert "ada Certified" not in text_of(client.get(READY))
    assert str(ben.uid) in text_of(client.get(READY))


def test_two_persons_stay_two(whole: Achievement, manager: User) -> None:
    ada = somebody_ready(whole, "ada")
    set_two_persons(by=manager, achievement=whole, needed=True)
    client = signed_in(manager)
    assert "Two persons are needed" in text_of(client.get(READY))
    answer = client.post(READY, {"person": [str(ada.uid)]}, follow=True)
    assert "waits for another person" in text_of(answer)
    assert IssueBatch.objects.get().state == BatchState.WAITING
    assert client.post(f"/en/award/lists/{IssueBatch.objects.get().uid}/", {"do": "release"}).status_code == 403


@pytest.mark.parametrize("sent", [{}, {"person": "nobody"}])
def test_nobody_ticked_is_said(whole: Achievement, manager: User, sent: dict[str, str]) -> None:
    answer = signed_in(manager).post(READY, sent)
    assert answer.status_code == 422
    assert "Tick at least one person" in text_of(answer)


def test_somebody_who_is_not_ready_is_not_awarded(whole: Achievement, manager: User, person: User) -> None:
    answer = signed_in(manager).post(READY, {"person": [str(person.uid)]})
    assert answer.status_code == 409
    assert not IssueBatch.objects.exists()


def test_the_holder_reads_that_all_parts_are_there_and_what_happens_next(whole: Achievement, manager: User) -> None:
    holder = signed_in(somebody_ready(whole, "ada"))
    page = text_of(holder.get("/en/me/credentials/"))
    assert "You have all parts" in page
    assert "can award it to you" in page
    desk = signed_in(manager)
    assert "gets it only by hand" in text_of(desk.get("/en/award/achievements/the-whole/"))
    desk.post("/en/award/achievements/the-whole/", {"do": "follow"})
    shown = text_of(desk.get("/en/award/achievements/the-whole/"))
    assert "gets it by itself" in shown
    assert "Demand two persons" not in shown
    assert "goes to them by itself" in text_of(desk.get("/en/award/"))
    assert "by itself within some minutes" in text_of(holder.get("/en/me/credentials/"))


def test_an_achievement_without_parts_says_nothing_of_them(organisation: Organisation, editor: User) -> None:
    an_achievement(an_issuer(organisation))
    client = signed_in(editor)
    assert "Who has all parts" not in text_of(client.get("/en/award/achievements/isolate-a-vehicle/"))
    assert "Nobody has all parts" in text_of(client.get("/en/award/achievements/isolate-a-vehicle/ready/"))


def test_the_page_asks_few_questions_however_many_are_ready(whole: Achievement, manager: User) -> None:
    client = signed_in(manager)
    asked = []
    for names in (("a", "b"), ("c", "d", "e", "f")):
        for name in names:
            somebody_ready(whole, name)
        for address in (READY, "/en/award/"):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            asked.append(len(queries))
    assert asked[:2] == asked[2:]
    assert max(asked) <= 10
