"""Versions of the framework on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.records import csv_file
from tests.site.console.conftest import Command

from synchromesh.accounts.models import User
from synchromesh.site.console import versions

pytestmark = pytest.mark.django_db
VERSION = {"version", "status", "note", "created_at", "published_at", "requested_at"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small framework in a folder."""
    tmp_path.joinpath("skills.csv").write_bytes(csv_file({"id": "weld", "kind": "skill", "title_en": "Weld"}))
    tmp_path.joinpath("roles.csv").write_bytes(csv_file({"id": "technician", "title_en": "Technician"}))
    _write_need(tmp_path, level=1)
    return tmp_path


def _write_need(folder: Path, *, level: int) -> None:
    need = {"role": "technician", "skill": "weld", "level": level, "need": "essential", "weight": 5}
    folder.joinpath("requirements.csv").write_bytes(csv_file(need))


def test_a_draft_is_imported_compared_and_published(command: Command, folder: Path) -> None:
    assert command("framework", "import", str(folder)).answer["status"] == "committed"
    _write_need(folder, level=3)
    assert command("framework", "preview", str(folder), "--draft").answer["counts"]["changed"] == 1
    assert command("framework", "import", str(folder), "--draft").answer["status"] == "committed"
    draft, current = command("framework", "versions").answer["versions"]
    assert set(draft) == VERSION | {"counts"}
    assert [(row["version"], row["status"]) for row in (draft, current)] == [(2, "draft"), (1, "published")]
    assert draft["counts"] == {"roles": 1, "skills": 1, "requirements": 1, "anchors": 0, "units": 0}
    found = command("framework", "difference", "1", "2").answer
    assert found["requirements"] == [
        {
            "role": "technician",
            "skill": "weld",
            "before": {"level": 1, "essential": True, "weight": 5},
            "after": {"level": 3, "essential": True, "weight": 5},
        }
    ]
    assert set(found) == {"older", "newer", "counts", "roles", "skills", "requirements", "anchors", "units"}
    assert (found["older"], found["newer"], found["counts"]["requirements_changed"]) == (1, 2, 1)
    done = command("framework", "publish").answer
    assert set(done) == VERSION | {"requested_by"}
    assert (done["version"], done["status"]) == (2, "published")
    assert command("framework", "undo").answer["name"] == "publication of version 2"
    assert command("framework", "versions").answer["versions"] == [draft, current]


def test_two_people_publish(command: Command, folder: Path, staff: User) -> None:
    User.objects.create_user(email="second@example.org", password="four words and more", is_alliance_staff=True)
    command("framework", "import", str(folder), "--draft")
    asked = command("--as", staff.email, "framework", "request").answer
    assert asked["requested_by"] == staff.public_id
    assert command("--as", staff.email, "framework", "publish").refusal["code"] == "not_allowed"
    assert command("--as", "second@example.org", "framework", "publish").answer["status"] == "published"


def test_a_request_is_withdrawn_and_what_is_not_there_refused(command: Command, folder: Path, person: User) -> None:
    assert command("framework", "publish").refusal["code"] == "not_found"
    assert command("framework", "difference", "1", "2").refusal["code"] == "not_found"
    command("framework", "import", str(folder), "--draft")
    command("framework", "request")
    assert command("framework", "request", "--withdraw").answer["requested_by"] is None
    assert command("--as", person.email, "framework", "versions").answer == {"versions": []}
    assert command("--as", person.email, "framework", "publish").refusal["code"] == "not_allowed"
    assert versions.framework_versions.__doc__
