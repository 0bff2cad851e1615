"""Reading and writing a course: the way out and in again, and what an author is told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from tests.engine.exchange.course_files.course_documents import (
    PNG,
    a_document_of_a_course,
    documents,
    files_of,
    stored,
    with_line,
)

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.course_files import (
    CourseDocument,
    CourseFacts,
    open_course_file,
    pack_course_file,
    read,
    stands_in_course,
    write,
)


@given(document=documents())
@settings(max_examples=30, deadline=None)
def test_a_course_is_the_same_after_going_out_and_in(document: CourseDocument) -> None:
    files = write(document)
    found = read(files)
    assert found == document
    assert found.problems == ()
    assert write(read(write(found))) == write(found)


def test_a_course_is_the_same_after_being_packed_and_opened() -> None:
    files = files_of()
    assert open_course_file(pack_course_file(files)) == files
    assert pack_course_file(files) == pack_course_file(dict(reversed(files.items())))


def test_the_folder_itself_may_be_zipped() -> None:
    files = files_of()
    assert open_course_file(pack_course_file({f"hv-safety/{path}": data for path, data in files.items()})) == files


def test_what_has_its_usual_value_is_not_written() -> None:
    text = files_of()["course.yaml"].decode()
    for word in ("shuffle", "required", "feedback", "note", "attendance", "null"):
        assert word not in text


def test_a_key_that_looks_like_a_number_or_a_truth_stays_a_text() -> None:
    files = files_of()
    files["units/welcome.yaml"] = b"blocks: [{kind: text, texts: {en: 12, no: true, de: 1.10}}]\nmedia: pack.svg"
    texts = next(iter(read(files).units)).content["blocks"][0]["texts"]
    assert texts == {"en": "12", "no": "true", "de": "1.10"}


def test_units_of_a_number_that_look_like_languages_stay_numbers() -> None:
    numeric = {**stored("numeric", "weight"), "units": {"kg": 1}}
    files = files_of(questions=(*a_document_of_a_course().questions, numeric))
    found = read(files)
    assert found.problems == ()
    assert found.questions[-1] == numeric


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        ("key: welcome", "key: Wel come", "sections[0].units[0].key", "does not fit"),
        ("must_pass: true", "must_passs: true", "sections[0].units[1].must_passs", "not known"),
        ("must_pass: true", "must_pass: maybe", "sections[0].units[1].must_pass", "true or false"),
        ("minutes: 5", "minutes: none", "sections[0].units[0].minutes", "whole number"),
        ("minutes: 5", "minutes: 5\n        minutes: 6", "", "stands twice"),
        ("content: units/welcome.yaml", "content: units/other.yaml", "sections[0].units[0].content", "no file"),
        ("instrument: final", "instrument: other", "units.test.instrument", "no instrument"),
        ("purpose: final-test", "purpose: exam", "instruments[0].purpose", "Use quiz"),
        ("count: 1", "count: 3", "instruments[0].parts[0].count", "3 questions"),
        ("- single", "- double", "instruments.final.parts", "no sound question"),
        ("- de", "- xx", "languages", "no language"),
        ("source_language: en", "source_language: fr", "source_language", "none of the languages"),
        ("level: 2", "level: master", "course.skills[0].level", "not a level"),
        ("entry: 0", "entry: 2", "course.skills[0].entry", "below"),
        ("key: test", "key: welcome", "units", "stands 2 times"),
        ("quote: Isolates a car", "quote: isolates a car", "course.skills[0].quote", "letter by letter"),
        ("- outcome: 1", "- outcome: 3", "coverage[0].outcome", "no number 3"),
        ("- outcome: 1", "- outcome:", "coverage[0].outcome", "missing"),
        ("      - test", "      - tests", "coverage[0].units", "no unit 'tests'"),
        ("      - test", "      - welcome", "coverage[0].units", "more than once"),
        ("      - order", "      - orders", "coverage[0].questions", "no sound question"),
        ("    skill: isolate-hv\n    level: 2\n    units", "    level: 2\n    units", "coverage[0].skill", "neither"),
    ],
)
def test_a_fault_is_named_with_its_place(old: str, new: str, field: str, words: str) -> None:
    changed = with_line(files_of(), old, new)
    if not field:
        with pytest.raises(InvalidInput, match=words):
            read(changed)
        return
    problems = [problem for problem in read(changed).problems if problem.field == field]
    assert problems, read(changed).problems
    assert words in problems[0].message
    assert problems[0].position.startswith("course.yaml")


def test_a_fault_names_its_line() -> None:
    files = with_line(files_of(), "kind: quiz", "kind: a quiz")
    line = files["course.yaml"].decode().splitlines().index("        kind: a quiz") + 1
    assert [problem.position for problem in read(files).problems] == [f"course.yaml line {line}"]


def test_a_broken_content_is_a_problem_and_the_others_are_read() -> None:
    files = files_of() | {"units/welcome.yaml": b"blocks: ["}
    found = read(files)
    assert [problem.position for problem in found.problems] == ["units/welcome.yaml"]
    assert len(found.questions) == 2


def test_a_question_that_is_wrong_is_named_with_its_line() -> None:
    found = read(files_of() | {"questions.yaml": b"- key: single\n  kind: single\n  prompts: {en: Which?}\n"})
    assert any(problem.position == "questions.yaml line 1" for problem in found.problems)


@pytest.mark.parametrize(
    ("path", "content", "words"),
    [
        ("notes.txt", b"x", "Nothing in the course uses"),
        ("units/left-over.yaml", b"a: b", "Nothing in the course uses"),
        ("media/pack.gif", b"GIF89a", "kind that is not shown"),
        ("media/pack.png", b"no picture", "not what its name says"),
        ("media/in/pack.png", PNG, "no name"),
    ],
)
def test_a_file_that_has_no_place_is_named(path: str, content: bytes, words: str) -> None:
    problems = read(files_of() | {path: content}).problems
    assert [problem.position for problem in problems] == [path]
    assert words in problems[0].message


def test_notes_for_authors_may_lie_at_the_top() -> None:
    assert read(files_of() | {"README.md": b"# Notes", "SOURCES.md": b""}).problems == ()


@pytest.mark.parametrize(
    ("quote", "language", "stands"),
    [
        ("needs a lock", "en", True),
        ("Braucht", "de", True),
        ("Braucht", "en", False),
        ("lock and key", "en", True),  # the line ends between them
        ("key Locks", "en", False),  # from one text into the next
        ("", "en", False),
    ],
)
def test_words_are_quoted_where_they_stand_in_one_text_of_the_language(quote: str, language: str, stands: bool) -> None:
    facts = CourseFacts(
        slug="a",
        titles={"en": "It needs a lock\nand key", "de": "Braucht ein Schloss"},
        outcomes={"en": ("Locks it",)},
    )
    assert stands_in_course(quote, facts, language) is stands


@pytest.mark.parametrize("files", [{}, {"course.yaml": b"format: synchromesh-course/2"}, {"course.yaml": b"\xff"}])
def test_what_is_no_course_file_is_refused_whole(files: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        read(files)
