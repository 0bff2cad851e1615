"""Two links to the same page are seen as one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.deduplication.addresses import NO_ADDRESS, read_address


@pytest.mark.parametrize("other", [
    "http://www.Example.org/kurse/7/",
    "https://example.org/kurse/7?utm_source=mail&gclid=1",
    "HTTPS://EXAMPLE.ORG:443/kurse/7#anmeldung",
    "https://example.org/kurse/7;jsessionid=A1",
    " https://example.org/kurs%65/7 ",
])  # fmt: skip
def test_spellings_of_a_page_are_one_page(other: str) -> None:
    assert read_address(other) == read_address("https://example.org/kurse/7")


@pytest.mark.parametrize("other", [
    "https://example.org/kurse/8", "https://example.org/kurse/7?id=2", "https://example.com/kurse/7",
    "https://example.org:8080/kurse/7", "https://example.org/#/kurse/7", "https://example.org/Kurse/7",
])  # fmt: skip
def test_another_page_stays_another(other: str) -> None:
    assert read_address(other) != read_address("https://example.org/kurse/7")


def test_the_order_of_parameters_does_not_matter_and_their_values_do() -> None:
    assert read_address("https://a.example/?b=2&a=1") == read_address("https://a.example?a=1&b=2")
    assert read_address("https://a.example/?a=2&b=1") != read_address("https://a.example?a=1&b=2")


def test_a_front_page_has_no_page() -> None:
    assert read_address("https://www.a.example/").page == ""


def test_one_page_in_two_languages_has_the_same_neutral_form() -> None:
    german, english = read_address("https://a.example/de/kurs/7"), read_address("https://a.example/en-gb/kurs/7")
    assert german.neutral == english.neutral == "/kurs/7"
    assert (
        read_address("https://a.example/k?id=7&lang=de").neutral
        == read_address("https://a.example/k?id=7&lang=fr").neutral
    )
    assert read_address("https://a.example/kurs/7").neutral == ""
    assert read_address("https://a.example/de/").neutral == ""


@pytest.mark.parametrize("text", ["", "course page", "http://[", "http://a.example:port/", "//", "mailto:a@b.example"])
def test_what_is_no_address_is_none(text: str) -> None:
    assert read_address(text) == NO_ADDRESS


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    read_address("https://a.example/" + text)
    read_address(text)
