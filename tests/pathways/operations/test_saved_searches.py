"""Following a search: only one's own, each once, and ended for good by whoever holds the key from a mail."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from tests.records import a_course

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.pathways.models import SavedSearch
from synchromesh.pathways.operations import saved_searches
from synchromesh.pathways.operations.saved_search_news import send_search_news
from synchromesh.pathways.operations.saved_searches import (
    change_search,
    delete_search,
    save_search,
    unsubscribe_search,
)
from synchromesh.pathways.queries.saved_search_keys import make_person_key, make_search_key
from synchromesh.plumbing.models import AuditEvent
from synchromesh.search.backends import memory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


def follow(person: User, query: str = "price=free", **more: Any) -> SavedSearch:
    stated: dict[str, Any] = {"title": "Free courses", "language": "en", "frequency": "daily", "now": NOW}
    return save_search(by=person, query=query, **(stated | more))


def test_a_search_is_kept_in_one_order_and_without_page_and_order(person: User) -> None:
    saved = follow(person, "page=3&price=paid&order=title&price=free&q=++welding++steel&nonsense=1")
    assert saved.query == "q=welding+steel&price=paid&price=free"
    assert (saved.title, saved.language, saved.frequency, saved.mailed_at) == ("Free courses", "en", "daily", None)
    assert AuditEvent.objects.get(action="save_search").target_uid == str(saved.uid)


def test_what_a_search_finds_already_is_seen(person: User) -> None:
    course = a_course("free-one", price_cents=0)
    a_course("paid-one")
    assert follow(person).seen == [str(course.uid)]


def test_the_same_search_is_followed_once_and_takes_the_new_words(person: User, staff: User) -> None:
    first = follow(person, "price=free&q=weld")
    again = follow(person, "q=weld&price=free&page=2", title="Welding", frequency="weekly")
    assert (again.pk, again.title, again.frequency) == (first.pk, "Welding", "weekly")
    follow(person, "q=weld&price=free", language="de")
    follow(staff, "q=weld&price=free")
    assert SavedSearch.objects.count() == 3


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " \0 "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"frequency": "hourly"}, "frequency"),
        ({"language": "xx"}, "language"),
        ({"query": "&".join(f"provider={'a' * 150}{n}" for n in range(20))}, "query"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_field(person: User, changes: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        follow(person, **changes)
    assert refused.value.field == field
    assert not SavedSearch.objects.exists()


def test_nobody_follows_more_than_some_searches(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_searches, "MOST_SEARCHES", 1)
    follow(person)
    follow(person, title="The same again")
    with pytest.raises(Conflict):
        follow(person, "price=paid")


def test_only_an_active_person_follows(person: User) -> None:
    person.is_active = False
    with pytest.raises(NotAllowed):
        follow(person)


def test_nobody_touches_somebody_elses_search(person: User, staff: User) -> None:
    uid = str(follow(person).uid)
    with pytest.raises(NotFound):
        change_search(by=staff, uid=uid, title="Mine now", frequency="never")
    with pytest.raises(NotFound):
        delete_search(by=staff, uid=uid)
    assert SavedSearch.objects.get().title == "Free courses"


def test_an_own_search_is_renamed_and_deleted(person: User) -> None:
    uid = str(follow(person).uid)
    change_search(by=person, uid=uid, title=" Without\nmoney ", frequency="never")
    change_search(by=person, uid=uid, title="Without money", frequency="never")
    saved = SavedSearch.objects.get()
    assert (saved.title, saved.frequency) == ("Without money", "never")
    delete_search(by=person, uid=uid)
    assert not SavedSearch.objects.exists()
    actions = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["save_search", "change_search", "delete_search"]


def test_the_key_of_a_search_ends_its_mails_and_no_others(person: User) -> None:
    one, other = follow(person), follow(person, "price=paid")
    key = make_search_key(one)
    assert unsubscribe_search(by=VISITOR, key=key, now=NOW) == 1
    assert unsubscribe_search(by=VISITOR, key=key) == 0
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.frequency, one.unsubscribed_at, other.frequency) == ("never", NOW, "daily")
    assert AuditEvent.objects.filter(action="unsubscribe_search").count() == 1


def test_the_key_of_a_person_ends_all_mails_of_that_person_alone(person: User, staff: User) -> None:
    follow(person)
    follow(person, "price=paid", frequency="weekly")
    follow(staff)
    assert unsubscribe_search(by=person, key=make_person_key(person)) == 2
    assert set(SavedSearch.objects.filter(owner=person).values_list("frequency", flat=True)) == {"never"}
    assert SavedSearch.objects.get(owner=staff).frequency == "daily"


def test_an_ended_search_is_told_again_only_when_the_person_turns_it_on(person: User) -> None:
    EmailAddress.objects.create(user=person, email=str(person.email), verified=True)
    saved = follow(person)
    unsubscribe_search(by=VISITOR, key=make_search_key(saved))
    a_course("new-one", price_cents=0)
    memory.forget()
    later = NOW.replace(month=4)
    assert send_search_news(by=OPERATOR, now=later) == 0
    change_search(by=person, uid=str(saved.uid), title="Free courses", frequency="weekly")
    assert send_search_news(by=OPERATOR, now=later) == 1
    saved.refresh_from_db()
    assert saved.unsubscribed_at is None


@pytest.mark.parametrize("spoil", [lambda key: key[:-1], lambda key: key.replace("search", "person"), lambda key: ""])
def test_a_spoiled_key_ends_nothing(person: User, spoil: Any) -> None:
    key = make_search_key(follow(person))
    with pytest.raises(NotFound):
        unsubscribe_search(by=VISITOR, key=spoil(key))
    assert SavedSearch.objects.get().frequency == "daily"


def test_the_key_of_a_deleted_search_is_good_and_does_nothing(person: User) -> None:
    saved = follow(person)
    key = make_search_key(saved)
    saved.delete()
    assert unsubscribe_search(by=VISITOR, key=key) == 0
