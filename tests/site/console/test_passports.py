"""The command that checks a battery passport."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.site.console.conftest import Command

from synchromesh.engine.passport_models.generating import generate_passport
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.passport import MODEL, Passport
from synchromesh.engine.passport_models.writing import as_json

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
