"""Wanted training is counted, never tied to a person."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection
from django.utils import timezone
from tests.records import a_skill

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.catalogue import tasks
from synchromesh.catalogue.models import Brief
from synchromesh.catalogue.operations.briefs import record_brief, remove_old_briefs
from synchromesh.engine.errors import NotAllowed
from synchromesh.engine.vocabulary.periods import months_later
from synchromesh.places.models import Country, Region


@pytest.mark.django_db
def test_the_same_wish_is_counted_and_not_repeated() -> None:
    for words in ("Hydrogen welding", " hydrogen  WELDING "):
        record_brief(by=VISITOR, origin="search", words=words, language="en")
    brief = Brief.objects.get()
    assert (brief.words, brief.times) == ("hydrogen welding", 2)


@pytest.mark.django_db
def test_wishes_differ_by_origin_skill_level_words_and_language() -> None:
    skill, other = a_skill("weld"), a_skill("drive")
    for given in (
        {"origin": "gap", "skill": skill, "level": 1},
        {"origin": "gap", "skill": skill, "level": 2},
        {"origin": "gap", "skill": other, "level": 1},
        {"origin": "plan", "skill": skill, "level": 1},
        {"origin": "search", "words": "weld", "language": "en"},
        {"origin": "search", "words": "weld", "language": "de"},
    ):
        record_brief(by=VISITOR, **given)
    assert list(Brief.objects.values_list("times", flat=True)) == [1] * 6


@pytest.mark.django_db
def test_very_long_words_are_cut_and_nobody_is_named(person: User) -> None:
    record_brief(by=person, origin="search", words="x" * 5000, language="en")
    brief = Brief.objects.get()
    assert len(brief.words) == 120
    assert person.public_id not in str(Brief.objects.values())


@pytest.mark.django_db
def test_characters_that_no_database_takes_are_left_out() -> None:
    record_brief(by=VISITOR, origin="search", words="weld\0ing", language="en")
    assert Brief.objects.get().words == "weld ing"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite in memory is one connection; it writes in turn")
def test_wishes_at_the_same_time_are_all_counted() -> None:
    start = threading.Barrier(4)

    def wish() -> None:
        start.wait(timeout=30)
        for _ in range(5):
            record_brief(by=VISITOR, origin="search", words="weld", language="en")
        connection.close()

    threads = [threading.Thread(target=wish) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert Brief.objects.get().times == 20


@pytest.mark.django_db
def test_wishes_of_two_months_and_of_two_regions_are_counted_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    country = Country.objects.create(code="DE", names={"en": "Germany"})
    region = Region.objects.create(code="DE1", level=1, name="South", country=country)
    for day in (date(2027, 1, 31), date(2027, 2, 1), date(2027, 2, 2)):
        monkeypatch.setattr(timezone, "localdate", lambda day=day: day)
        record_brief(by=VISITOR, origin="search", words="weld", language="de", region=region)
    record_brief(by=VISITOR, origin="search", words="weld", language="de")
    found = Brief.objects.order_by("pk").values_list("region__code", "times")
    assert list(found) == [("DE1", 1), ("DE1", 2), (None, 1)]


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["pia@example.org", "call 01711234567"])
def test_words_that_may_be_about_a_person_are_not_written_down(words: str) -> None:
    record_brief(by=VISITOR, origin="search", words=words, language="en")
    assert not Brief.objects.exists()


@pytest.mark.django_db
def test_counts_to_which_nobody_added_for_two_years_are_forgotten(person: User) -> None:
    for months in (25, 23):
        brief = Brief.objects.create(wish=str(months), origin="search", words="weld")
        Brief.objects.filter(pk=brief.pk).update(last_on=months_later(timezone.localdate(), -months))
    with pytest.raises(NotAllowed):
        remove_old_briefs(by=person)
    tasks.remove_old_briefs.call()
    assert list(Brief.objects.values_list("wish", flat=True)) == ["23"]
    assert remove_old_briefs(by=OPERATOR) == 0
