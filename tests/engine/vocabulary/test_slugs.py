"""Slugs from titles of all scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.vocabulary.slugs import distinct_slug, is_slug, slugify

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Hochvolt-Prüfung (Größe 2)", "hochvolt-prufung-grosse-2"), ("  A & B  ", "a-b"),
     ("Łódź Øre Ħal", "lodz-ore-hal"),
     ("Ασφάλεια", ""), ("Батерия 12", "12"), ("", "")],
)  # fmt: skip
def test_letters_of_the_latin_script_lose_their_marks_and_others_go(title: str, slug: str) -> None:
    assert slugify(title) == slug


@given(any_text)
def test_a_slug_is_empty_or_valid_and_stays_itself(text: str) -> None:
    slug = slugify(text)
    assert slug == "" or is_slug(slug)
    assert slugify(slug) == slug
    assert is_slug(distinct_slug(text))


def test_titles_that_differ_only_in_lost_letters_get_distinct_slugs() -> None:
    assert distinct_slug("KEK Ασφάλεια") != distinct_slug("KEK Μπαταρία")
    assert distinct_slug("KEK Ασφάλεια").startswith("kek-")
    assert distinct_slug("Hochvolt-Prüfung") == "hochvolt-prufung"
