"""The commands about the questions of a course."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.assessment.records import a_bank
from tests.learning.question_documents import a_document
from tests.records import a_course
from tests.site.console.conftest import Command

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.assessment.models import Question
from synchromesh.assessment.operations.questions import save_question
from synchromesh.learning.models import Media
from synchromesh.learning.operations.media import add_media

pytestmark = pytest.mark.django_db

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><title>Pack</title></svg>'


def test_questions_go_out_of_one_course_and_into_another_and_back(command: Command, tmp_path: Path) -> None:
    bank = a_bank(a_course("first"))
    a_course("second")
    for kind in ("single", "hotspot"):
        save_question(by=OPERATOR, bank=bank, document=a_document(kind))
    name = a_document("hotspot")["media"]
    assert bank.course is not None
    add_media(by=OPERATOR, course=bank.course, name=name, content=PICTURE)
    file = str(tmp_path / "out.zip")
    out = command("questions", "export", file, "--course", "first", "--language", "de").answer
    assert out == {"course": "first", "file": file, "bytes": Path(file).stat().st_size, "problems": []}
    shown = command("questions", "preview", file, "--course", "second").answer
    assert shown["counts"] == {"new": 2, "changed": 0, "same": 0, "error": 0}
    assert Question.objects.count() == 2
    done = command("questions", "import", file, "--course", "second").answer
    assert done["status"] == "committed"
    listed = command("questions", "list", "--course", "second").answer
    assert [(entry["key"], entry["kind"], entry["languages"]) for entry in listed["questions"]] == [
        ("hotspot", "hotspot", ["de"]),
        ("single", "single", ["de"]),
    ]
    assert Media.objects.filter(course__slug="second", name=name).count() == 1
    undone = command("questions", "undo", "--course", "second").answer
    assert (undone["batch"], undone["status"]) == (done["batch"], "undone")
    assert command("questions", "list", "--course", "second").answer["questions"] == []
    assert command("questions", "undo", "--course", "second").refusal["code"] == "not_found"


def test_our_own_file_holds_all_languages_and_may_hold_some_questions_only(command: Command, tmp_path: Path) -> None:
    bank = a_bank(a_course("first"))
    for kind in ("single", "order"):
        save_question(by=OPERATOR, bank=bank, document=a_document(kind))
    file = tmp_path / "out.zip"
    command("questions", "export", str(file), "--course", "first", "--format", "json", "--only", "order")
    shown = command("questions", "preview", str(file), "--course", "first").answer
    assert shown["counts"] == {"new": 0, "changed": 0, "same": 1, "error": 0}


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("list", "--course", "none"), "course"),
        (("list", "--course", "first"), "course"),
        (("import", "no-such-file.zip", "--course", "first"), "file"),
        (("undo", "--course", "none"), "course"),
    ],
)
def test_what_is_not_there_is_said(command: Command, words: tuple[str, ...], field: str) -> None:
    a_course("first")
    assert command("questions", *words).refusal["field"] == field


def test_a_file_that_holds_no_questions_is_refused(command: Command, tmp_path: Path) -> None:
    a_course("first")
    file = tmp_path / "other.json"
    file.write_text(json.dumps({"format": "other"}), encoding="utf-8")
    assert (
        "No format of questions fits"
        in command("questions", "import", str(file), "--course", "first").refusal["message"]
    )
