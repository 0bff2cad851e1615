"""What an answer is worth.

Without `partial` a question gives all its points or none. With it, the share of the points is:

    multiple, hotspot   what was picked rightly less what was picked wrongly, of all that is right; never below nothing
    order               the most items that stand in the right order among themselves, the first not counted
    match, fill-in      the items or gaps that are right

Nobody gets points for an answer by leaving out or picking all. Points are rounded to hundredths, half a hundredth up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import cast

from synchromesh.engine.scoring.answers import Answer, is_empty, read_answer
from synchromesh.engine.scoring.runs import longest_run
from synchromesh.engine.scoring.typed_numbers import read_number
from synchromesh.engine.scoring.typed_words import is_accepted
from synchromesh.engine.vocabulary.questions import (
    Choice,
    Choices,
    FillIn,
    FreeText,
    Gap,
    Hotspot,
    Matching,
    Numeric,
    Ordering,
    Question,
    QuestionKind,
    Region,
    ShortText,
    Texts,
)

_HUNDREDTH = Decimal("0.01")
_DIGITS = 300  # enough to compare all typed numbers, which lie between 10^-130 and 10^130, without rounding
_MARKED_BY_PEOPLE = (QuestionKind.FREE_TEXT, QuestionKind.FILE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartMark:
    """One part of an answer (an item, a gap, a region, a choice) and whether the learner was right about it."""

    key: str
    is_correct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What an answer is worth. `points` and `is_correct` are None while the answer waits for a person.

    `is_correct` is also None for a scale, of which no step is right. `parts` show what was right; of a single choice
    only the one that was picked. `feedback` is what to tell, in this order. Parts and feedback give the key away.
    """

    points: Decimal | None
    most: Decimal
    is_correct: bool | None
    parts: tuple[PartMark, ...] = ()
    feedback: tuple[Texts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """The share of the points with partial credit (below 0 counts as 0), what was right, and what was picked."""

    share: Fraction
    parts: tuple[PartMark, ...] = ()
    picked: tuple[Choice, ...] = ()


def mark(question: Question, answer: Answer, *, language: str) -> Marked:
    """Mark an answer, as `read_answer` gave it, of an attempt taken in `language`.

    Accepted forms of all languages count. An answer that is not there is worth nothing and waits for nobody.
    Raises InvalidInput for what is no answer to this question.
    """
    read = read_answer(question, answer)
    if question.kind is QuestionKind.SCALE:
        return Marked(points=Decimal(0), most=Decimal(0), is_correct=None, feedback=_told(question.explanations))
    if is_empty(read):
        feedback = _told(question.wrong, question.explanations)
        return Marked(points=Decimal(0), most=question.points, is_correct=False, feedback=feedback)
    if question.kind in _MARKED_BY_PEOPLE:
        model = question.body.model_answers if isinstance(question.body, FreeText) else {}
        feedback = _told(question.explanations, model)
        return Marked(points=None, most=question.points, is_correct=None, feedback=feedback)
    return _marked(question, _OUTCOMES[question.kind](question, read, language))


def _marked(question: Question, outcome: _Outcome) -> Marked:
    is_correct = outcome.share == 1
    said = question.right if is_correct else question.wrong
    return Marked(
        points=_points(question, outcome.share),
        most=question.points,
        is_correct=is_correct,
        parts=outcome.parts,
        feedback=_told(*(choice.feedback for choice in outcome.picked), said, question.explanations),
    )


def _points(question: Question, share: Fraction) -> Decimal:
    if share == 1:
        return question.points
    if share <= 0 or not question.partial:
        return Decimal(0)
    exact = question.points * share.numerator / share.denominator
    return min(exact.quantize(_HUNDREDTH, ROUND_HALF_UP), question.points)


def _told(*texts: Texts) -> tuple[Texts, ...]:
    return tuple(text for text in texts if text)


def _single(question: Question, answer: Answer, _language: str) -> _Outcome:
    picked = next(choice for choice in cast("Choices", question.body).choices if choice.key == answer)
    parts = (PartMark(key=picked.key, is_correct=picked.correct),)
    return _Outcome(share=Fraction(picked.correct), parts=parts, picked=(picked,))


def _multiple(question: Question, answer: Answer, _language: str) -> _Outcome:
    choices = cast("Choices", question.body).choices
    picked = tuple(choice for choice in choices if choice.key in cast("list[str]", answer))
    return _picked(choices, picked, told=picked)


def _hotspot(question: Question, answer: Answer, _language: str) -> _Outcome:
    regions = cast("Hotspot", question.body).regions
    return _picked(regions, tuple(region for region in regions if region.key in cast("list[str]", answer)))


def _picked(
    entries: tuple[Choice, ...] | tuple[Region, ...],
    picked: tuple[Choice, ...] | tuple[Region, ...],
    *,
    told: tuple[Choice, ...] = (),
) -> _Outcome:
    right = sum(entry.correct for entry in picked)
    wrong = len(picked) - right
    share = Fraction(right - wrong, max(1, sum(entry.correct for entry in entries)))
    parts = tuple(PartMark(key=entry.key, is_correct=entry.correct == (entry in picked)) for entry in entries)
    return _Outcome(share=share, parts=parts, picked=told)


def _ordering(question: Question, answer: Answer, _language: str) -> _Outcome:
    places = {item.key: place for place, item in enumerate(cast("Ordering", question.body).items)}
    ordered = cast("list[str]", answer)
    run = longest_run([places[key] for key in ordered])
    in_order = {ordered[position] for position in run} if len(run) > 1 or len(places) == 1 else set()
    parts = tuple(PartMark(key=key, is_correct=key in in_order) for key in ordered)
    share = Fraction(len(run) - 1, len(places) - 1) if len(places) > 1 else Fraction(1)
    return _Outcome(share=share, parts=parts)


def _matching(question: Question, answer: Answer, _language: str) -> _Outcome:
    body, given = cast("Matching", question.body), cast("dict[str, str]", answer)
    return _by_part({item.key: given.get(item.key) == body.pairs.get(item.key) for item in body.items})


def _fill_in(question: Question, answer: Answer, language: str) -> _Outcome:
    gaps, given = cast("FillIn", question.body).gaps, cast("dict[str, str]", answer)
    outcome = _by_part({gap.key: _is_filled(gap, given.get(gap.key, ""), language) for gap in gaps})
    picked = tuple(option for gap in gaps for option in gap.options if option.key == given.get(gap.key))
    return _Outcome(share=outcome.share, parts=outcome.parts, picked=picked)


def _is_filled(gap: Gap, typed: str, language: str) -> bool:
    if gap.options:
        return any(option.correct for option in gap.options if option.key == typed)
    return is_accepted(typed, gap.accepted, language=language, exact_case=gap.exact_case)


def _by_part(right: Mapping[str, bool]) -> _Outcome:
    parts = tuple(PartMark(key=key, is_correct=is_correct) for key, is_correct in right.items())
    return _Outcome(share=Fraction(sum(right.values()), max(1, len(right))), parts=parts)


def _numeric(question: Question, answer: Answer, _language: str) -> _Outcome:
    body, given = cast("Numeric", question.body), cast("dict[str, str]", answer)
    typed = read_number(given["value"])
    readings = typed.readings if typed else ()
    with localcontext() as context:
        context.prec = _DIGITS
        factor = body.units[given["unit"]] if body.units else Decimal(1)
        margin = body.tolerance
        if body.tolerance_in_percent:
            margin = abs(body.value) * body.tolerance / 100
        is_right = any(abs(reading * factor - body.value) <= margin for reading in readings)
    return _Outcome(share=Fraction(is_right))


def _short_text(question: Question, answer: Answer, language: str) -> _Outcome:
    body = cast("ShortText", question.body)
    typed = cast("str", answer)
    is_right = is_accepted(typed, body.accepted, language=language, exact_case=body.exact_case, slips=body.slips)
    return _Outcome(share=Fraction(is_right))


_OUTCOMES: Mapping[QuestionKind, Callable[[Question, Answer, str], _Outcome]] = {
    QuestionKind.SINGLE: _single,
    QuestionKind.TRUE_FALSE: _single,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.HOTSPOT: _hotspot,
    QuestionKind.ORDER: _ordering,
    QuestionKind.MATCH: _matching,
    QuestionKind.FILL_IN: _fill_in,
    QuestionKind.NUMERIC: _numeric,
    QuestionKind.SHORT_TEXT: _short_text,
}
