"""The page for authors says what is read: its examples make one course without a fault."""

from __future__ import annotations

import re
from pathlib import Path

from tests.engine.exchange.course_files.course_documents import SVG

from synchromesh.engine.exchange.course_files import read
from synchromesh.engine.exchange.course_files.media_files import KINDS
from synchromesh.engine.vocabulary.questions import QuestionKind

PAGE = Path(__file__).resolve().parents[4] / "docs" / "how-to" / "course-files.md"
_MEETING = b"descriptions: {en: We meet., de: Wir treffen uns.}\nminutes: 90"


def test_the_examples_of_the_page_are_a_sound_course_with_every_kind_of_question() -> None:
    course, content, questions = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(), re.DOTALL)
    found = read(
        {
            "course.yaml": course.encode(),
            "units/welcome.yaml": content.encode(),
            "units/meeting.yaml": _MEETING,
            "questions.yaml": questions.encode(),
            "media/pack.svg": SVG,
        }
    )
    assert found.problems == ()
    kinds = {str(question["kind"]) for question in found.questions}
    assert {kind.value for kind in QuestionKind} - kinds == {"multiple"}  # told beside `single`


def test_every_kind_of_file_is_named() -> None:
    text = PAGE.read_text()
    for kind in KINDS.values():
        name = kind.media_type.partition("/")[2].split("+")[0].rpartition(".")[2]
        assert {"text": "ODT", "vtt": "WebVTT"}.get(name, name).casefold() in text.casefold()
