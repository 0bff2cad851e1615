"""Commands about whole courses: out of one installation and into another without a difference."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.exchange.course_files.course_documents import files_of, with_line
from tests.learning.records import a_course_with_content, give_part
from tests.records import a_course, a_provider, a_skill
from tests.site.console.conftest import Command

from synchromesh.accounts.models import User
from synchromesh.engine.exchange.course_files import open_course_file, pack_course_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course folder as an author keeps it."""
    place = tmp_path / "hv-safety"
    for path, content in files_of().items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(content)
    return place


def test_a_folder_comes_in_is_listed_and_goes_out_the_same(command: Command, folder: Path, tmp_path: Path) -> None:
    a_skill("isolate-hv")
    provider = a_provider()
    done = command("course", "import", str(folder), "--publish", "--provider", provider.slug, "--json").answer
    assert done == {"course": "hv-safety", "version": 1, "published": True, "effect": "new", "left_out": []}
    (listed,) = command("course", "list", "--json").answer
    assert set(listed) == {"slug", "title", "languages", "units", "minutes", "questions", "skills"}
    assert listed["skills"] == [{"skill": "isolate-hv", "level": 2}]
    out = tmp_path / "out.zip"
    assert command("course", "export", "hv-safety", str(out)).answer["bytes"] == out.stat().st_size
    assert open_course_file(out.read_bytes()) == files_of()
    assert command("course", "import", str(out), "--publish").answer["effect"] == "same"


def test_without_courses_the_list_is_empty(command: Command) -> None:
    assert command("course", "list", "--json").answer == []


def test_a_file_comes_in_as_a_draft_unless_it_is_to_be_published(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "course.zip"
    file.write_bytes(pack_course_file(files_of()))
    done = command("course", "import", str(file)).answer
    assert (done["published"], done["left_out"]) == (False, ["isolate-hv"])
    assert command("course", "list").answer == []
    file.write_bytes(pack_course_file(with_line(files_of(), "minutes: 5", "minutes: 6")))
    assert command("course", "import", str(file), "--draft").refusal["code"] == "conflict"
    assert command("course", "import", str(file), "--replace-draft").answer["version"] == 1
    assert command("course", "export", "hv-safety", str(file), "--version", "1").answer["version"] == 1


def test_check_names_everything_that_must_be_mended(command: Command, folder: Path) -> None:
    assert command("course", "check", str(folder), "--file-only").answer["problems"] == []
    (problem,) = command("course", "check", str(folder)).answer["problems"]
    assert (problem["position"], problem["field"]) == ("course", "skills")
    (folder / "media" / "spare.svg").write_bytes((folder / "media" / "pack.svg").read_bytes())
    text = (folder / "course.yaml").read_text()
    (folder / "course.yaml").write_text(text.replace("  - de\n", "").replace("minutes: 5", "minutes: 0"))
    answer = command("course", "check", str(folder), "--file-only").answer
    assert (answer["course"], answer["units"], answer["questions"], answer["media"]) == ("hv-safety", 2, 2, 2)
    assert {problem["position"].split(" line")[0] for problem in answer["problems"]} == {
        "course.yaml",
        "media/spare.svg",
    }


def test_the_sheet_of_a_folder_is_that_of_the_course_once_it_is_here(command: Command, folder: Path) -> None:
    a_skill("isolate-hv")
    sheet = command("course", "review", str(folder), "--json").answer
    assert sheet.pop("problems") == []
    assert {"position": "outcome 2", "field": "units", "message": "It is taught in no unit; 2 are wanted."} in sheet[
        "gaps"
    ]
    assert sheet["unit_minutes"] == 10
    command("course", "import", str(folder))
    here = command("course", "review", "hv-safety").answer
    assert here.pop("version") == 1
    assert here == sheet


def test_what_is_unchecked_is_a_page(command: Command, folder: Path) -> None:
    assert "| [A title](#hv-safety) | 0 |" in command("course", "unchecked", str(folder)).text


@pytest.mark.parametrize(
    "words",
    [
        ("import", "/not/there.zip"),
        ("import", "/etc/hostname"),
        ("check", "/not/there"),
        ("review", "not-there"),
        ("review", "bare"),
        ("unchecked", "/not/there"),
        ("export", "not-there", "/not/there/x.zip"),
        ("export", "bare", "/not/there/x.zip"),
        ("export", "full", "/not/there/x.zip"),
        ("export", "full", "/not/there/x.zip", "--version", "9"),
    ],
)
def test_what_is_not_there_is_refused(command: Command, words: tuple[str, ...]) -> None:
    a_course("bare")
    a_course_with_content("full", kinds=("live-session",))
    command("course", *words).refusal  # noqa: B018 (checks the answer)


def test_a_provider_that_is_not_known_is_refused(command: Command, folder: Path) -> None:
    assert command("course", "import", str(folder), "--provider", "nobody").refusal["field"] == "provider"


def test_a_person_moves_only_their_own_course(command: Command, folder: Path, tmp_path: Path, person: User) -> None:
    course = a_course("hv-safety", provider=a_provider())
    as_person = ("--as", person.email, "course")
    assert command(*as_person, "import", str(folder)).refusal["code"] == "not_allowed"
    give_part(person, course, "author")
    assert command(*as_person, "import", str(folder)).answer["version"] == 1
    assert command(*as_person, "export", "hv-safety", str(tmp_path / "a.zip")).answer["version"] == 1
