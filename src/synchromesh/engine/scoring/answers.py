"""Answers as they come from a browser, checked and brought into one form that may be stored.

An answer is a JSON value, and what it looks like follows from the kind of the question:

    single, true-false, scale   "a"                              the key of a choice or step
    multiple, hotspot           ["a", "c"]                       keys, in the order of the question
    order                       ["b", "a"]                       the keys of all items
    match                       {"item": "target"}               items without a target are left out
    fill-in                     {"gap": "typed text or key"}     empty gaps are left out
    numeric                     {"value": "12,5", "unit": "V"}   as typed; no unit where the question has none
    short-text, free-text       "text"
    file                        ["<uid>", ...]
    None                        not answered

Reading a stored answer again gives the same answer. Nothing but InvalidInput is raised, whatever comes.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias, cast

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.scoring.typed_numbers import read_number
from synchromesh.engine.vocabulary.questions import (
    Choices,
    FillIn,
    Gap,
    Hotspot,
    Matching,
    Numeric,
    Ordering,
    Question,
    QuestionKind,
    Scale,
)
from synchromesh.engine.vocabulary.storable_text import is_storable
from synchromesh.engine.vocabulary.unit_signs import plain_unit

Answer: TypeAlias = str | list[str] | dict[str, str] | None

MOST_SHORT = 500
MOST_LONG = 50_000
MOST_FILES = 20
_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")


def read_answer(question: Question, raw: object) -> Answer:
    """The answer that `raw` holds, None where there is none.

    Raises InvalidInput, with the field ("answer", "answer.gap"), for what is no answer to this question.
    """
    if raw is None or raw == "":
        return None
    return _READERS[question.kind](question, raw) or None


def is_empty(answer: Answer) -> bool:
    """Whether nothing was answered."""
    return not answer


def count_words(text: str) -> int:
    """The words of a text, as the limits of a free-text question count them."""
    return sum(1 for _ in _WORD.finditer(text))


def _one_key(question: Question, raw: object) -> Answer:
    return _known(raw, _keys(question), field="answer")


def _some_keys(question: Question, raw: object) -> Answer:
    keys = _keys(question)
    chosen = {_known(entry, keys, field="answer") for entry in _list(raw, most=len(keys))}
    return [key for key in keys if key in chosen]


def _order(question: Question, raw: object) -> Answer:
    keys = _keys(question)
    ordered = [_known(entry, keys, field="answer") for entry in _list(raw, most=len(keys))]
    if ordered and sorted(ordered) != sorted(keys):
        raise InvalidInput("Put all of the items in an order, each of them once.", field="answer")
    return ordered


def _pairs(question: Question, raw: object) -> Answer:
    body = cast("Matching", question.body)
    items, targets = [item.key for item in body.items], [target.key for target in body.targets]
    given = _object(raw, items)
    return {item: _known(given[item], targets, field=f"answer.{item}") for item in items if _is_given(given, item)}


def _gaps(question: Question, raw: object) -> Answer:
    gaps = {gap.key: gap for gap in cast("FillIn", question.body).gaps}
    given = _object(raw, gaps)
    filled = {key: _filled(gap, given[key]) for key, gap in gaps.items() if _is_given(given, key)}
    return {key: text for key, text in filled.items() if text}


def _filled(gap: Gap, raw: object) -> str:
    field = f"answer.{gap.key}"
    if gap.options:
        return _known(raw, [option.key for option in gap.options], field=field)
    return _text(raw, most=MOST_SHORT, field=field)


def _number(question: Question, raw: object) -> Answer:
    units = cast("Numeric", question.body).units
    given = _object(raw, ("value", "unit"))
    value, unit = (
        _text(given[name], most=MOST_SHORT, field=f"answer.{name}") if _is_given(given, name) else ""
        for name in ("value", "unit")
    )
    if not value:
        return None
    typed = read_number(value)
    if typed is None:
        raise InvalidInput("This is not a number. Write it in digits, such as 12.5 or 12,5.", field="answer.value")
    if unit and typed.unit and plain_unit(unit) != plain_unit(typed.unit):
        raise InvalidInput("Two units stand there. Write one.", field="answer.value")
    if not units:
        if unit or typed.unit:
            raise InvalidInput("Write the number without a unit.", field="answer.value")
        return {"value": typed.text}
    known = {plain_unit(sign): sign for sign in units}
    named = plain_unit(unit or typed.unit) or next(iter(known))
    if named not in known:
        raise InvalidInput(f"This unit is not known here. Use {', '.join(units)}.", field="answer.unit")
    return {"value": typed.text, "unit": known[named]}


def _short(_question: Question, raw: object) -> Answer:
    return _text(raw, most=MOST_SHORT, field="answer")


def _long(_question: Question, raw: object) -> Answer:
    return _text(raw, most=MOST_LONG, field="answer")


def _files(_question: Question, raw: object) -> Answer:
    found = []
    for entry in _list(raw, most=MOST_FILES):
        try:
            found.append(str(uuid.UUID(_text(entry, most=50, field="answer"))))
        except ValueError:
            raise InvalidInput("A file that was handed in is needed here.", field="answer") from None
    return list(dict.fromkeys(found))


def _keys(question: Question) -> list[str]:
    """The keys among which an answer chooses."""
    body = question.body
    if isinstance(body, Choices):
        return [choice.key for choice in body.choices]
    if isinstance(body, Hotspot):
        return [region.key for region in body.regions]
    items = body.steps if isinstance(body, Scale) else cast("Ordering", body).items
    return [item.key for item in items]


def _known(raw: object, keys: Iterable[str], *, field: str) -> str:
    if isinstance(raw, str) and raw in keys:
        return raw
    raise InvalidInput("This is none of the answers to choose from. Load the page again.", field=field)


def _text(raw: object, *, most: int, field: str) -> str:
    if not isinstance(raw, str):
        raise InvalidInput("A text is needed here.", field=field)
    if len(raw) > most:
        raise InvalidInput(
            f"The answer has {len(raw):,} characters; at most {most:,} are taken. Shorten it.", field=field
        )
    text = raw.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not is_storable(text):
        raise InvalidInput("The answer has a sign that cannot be stored. Remove it.", field=field)
    return text


def _list(raw: object, *, most: int) -> list[object]:
    if not isinstance(raw, list | tuple) or len(raw) > most:
        raise InvalidInput(f"A list of at most {most} entries is needed here.", field="answer")
    return list(raw)


def _object(raw: object, keys: Iterable[str]) -> Mapping[object, object]:
    if not isinstance(raw, Mapping) or not set(raw) <= set(keys):
        raise InvalidInput("These are not the parts of this question. Load the page again.", field="answer")
    return raw


def _is_given(given: Mapping[object, object], key: str) -> bool:
    return given.get(key) not in (None, "")


_READERS: Mapping[QuestionKind, Callable[[Question, object], Answer]] = {
    QuestionKind.SINGLE: _one_key,
    QuestionKind.TRUE_FALSE: _one_key,
    QuestionKind.SCALE: _one_key,
    QuestionKind.MULTIPLE: _some_keys,
    QuestionKind.HOTSPOT: _some_keys,
    QuestionKind.ORDER: _order,
    QuestionKind.MATCH: _pairs,
    QuestionKind.FILL_IN: _gaps,
    QuestionKind.NUMERIC: _number,
    QuestionKind.SHORT_TEXT: _short,
    QuestionKind.FREE_TEXT: _long,
    QuestionKind.FILE: _files,
}
