"""The transparency log for programs that audit it, and for people."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.credentials.records import a_credential, an_achievement

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Credential, StatusReason
from synchromesh.credentials.operations.log import sign_log_head
from synchromesh.credentials.operations.status import withdraw_credential
from synchromesh.credentials.queries import log
from synchromesh.engine.credential_formats.log_heads import is_head_signed
from synchromesh.engine.credential_formats.multikeys import read_multikey
from synchromesh.engine.credential_formats.transparency import is_consistent, is_included, leaf_hash

pytestmark = pytest.mark.django_db


@pytest.fixture
def credentials() -> list[Credential]:
    """Three credentials, a head, a withdrawal, another head: four entries."""
    achievement = an_achievement()
    made = [a_credential(achievement, occasion=f"log:{number}") for number in range(3)]
    sign_log_head(by=OPERATOR)
    withdraw_credential(by=OPERATOR, credential=made[0], reason=StatusReason.ERROR)
    sign_log_head(by=OPERATOR)
    return made


def read(client: Client, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Content-Type"] == "application/json"
    told: dict[str, Any] = answer.json()
    return told


def test_the_empty_log_says_so(client: Client) -> None:
    told = read(client, "/id/log")
    assert (told["size"], told["head"]) == (0, None)
    assert read(client, "/id/log/entries")["entries"] == []
    assert client.get("/en/log/").status_code == 200


def test_a_program_can_check_everything_with_what_is_published(client: Client, credentials: list[Credential]) -> None:
    head = read(client, "/id/log")["head"]
    method = read_key(client)
    assert is_head_signed(head, public_key=read_multikey(method).public_bytes())
    entries = read(client, "/id/log/entries?start=0")["entries"]
    assert [one["index"] for one in entries] == [0, 1, 2, 3]
    for one in entries:
        proof = read(client, f"/id/log/inclusion?index={one['index']}&size=4")["proof"]
        leaf = leaf_hash(one["entry"].encode())
        assert leaf.hex() == one["leaf_hash"]
        hashes = [bytes.fromhex(part) for part in proof]
        assert is_included(leaf, index=one["index"], size=4, proof=hashes, root=bytes.fromhex(head["root"]))


def read_key(client: Client) -> str:
    answer = client.get("/id/log/did.json")
    return str(answer.json()["verificationMethod"][0]["publicKeyMultibase"])


def test_the_newer_log_begins_with_the_older_one(client: Client, credentials: list[Credential]) -> None:
    new, old = read(client, "/id/log/heads")["heads"]
    assert (new["size"], old["size"]) == (4, 3)
    proof = read(client, "/id/log/consistency?old=3&new=4")["proof"]
    assert is_consistent(
        old_size=3,
        old_root=bytes.fromhex(old["root"]),
        new_size=4,
        new_root=bytes.fromhex(new["root"]),
        proof=[bytes.fromhex(part) for part in proof],
    )
    assert read(client, "/id/log/heads?below=4")["heads"] == [old]


def test_long_lists_come_in_portions(
    client: Client, credentials: list[Credential], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "MOST_ENTRIES", 3)
    first = read(client, "/id/log/entries")
    assert len(first["entries"]) == 3
    assert first["next"].endswith("/id/log/entries?start=3")
    assert [one["index"] for one in read(client, "/id/log/entries?start=3")["entries"]] == [3]


def test_no_entry_names_anybody(client: Client, credentials: list[Credential]) -> None:
    told = str(read(client, "/id/log/entries"))
    for credential in credentials:
        assert not any(word in told for word in (credential.code, str(credential.uid), "Zo", "Isolate"))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/id/log/inclusion", 422),
        ("/id/log/inclusion?index=x", 422),
        ("/id/log/inclusion?index=4&size=4", 404),
        ("/id/log/inclusion?index=0&size=99", 404),
        ("/id/log/consistency?old=4&new=3", 422),
        ("/id/log/entries?start=-1", 422),
        ("/id/log/heads?below=99999999999999999999", 422),
    ],
)
def test_a_question_that_has_no_answer_is_refused_as_data(
    client: Client, credentials: list[Credential], address: str, status: int
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")


def test_people_see_where_the_log_ends_and_whether_it_holds_an_entry(
    client: Client, credentials: list[Credential], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(6):
        answer = client.get("/en/log/?entry=3")
    text = answer.content.decode()
    assert "⚠" not in text
    page = BeautifulSoup(text, "html.parser")
    said = page.get_text()
    assert "In the newest signed head:" in said
    assert "Withdrawn" in said
    assert len(page.select("table.data tbody tr")) == 4


@pytest.mark.parametrize("number", ["4", "rubbish", "9" * 15])
def test_an_entry_that_is_not_there_is_not_invented(client: Client, credentials: list[Credential], number: str) -> None:
    text = client.get(f"/en/log/?entry={number}").content.decode()
    assert "There is no such entry" in text
    assert "⚠" not in text


def test_an_entry_after_the_last_head_is_not_called_proved(client: Client) -> None:
    a_credential()
    assert "It is newer than the last signed head" in client.get("/en/log/?entry=0").content.decode()
