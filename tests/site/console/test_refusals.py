"""Whatever is wrong, the command answers with one error object and exit code 2, and the data stay as they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from tests.records import a_role, a_skill, bomb, course_row, csv_file, stored, zip_file
from tests.site.console.conftest import Command

from synchromesh.accounts.models import User
from synchromesh.plumbing.models import ImportBatch
from synchromesh.site.console import content

# The subject is synchromesh.site.console, called through the fixture `command`.
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        ((), "invalid_input", "arguments"),
        (("no-such-command",), "invalid_input", "arguments"),
        (("path",), "invalid_input", "arguments"),
        (("path", "--role", "technician", "--no-such-option"), "invalid_input", "arguments"),
        (("path", "--role", "nobody"), "not_found", "role"),
        (("path", "--role", "technician", "--have", "weld"), "invalid_input", "have"),
        (("path", "--role", "technician", "--have", "weld=4"), "invalid_input", "have"),
        (("path", "--role", "technician", "--have", "weld="), "invalid_input", "have"),
        (("path", "--role", "technician", "--have", "juggle=1"), "not_found", "skill"),
        (("path", "--role", "technician", "--hour-value", "much"), "invalid_input", "hour_value"),
        (("path", "--role", "technician", "--hour-value", "-1"), "invalid_input", "hour_value"),
        (("path", "--role", "technician", "--hour-value", "nan"), "invalid_input", "hour_value"),
        (("path", "--role", "technician", "--language", "klingon"), "invalid_input", "language"),
        (("path", "--role", "technician", "--mode", "by-post"), "invalid_input", "arguments"),
        (("framework", "export", "--format", "pdf"), "invalid_input", "arguments"),
        (("framework", "undo"), "not_found", "batch"),
        (("feed", "undo", "no-uid"), "not_found", "batch"),
        (("feed", "undo", "00000000-0000-4000-8000-000000000000"), "not_found", "batch"),
        (("search", "weld", "--kind", "planet"), "invalid_input", "arguments"),
        (("search", "weld", "--limit", "many"), "invalid_input", "arguments"),
        (("search", "weld", "--filter", "mode"), "invalid_input", "filter"),
        (("search", "weld", "--order", "price:up"), "invalid_input", "order"),
        (("person", "export", "nobody@example.org"), "not_found", "email"),
        (("--as", "nobody@example.org", "feed", "list"), "not_found", "as"),
    ],
)
def test_a_wrong_call_says_what_to_mend(command: Command, words: tuple[str, ...], code: str, field: str) -> None:
    a_role("technician", {"weld": 1})
    before = stored()
    error = command(*words).refusal
    assert (error["code"], error["field"]) == (code, field)
    assert stored() == before


def _large(folder: Path) -> Path:
    file = folder / "large.csv"
    with file.open("wb") as stream:
        stream.write(b"id,title\n")
        stream.truncate(21 * 1024 * 1024)
    return file


def _written(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


@pytest.fixture(scope="module")
def refused_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A file of each kind that is refused whole, by what is wrong with it."""
    tmp_path = tmp_path_factory.mktemp("refused")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "readme.txt").write_text("nothing here", encoding="utf-8")
    return {
        "bomb": _written(tmp_path, "bomb.zip", bomb()),
        "encoding": _written(tmp_path, "skills.csv", "id,kind,title_en\nx,skill,Größe\n".encode("utf-16")[:-1]),
        "large": _large(tmp_path),
        "missing": tmp_path / "missing.csv",
        "folder": folder,
        "binary": _written(tmp_path, "picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
        "empty": _written(tmp_path, "empty.csv", b""),
        "text": _written(tmp_path, "letter.txt", b"Dear all,\nhere is our list.\n"),
        "workbook": _written(tmp_path, "broken.xlsx", zip_file({"xl/workbook.xml": b"<nothing/>"})),
        "outside": _written(tmp_path, "outside.zip", zip_file({"../skills.csv": b"id,kind,title_en\n"})),
    }


@pytest.mark.parametrize("group", ["feed", "framework"])
@pytest.mark.parametrize("verb", ["preview", "import"])
@pytest.mark.parametrize(
    "wrong", ["bomb", "encoding", "large", "missing", "folder", "binary", "empty", "text", "workbook", "outside"]
)
def test_a_refused_file_leaves_everything_as_it_was(
    command: Command, refused_files: dict[str, Path], group: str, verb: str, wrong: str
) -> None:
    before = stored()
    error = command(group, verb, str(refused_files[wrong]), "--json").refusal
    assert error["code"] == "invalid_input"
    assert error["message"].endswith(".")
    assert " " in error["message"]
    assert stored() == before
    assert not ImportBatch.objects.exists()


def test_the_size_limit_is_said_in_megabytes(command: Command, tmp_path: Path) -> None:
    assert "larger than 20 MB" in command("framework", "preview", str(_large(tmp_path))).refusal["message"]


def test_a_file_that_never_ends_is_refused(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "LARGEST_FEED", 3 * 1024 * 1024)
    folder = Path(settings.DATA_DIR) / "imports"
    before = set(folder.iterdir()) if folder.exists() else set()
    assert "larger than 3 MB" in command("feed", "preview", "/dev/zero").refusal["message"]
    assert "larger than 20 MB" in command("framework", "preview", "/dev/zero").refusal["message"]
    assert set(folder.iterdir()) == before


@pytest.mark.parametrize(
    "words",
    [
        ("feed", "preview", "FILE"),
        ("feed", "import", "FILE"),
        ("feed", "undo"),
        ("feed", "list"),
        ("framework", "preview", "FILE"),
        ("framework", "import", "FILE"),
        ("framework", "undo"),
        ("starter", "load"),
        ("demo", "load"),
        ("demo", "remove"),
        ("demo", "accounts"),
    ],
)
@pytest.mark.parametrize("email", ["person@example.org", "manager@example.org"])
def test_a_person_without_the_permission_is_refused(
    command: Command, person: User, manager: User, tmp_path: Path, words: tuple[str, ...], email: str
) -> None:
    file = tmp_path / "skills.csv"
    file.write_bytes(csv_file({"id": "weld", "kind": "skill", "title_en": "Weld", "title": "Weld"}))
    for group in ("feed", "framework"):  # something to undo
        assert command(group, "import", str(file)).code == 0
    before, batches = stored(), list(ImportBatch.objects.order_by("pk").values())
    error = command("--as", email, *(str(file) if word == "FILE" else word for word in words)).refusal
    assert error["code"] == "not_allowed"
    assert stored() == before
    assert list(ImportBatch.objects.order_by("pk").values()) == batches


def test_staff_may_do_at_the_command_line_what_they_may_do_on_the_pages(
    command: Command, staff: User, tmp_path: Path
) -> None:
    file = tmp_path / "courses.csv"
    file.write_bytes(csv_file(course_row(), course_row("c2")))
    assert command("--as", staff.email or "", "feed", "import", str(file)).answer["status"] == "committed"
    assert ImportBatch.objects.get().actor == staff.public_id
    assert command("--as", staff.email or "", "feed", "undo").answer["status"] == "undone"


def test_a_locked_account_cannot_act(command: Command, staff: User) -> None:
    a_skill("weld")
    User.objects.update(is_active=False)
    assert command("--as", staff.email or "", "feed", "list").refusal["code"] == "not_found"
