"""`POST /api/v1/match`."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.test import Client
from tests.api.contract import assert_keeps_the_contract, operation, post, problem, validator
from tests.esco_records import WELDING, an_esco
from tests.records import a_role

from synchromesh.api.v1 import matching
from synchromesh.framework.models import JobRole, Skill
from synchromesh.plumbing.models import AuditEvent
from synchromesh.site.console import main

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_matching", "framework")]
EXAMPLES = operation()["requestBody"]["content"]["application/json"]["examples"]


@pytest.fixture
def framework(db: None) -> None:
    """Three skills and a role."""
    a_role("battery-technician", {"isolate-high-voltage": 2, "weld-busbars": 1, "draw-maps": 1})


def _uri(slug: str) -> str:
    return f"/id/skill/{Skill.objects.get(slug=slug).uid}"


def test_each_text_gets_its_answer_in_order(client: Client) -> None:
    response = post(client, {"texts": ["weld busbars", "", "draw maps"], "language": "en", "top": 2})
    assert_keeps_the_contract(response)
    answer = response.json()
    assert (answer["mode"], answer["fell_back"]) == ("fast", "")
    assert [result["accepted"] for result in answer["results"]] == [[_uri("weld-busbars")], [], [_uri("draw-maps")]]
    assert answer["results"][1]["matches"] == []
    assert all(len(result["matches"]) <= 2 for result in answer["results"])


def test_the_answer_for_a_text_is_that_of_the_command(
    client: Client, capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> None:
    text = "We isolate high voltage and weld busbars."
    (tmp_path / "text").write_text(text, encoding="utf-8")
    assert main(["match", str(tmp_path / "text"), "--json"]) == 0
    assert post(client, {"texts": [text]}).json()["results"] == [json.loads(capsys.readouterr().out)]


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_example_of_the_document_works_as_it_stands(client: Client, name: str) -> None:
    sent = EXAMPLES[name]["value"]
    response = post(client, sent)
    assert response.status_code == 200
    assert_keeps_the_contract(response)
    assert len(response.json()["results"]) == len(sent["texts"])


def test_roles_are_matched_as_occupations(client: Client) -> None:
    answer = post(client, {"texts": ["Battery technician"], "kind": "occupation"}).json()
    assert answer["results"][0]["accepted"] == [f"/id/role/{JobRole.objects.get().uid}"]


def test_esco_is_matched_where_it_is_loaded(client: Client) -> None:
    body = {"texts": ["weld metal"], "vocabulary": "esco"}
    assert problem(post(client, body), 404)["code"] == "not_found"
    an_esco()
    assert post(client, body).json()["results"][0]["accepted"] == [WELDING]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/texts"),
        ({"texts": []}, "#/texts"),
        ({"texts": ["x"] * 33}, "#/texts"),
        ({"texts": "x"}, "#/texts"),
        ({"texts": ["x", 1]}, "#/texts/1"),
        ({"texts": ["x" * 20_001]}, "#/texts/0"),
        ({"texts": ["x", "\ud800"]}, "#/texts/1"),
        ({"texts": ["x"], "vocabulary": "onet"}, "#/vocabulary"),
        ({"texts": ["x"], "kind": "course"}, "#/kind"),
        ({"texts": ["x"], "language": "de-AT"}, "#/language"),
        ({"texts": ["x"], "language": "xx"}, "#/language"),
        ({"texts": ["x"], "top": 0}, "#/top"),
        ({"texts": ["x"], "top": 51}, "#/top"),
        ({"texts": ["x"], "top": "5"}, "#/top"),
        ({"texts": ["x"], "top": True}, "#/top"),
        ({"texts": ["x"], "top": 1.5}, "#/top"),
        ({"texts": ["x"], "top": None}, "#/top"),
        ({"texts": ["x"], "a/b~c": 1}, "#/a~1b~0c"),
        ([], "#"),
        (None, "#"),
        ("text", "#"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(client: Client, body: object, pointer: str) -> None:
    told = problem(post(client, body), 422)
    assert told["code"] == "invalid_input"
    assert [fault["pointer"] for fault in told["errors"]] == [pointer]
    assert "MatchRequest" not in json.dumps(told)


def test_the_limits_themselves_are_allowed(client: Client) -> None:
    assert post(client, {"texts": ["x" * 20_000], "top": 50}).status_code == 200
    assert post(client, {"texts": ["x"] * 32, "top": 1}).status_code == 200
    assert post(client, {"texts": ["x"], "top": 10.0, "language": None}).status_code == 200


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 100_000, b'{"texts": ["x"], "top": 1' + b"0" * 5000 + b"}"])
def test_what_is_not_json_is_refused(client: Client, body: bytes) -> None:
    assert problem(post(client, body), 400)["detail"] == "The body is not JSON in UTF-8."


def test_numbers_that_json_does_not_have_are_refused(client: Client) -> None:
    for number in (b"NaN", b"Infinity", b"1e999"):
        assert problem(post(client, b'{"texts": ["x"], "top": ' + number + b"}"), 422)["errors"]


def test_nothing_of_a_text_is_stored_or_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for body in ({"texts": ["Zaphod isolates"]}, {"texts": ["Zaphod"], "top": 0}, {"texts": ["Zaphod" * 4000]}):
        answer = post(client, body)
        assert "Zaphod" not in answer.content.decode()
    assert "Zaphod" not in caplog.text
    assert not AuditEvent.objects.exists()


def test_a_bug_is_answered_with_a_number_that_the_log_knows_and_without_the_text(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(texts: list[str], **more: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(matching, "match_texts", broken)
    response = post(client, {"texts": ["Zaphod"]})
    reference = problem(response, 500)["reference"]
    assert reference in caplog.text
    assert "Zaphod" not in caplog.text


def test_the_document_says_what_happens_to_texts_and_what_the_limits_are() -> None:
    said = operation()["description"]
    assert "stored or logged" in said
    assert "32 texts of 20,000 characters" in said


def test_the_schema_of_the_body_refuses_what_the_interface_refuses() -> None:
    schema = operation()["requestBody"]["content"]["application/json"]["schema"]
    assert validator(schema).is_valid({"texts": ["x"]})
    wrong: list[object] = [
        {},
        {"texts": []},
        {"texts": ["x"] * 33},
        {"texts": ["x"], "top": 51},
        {"texts": ["x"], "a": 1},
    ]
    for body in wrong:
        assert not validator(schema).is_valid(body)
