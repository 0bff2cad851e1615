"""Texts in several languages and the visible fall back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from synchromesh.framework.models import Topic
from synchromesh.plumbing.translated_text import in_language, validate_texts

BOTH = {"en": "Battery", "de": "Batterie"}


def test_the_asked_language_is_taken_where_there_is_one() -> None:
    found = in_language(BOTH, "de")
    assert (found.text, found.language, found.is_fallback, str(found)) == ("Batterie", "de", False, "Batterie")


@pytest.mark.parametrize(
    ("texts", "text", "language"),
    [
        (BOTH, "Battery", "en"),
        ({"de": "Batterie", "cs": "Baterie"}, "Baterie", "cs"),
        ({"fr": "", "de": "Batterie"}, "Batterie", "de"),
    ],
)
def test_another_language_is_english_or_else_the_first_and_says_so(
    texts: dict[str, str], text: str, language: str
) -> None:
    found = in_language(texts, "fr")
    assert (found.text, found.language, found.is_fallback) == (text, language, True)


def test_no_text_at_all_is_empty_and_no_fall_back() -> None:
    found = in_language({}, "de")
    assert (found.text, found.language, found.is_fallback) == ("", "de", False)


@pytest.mark.parametrize("value", [None, "text", ["en"], {"eng": "x"}, {"en": None}, {1: "x"}, {"en": ["x"]}])
def test_anything_but_texts_by_language_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        validate_texts(value)


def test_a_record_refuses_texts_of_another_shape() -> None:
    Topic(slug="battery", titles=BOTH).clean_fields()
    with pytest.raises(ValidationError):
        Topic(slug="battery", titles={"english": "Battery"}).clean_fields()
