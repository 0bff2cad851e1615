"""Sentences of exercises on a page: values, numbers in the reader's way, and English that says so."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from synchromesh.engine.passport_models.exercises import Parts, Plot, Quantity, Sentence, Verdict
from synchromesh.engine.passport_models.passport import FieldValue, Reading
from synchromesh.web.templatetags.passport_exercise import exercise_plot, said, said_plain, verdict_name

SPACE = "\N{NO-BREAK SPACE}"


def test_numbers_are_written_in_the_readers_way() -> None:
    assert said(Quantity(12345.5, "kWh")) == f"12345.5{SPACE}kWh"
    with override("de"):
        assert said(Quantity(12345.5, "kWh")) == f"12345,5{SPACE}kWh"
        assert said_plain(0.00001) == "0,00001"


def test_a_sentence_is_filled_and_nothing_of_its_values_becomes_markup() -> None:
    sentence = Sentence("No text of {name} & {count}.", {"name": "<b>x</b>", "count": 3})
    assert said(sentence) == "No text of &lt;b&gt;x&lt;/b&gt; &amp; 3."
    assert said_plain(sentence) == "No text of <b>x</b> & 3."


def test_a_sentence_without_translation_says_that_it_is_english() -> None:
    unknown = Sentence("Nobody translates this {name}.", {"name": Parts(("a", Sentence("Nor that")))})
    with override("de"):
        assert said(unknown) == '<span lang="en">Nobody translates this a; <span lang="en">Nor that</span>.</span>'
        assert said(Sentence("Unit")) == "Einheit"
    assert "lang" not in said(unknown)


def test_nothing_says_nothing() -> None:
    assert said(None) == ""
    with override("de"):
        assert said_plain(Sentence("")) == ""


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_a_name(verdict: Verdict) -> None:
    assert verdict_name(verdict)


def test_a_plot_of_too_few_readings_draws_nothing_and_does_not_fail() -> None:
    one = Plot(caption=Sentence("Health"), readings=FieldValue(value=90.0, at="2027-01-01", unit="%"))
    assert exercise_plot(one, 1)["line"] is None
    two = Plot(
        caption=Sentence("Health"),
        readings=FieldValue(value=80.0, at="2027-01-01", unit="%", history=(Reading(value=90.0, at="2026-01-01"),)),
        threshold=70.0,
    )
    drawn = exercise_plot(two, 1)
    assert (drawn["first"].value, drawn["last"].value) == (90.0, 80.0)
    assert drawn["line"].threshold is not None
    heights = [tick.y for tick in drawn["ticks"]]
    assert heights == sorted(heights)
    assert all(0 <= point.x <= float(drawn["width"]) for point in drawn["line"].points)
