"""Values in words: numbers and days as the reader writes them, any content without harm, links where it is safe."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.passport_models.model import fields
from synchromesh.engine.passport_models.passport import FieldValue, Reading
from synchromesh.web.passports.edit_inputs import inputs_of, typed_text
from synchromesh.web.passports.shown_values import day_words, number_words, safe_link, show_value

ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("a1.<\ud800\x00\u202e\n", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("value", "english", "german"),
    [
        (380, "380", "380"),
        (0.06725, "0.06725", "0,06725"),
        (379.74, "379.74", "379,74"),
        (-1.5, "-1.5", "-1,5"),
        (9.1e-05, "9.1e-05", "9.1e-05"),
        (float("nan"), "not a number", "not a number"),
        (10**20, "a very large number", "a very large number"),
    ],
)
def test_a_number_is_written_as_the_reader_writes_it(value: float, english: str, german: str) -> None:
    with override("en"):
        assert number_words(value) == english
    with override("de"):
        assert number_words(value) == german


@pytest.mark.parametrize(
    ("text", "shown"), [("2027-02-18", "18 February 2027"), ("2027-13-45", "2027-13-45"), ("soon", "soon"), ("", "")]
)
def test_a_day_is_written_out_and_anything_else_stays_as_it_is(text: str, shown: str) -> None:
    assert day_words(text) == shown


@pytest.mark.parametrize("address", ["https://example.org/a?b=c", "http://example.org"])
def test_a_web_address_becomes_a_link(address: str) -> None:
    assert safe_link(address) == address


@pytest.mark.parametrize(
    "value",
    ["javascript:alert(1)", "//example.org", "https://", "data:text/html,x", "https://[", "a\nb", 3, None],
)
def test_nothing_else_becomes_a_link(value: object) -> None:
    assert safe_link(value) == ""


@given(ANYTHING, st.sampled_from(sorted(fields())))
def test_any_content_is_shown_and_can_be_sent_to_a_browser(value: Any, key: str) -> None:
    field = fields()[key]
    stated = FieldValue(value=value, unit="x\ud800", at="\u202e", history=(Reading(value=value, at="y"),))
    seen = show_value(field, stated)
    words = [seen.text, seen.unit, seen.day, *seen.texts, *(cell for row in seen.rows for cell in row)]
    words += [word for entry in seen.history for word in entry]
    inputs = inputs_of(field, FieldValue(value=value, unit="x\ud800", at="\ud800"))
    words += [inputs.text, inputs.unit, inputs.at, *(cell for row in inputs.rows for cell in row)]
    for word in words:
        word.encode()
        assert "\x00" not in word


@pytest.mark.parametrize(("value", "text"), [(1.5, "1.5"), (3, "3"), (True, "yes"), (None, ""), ("a b", "a b")])
def test_a_value_stands_in_its_input_as_somebody_would_type_it(value: object, text: str) -> None:
    assert typed_text(value) == text
