"""Reading JSON strictly and writing it in the one form of RFC 8785."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.credential_formats.canonical_json import canonical_json, read_json, read_object
from synchromesh.engine.credential_formats.limits import MOST_DEPTH
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_the_form_is_that_of_the_reference_and_reads_back(value: Any) -> None:
    written = canonical_json(value)
    assert written == rfc8785.dumps(value)
    assert canonical_json(read_json(written)) == written


def test_the_example_of_the_standard_comes_out_as_it_says() -> None:
    # RFC 8785, sections 3.2.2 and 3.2.3.
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": '€$\u000f\nA\'B"\\\\"/',
        "literals": [None, True, False],
    }
    assert canonical_json(value).decode() == (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_names_are_sorted_as_utf_16_sorts_them() -> None:
    assert canonical_json({"\ufb33": 1, "\U0001f600": 2}).decode() == '{"\U0001f600":2,"\ufb33":1}'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b'{"a": 1, "a": 2}', Reason.DUPLICATE_NAME),
        (b'{"a": {"b": 1, "b": 1}}', Reason.DUPLICATE_NAME),
        (b'{"a": NaN}', Reason.UNSAFE_NUMBER),
        (b'{"a": -Infinity}', Reason.UNSAFE_NUMBER),
        (b'{"a": 1e999}', Reason.UNSAFE_NUMBER),
        (b'{"a": 1} x', Reason.NOT_JSON),
        (b"", Reason.NOT_JSON),
        (b'{"a": ' + b"1" * 5000 + b"}", Reason.NOT_JSON),
        (b'"\xff"', Reason.NOT_TEXT),
        (b"[" * 100_000, Reason.TOO_DEEP),
        (b"[" * (MOST_DEPTH + 1) + b"]" * (MOST_DEPTH + 1), Reason.TOO_DEEP),
    ],
)
def test_what_two_readers_could_read_differently_is_refused(text: bytes, reason: Reason) -> None:
    with pytest.raises(Refusal) as refusal:
        read_json(text)
    assert refusal.value.reason == reason


def test_the_deepest_allowed_nesting_is_read() -> None:
    assert read_json(b"[" * MOST_DEPTH + b"]" * MOST_DEPTH)


def test_brackets_inside_of_texts_are_no_nesting() -> None:
    assert read_json(json.dumps({"a": "[{" * 500})) == {"a": "[{" * 500}


def test_a_text_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(Refusal) as refusal:
        read_json(b" " * 101, most_bytes=100)
    assert (refusal.value.reason, refusal.value.details) == (Reason.TOO_LARGE, {"limit": "100"})


def test_a_byte_order_mark_is_no_obstacle() -> None:
    assert read_object(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


def test_an_array_is_no_object() -> None:
    with pytest.raises(Refusal):
        read_object(b"[]")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (2**53 + 1, Reason.UNSAFE_NUMBER),
        (10**400, Reason.UNSAFE_NUMBER),
        (float("nan"), Reason.UNSAFE_NUMBER),
        ("\ud800", Reason.NOT_TEXT),
        ({"\ud800": 1}, Reason.NOT_TEXT),
        ({1: 2}, Reason.NOT_JSON),
        (object(), Reason.NOT_JSON),
    ],
)
def test_what_the_form_cannot_say_is_refused(value: Any, reason: Reason) -> None:
    with pytest.raises(Refusal) as refusal:
        canonical_json(value)
    assert refusal.value.reason == reason
