"""What leads to a person is blanked before a CV is matched; what looks like it and is none stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.pathways.queries.contact_details import blank_contact_details

CONTACTS = [
    "jana.novakova+cv@mail.example.cz",
    "jana (at) example.org",
    "https://www.linkedin.com/in/jana",
    "+420 601 234 567",
    "Tel.: 0711 / 123 45-67",
    "Phone 555 1234 77",
    "601 234 567",
    "Musterstraße 12a, 70173 Stuttgart",
    "Am Alten Markt 3, D-01067 Dresden",
    "12 Acacia Avenue, London SW1A 1AA",
    "12 Acacia Drive, London SW1A 1AA",
    "Cell: 555-123-4567",
    "Cell (555) 123-4567",
    "(03671) 12 34 56",
    "12 rue de la Paix, 75002 Paris",
    "Via Roma 12, 10121 Torino",
    "Via XX Settembre 2, 10121 Torino",
    "Calle Mayor 5, 28013 Madrid",
    "ul. Marszałkowska 12/3, 00-590 Warszawa",
    "Hlavní třída, 602 00 Brno",
    "Adresse: chez Dupont, quelque part",
    "Geboren am 12.03.1985 in Brno",
    "Date of birth: 12 March 1985",
    "Nationality: Czech",
    "Familienstand: ledig",
]
WORK = [
    "01/2015 – 12/2019 Welder",
    "2019 Siemens",
    "01.02.2019-31.12.2022 Volkswagen",
    "VDE 0105-100, DIN EN 50110-1 and ISO 26262",
    "0 - 1000 V, 24 V and 1500 mm",
    "Mobile robots: programming of vehicles in the hall",
    "Adresse bien connue des clients",
    "Programmed 12 robots and 3 welding cells",
    "Communication via Modbus and CAN",
    "Via CAN 2",
    "Via CAN FD 2",
    "Cell (18650 / 21700) assembly",
    "Handled cell 18650-21700 tests",
    "cell 3.2 - 4.2 V",
    "48V Hybrid Drive",
    "400 Volt Drive",
]


@pytest.mark.parametrize("line", CONTACTS)
def test_a_contact_detail_is_blanked(line: str) -> None:
    left = blank_contact_details(f"Welder\n{line}\nDriver").split("\n")
    assert left[0] == "Welder"
    assert not any(word.isdigit() or "@" in word for word in left[1].replace(",", " ").split())
    assert "Jana" not in left[1]
    assert sum(character.isalpha() for character in left[1]) <= len("Hlavní třída")
    assert left[2] == "Driver"


@pytest.mark.parametrize("line", WORK)
def test_a_line_about_work_stays(line: str) -> None:
    assert blank_contact_details(line) == line


def test_a_contact_detail_inside_a_line_leaves_the_rest() -> None:
    text = "Welding robots | jana@example.org | +49 711 123456 | isolation"
    left = blank_contact_details(text)
    assert left.split() == ["Welding", "robots", "|", "|", "|", "isolation"]
    assert left.index("isolation") == text.index("isolation")


@pytest.mark.parametrize("year", ["1999", "2026"])
def test_a_year_before_a_company_is_a_town_only_beside_a_street(year: str) -> None:
    assert blank_contact_details(f"{year} Siemens") == f"{year} Siemens"
    assert blank_contact_details(f"Hauptstraße 5\n{year} Siemens").strip() == ""


def test_a_drive_beside_a_town_is_a_street() -> None:
    assert blank_contact_details("Pia\n12 Acacia Drive\nLondon SW1A 1AA\nWelder").split() == ["Pia", "Welder"]
    assert blank_contact_details("48V Hybrid Drive\n2019 Siemens") == "48V Hybrid Drive\n2019 Siemens"


@given(st.text(alphabet=st.sampled_from("aZé@.+0912 -/:(),\n\tSt.Straße#Tel"), max_size=300))
def test_length_and_line_breaks_never_change_and_only_blanks_are_put_in(text: str) -> None:
    left = blank_contact_details(text)
    assert len(left) == len(text)
    assert all(new in (old, " ") for old, new in zip(text, left, strict=True))
    assert [at for at, character in enumerate(left) if character == "\n"] == [
        at for at, character in enumerate(text) if character == "\n"
    ]


@pytest.mark.parametrize(
    "text",
    ["0" * 200_000, "1 " * 100_000, "a@" * 100_000, "x." * 100_000, "www." * 50_000, ("A" * 139 + "1\n") * 1_400,
     "\n".join(["1 rue " + "a " * 60] * 1_500), ("Calle Aa" + " a" * 60 + " 1\n") * 1_000],
    ids=["digits", "numbers", "mails", "dots", "web", "streets", "rues", "calles"],
)  # fmt: skip
def test_a_long_text_made_to_try_every_pattern_is_got_through(text: str) -> None:
    assert len(blank_contact_details(text)) == len(text)  # a pattern that goes back and forth would not end
