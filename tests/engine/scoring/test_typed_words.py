"""Short texts: what is the same word, and what is a slip."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.scoring.typed_words import is_accepted


def _is_right(
    typed: str, form: str, *, of: str = "en", language: str = "en", exact: bool = False, slips: int = 0
) -> bool:
    return is_accepted(typed, {of: (form,)}, language=language, exact_case=exact, slips=slips)


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("INSULATION monitor", "insulation monitor"),
        ("insulation \u2009 monitor ", "insulation monitor"),
        ("high voltage", "high‑voltage"),
        ("LiFePO4", "LiFePO₄"),
        ("cafe", "Café"),
        ("Cafe\u0301", "café"),
        ("STRASSE", "Straße"),
        ("ＣＡＮ", "can"),
        ("the relay.", "the relay"),
        ("ΟΔΟΣ", "οδος"),
        ("driver’s", "driver's"),
        ("iso\u00adlator", "isolator"),
        ("+", "+"),
        (".", "."),
    ],
)
def test_the_same_words_in_other_signs_are_right(typed: str, form: str) -> None:
    assert _is_right(typed, form)


@pytest.mark.parametrize(("typed", "form"), [("co", "CO"), ("Cafe", "Café"), ("Straße", "STRASSE")])
def test_case_and_accents_count_where_the_author_wants_it(typed: str, form: str) -> None:
    assert _is_right(typed, form)
    assert not _is_right(typed, form, exact=True)
    assert _is_right(f" {form}", form, exact=True)


def test_lowered_digits_are_right_also_where_case_counts() -> None:
    assert _is_right("LiFePO4", "LiFePO₄", exact=True)


def test_umlauts_may_be_spelled_out_in_german() -> None:
    assert _is_right("Schuetz", "Schütz", of="de")
    assert _is_right("Schuetz", "Schütz", of="en", language="de")
    assert not _is_right("Schuetz", "Schütz", of="en", language="en")
    assert _is_right("Schuetz", "Schütz", of="de", exact=True)


@pytest.mark.parametrize(
    ("typed", "form", "slips"),
    [
        ("contctor", "contactor", 1),  # a letter missing
        ("conntactor", "contactor", 1),  # a letter too many
        ("contackor", "contactor", 1),  # a letter wrong
        ("contcator", "contactor", 1),  # two letters swapped
        ("cnotcator", "contactor", 2),
        ("cntcator", "contactor", 2),
        ("relai", "relay", 1),
    ],
)
def test_as_many_slips_as_allowed_are_forgiven_and_not_more(typed: str, form: str, slips: int) -> None:
    assert _is_right(typed, form, slips=slips)
    assert not _is_right(typed, form, slips=slips - 1)


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("AD", "AC"),  # too short for any slip
        ("rellai", "relay"),  # two slips in a short word
        ("IP68 housing", "IP67 housing"),  # a digit is no slip
        ("IP667 housing", "IP67 housing"),
        ("acb", "bac"),
    ],
)
def test_what_would_be_another_word_is_not_forgiven(typed: str, form: str) -> None:
    assert not _is_right(typed, form, slips=2)


@given(st.text(min_size=1, max_size=30).filter(str.strip), st.booleans(), st.integers(0, 2))
def test_an_accepted_form_as_it_stands_is_always_right(form: str, exact: bool, slips: int) -> None:
    assert _is_right(form, form, exact=exact, slips=slips)


@given(st.text(max_size=15), st.text(max_size=15), st.integers(0, 1))
def test_more_slips_never_make_an_answer_wrong(typed: str, form: str, slips: int) -> None:
    assert _is_right(typed, form, slips=slips) <= _is_right(typed, form, slips=slips + 1)


@given(st.text(max_size=15), st.text(max_size=15))
def test_what_is_right_with_exact_case_is_right_without(typed: str, form: str) -> None:
    assert _is_right(typed, form, exact=True) <= _is_right(typed, form)
