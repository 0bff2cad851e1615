"""Questions as QTI can say them: in English, in words whose Markdown has one spelling, with points for parts only where
a question has parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from tests.engine.vocabulary.question_strategies import questions

from synchromesh.engine.vocabulary.questions import (
    Choices,
    FileAnswer,
    FillIn,
    FreeText,
    Gap,
    Hotspot,
    Matching,
    Numeric,
    Ordering,
    Question,
    QuestionKind,
    Scale,
    ShortText,
)

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="2000"><title>Pack</title></svg>'
_TEXTS = {"texts", "prompts", "explanations", "right", "wrong", "feedback", "labels", "titles", "alternatives"}
_LINES = {"labels", "alternatives"}


def qti_questions(*kinds: QuestionKind) -> st.SearchStrategy[Question]:
    """Questions of these kinds that come back from QTI as they are."""
    return questions(*kinds).map(as_qti_says)


def as_qti_says(question: Question) -> Question:
    """The question without what QTI cannot say."""
    question = _spoken(question)
    body, kind = question.body, question.kind
    is_marked = isinstance(body, FreeText | FileAnswer)
    return replace(
        question,
        body=_plain_body(body),
        prompts={"en": _prompt(question)},
        partial=question.partial and _parts(body, kind) > 1,
        explanations={} if isinstance(body, Scale) else question.explanations,
        right={} if isinstance(body, Scale) or is_marked else question.right,
        wrong={} if isinstance(body, Scale) or is_marked else question.wrong,
    )


def said(text: str) -> str:
    """A text of letters only that differs where the original does, with some marks of Markdown."""
    letters = [f"w{ord(sign):x}" for sign in text]
    words = [f"**{word}**" if len(word) == 5 else f"*{word}*" if word.endswith("f") else word for word in letters]
    if len(words) > 8:
        return "\n\n".join([" ".join(words[:4]), "\n".join(f"- {word}" for word in words[4:])])
    return " ".join(words)


def _spoken(value: Any) -> Any:
    """A value with all its texts in English and in canonical Markdown."""
    if not is_dataclass(value):
        return value
    changes: dict[str, Any] = {}
    for field in fields(value):
        inside = getattr(value, field.name)
        if field.name in _TEXTS:
            spoken = {"en": said(inside["en"])} if inside.get("en") else {}
            changes[field.name] = {k: _line(v) for k, v in spoken.items()} if field.name in _LINES else spoken
        elif isinstance(inside, tuple):
            changes[field.name] = tuple(_spoken(entry) for entry in inside)
        elif is_dataclass(inside):
            changes[field.name] = _spoken(inside)
    return replace(value, **changes)  # type: ignore[type-var]


def _line(text: str) -> str:
    return re.sub(r"[^\w ]+", "", text).replace("\n", " ")


def _prompt(question: Question) -> str:
    if not isinstance(question.body, FillIn):
        return question.prompts["en"]
    return "Fill " + " and ".join(f"{{{{{gap.key}}}}}" for gap in question.body.gaps) + " here"


def _plain_body(body: Any) -> Any:
    if isinstance(body, Numeric):
        first = next(iter(body.units), "")
        percent = body.tolerance_in_percent and body.tolerance > 0
        return replace(body, units={first: Decimal(1)} if first else {}, tolerance_in_percent=percent)
    if isinstance(body, ShortText):
        return replace(body, accepted=_accepted(body.accepted))
    if isinstance(body, FillIn):
        return replace(body, gaps=tuple(map(_plain_gap, body.gaps)))
    if isinstance(body, FreeText):
        models = [text for text in body.model_answers.values() if text.strip()]
        return replace(body, model_answers={"en": models[0]} if models else {})
    return body


def _plain_gap(gap: Gap) -> Gap:
    if gap.options:
        return replace(gap, options=tuple(replace(option, feedback={}) for option in gap.options))
    return replace(gap, accepted=_accepted(gap.accepted))


def _accepted(accepted: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    forms = [f"w{'-'.join(f'{ord(sign):x}' for sign in form)}" for of in accepted.values() for form in of]
    return {"en": tuple(dict.fromkeys(forms))}


def _parts(body: Any, kind: QuestionKind) -> int:
    """How many parts of an answer count: two things can only be in order or not."""
    if isinstance(body, Choices):
        return sum(choice.correct for choice in body.choices) if kind is QuestionKind.MULTIPLE else 1
    if isinstance(body, Hotspot):
        return sum(region.correct for region in body.regions)
    if isinstance(body, Ordering):
        return len(body.items) - 1
    if isinstance(body, Matching):
        return len(body.items)
    return len(body.gaps) if isinstance(body, FillIn) else 1


__all__ = ["PICTURE", "as_qti_says", "qti_questions", "said"]
