"""The command that writes the files of open data."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from tests.records import a_course
from tests.site.console.conftest import Command

from synchromesh.accounts.models import User
from synchromesh.site.open_data.files import FILES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "OPEN_DATA_DIR", tmp_path)


def test_data_write_answers_with_the_folder_the_numbers_and_the_files(command: Command) -> None:
    a_course("weld", origin="example")
    answer = command("data", "write").answer
    assert answer["counts"]["courses"] == {"example": 1}
    assert {file.name for file in FILES} < {row["name"] for row in answer["files"]}
    for row in answer["files"]:
        assert (Path(answer["folder"]) / row["name"]).stat().st_size == row["bytes"]


def test_only_the_alliance_has_them_written(person: User, command: Command) -> None:
    refusal = command("--as", "person@example.org", "data", "write").refusal
    assert refusal["code"] == "not_allowed"
