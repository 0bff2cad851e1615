"""A small course as a document and as files, and any course that there may be, for properties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st
from tests.learning.question_documents import DOCUMENTS, a_document

from synchromesh.engine.exchange.course_files import (
    CourseDocument,
    CourseFacts,
    CoverageRecord,
    InstrumentRecord,
    PartRecord,
    SectionRecord,
    SkillTaught,
    UnitRecord,
    tidied,
    write,
)
from synchromesh.engine.vocabulary.question_documents import read_question, write_question

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>A pack</title><rect width="1" height="1"/></svg>'
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(8)
TITLES = {"de": "Ein Titel", "en": "A title"}


def stored(kind: str, key: str = "") -> Mapping[str, Any]:
    """A question as a bank stores it."""
    question, problems = read_question(a_document(kind, key))
    assert question is not None, problems
    return write_question(question)


def a_document_of_a_course(**changes: Any) -> CourseDocument:
    """A course of two units with a test of two questions and a figure."""
    content = {"blocks": [{"kind": "figure", "media": "pack.svg", "alternatives": {"en": "A pack", "de": "Ein Pack"}}]}
    stated: dict[str, Any] = {
        "course": CourseFacts(
            slug="hv-safety",
            titles=TITLES,
            outcomes={"en": ("Isolates a car and proves it", "Marks it")},
            skills=(SkillTaught(skill="isolate-hv", level=2, entry=0, quote="Isolates a car"),),
        ),
        "source_language": "en",
        "languages": ("en", "de"),
        "sections": (
            SectionRecord(
                key="start",
                titles=TITLES,
                units=(
                    UnitRecord(key="welcome", kind="text", titles=TITLES, content=content),
                    UnitRecord(key="test", kind="quiz", titles=TITLES, instrument="final", must_pass=True),
                ),
            ),
        ),
        "coverage": (
            CoverageRecord(outcome=1, skill="isolate-hv", level=2, units=("welcome", "test"), questions=("order",)),
            CoverageRecord(outcome=2),
        ),
        "instruments": (
            InstrumentRecord(
                key="final",
                purpose="final-test",
                titles=TITLES,
                pass_percent=80,
                parts=(PartRecord(questions=("single", "order"), count=1),),
            ),
        ),
        "questions": (stored("single", "single"), stored("order", "order")),
        "media": {"pack.svg": SVG},
    }
    return CourseDocument(**(stated | changes))


def files_of(**changes: Any) -> dict[str, bytes]:
    """The files of that course."""
    return write(a_document_of_a_course(**changes))


def with_line(files: Mapping[str, bytes], old: str, new: str, *, file: str = "course.yaml") -> dict[str, bytes]:
    """The files with other words in one of them."""
    text = files[file].decode()
    assert old in text, text
    return {**files, file: text.replace(old, new, 1).encode()}


# Words that YAML or a reader could take for something else, and any other text that can be stored.
_TRAPS = (
    "no", "on", "true", "null", "~", "12", "1.10", "1e5", "12:30", "2026-03-31", "0x1F", "- a", "a: b", "#", "|", "&a",
    "*a", "!t", "{{gap}}", "'", '"', "a\n\n  b", "\u2028x", "é\u0085b", "a\ttab", "=", "<<", "007", "-0", ".5", "%x",
    "@", "`", "\ufeffx", "a\n---\nb", "a #b", "? a", "[", "{", "a\\",
)  # fmt: skip
_any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
_text = st.one_of(st.sampled_from(_TRAPS), _any_text).map(tidied).filter(bool)
_key = st.sampled_from(("a", "no", "x-1", "true", "7", "on"))
_texts = st.dictionaries(st.sampled_from(("en", "de", "no", "el")), _text, min_size=1, max_size=2)
_number = st.one_of(st.integers(-(10**9), 10**9), st.floats(-1e6, 1e6, allow_nan=False), st.booleans())
_with_number = st.fixed_dictionaries({"value": _number, "x": _text})
_place = st.fixed_dictionaries(
    {"places": st.lists(_number, max_size=2), "units": st.dictionaries(_key, _number, max_size=1)}
)
_block = st.one_of(_texts, _with_number, _place, _text, st.just({}), st.lists(_text, max_size=2))
contents = st.dictionaries(st.sampled_from(("blocks", "a b", "on", "1", "")), st.lists(_block, max_size=2), max_size=2)
_kinds = st.sampled_from(tuple(DOCUMENTS))


@st.composite
def documents(draw: st.DrawFn) -> CourseDocument:
    """Any course that can be written."""
    units = tuple(
        UnitRecord(
            key=f"{draw(_key)}-{place}",
            kind=draw(st.sampled_from(("text", "quiz", "video"))),
            titles=draw(_texts),
            minutes=draw(st.integers(1, 600)),
            is_required=draw(st.booleans()),
            content=draw(contents),
        )
        for place in range(draw(st.integers(0, 2)))
    )
    kinds = draw(st.lists(_kinds, unique=True, min_size=1, max_size=2))
    instrument = InstrumentRecord(
        key=draw(_key),
        purpose=draw(st.sampled_from(("quiz", "questionnaire"))),
        titles=draw(_texts),
        introductions=draw(_texts),
        minutes=draw(st.none() | st.integers(1, 90)),
        attempts_allowed=draw(st.none() | st.integers(1, 9)),
        attempt_rule=draw(st.sampled_from(("best", "latest", "first"))),
        shuffle_questions=draw(st.booleans()),
        shuffle_choices=draw(st.booleans()),
        feedback=draw(st.sampled_from(("after-each", "never"))),
        parts=(PartRecord(questions=tuple(kinds), count=draw(st.integers(1, len(kinds)))),),
    )
    outcome = draw(_text)
    return CourseDocument(
        course=CourseFacts(
            slug=draw(_key),
            titles=draw(_texts),
            skills=(SkillTaught(skill="a", level=1, quote=draw(st.sampled_from(("", outcome)))),),
            summaries=draw(_texts),
            outcomes={"en": (outcome,)} | draw(st.dictionaries(st.just("no"), st.tuples(_text, _text))),
            minutes=draw(st.none() | st.integers(1, 600)),
            licence=draw(_text | st.just("")),
            keywords=tuple(draw(st.lists(_text, max_size=2))),
            price_cents=0,
            currency="EUR",
        ),
        source_language="en",
        languages=("en", "no"),
        note=draw(_text | st.just("")),
        attendance_percent=draw(st.none() | st.integers(1, 100)),
        issues_credential=draw(st.booleans()),
        sections=(SectionRecord(key="one", titles=draw(_texts), units=units),),
        coverage=(
            CoverageRecord(
                outcome=1, skill="a", level=draw(st.integers(1, 3)), units=tuple(unit.key for unit in units)
            ),
        ),
        instruments=(instrument,),
        questions=tuple(stored(kind, kind) for kind in kinds),
        media={"pack.svg": SVG} if draw(st.booleans()) else {},
    )
