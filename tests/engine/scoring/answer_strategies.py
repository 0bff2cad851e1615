"""Answers to questions: such as a page can send, and such as only a hostile client sends."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from synchromesh.engine.vocabulary.questions import (
    Choices,
    FillIn,
    Hotspot,
    Matching,
    Numeric,
    Ordering,
    Question,
    QuestionKind,
    Scale,
)

_SINGLE = (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE)
_LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.sampled_from(["a", "1e9", "NaN"])
)
HOSTILE: st.SearchStrategy[Any] = st.recursive(
    _LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["value", "unit", "a", "b", "x"]) | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


def _of(keys: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(keys), unique=True, max_size=len(keys))


def sent_answers(question: Question) -> st.SearchStrategy[Any]:
    """Sound answers to a question, right and wrong ones, as its page sends them."""
    body = question.body
    if isinstance(body, Choices):
        keys = [choice.key for choice in body.choices]
        return st.sampled_from(keys) if question.kind in _SINGLE else _of(keys)
    if isinstance(body, Hotspot):
        return _of([region.key for region in body.regions])
    if isinstance(body, Ordering):
        return st.permutations([item.key for item in body.items])
    if isinstance(body, Matching):
        targets = st.sampled_from([target.key for target in body.targets])
        return st.dictionaries(st.sampled_from([item.key for item in body.items]), targets)
    if isinstance(body, FillIn):
        return _filled(body)
    return st.sampled_from([item.key for item in body.steps]) if isinstance(body, Scale) else _typed(question)


def _typed(question: Question) -> st.SearchStrategy[Any]:
    body = question.body
    if isinstance(body, Numeric):
        numbers = st.decimals(-(10**6), 10**6, places=2).map(str)
        units = st.sampled_from(sorted(body.units)) if body.units else st.just("")
        return st.fixed_dictionaries({"value": numbers, "unit": units})
    if question.kind is QuestionKind.FILE:
        return st.lists(st.uuids().map(str), max_size=3)
    return st.text(st.characters(categories=["L", "N", "Zs"]), max_size=12)


def _filled(body: FillIn) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {
            gap.key: st.sampled_from([option.key for option in gap.options])
            if gap.options
            else st.sampled_from([form for forms in gap.accepted.values() for form in forms]) | st.just("other")
            for gap in body.gaps
        }
    )
