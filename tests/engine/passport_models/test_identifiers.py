"""CAS numbers, GTINs and Digital Link addresses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synchromesh.engine.passport_models import cas_numbers, gs1


@pytest.mark.parametrize("number", ["7439-93-2", "7732-18-5", "58-08-2", "21324-40-3"])
def test_known_cas_numbers_have_right_check_digits(number: str) -> None:
    assert cas_numbers.has_check_digit(number)


@pytest.mark.parametrize("number", ["7439-93-3", "7439-93-2 ", "7439932", "1-93-2", "07439-93-2", "", "٧٤٣٩-٩٣-٢"])
def test_other_texts_are_no_cas_numbers(number: str) -> None:
    assert not cas_numbers.has_check_digit(number)


@settings(max_examples=40)
@given(st.from_regex(r"[1-9][0-9]{1,6}-[0-9]{2}", fullmatch=True), st.integers(1, 9))
def test_one_wrong_digit_at_the_end_is_always_seen(stem: str, off: int) -> None:
    right = cas_numbers.check_digit(f"{stem}-0")
    assert cas_numbers.has_check_digit(f"{stem}-{right}")
    assert not cas_numbers.has_check_digit(f"{stem}-{(int(right) + off) % 10}")


@pytest.mark.parametrize("number", ["4006381333931", "73513537", "036000291452"])
def test_known_gtins_have_right_check_digits(number: str) -> None:
    assert gs1.gtin_has_check_digit(number)
    assert not gs1.gtin_has_check_digit(number[:-1] + str((int(number[-1]) + 1) % 10))


@settings(max_examples=40)
@given(st.from_regex(r"[0-9]{13}", fullmatch=True), st.text(min_size=1, max_size=20))
def test_a_digital_link_says_product_and_serial_number(stem: str, serial: str) -> None:
    gtin = stem + gs1.gtin_check_digit(stem)
    link = gs1.digital_link("https://id.example.org/", gtin=gtin, serial=serial)
    assert gs1.keys_of_link(link) == (gtin, serial)


def test_an_address_without_keys_says_neither() -> None:
    assert gs1.keys_of_link("https://example.org/passports/7") == ("", "")
