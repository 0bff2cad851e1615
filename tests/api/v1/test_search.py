"""One search over everything: `/api/v1/search`."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.api.contract import problem, read
from tests.api.records import a_little_of_everything

# The subject is synchromesh.api.v1, called through its addresses.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everything")]


@pytest.fixture
def everything(db: None) -> None:
    a_little_of_everything()


def test_all_kinds_are_found_with_their_stable_addresses(client: Client) -> None:
    found = read(client, "/api/v1/search?q=weld")
    assert {(row["kind"], row["slug"]) for row in found["items"]} >= {("skill", "weld-busbars"), ("course", "weld-it")}
    assert all(row["uri"] == f"/id/{row['kind']}/{row['uid']}" for row in found["items"])
    assert found["total"] >= len(found["items"])
    assert found["exact"] is True


def test_a_kind_can_be_asked_for(client: Client) -> None:
    found = read(client, "/api/v1/search?q=weld&kind=skill&kind=organisation")
    assert {row["kind"] for row in found["items"]} == {"skill"}


def test_a_misspelled_word_finds_something_and_the_answer_says_so(client: Client) -> None:
    found = read(client, "/api/v1/search?q=busbrs&kind=skill")
    assert [row["slug"] for row in found["items"]] == ["weld-busbars"]
    assert found["exact"] is False
    assert found["items"][0]["found_by"] == "similar"


def test_without_a_word_nothing_is_found_and_without_the_parameter_it_is_said(client: Client) -> None:
    assert read(client, "/api/v1/search?q=")["items"] == []
    assert problem(client.get("/api/v1/search"), 422)["errors"][0]["parameter"] == "q"
