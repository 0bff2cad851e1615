"""Level, price and language as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.vocabulary.languages import ENGLISH_NAMES, OWN_NAMES, parse_language
from synchromesh.engine.vocabulary.levels import Level, parse_level
from synchromesh.engine.vocabulary.money import Money, parse_price


@pytest.mark.parametrize("level", Level)
def test_a_level_is_read_from_its_number_and_its_name(level: Level) -> None:
    assert parse_level(f" {level:d} ") is level
    assert parse_level(level.name.title()) is level


@pytest.mark.parametrize("text", ["", "4", "-1", "1.5", "٢", "9" * 5_000, "master"])
def test_what_is_no_level_is_refused_with_the_field(text: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse_level(text, field="need")
    assert refusal.value.field == "need"


@pytest.mark.parametrize(
    ("text", "price"),
    [("", None), ("  ", None), ("free", (0, "EUR")), ("0", (0, "EUR")), ("240", (24_000, "EUR")),
     ("240,5", (24_050, "EUR")),
     ("€ 1.200,00", (120_000, "EUR")), ("1,200.50 USD", (120_050, "USD")), ("CZK 5 000", (500_000, "CZK")),
     ("£3", (300, "GBP")), ("1.200", (120_000, "EUR"))],
)  # fmt: skip
def test_prices_are_read_with_either_decimal_sign(text: str, price: tuple[int, str] | None) -> None:
    assert parse_price(text) == (price and Money(cents=price[0], currency=price[1]))


@pytest.mark.parametrize("text", [".", ",", "'", "EUR", "on request", "-5", "٣", "9" * 60, "EUR" + " " * 50_000 + "x"])
def test_what_is_no_amount_is_refused_and_never_counts_as_nothing(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_price(text)


@given(st.text(max_size=20))
def test_no_text_makes_a_parser_fail_in_another_way(text: str) -> None:
    for parse in (parse_price, parse_level):
        try:
            parse(text)
        except InvalidInput:
            continue
    parse_language(text)


def test_languages_are_read_from_codes_and_names() -> None:
    read = (
        "de",
        "DE",
        "de-AT",
        "de_AT",
        "deu",
        "ger",
        " German ",
        "Deutsch",
        "allemand",
        "ALEMÁN",
        "tedesco",
        "Němčina",
    )
    assert {parse_language(text) for text in read} == {"de"}
    assert [parse_language(text) for text in ("", "xx", "xyz", "Klingon", "slovenčina", "slovinština", "tr")] == [
        None, None, None, None, "sk", "sl", "tr"
    ]  # fmt: skip
    assert all(parse_language(code) == code for code in (*OWN_NAMES, *ENGLISH_NAMES))
    assert all(parse_language(name) == code for code, name in (OWN_NAMES | ENGLISH_NAMES).items())
    assert all(parse_language(name) == code for code, name in OWN_NAMES.items())


@pytest.mark.parametrize(
    ("text", "cents", "currency"),
    [("690,- €", 69_000, "EUR"), ("690 euros TTC", 69_000, "EUR"), ("690 EUR (inkl. 19% MwSt.)", 69_000, "EUR"),
     ("12 000 Kč vč. DPH", 1_200_000, "CZK"), ("1'200.– CHF", 120_000, "CHF"), ("1\u202f200 €", 120_000, "EUR"),
     ("690 € pro Person", 69_000, "EUR"), ("240.0000", 24_000, "EUR"), ("0 €", 0, "EUR"), ("Gratuit", 0, "EUR"),
     ("bezplatně", 0, "EUR"), ("690,00 zł", 69_000, "PLN"), ("690 dollars", 69_000, "USD")],
)  # fmt: skip
def test_prices_are_read_with_words_for_currency_and_taxes(text: str, cents: int, currency: str) -> None:
    assert parse_price(text) == Money(cents=cents, currency=currency)


@pytest.mark.parametrize(
    "text",
    ["ab 690 €", "690-890 €", "690 HT", "690 net", "max 690", "240 EUR / 300 USD", "2 x 300 EUR", "12 34", "1234.567",
     "0.123", "500 kr", "free for members"],
)  # fmt: skip
def test_a_price_with_conditions_is_no_amount(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_price(text)


def test_crowns_are_those_of_the_expected_country() -> None:
    assert parse_price("500 kr", currency="SEK") == Money(cents=50_000, currency="SEK")
