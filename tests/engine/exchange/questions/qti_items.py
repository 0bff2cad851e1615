"""Items of QTI for tests, written by hand: what stands around a body, and short forms of common parts."""

from __future__ import annotations

from synchromesh.engine.exchange.questions import QuestionDocuments, read_questions
from synchromesh.engine.vocabulary.questions import Question

TEMPLATES = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates"
MATCH = f'<qti-response-processing template="{TEMPLATES}/match_correct.xml"/>'
MAP = f'<qti-response-processing template="{TEMPLATES}/map_response"/>'
SCORE = '<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>'


def item(body: str, *, declared: str = "", rules: str = MATCH, feedback: str = "", head: str = "") -> bytes:
    """An item in English; `head` are more attributes."""
    language = "" if "xml:lang" in head else 'xml:lang="en-GB"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?><qti-assessment-item '
        'xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="Q_1" title="A title" '
        f'time-dependent="false" {language} {head}>{declared}{SCORE}'
        f"<qti-item-body>{body}</qti-item-body>{rules}{feedback}</qti-assessment-item>"
    ).encode()


def response(*correct: str, kind: str = "identifier", cardinality: str = "single", mapping: str = "") -> str:
    """The declaration of RESPONSE."""
    values = "".join(f"<qti-value>{value}</qti-value>" for value in correct)
    right = f"<qti-correct-response>{values}</qti-correct-response>" if correct else ""
    return (
        f'<qti-response-declaration identifier="RESPONSE" cardinality="{cardinality}" base-type="{kind}">'
        f"{right}{mapping}</qti-response-declaration>"
    )


def mapping(worths: dict[str, float], **attributes: str) -> str:
    """A mapping with what each value is worth."""
    stated = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    entries = "".join(f'<qti-map-entry map-key="{key}" mapped-value="{worth}"/>' for key, worth in worths.items())
    return f"<qti-mapping{stated}>{entries}</qti-mapping>"


def choices(*identifiers: str, attributes: str = 'max-choices="1"', prompt: str = "Which one?") -> str:
    """A choice interaction."""
    options = "".join(
        f'<qti-simple-choice identifier="{name}">Answer {name}</qti-simple-choice>' for name in identifiers
    )
    return (
        f'<qti-choice-interaction response-identifier="RESPONSE" {attributes}>'
        f"<qti-prompt>{prompt}</qti-prompt>{options}</qti-choice-interaction>"
    )


def read_all(data: bytes, **more: bytes) -> QuestionDocuments:
    """What comes of one item with other files, named with __ for a folder and _ for a point."""
    others = {name.replace("__", "/").replace("_", "."): content for name, content in more.items()}
    return read_questions({"item.xml": data, **others})


def read_one(data: bytes, **more: bytes) -> Question:
    """The question of an item that can be read."""
    read = read_all(data, **more)
    assert len(read.questions) == 1, read.problems
    return read.questions[0]


def why_not(data: bytes, **more: bytes) -> str:
    """Why an item cannot be read."""
    read = read_all(data, **more)
    assert read.questions == ()
    assert read.left_out == 1
    assert {problem.position for problem in read.problems} == {"item.xml"}
    return read.problems[0].message
