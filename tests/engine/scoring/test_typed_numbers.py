"""Numbers as people type them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.scoring.typed_numbers import read_number


@pytest.mark.parametrize(
    ("text", "readings", "unit"),
    [
        ("12.5", ["12.5"], ""),
        ("12,5", ["12.5"], ""),
        ("-0,5", ["-0.5"], ""),
        ("−12.5 °C", ["-12.5"], "°C"),
        ("+3", ["3"], ""),
        (".5", ["0.5"], ""),
        ("5.", ["5"], ""),
        ("1\u2009000", ["1000"], ""),
        ("1\u202f234\u202f567,8 V", ["1234567.8"], "V"),
        ("1\u00a0000", ["1000"], ""),
        ("1'000.5", ["1000.5"], ""),
        ("1’000’000", ["1000000"], ""),
        ("1,234.5", ["1234.5"], ""),
        ("1.234,5", ["1234.5"], ""),
        ("1.234.567", ["1234567"], ""),
        ("1,000", ["1", "1000"], ""),
        ("1.500 kV", ["1.5", "1500"], "kV"),
        ("0,125", ["0.125"], ""),
        ("12,3456", ["12.3456"], ""),
        ("1.2e3", ["1200"], ""),
        ("1,2E-3", ["0.0012"], ""),
        ("1,6·10^-19 C", ["1.6E-19"], "C"),
        ("6 x 10^23", ["6E23"], ""),
        ("2×10³", ["2000"], ""),
        ("2×10⁻³ m²", ["0.002"], "m^2"),
        ("５Ω", ["5"], "Ω"),
        ("50%", ["50"], "%"),
        ("5 eV", ["5"], "eV"),
    ],
)
def test_a_number_is_read_whatever_signs_a_country_uses(text: str, readings: list[str], unit: str) -> None:
    typed = read_number(text)
    assert typed is not None
    assert (sorted(typed.readings), typed.unit) == (sorted(Decimal(reading) for reading in readings), unit)


@pytest.mark.parametrize(
    "text",
    ["", " ", "V", "NaN", "inf", "-Infinity", "1..2", "1,2,3", "12 5", "1 00", "--5", "5-", ".", "+", "9" * 61, "1e5 5",
     "1e1000000000", "1\n2"],
)  # fmt: skip
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text) is None


@given(st.decimals(-(10**12), 10**12, places=3), st.sampled_from(["", " ", "\u2009", "'"]), st.sampled_from(".,"))
def test_a_number_written_in_any_of_the_usual_ways_is_among_its_readings(
    number: Decimal, between: str, point: str
) -> None:
    text = f"{number:,.3f}".replace(".", "P").replace(",", between).replace("P", point)
    typed = read_number(text)
    assert typed is not None
    assert number in typed.readings


@given(st.text("0123456789.,' eE+-×^10kV²\u2009", max_size=30))
def test_the_text_of_a_number_reads_as_the_same_number(text: str) -> None:
    typed = read_number(text)
    if typed is not None:
        again = read_number(typed.text)
        assert again is not None
        assert (again.readings, again.text, again.unit) == (typed.readings, typed.text, "")


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    typed = read_number(text)
    assert typed is None or all(reading.is_finite() for reading in typed.readings)
