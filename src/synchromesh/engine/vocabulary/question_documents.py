"""Questions as documents (JSON, YAML): what a bank stores, a course file holds and an author writes.

`read_question` checks all that an author must mend: keys that are double or unknown, a question without a right answer,
gaps that the prompt lacks, regions outside the picture, texts that are not there in one same language. `write_question`
gives the document back; reading it again gives the same question. The shapes: docs/how-to/course-files.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.vocabulary._document_values import DocumentValues, Findings, described
from synchromesh.engine.vocabulary._question_reading import points_fault, read_body
from synchromesh.engine.vocabulary._question_writing import written_body, written_common
from synchromesh.engine.vocabulary.levels import Level, parse_level
from synchromesh.engine.vocabulary.questions import Body, FileAnswer, FreeText, Question, QuestionKind, Scale

_LEAST_POINTS = Decimal("0.01")


def read_question(document: object, *, position: str = "") -> tuple[Question | None, list[Problem]]:
    """Read one question; None exactly when something must be mended first.

    `position` says where the document stands ("questions.yaml question 3"); empty: the question's key. A key that
    nobody knows is a problem too, but the question is read. Never raises.
    """
    if not isinstance(document, Mapping):
        place = Findings(position=position or "question")
        return None, [place.problem("", f"{described(document)} stands where a question (an object) is needed.")]
    key = document.get("key")
    findings = Findings(position=position or (f"question {key[:80]}" if isinstance(key, str) else "question"))
    values = DocumentValues(document, findings=findings)
    question = _question(values)
    if question is not None:  # without a known kind, every key of the kind would be called unknown
        values.remark_unknown()
    findings.remarks.sort(key=lambda problem: problem.field)
    return (None if findings.faults else question), findings.faults + findings.remarks


def write_question(question: Question) -> dict[str, Any]:
    """Return the document of a question, in values that JSON can hold; what has its usual value is left out."""
    return {**written_common(question, points=not _has_own_points(question.body)), **written_body(question)}


def _question(values: DocumentValues) -> Question | None:
    key, kind = values.slug("key"), values.one_of("kind", [kind.value for kind in QuestionKind])
    prompts = values.texts("prompts", required=True)
    if not kind:
        return None
    body = read_body(QuestionKind(kind), values, prompts)
    question = Question(
        key=key,
        kind=QuestionKind(kind),
        prompts=prompts,
        body=body,
        points=_points(values, body),
        partial=values.truth("partial") or False,
        explanations=values.texts("explanations"),
        right=values.texts("right"),
        wrong=values.texts("wrong"),
        skill=values.slug("skill", required=False),
        level=_level(values),
        sources=values.forms("sources"),
    )
    _check_languages(values)
    return question


def _has_own_points(body: Body) -> bool:
    return isinstance(body, FreeText | FileAnswer | Scale)


def _points(values: DocumentValues, body: Body) -> Decimal:
    stated = values.number("points")
    if not _has_own_points(body):
        if stated is not None and (fault := points_fault(stated, least=_LEAST_POINTS)):
            values.fault("points", fault)
        return Decimal(1) if stated is None else stated
    points = Decimal(0)
    if isinstance(body, FreeText | FileAnswer):
        points = sum((criterion.steps[-1].points for criterion in body.rubric if criterion.steps), points)
    if stated is not None and stated != points:
        values.fault("points", f"The points follow from the rest of the question: {points}. Leave this out.")
    if points and (fault := points_fault(points, least=_LEAST_POINTS)):
        values.fault("rubric", fault)
    return points


def _level(values: DocumentValues) -> int | None:
    if not values.has("level"):
        return None
    stated = values.raw("level")
    try:
        level = parse_level(str(stated) if type(stated) in (int, str) else "")
    except (InvalidInput, ValueError):  # ValueError: a number with more digits than Python writes
        level = Level.NONE
    if level is Level.NONE:
        values.fault("level", "A level is 1, 2 or 3, or Awareness, Practitioner or Expert.")
        return None
    return int(level)


def _check_languages(values: DocumentValues) -> None:
    """A learner must be able to read all of the question in one language."""
    languages = values.findings.languages
    if languages and not frozenset.intersection(*languages):
        message = "There is no language in which every text of this question is there. Complete one, such as en."
        values.fault("prompts", message)
