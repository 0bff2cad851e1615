"""What a form says as an answer: the shapes of answers are those of `engine.scoring.answers`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import QueryDict

from synchromesh.engine.scoring.public import PublicQuestion


def read_form(question: PublicQuestion, form: QueryDict, *, prefix: str) -> Any:
    """The answer that the fields of one question hold; None where nothing was answered."""
    return _BY_KIND[str(question.kind)](question, form, prefix) or None


def _one(question: PublicQuestion, form: QueryDict, prefix: str) -> Any:
    return form.get(prefix, "")


def _several(question: PublicQuestion, form: QueryDict, prefix: str) -> Any:
    return form.getlist(prefix)


def _order(question: PublicQuestion, form: QueryDict, prefix: str) -> Any:
    """By number; of two with the same number the one that stood first. A pushed button moves its line by one."""
    keys = [item.key for item in question.items]
    numbers = {key: form.get(f"{prefix}-{key}", "") for key in keys}
    if not any(numbers.values()):
        return None
    # Lines stand in the order of their numbers before, which the form repeats in the order of its fields.
    sent = [name.removeprefix(f"{prefix}-") for name in form if name.startswith(f"{prefix}-")]
    standing = [key for key in sent if key in numbers] + [key for key in keys if key not in sent]
    order = sorted(standing, key=lambda key: _place(numbers[key], last=len(keys) + 1))
    return _moved(order, form.get("move", ""), prefix)


def _place(number: str, *, last: int) -> int:
    """The place that a field says; the last one for what is no number, or far more than there are places."""
    return int(number) if number.isdecimal() and len(number) < 10 else last


def _moved(order: list[str], move: str, prefix: str) -> list[str]:
    of, _, rest = move.partition(":")
    key, _, direction = rest.rpartition(":")
    if of != prefix or key not in order:
        return order
    place = order.index(key)
    other = place - 1 if direction == "up" else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return order


def _match(question: PublicQuestion, form: QueryDict, prefix: str) -> Any:
    return _filled({item.key: form.get(f"{prefix}-{item.key}", "") for item in question.items})


def _fill_in(question: PublicQuestion, form: QueryDict, prefix: str) -> Any:
    return _filled({gap.key: form.get(f"{prefix}-{gap.key}", "").strip() for gap in question.gaps})


def _numeric(question: PublicQuestion, form: QueryDict, prefix: str) -> Any:
    value = form.get(f"{prefix}-value", "").strip()
    return {"value": value, "unit": form.get(f"{prefix}-unit", "")} if value else None


def _text(question: PublicQuestion, form: QueryDict, prefix: str) -> Any:
    return form.get(prefix, "").strip()


def _no_form(question: PublicQuestion, form: QueryDict, prefix: str) -> Any:
    """Files are sent one by one, past this form."""
    return None


def _filled(fields: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in fields.items() if value}


_BY_KIND: Mapping[str, Callable[[PublicQuestion, QueryDict, str], Any]] = {
    "single": _one,
    "multiple": _several,
    "true-false": _one,
    "scale": _one,
    "order": _order,
    "match": _match,
    "fill-in": _fill_in,
    "numeric": _numeric,
    "hotspot": _several,
    "short-text": _text,
    "free-text": _text,
    "file": _no_form,
}
