"""Countries as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.vocabulary.countries import english_name, parse_country


@pytest.mark.parametrize(
    ("code", "names"),
    [("DE", ["Germany", "deutschland", "Allemagne", "ALEMANIA", "Germania", "Nemecko", "DEU"]),
     ("AT", [" Österreich ", "Austria", "Autriche", "Rakousko"]), ("GB", ["UK", "Royaume-Uni", "Velká Británie"]),
     ("GR", ["Ελλάδα", "Grèce", "Řecko"]), ("CZ", ["Česko", "Czechia", "Tschechien"]), ("IE", ["Irsko", "Irland"]),
     ("IS", ["Island", "Islande"]), ("", ["", "Atlantis", "DE", "Bavaria"])],
)  # fmt: skip
def test_countries_are_read_from_names_and_codes_of_three_letters(code: str, names: list[str]) -> None:
    assert {name: parse_country(name) for name in names} == dict.fromkeys(names, code)


@given(st.text(max_size=20))
def test_no_text_makes_it_fail(text: str) -> None:
    assert len(parse_country(text)) in (0, 2)


@pytest.mark.parametrize(("code", "name"), [("DE", "Germany"), ("BA", "Bosnia and Herzegovina"), ("ZW", "ZW")])
def test_a_country_is_named_in_english_and_by_its_code_where_its_name_is_not_known(code: str, name: str) -> None:
    assert english_name(code) == name
