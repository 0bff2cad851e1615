"""The review sheet of a course: what is taught and tested where, how long it takes, what nobody has checked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.engine.exchange.course_files.course_documents import TITLES, a_document_of_a_course, stored

from synchromesh.engine.exchange.course_files import CourseDocument, CoverageRecord, UnitRecord
from synchromesh.engine.exchange.course_files.course_review import review
from synchromesh.engine.exchange.course_files.reading_time import measured_minutes
from synchromesh.engine.exchange.course_files.unchecked_page import unchecked_page

SOURCE = {"key": "law", "title": "A [law]", "url": "https://a.example/law", "checked": False, "note": "clause 4"}


def _text(*texts: str, **entries: Any) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = [{"kind": "text", "texts": {"en": text, "de": text}} for text in texts]
    return {"blocks": [*blocks, *({"kind": "sources", "entries": [entry]} for entry in entries.values())]}


def _course(content: dict[str, Any], **changes: Any) -> CourseDocument:
    """A course without a gap, but for what the content brings: two units, a test of two questions, one outcome."""
    base = a_document_of_a_course()
    section = base.sections[0]
    first = replace(section.units[0], content=content, minutes=1)
    second = replace(first, key="second", content=_text("Isolate the car."))
    test = replace(section.units[1], minutes=1)
    facts = replace(base.course, outcomes={"en": ("Isolates a car",), "de": ("Schaltet frei",)}, minutes=3)
    coverage = CoverageRecord(
        outcome=1, skill="isolate-hv", level=2, units=("welcome", "second"), questions=("single", "order")
    )
    given: dict[str, Any] = {
        "course": facts,
        "sections": (replace(section, units=(first, second, test)),),
        "coverage": (coverage,),
    }
    return replace(base, **given | changes)


def _gaps(document: CourseDocument) -> list[str]:
    return [f"{gap.position} {gap.field}" for gap in review(document).gaps]


def test_a_course_whose_outcomes_are_taught_and_tested_twice_has_no_gap() -> None:
    sheet = review(_course(_text("Switch off.")))
    assert sheet.gaps == ()
    (outcome,) = sheet.outcomes
    assert (outcome.number, outcome.text, outcome.skills) == (1, "Isolates a car", (("isolate-hv", 2),))
    assert [(unit.key, unit.outcomes, unit.questions) for unit in sheet.units] == [
        ("welcome", (1,), 0),
        ("second", (1,), 0),
        ("test", (), 2),
    ]
    assert [(one.key, one.outcomes, one.units) for one in sheet.questions] == [
        ("single", (1,), ("test",)),
        ("order", (1,), ("test",)),
    ]
    assert sheet.unit_minutes == 3


@pytest.mark.parametrize(
    ("changes", "gaps"),
    [
        ({"units": ("welcome",)}, ["outcome 1 units", "unit second coverage"]),
        ({"units": ("welcome", "second", "gone")}, ["outcome 1 units"]),
        ({"questions": ("single",)}, ["outcome 1 questions", "question order coverage"]),
        ({"questions": ("single", "order", "gone")}, ["outcome 1 questions"]),
        ({"skill": "weld"}, ["outcome 1 skill"]),
        ({"level": 3}, ["outcome 1 level"]),
    ],
)
def test_what_the_coverage_lacks_or_names_in_vain_is_a_gap(changes: dict[str, Any], gaps: list[str]) -> None:
    document = _course(_text("Switch off."))
    assert _gaps(replace(document, coverage=(replace(document.coverage[0], **changes),))) == gaps


def test_an_outcome_that_is_not_there_any_more_is_a_gap() -> None:
    document = _course(_text("Switch off."))
    coverage = (*document.coverage, CoverageRecord(outcome=2))
    assert _gaps(replace(document, coverage=coverage)) == ["outcome 2 coverage"]


def test_without_any_coverage_there_is_one_gap_for_all() -> None:
    assert _gaps(_course(_text("Switch off."), coverage=())) == ["course coverage"]


def test_a_question_that_no_test_asks_does_not_count() -> None:
    document = _course(_text("Switch off."))
    instrument = replace(
        document.instruments[0], parts=(replace(document.instruments[0].parts[0], questions=("order",)),)
    )
    assert _gaps(replace(document, instruments=(instrument,))) == ["outcome 1 questions", "question single tests"]


@pytest.mark.parametrize(
    ("content", "gap"),
    [
        (_text("You must do all of these " + "and these " * 10 + "now."), "unit welcome texts"),
        (_text("It is important to note this."), "unit welcome texts"),
        ({"blocks": [{"kind": "text", "texts": {"en": "Only English."}}]}, "unit welcome texts"),
        (_text("A word. " * 300), "unit welcome minutes"),
    ],
)
def test_what_makes_a_unit_hard_to_read_is_a_gap(content: dict[str, Any], gap: str) -> None:
    assert set(_gaps(_course(content))) == {gap}


def test_minutes_and_outcomes_of_the_offer_must_fit() -> None:
    document = _course(_text("Switch off."))
    facts = replace(document.course, minutes=9, outcomes={"en": ("Isolates a car",)})
    assert _gaps(replace(document, course=facts)) == ["course minutes", "course outcomes"]


def test_a_source_that_nobody_checked_stands_with_the_sentences_that_rest_on_it() -> None:
    checked = {**SOURCE, "key": "rule", "checked": True}
    document = _course(_text("A fact [^law]. No fact. A rule [^rule].", first=SOURCE, second=checked))
    (source,) = review(document).unchecked
    assert (source.unit, source.key, source.note, source.facts) == ("welcome", "law", "clause 4", ("A fact.",))
    page = unchecked_page([document])
    assert "| [A title](#hv-safety) | 1 |" in page
    assert "- Unit `welcome`, source `law`: [A (law)](https://a.example/law) (clause 4)\n  - A fact.\n" in page
    assert "marked as checked" in unchecked_page([_course(_text("Nothing."))])


def test_time_is_measured_from_what_there_is_to_read_look_at_answer_and_do() -> None:
    block = {"kind": "text", "texts": {"en": "word " * 180, "de": "Wort " * 180}}
    figure = {"kind": "figure", "media": "pack.svg", "alternatives": {}}
    glossary = {"kind": "glossary", "entries": [{"key": "a", "avoid": {"en": ["not read"]}}]}
    blocks = [block, figure, {"kind": "checklist", "items": []}, glossary]
    document = a_document_of_a_course()
    unit = UnitRecord(key="a", kind="text", titles=TITLES, content={"blocks": blocks})
    assert measured_minutes(unit, document) == pytest.approx(1 + 0.5 + 2)
    exercise = UnitRecord(key="a", kind="exercise", titles=TITLES, content={"questions": [{}, {}]})
    assert measured_minutes(exercise, document) == pytest.approx(1.5)
    passport = UnitRecord(key="a", kind="passport-exercise", titles=TITLES, content={"exercise": "find-faults"})
    assert measured_minutes(passport, document) == pytest.approx(8)
    test = UnitRecord(key="a", kind="quiz", titles=TITLES, instrument="final")
    questions = [
        {"key": key, "kind": "single", "prompts": {"en": "word " * n, "de": ""}}
        for key, n in (("single", 720), ("order", 0))
    ]
    drawn = replace(document, questions=tuple(questions))
    assert measured_minutes(test, drawn) == pytest.approx(1 + 0.75)  # one of two, the mean of 360 and 0 words


def test_a_content_that_is_not_finished_is_reviewed_too() -> None:
    for content in ({}, {"blocks": "none"}, {"blocks": [None, {"kind": "sources", "entries": [7]}]}):
        assert review(_course(content)).units[0].key == "welcome"
    assert review(_course(_text("A."), questions=(stored("single", "single"),))).questions
