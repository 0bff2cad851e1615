"""An answer that gets all the points, to be shown where a learner may see it."""

from __future__ import annotations

from collections.abc import Mapping

from synchromesh.engine.scoring.answers import Answer
from synchromesh.engine.vocabulary.questions import (
    Choice,
    Choices,
    FillIn,
    Gap,
    Hotspot,
    Matching,
    Numeric,
    Ordering,
    Question,
    QuestionKind,
    Region,
    ShortText,
)


def right_answer(question: Question, *, language: str) -> Answer:
    """A right answer in the shape of `answers`, typed words in `language` where there are any.

    None where a person marks, and for scales, of which no step is right. Never send it to a browser that may not know.
    """
    body = question.body
    if isinstance(body, Choices):
        keys = _correct(body.choices)
        return keys if question.kind is QuestionKind.MULTIPLE else keys[0]
    if isinstance(body, Hotspot):
        return _correct(body.regions)
    if isinstance(body, Ordering):
        return [item.key for item in body.items]
    if isinstance(body, Matching):
        return dict(body.pairs)
    if isinstance(body, FillIn):
        return {gap.key: _filled(gap, language) for gap in body.gaps}
    return _typed(body, language) if isinstance(body, Numeric | ShortText) else None


def _typed(body: Numeric | ShortText, language: str) -> Answer:
    if isinstance(body, ShortText):
        return _form(body.accepted, language)
    unit = next(iter(body.units), "")
    plain = format(body.value, "f")
    value = plain if len(plain) <= 30 else f"{body.value:E}"
    return {"value": value, "unit": unit} if unit else {"value": value}


def _correct(choices: tuple[Choice, ...] | tuple[Region, ...]) -> list[str]:
    return [choice.key for choice in choices if choice.correct]


def _filled(gap: Gap, language: str) -> str:
    return _correct(gap.options)[0] if gap.options else _form(gap.accepted, language)


def _form(accepted: Mapping[str, tuple[str, ...]], language: str) -> str:
    """The first accepted form in the language, else in English, else in any."""
    for candidate in (language, "en", *sorted(accepted)):
        if accepted.get(candidate):
            return accepted[candidate][0]
    return ""
