"""The documents of questions, written; see `question_documents`. What has its usual value is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import singledispatch
from typing import Any

from synchromesh.engine.vocabulary.document_numbers import written_number
from synchromesh.engine.vocabulary.questions import (
    Body,
    Choice,
    Choices,
    Criterion,
    FileAnswer,
    FillIn,
    FreeText,
    Gap,
    Hotspot,
    Item,
    Matching,
    Numeric,
    Ordering,
    Question,
    QuestionKind,
    Region,
    Scale,
    ShortText,
)

Document = dict[str, Any]


def written_common(question: Question, *, points: bool) -> Document:
    """What every kind has; `points` only where they are not told by the rest."""
    document: Document = {"key": question.key, "kind": question.kind.value, "prompts": dict(question.prompts)}
    if points and question.points != 1:
        document["points"] = written_number(question.points)
    return document | _present(
        partial=question.partial,
        explanations=dict(question.explanations),
        right=dict(question.right),
        wrong=dict(question.wrong),
        skill=question.skill,
        level=question.level,
        sources=list(question.sources),
    )


def written_body(question: Question) -> Document:
    """What belongs to the kind."""
    if question.kind is QuestionKind.TRUE_FALSE and isinstance(question.body, Choices):
        return _true_false(question.body)
    return _body(question.body)


def _present(**values: object) -> Document:
    """What is neither false nor empty."""
    return {key: value for key, value in values.items() if value}


@singledispatch
def _body(body: Body) -> Document:
    raise TypeError(f"{type(body).__name__} is no body of a question.")  # pragma: no cover - the types leave none


@_body.register
def _(body: Choices) -> Document:
    return {"choices": [_choice(choice) for choice in body.choices]} | _present(keep_order=body.keep_order)


@_body.register
def _(body: Ordering) -> Document:
    return {"items": _items(body.items)}


@_body.register
def _(body: Matching) -> Document:
    return {"items": _items(body.items), "targets": _items(body.targets), "pairs": dict(body.pairs)}


@_body.register
def _(body: FillIn) -> Document:
    return {"gaps": [_gap(gap) for gap in body.gaps]}


@_body.register
def _(body: Numeric) -> Document:
    document: Document = {"value": written_number(body.value)}
    if body.tolerance:
        document["tolerance"] = written_number(body.tolerance)
    units = {unit: written_number(factor) for unit, factor in body.units.items()}
    return document | _present(tolerance_in_percent=body.tolerance_in_percent, units=units)


@_body.register
def _(body: Hotspot) -> Document:
    regions = [_region(region) for region in body.regions]
    return {"media": body.media, "alternatives": dict(body.alternatives), "regions": regions}


@_body.register
def _(body: ShortText) -> Document:
    return {"accepted": _accepted(body.accepted)} | _present(exact_case=body.exact_case, slips=body.slips)


@_body.register
def _(body: FreeText) -> Document:
    return {"rubric": _rubric(body.rubric)} | _present(
        least_words=body.least_words, most_words=body.most_words, model_answers=dict(body.model_answers)
    )


@_body.register
def _(body: FileAnswer) -> Document:
    return {"rubric": _rubric(body.rubric), "endings": list(body.endings), "most_megabytes": body.most_megabytes}


@_body.register
def _(body: Scale) -> Document:
    return {"steps": _items(body.steps)}


def _true_false(body: Choices) -> Document:
    by_key = {choice.key: choice for choice in body.choices}
    feedback = {f"feedback_{key}": dict(choice.feedback) for key, choice in by_key.items()}
    return {"answer": by_key["true"].correct} | _present(**feedback)


def _choice(choice: Choice) -> Document:
    document = {"key": choice.key, "texts": dict(choice.texts), "correct": choice.correct}
    return document | _present(feedback=dict(choice.feedback))


def _items(items: Iterable[Item]) -> list[Document]:
    return [{"key": item.key, "texts": dict(item.texts)} for item in items]


def _accepted(accepted: Mapping[str, tuple[str, ...]]) -> Document:
    return {language: list(forms) for language, forms in accepted.items()}


def _gap(gap: Gap) -> Document:
    said: Document = {"accepted": _accepted(gap.accepted)}
    if gap.options:
        said = {"options": [_choice(option) for option in gap.options]}
    return {"key": gap.key} | said | _present(exact_case=gap.exact_case)


def _region(region: Region) -> Document:
    return {
        "key": region.key,
        "shape": region.shape,
        "places": [written_number(place) for place in region.places],
        "labels": dict(region.labels),
        "correct": region.correct,
    }


def _rubric(rubric: Iterable[Criterion]) -> list[Document]:
    return [
        {
            "key": criterion.key,
            "titles": dict(criterion.titles),
            "steps": [{"points": written_number(step.points), "texts": dict(step.texts)} for step in criterion.steps],
        }
        for criterion in rubric
    ]
