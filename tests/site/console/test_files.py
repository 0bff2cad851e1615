"""Feeds and frameworks from files, folders and standard input; list and undo."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from tests.records import a_role, a_skill, course_row, csv_file, stored
from tests.site.console.conftest import Command

from synchromesh.catalogue.models import Course, CourseSkill
from synchromesh.framework.models import FrameworkVersion
from synchromesh.plumbing import import_plans

# The subject is synchromesh.site.console, called through the fixture `command`.
pytestmark = pytest.mark.django_db


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """A feed of two courses."""
    a_skill("weld")
    file = tmp_path / "courses.csv"
    file.write_bytes(csv_file(course_row("c1", skills="weld 1"), course_row("c2")))
    return file


def test_a_preview_writes_no_course_and_an_import_does(command: Command, feed: Path) -> None:
    before = stored()
    assert command("feed", "preview", str(feed)).answer["counts"]["new"] == 2
    assert stored() == before
    answer = command("feed", "import", str(feed), "--origin", "example").answer
    assert answer["status"] == "committed"
    assert set(Course.objects.values_list("origin", "import_source")) == {("example", "courses.csv")}
    assert CourseSkill.objects.get().confirmed_at is None
    again = command("feed", "import", str(feed), "--confirm-links").answer
    assert again["counts"] == {"new": 0, "changed": 1, "same": 1, "error": 0}
    assert CourseSkill.objects.get().confirmed_by == "operator"


def test_the_source_is_what_records_are_found_by(command: Command, feed: Path) -> None:
    command("feed", "import", str(feed), "--source", "north")
    other = feed.with_name("renamed.csv")
    feed.rename(other)
    assert command("feed", "preview", str(other), "--source", "north").answer["counts"]["same"] == 2
    assert command("feed", "preview", str(other)).answer["counts"]["new"] == 2
    assert command("feed", "preview", str(other), "--source", "x" * 81).refusal["field"] == "source"


def test_a_partial_file_makes_no_course_missing(command: Command, feed: Path) -> None:
    command("feed", "import", str(feed))
    feed.write_bytes(csv_file(course_row("c1", skills="weld 1")))
    assert command("feed", "preview", str(feed)).answer["counts"]["missing"] == 1
    assert "missing" not in command("feed", "preview", str(feed), "--partial").answer["counts"]


def test_the_language_that_is_said_holds_for_texts_that_do_not_show_theirs(command: Command, feed: Path) -> None:
    command("feed", "import", str(feed), "--language", "cs")
    assert [course.titles for course in Course.objects.order_by("slug")] == [{"cs": "Course c1"}, {"cs": "Course c2"}]


def test_a_long_answer_says_how_much_more_there_is(
    command: Command, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_plans, "MOST_ROWS", 1)
    answer = command("feed", "preview", str(feed)).answer
    assert (len(answer["rows"]), answer["more_rows"], answer["counts"]["new"]) == (1, 1, 2)


def test_imports_are_listed_and_undone_one_by_one(command: Command, feed: Path) -> None:
    before = stored()
    first = command("feed", "import", str(feed)).answer["batch"]
    feed.write_bytes(csv_file(course_row("c1", minutes=90, skills="weld 1"), course_row("c2")))
    second = command("feed", "import", str(feed)).answer["batch"]
    listed = command("feed", "list").answer["imports"]
    assert [row["batch"] for row in listed] == [second, first]
    assert set(listed[0]) == {
        "batch", "kind", "name", "source", "status", "counts", "previewed_at", "committed_at", "undone_at",
    }  # fmt: skip
    assert command("feed", "undo", first).refusal["code"] == "conflict"
    assert command("feed", "undo").answer["batch"] == second
    assert command("feed", "undo", second).refusal["code"] == "conflict"
    assert command("feed", "undo").answer["batch"] == first
    assert stored() == before
    assert command("feed", "undo").refusal["code"] == "not_found"
    assert [row["status"] for row in command("feed", "list").answer["imports"]] == ["undone", "undone"]


def test_a_feed_comes_from_standard_input_too(command: Command, feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(feed.read_bytes())))
    assert command("feed", "preview", "-").answer["counts"]["new"] == 2


def test_a_folder_of_tables_is_one_framework_file(command: Command) -> None:
    folder = Path(settings.STARTER_DIR) / "framework"
    answer = command("framework", "import", str(folder)).answer
    assert answer["counts"]["new"] == 1442
    assert command("framework", "import", str(folder)).answer["counts"]["same"] == 1442
    assert FrameworkVersion.objects.count() == 1
    assert command("framework", "export").answer["version"] == 1
    # The second import wrote nothing; taking it back first is the rule, last in, first out.
    assert command("framework", "undo").answer["counts"]["same"] == 1442
    assert command("framework", "undo").answer["counts"]["new"] == 1442
    assert command("framework", "export").answer["version"] == 0


@pytest.mark.usefixtures("starter_content")
def test_an_exported_framework_imported_again_is_the_same(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "exported.zip"
    file.write_bytes(command("framework", "export", "--format", "csv").output)
    before = stored()
    assert command("framework", "import", str(file)).answer["counts"] == {
        "new": 0,
        "changed": 0,
        "same": 1442,
        "error": 0,
    }
    assert stored() == before


@pytest.mark.parametrize(
    ("format_name", "file_name"),
    [
        ("csv", "exported.zip"),
        ("xlsx", "exported.xlsx"),
        ("document", "exported.json"),
        ("case", "exported.json"),
        ("turtle", "exported.ttl"),
        ("jsonld", "exported.jsonld"),
    ],
)
def test_a_framework_exported_in_any_format_changes_nothing_when_it_comes_back(
    command: Command, tmp_path: Path, format_name: str, file_name: str
) -> None:
    a_role("technician", {"weld": 2, "measure": 3})
    file = tmp_path / file_name
    file.write_bytes(command("framework", "export", "--format", format_name).output)
    answer = command("framework", "preview", str(file)).answer
    assert answer["problems"] == []
    assert answer["counts"] == {"new": 0, "changed": 0, "same": 5, "error": 0}
