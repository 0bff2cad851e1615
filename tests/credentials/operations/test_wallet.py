"""What a holder keeps: credentials from elsewhere with what a check says, collections, and what the own page shows."""

from __future__ import annotations

import json

import pytest
from tests.credentials.foreign_files import TITLE, a_badge, a_token, an_altered_badge
from tests.credentials.records import a_credential

from synchromesh.accounts.models import User
from synchromesh.credentials.models import Credential, HeldCredential, PageDetail
from synchromesh.credentials.operations import wallet
from synchromesh.credentials.operations.wallet import (
    add_held_credential,
    check_held_credential,
    remove_collection,
    remove_held_credential,
    save_collection,
    set_page_detail,
)
from synchromesh.credentials.queries.wallet import list_collections, list_held
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound

pytestmark = pytest.mark.django_db


def test_a_credential_from_elsewhere_is_kept_as_it_came_with_what_a_check_says(person: User) -> None:
    held = add_held_credential(by=person, name="badge.json", data=a_badge())
    assert (held.format, held.title, bytes(held.data)) == ("open_badge", TITLE, a_badge())
    assert held.verdicts["signature"]["verdict"] == "good"
    assert held.verdicts["issuer"]["verdict"] == "unknown"
    with pytest.raises(Conflict, match="already"):
        add_held_credential(by=person, name="again.json", data=a_badge())
    assert list_held(person) == [held]


def test_an_altered_one_is_kept_too_and_says_so(person: User) -> None:
    held = add_held_credential(by=person, name="badge.json", data=an_altered_badge())
    assert held.verdicts["signature"]["verdict"] == "altered"
    checked = check_held_credential(by=person, uid=held.uid)
    assert checked.checked_at > held.checked_at


@pytest.mark.parametrize("word", ["\x00", "\ud800", "x" * 400])
def test_a_hostile_title_is_kept_in_a_form_that_the_database_holds(person: User, word: str) -> None:
    document = json.loads(a_badge())
    document["credentialSubject"]["achievement"]["name"] = f"{TITLE}{word}"
    held = add_held_credential(by=person, name=f"bad{word}ge.json", data=json.dumps(document).encode())
    held.refresh_from_db()
    assert held.title.startswith((TITLE[:20], "bad"))


def test_what_is_no_credential_is_refused(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (b"", b"hello"):
        with pytest.raises(InvalidInput):
            add_held_credential(by=person, name="x", data=data)
    monkeypatch.setattr(wallet, "LARGEST_HELD", 10)
    with pytest.raises(InvalidInput, match="larger"):
        add_held_credential(by=person, name="x", data=a_token())
    monkeypatch.undo()
    monkeypatch.setattr(wallet, "MOST_HELD", 0)
    with pytest.raises(Conflict, match="Remove some"):
        add_held_credential(by=person, name="x", data=a_token())
    assert not HeldCredential.objects.exists()


def test_nobody_elses_is_checked_removed_or_collected(person: User, staff: User) -> None:
    held = add_held_credential(by=person, name="badge.json", data=a_badge())
    mine = a_credential(person=person)
    for operation in (check_held_credential, remove_held_credential):
        with pytest.raises(NotFound):
            operation(by=staff, uid=held.uid)
    with pytest.raises(InvalidInput):
        save_collection(by=staff, name="Theirs", codes=[mine.code], held=[str(held.uid)])
    collection = save_collection(by=person, name=" Mine ", codes=[mine.code], held=[str(held.uid)])
    with pytest.raises(NotAllowed):
        save_collection(by=staff, name="x", codes=[], collection=collection)
    with pytest.raises(NotAllowed):
        remove_collection(by=staff, collection=collection)
    with pytest.raises(NotAllowed):
        set_page_detail(by=staff, credential=mine, detail=PageDetail.FULL)
    assert list_collections(staff) == []


def test_a_collection_is_changed_and_removed_and_what_was_in_it_stays(person: User) -> None:
    held = add_held_credential(by=person, name="badge.json", data=a_badge())
    mine = a_credential(person=person)
    collection = save_collection(by=person, name="Both", codes=[mine.code], held=[str(held.uid)])
    save_collection(by=person, name="One", codes=[mine.code], collection=collection)
    (listed,) = list_collections(person)
    assert (listed.name, list(listed.credentials.all()), list(listed.held.all())) == ("One", [mine], [])
    with pytest.raises(InvalidInput):
        save_collection(by=person, name=" ", codes=[mine.code], collection=collection)
    remove_collection(by=person, collection=collection)
    remove_held_credential(by=person, uid=held.uid)
    assert (list_collections(person), list_held(person)) == ([], [])
    assert Credential.objects.filter(holder=person).count() == 1


def test_the_holder_says_what_the_page_shows(person: User) -> None:
    mine = a_credential(person=person)
    assert mine.page_detail == PageDetail.INITIALS
    set_page_detail(by=person, credential=mine, detail=PageDetail.VERDICT)
    mine.refresh_from_db()
    assert mine.page_detail == PageDetail.VERDICT
