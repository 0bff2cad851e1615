"""What the check of a whole course finds beside the contents of its units."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.engine.exchange.course_files.course_documents import SVG, TITLES, a_document_of_a_course, stored
from tests.records import a_skill, a_topic

from synchromesh.engine.errors import Problem
from synchromesh.engine.exchange.course_files import CourseDocument, InstrumentRecord, SectionRecord, UnitRecord
from synchromesh.learning.queries.course_checks import (
    document_problems,
    media_of_unit,
    shown_media,
    unknown_names,
    unused_media,
)


def _with_unit(**changes: Any) -> CourseDocument:
    """The course with another unit at its end."""
    document = a_document_of_a_course()
    unit = UnitRecord(**{"key": "more", "kind": "quiz", "titles": TITLES} | changes)
    return replace(document, sections=(*document.sections, SectionRecord(key="end", titles=TITLES, units=(unit,))))


def _instrument(**changes: Any) -> CourseDocument:
    """The course with other rules of its test."""
    document = a_document_of_a_course()
    return replace(document, instruments=(replace(document.instruments[0], **changes),))


def test_a_sound_course_has_no_problem() -> None:
    assert document_problems(a_document_of_a_course()) == []


@pytest.mark.parametrize(
    ("document", "position", "words"),
    [
        (_with_unit(kind="dance"), "unit more", "no kind of unit called dance"),
        (_with_unit(instrument="final"), "instrument final", "Two units use this test"),
        (_with_unit(kind="picture", content={"media": "gone.svg", "alternatives": TITLES}), "unit more", "gone.svg"),
        (_instrument(pass_percent=None), "unit test", "percent"),
        (_instrument(titles={"en": "Only English"}), "instrument final", "missing in: de"),
        (_instrument(introductions={"de": "Nur Deutsch"}), "instrument final", "missing in: en"),
        (_instrument(purpose="questionnaire"), "instrument final", "nobody passes"),
        (replace(a_document_of_a_course(), sections=()), "course", "no section"),
        (replace(a_document_of_a_course(), media={}), "unit welcome", "pack.svg"),
        (replace(a_document_of_a_course(), languages=("en", "de", "cs")), "question single", "missing in: cs"),
        (
            replace(a_document_of_a_course(), problems=(Problem(position="course.yaml", field="x", message="Odd."),)),
            "course.yaml",
            "Odd",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(document: CourseDocument, position: str, words: str) -> None:
    found = [problem.message for problem in document_problems(document) if problem.position.startswith(position)]
    assert any(words in message for message in found), document_problems(document)


def test_the_picture_of_a_question_must_be_there_and_counts_as_shown() -> None:
    document = a_document_of_a_course()
    hotspot = {**stored("hotspot", "single"), "media": "other.svg"}
    asked = replace(document, questions=(hotspot, document.questions[1]))
    assert shown_media(asked) == {"pack.svg", "other.svg"}
    assert [problem.position for problem in document_problems(asked)] == ["question single"]
    assert document_problems(replace(asked, media={"pack.svg": SVG, "other.svg": SVG})) == []


def test_a_test_that_no_unit_has_may_wait_for_its_questions() -> None:
    document = a_document_of_a_course()
    pilot = InstrumentRecord(key="before", purpose="before-test", titles=TITLES)
    assert document_problems(replace(document, instruments=(*document.instruments, pilot))) == []


def test_a_file_that_nothing_shows_is_named() -> None:
    document = replace(a_document_of_a_course(), media={"pack.svg": SVG, "spare.svg": SVG})
    assert [problem.position for problem in unused_media(document)] == ["media/spare.svg"]


def test_the_files_of_an_unknown_kind_are_none() -> None:
    assert media_of_unit("dance", {"media": "a.svg"}) == set()


@pytest.mark.django_db
def test_skills_and_fields_that_are_not_here_are_named() -> None:
    document = a_document_of_a_course()
    document = replace(document, course=replace(document.course, topics=("battery",)))
    assert [problem.field for problem in unknown_names(document)] == ["skills", "topics"]
    a_skill("isolate-hv")
    a_topic("battery")
    assert unknown_names(document) == []
