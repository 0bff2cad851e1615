"""The command that checks a battery passport."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.passports.records import a_passport, on_the_market
from tests.site.console.conftest import Command

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.engine.passport_models.generating import generate_passport
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.passport import MODEL, Passport
from synchromesh.engine.passport_models.writing import as_json
from synchromesh.passports.operations.starting import start_passport

pytestmark = pytest.mark.django_db


def _passport() -> Passport:
    return generate_passport(3, BatteryKind.EV, today=datetime.now(UTC).date())


def _file(folder: Path, text: str) -> str:
    file = folder / "passport.json"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_clean_passport_is_valid(command: Command, tmp_path: Path) -> None:
    outcome = command("passport", "check", _file(tmp_path, as_json(_passport())), "--json")
    assert outcome.code == 0
    assert outcome.answer == {"valid": True, "model": MODEL, "findings": []}


def test_a_faulty_passport_is_an_answer_with_its_findings(command: Command, tmp_path: Path) -> None:
    outcome = command("passport", "check", _file(tmp_path, as_json(_passport().without("rated_capacity"))))
    assert outcome.code == 0
    assert not outcome.answer["valid"]
    (found,) = outcome.answer["findings"]
    assert set(found) == {"field", "clause", "severity", "message", "remedy"}
    assert (found["field"], found["severity"]) == ("rated_capacity", "error")


def test_the_kind_of_battery_can_be_said(command: Command, tmp_path: Path) -> None:
    answer = command("passport", "check", _file(tmp_path, as_json(_passport())), "--kind", "lmt").answer
    assert "battery_category" in {found["field"] for found in answer["findings"]}


@pytest.mark.parametrize("text", ["no json", "{}"])
def test_a_file_that_is_no_passport_is_refused(command: Command, tmp_path: Path, text: str) -> None:
    assert command("passport", "check", _file(tmp_path, text)).refusal["code"] == "invalid_input"


@pytest.mark.parametrize("name", ["missing.json", "\0"])
def test_a_file_that_cannot_be_opened_is_refused(command: Command, name: str) -> None:
    assert command("passport", "check", name).refusal["field"] == "file"


SCHEMA = {
    "$schema": "http://json-schema.org/draft-04/schema",
    "x-samm-aspect-model-urn": "urn:example:Materials:1.0.0#Materials",
    "properties": {
        "batteryMaterials": {"items": {"properties": {"batteryMaterialIdentifier": {"pattern": "^[0-9-]+$"}}}},
    },
}
MATERIALS = {"batteryMaterials": [{"batteryMaterialIdentifier": "7439-93-2 "}]}


def _written(folder: Path, name: str, content: object, encoding: str = "utf-8") -> str:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content), encoding=encoding)
    return str(file)


@pytest.mark.parametrize("place", ["schemas/one.json", "schemas"])
def test_a_schema_of_the_operator_decides_and_is_explained(command: Command, tmp_path: Path, place: str) -> None:
    _written(tmp_path, "schemas/one.json", SCHEMA, "utf-16")
    _written(tmp_path, "schemas/deeper/no_schema.json", {"a": 1})
    file = _written(tmp_path, "payload.json", MATERIALS, "utf-16")
    answer = command("passport", "check", file, "--schema", str(tmp_path / place), "--json").answer
    assert answer == {
        "valid": False,
        "model": "urn:example:Materials:1.0.0#Materials",
        "findings": [
            {
                "field": "batteryMaterials[0].batteryMaterialIdentifier",
                "clause": "",
                "severity": "error",
                "message": "batteryMaterials[0].batteryMaterialIdentifier is '7439-93-2 ', which ends with a blank.",
                "remedy": "Remove the blank at the end: '7439-93-2'.",
            }
        ],
    }


def test_a_payload_that_fits_its_schema_is_valid(command: Command, tmp_path: Path) -> None:
    schema = _written(tmp_path, "one.json", SCHEMA)
    answer = command("passport", "check", _written(tmp_path, "p.json", {}), "--schema", schema).answer
    assert (answer["valid"], answer["findings"]) == (True, [])


@pytest.mark.parametrize(
    ("content", "words"), [({"a": 1}, "holds no JSON schema"), ([], "holds no JSON schema"), (None, "cannot be read")]
)
def test_a_schema_that_is_none_is_refused(command: Command, tmp_path: Path, content: object, words: str) -> None:
    schema = _written(tmp_path, "one.json", content) if content is not None else str(tmp_path / "missing.json")
    refusal = command("passport", "check", _written(tmp_path, "p.json", {}), "--schema", schema).refusal
    assert refusal["field"] == "schema"
    assert words in refusal["message"]


def test_a_schema_that_is_no_json_is_named(command: Command, tmp_path: Path) -> None:
    schema = _file(tmp_path, "{")
    refusal = command("passport", "check", _written(tmp_path, "p.json", {}), "--schema", schema).refusal
    assert "passport.json: The file is not JSON: line 1, column 2." in refusal["message"]


def test_a_file_of_another_model_is_judged_by_what_it_can_carry(command: Command, tmp_path: Path) -> None:
    answer = command("passport", "check", _written(tmp_path, "p.json", MATERIALS)).answer
    assert answer["model"] == "BatteryPassDataModel: MaterialComposition"
    assert not answer["valid"]
    kind, places, *findings = answer["findings"]
    assert (kind["severity"], kind["field"]) == ("warning", "battery_category")
    assert places["severity"] == "hint"
    assert "have no place in this file" in places["message"]
    assert "and others" in places["message"]
    assert {found["field"] for found in findings} >= {"materials"}
    assert "rated_capacity" not in {found["field"] for found in findings}


def test_what_is_not_carried_over_is_listed_with_its_reason(command: Command, tmp_path: Path) -> None:
    data = {"batteryTechicalProperties": {"ratedCapacity": 60, "cRate": 1}, "batteryCondition": {}}
    answer = command("passport", "check", _written(tmp_path, "p.json", data), "--kind", "lmt").answer
    assert answer["lost"] == [
        {
            "path": "/batteryTechicalProperties/cRate",
            "reason": "The field list takes the C-rate of the lifetime test only.",
        }
    ]


def test_the_operator_lists_all_passports_and_a_person_their_own(command: Command, person: User) -> None:
    mine, other = a_passport(person), start_passport(by=OPERATOR, kind=BatteryKind.LMT)
    everything = command("passport", "list").answer
    assert (everything["total"], {row["uid"] for row in everything["passports"]}) == (
        2,
        {str(mine.uid), str(other.uid)},
    )
    own = command("--as", str(person.email), "passport", "list", "--limit", "1").answer
    assert [row["uid"] for row in own["passports"]] == [str(mine.uid)]
    assert command("passport", "list", "--limit", "0").refusal["field"] == "limit"


def test_a_passport_is_written_with_what_the_person_may_see(command: Command, person: User, staff: User) -> None:
    passport = on_the_market(person)
    whole = json.loads(command("passport", "export", str(passport.uid)).text)
    public = json.loads(command("--as", str(staff.email), "passport", "export", str(passport.uid)).text)
    assert "test_report" in whole["values"]
    assert "test_report" not in public["values"]
    assert command("passport", "export", str(passport.uid), "--format", "aas").code == 0
    assert command("passport", "export", str(passport.uid), "--format", "signed").refusal["code"] == "not_found"
    assert command("passport", "export", "7").refusal["field"] == "uid"
