"""`synchromesh matching prepare` and `status`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from tests.esco_records import an_esco
from tests.records import a_role
from tests.site.console.conftest import Command

from synchromesh.engine.matching.encoders import list_encoders

# The subject is synchromesh.site.console, called through the fixture `command`.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_matching")]


def _prepared(answer: dict[str, Any]) -> list[tuple[str, str, str, int]]:
    return [(row["vocabulary"], row["kind"], row["mode"], row["concepts"]) for row in answer["prepared"]]


def test_every_loaded_vocabulary_is_prepared_in_every_mode_that_is_set(command: Command) -> None:
    a_role("battery-technician", {"weld": 1, "solder": 2})
    answer = command("matching", "prepare", "--json").answer
    assert _prepared(answer) == [("framework", "skill", "fast", 2), ("framework", "occupation", "fast", 1)]
    assert all(row["seconds"] >= 0 and row["runs_as"] == "fast" for row in answer["prepared"])
    assert answer["memory_mb"] > 10
    an_esco()
    assert [row[0] for row in _prepared(command("matching", "prepare").answer)] == ["framework"] * 2 + ["esco"] * 2


def test_the_modes_are_those_of_the_settings_each_once(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    a_role("battery-technician", {"weld": 1})
    modes = {"courses": "middle", "cv": "middle", "command": "middle"}
    monkeypatch.setattr(settings, "MATCHING_MODES", modes)
    answer = command("matching", "prepare", "--kind", "skill").answer
    assert [row["mode"] for row in answer["prepared"]] == ["fast", "middle"]
    one = command("matching", "prepare", "--kind", "skill", "--mode", "fast").answer
    assert [row["mode"] for row in one["prepared"]] == ["fast"]


def test_what_is_being_prepared_is_said_while_it_happens(command: Command) -> None:
    a_role("battery-technician", {"weld": 1})
    assert command("matching", "prepare", "--kind", "skill").notes == "Preparing framework, skill, fast ...\n"


def test_a_vocabulary_that_is_not_loaded_cannot_be_asked_for(command: Command) -> None:
    refusal = command("matching", "prepare", "--vocabulary", "esco").refusal
    assert (refusal["code"], refusal["field"]) == ("not_found", "vocabulary")


def test_an_empty_site_has_nothing_to_prepare(command: Command) -> None:
    assert command("matching", "prepare").answer["prepared"] == []


def test_the_status_names_encoders_modes_vocabularies_and_prepared_files(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    (tmp_path / "matching").mkdir()
    (tmp_path / "matching" / "abc.npz").write_bytes(b"12345")
    a_role("battery-technician", {"weld": 1})
    answer = command("matching", "status").answer
    assert [row["name"] for row in answer["encoders"]] == list(list_encoders())
    assert all({"title", "available", "languages"} < set(row) for row in answer["encoders"])
    assert answer["modes"] == settings.MATCHING_MODES
    assert answer["vocabularies"] == {"framework": True, "esco": False}
    assert answer["cache"] == {"folder": str(tmp_path / "matching"), "files": [{"name": "abc.npz", "bytes": 5}]}
