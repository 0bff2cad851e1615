"""What the site's search knows of passports: what everybody may see of those on the market, and nothing else."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest
from django.test import Client
from tests.passports.records import a_passport, on_the_market, planted, seen_by, sentinel, sentinels

from synchromesh.accounts.models import User
from synchromesh.engine.passport_models.model import ValueType, fields
from synchromesh.engine.passport_models.passport import FieldValue
from synchromesh.passports.models import ChainRole, Classroom, ClassroomTeam, EventKind, Passport
from synchromesh.passports.operations.editing import rename_passport, save_category
from synchromesh.passports.operations.events import record_event
from synchromesh.passports.operations.removing import remove_passport
from synchromesh.passports.operations.typed_values import StatedInput
from synchromesh.passports.operations.versions import add_version
from synchromesh.passports.queries.contents import newest_content
from synchromesh.passports.queries.search_documents import list_passport_documents
from synchromesh.plumbing import jobs
from synchromesh.search.backends import memory

pytestmark = pytest.mark.django_db
TABLES = {field.key for field in fields().values() if field.type in (ValueType.RECORDS, ValueType.TEXTS)}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The uids of which the search was told."""
    found: list[str] = []

    def note(task: str, **arguments: Any) -> None:
        if task == "search.tasks.update_index":
            assert arguments["kind"] == "passport"
            found.extend(arguments["uids"])

    monkeypatch.setattr(jobs, "enqueue", note)
    return found


def found_by(words: str, client: Client | None = None) -> str:
    """The page of the search for these words, with an index of just now."""
    memory.forget()
    return (client or Client()).get("/en/search/", {"q": words}).content.decode()


def test_of_every_field_only_what_everybody_may_see_is_in_the_index(person: User) -> None:
    passport = planted(person)
    add_version(by=person, passport=passport, before=newest_content(passport), after=sentinels(edition=1))
    [document] = list_passport_documents()
    text = repr(document)
    for key in fields():
        assert (sentinel(key, edition=1) in text) == (key in seen_by("public") - TABLES), key
        assert sentinel(key) not in text, f"{key} of the version before"
    assert "QZ1XNONEXZQ" not in text
    assert "in_use" not in text


def strange_word(key: str) -> str:
    """A word that is like no other, so that no similar spelling is found either."""
    return "".join(chr(ord("a") + int(digit, 16)) for digit in sha256(key.encode()).hexdigest()[:16])


def test_a_value_that_is_not_for_everybody_finds_nothing_whoever_searches(person: User) -> None:
    passport = on_the_market(person)
    before = newest_content(passport)
    restricted = sorted(set(fields()) - seen_by("public"))
    public = ["model_name", "manufacturer_name"]
    assert len(restricted) > 5
    after = before
    for key in [*restricted, *public]:
        after = after.with_value(key, FieldValue(value=strange_word(key)))
    add_version(by=person, passport=passport, before=before, after=after)
    owner = Client()
    owner.force_login(person)
    address = f"/en/passports/{passport.uid}/"
    for key in public:
        assert address in found_by(strange_word(key))
    for key in restricted:
        assert address not in found_by(strange_word(key), owner), key


def test_a_passport_on_the_market_is_found_by_title_numbers_and_names(person: User) -> None:
    passport = on_the_market(person)
    rename_passport(by=person, uid=passport.uid, title="Zirkon pack")
    passport.refresh_from_db()
    maker = newest_content(passport).value_of("manufacturer_name")
    for words in ("zirkon", passport.gtin, passport.serial, str(maker)):
        page = found_by(words)
        assert f'href="/en/passports/{passport.uid}/"' in page, words
        assert "Practice passports of batteries" in page


def test_drafts_and_passports_of_a_class_are_not_found(person: User) -> None:
    draft, of_class = a_passport(person), on_the_market(person)
    room = Classroom.objects.create(teacher=person, title="C", kind="ev", code="ABCD-2345", opened_at=draft.made_at)
    team = ClassroomTeam.objects.create(classroom=room, number=1)
    Passport.objects.filter(pk=of_class.pk).update(team=team)
    Passport.objects.update(title="Zirkon pack")
    assert list(list_passport_documents()) == []
    assert "/en/passports/" not in found_by("zirkon").partition("<main")[2].partition("</main")[0]


def test_one_that_is_gone_since_is_not_shown(person: User) -> None:
    passport = on_the_market(person)
    Passport.objects.update(title="Zirkon pack")
    assert "Zirkon pack" in found_by("zirkon")
    passport.delete()
    assert "Zirkon pack" not in Client().get("/en/search/?q=zirkon").content.decode()


def test_only_those_that_were_asked_for_are_listed(person: User) -> None:
    first, _ = on_the_market(person), on_the_market(person, seed=8)
    assert [one.uid for one in list_passport_documents([str(first.uid)])] == [str(first.uid)]
    assert len(list(list_passport_documents())) == 2


def test_the_search_is_told_of_what_changes_on_the_market_alone(person: User, told: list[str]) -> None:
    passport = a_passport(person)
    rename_passport(by=person, uid=passport.uid, title="Not public")
    assert told == []
    for kind, role in ((EventKind.MADE, ChainRole.MAKER), (EventKind.PLACED, ChainRole.CARMAKER)):
        record_event(by=person, uid=passport.uid, kind=kind, role=role, on=passport.made_at.date())
    assert told == [str(passport.uid)]
    rename_passport(by=person, uid=passport.uid, title="Public")
    assert len(told) == 2
    passport.refresh_from_db()
    values = {"model_name": StatedInput(value="Another name")}
    save_category(by=person, uid=passport.uid, category="identification", values=values, expected=passport.number)
    assert len(told) == 3
    remove_passport(by=person, uid=passport.uid)
    assert told == [str(passport.uid)] * 4


def test_the_list_reads_as_often_for_many_as_for_few(person: User, django_assert_num_queries: Any) -> None:
    on_the_market(person)
    for number in range(3):
        with django_assert_num_queries(2):
            assert len(list(list_passport_documents())) == number + 1
        on_the_market(person, seed=20 + number)
