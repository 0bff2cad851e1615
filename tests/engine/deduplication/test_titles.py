"""Titles taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.deduplication.titles import are_marks_alike, level_of, read_title, telling_part
from synchromesh.engine.vocabulary.languages import OWN_NAMES


@pytest.mark.parametrize(("title", "marks"), [
    ("ISO 14001 Auditor", {"14001"}),
    ("ISO 26262:2018", {"26262", ":2018"}),
    ("EN 50110-2", {"50110", "2"}),
    ("VDA 6.3", {"6.3"}),
    ("Schweißen Teil 02", {"2"}),
    ("Schweißen II", {"2"}),
    ("Schweißen (III)", {"3"}),
    ("Staplerschein Klasse C", {"c"}),
    ("Kurs 2027", set()),
    ("Kurs am 12.03.2027", set()),
    ("Kurs 12.-14.3. Teil 1", {"1"}),
    ("Kurs 2026/27", set()),
    ("Vitamin B in der Kantine", set()),
    ("How I learned to weld", set()),
])  # fmt: skip
def test_numbers_and_letters_of_parts_are_marks_and_days_are_not(title: str, marks: set[str]) -> None:
    assert read_title(title, "de").marks == marks


def test_day_and_year_say_when() -> None:
    assert read_title("Batterietage 2027", "de").when == {"2027"}
    assert read_title("Kurs 12.03.2027", "de").when == {"12.03.2027"}


@pytest.mark.parametrize(("word", "language", "level"), [
    ("grundlagen", "de", 1), ("fortgeschrittene", "de", 2), ("initiation", "fr", 1), ("basics", "sv", 1),
    ("zaawansowany", "pl", 2), ("expert", "cs", 3), ("base", "it", 1), ("base", "en", 0), ("database", "it", 0),
    ("grundlagen", "fr", 0), ("beginners", "xx", 1),
])  # fmt: skip
def test_a_word_of_level_counts_in_its_language_and_in_english_everywhere(word: str, language: str, level: int) -> None:
    assert level_of(word, language) == level


def test_nearly_every_official_language_has_words_of_level() -> None:
    # Irish and Maltese courses so far come with English names of levels.
    assert {code for code in OWN_NAMES if not any(level_of(w, code) for w in _WORDS_OF_LEVEL[code])} == set()


_WORDS_OF_LEVEL = {
    "bg": ["основи"], "cs": ["zaklady"], "da": ["begyndere"], "de": ["grundlagen"], "el": ["βασικα"], "en": ["basics"],
    "es": ["inicial"], "et": ["algajatele"], "fi": ["perusteet"], "fr": ["initiation"], "ga": ["basics"],
    "hr": ["osnove"], "hu": ["alapok"], "it": ["base"], "lt": ["pagrindai"], "lv": ["pamati"], "mt": ["basics"],
    "nl": ["basis"], "pl": ["podstawy"], "pt": ["inicial"], "ro": ["incepatori"], "sk": ["zaklady"],
    "sl": ["osnove"], "sv": ["grundkurs"],
}  # fmt: skip


def test_a_missing_mark_tells_less_than_another() -> None:
    assert are_marks_alike(frozenset({"26262"}), frozenset({"26262", ":2018"}))
    assert not are_marks_alike(frozenset({"14001"}), frozenset({"45001"}))


def test_the_telling_part_has_no_days_towns_and_provider() -> None:
    assert telling_part("Akademie Ost: Löten 2027 – Graz", provider="Akademie Ost", places=("Graz",)) == "Löten"
    assert telling_part("Graz 2027", places=("Graz",)) == "Graz 2027"


@given(st.text(max_size=80))
def test_any_title_can_be_read(title: str) -> None:
    read_title(title, "de")
    telling_part(title, provider=title, places=(title,))
