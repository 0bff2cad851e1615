from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.matching.odd_texts import MIXED_TEXTS, ODD_TEXTS

from synchromesh.engine.matching.words import LONGEST_WORD, STOP_WORDS, fold_word, words

SMALL_LETTERS = st.text(alphabet="abeinosuxäöüßéèçñčšřžůłøđæœ159 -/:·*()+#.,'", max_size=40)


def _folded(text: str) -> list[str]:
    return [word.folded for word in words(text)]


@given(text=SMALL_LETTERS)
def test_capitals_change_nothing(text: str) -> None:
    assert _folded(text.upper()) == _folded(text)


@given(text=SMALL_LETTERS)
def test_accents_written_as_signs_of_their_own_change_nothing(text: str) -> None:
    # An ending in brackets or after a colon is compared as it is written, so only plain words are looked at.
    plain = " ".join(part for part in text.split() if part.isalnum())
    assert _folded(unicodedata.normalize("NFD", plain)) == _folded(plain)


@given(text=MIXED_TEXTS)
def test_words_are_proper_places_in_the_text(text: str) -> None:
    before = 0
    for word in words(text):
        assert before <= word.start < word.end <= len(text)
        before = word.end
        assert len(word.folded) > 1
        assert word.folded not in STOP_WORDS
        assert fold_word(text[word.start : word.end][:LONGEST_WORD]) == word.folded


@given(before=MIXED_TEXTS, text=MIXED_TEXTS, after=MIXED_TEXTS)
def test_words_of_a_passage_are_those_of_the_passage_alone(before: str, text: str, after: str) -> None:
    start, end = len(before), len(before) + len(text)
    found = words(before + text + after, start, end)
    assert [(word.folded, word.start - start, word.end - start) for word in found] == [
        (word.folded, word.start, word.end) for word in words(text)
    ]


@given(word=st.text(max_size=20))
def test_folding_a_folded_word_changes_nothing(word: str) -> None:
    assert fold_word(fold_word(word)) == fold_word(word)


@pytest.mark.parametrize("name", ODD_TEXTS)
def test_odd_texts_are_read_once(name: str) -> None:
    assert all(len(word.folded) > 1 for word in words(ODD_TEXTS[name]))


@pytest.mark.parametrize(
    "text",
    [
        "Mechaniker:in",
        "Mechaniker*in",
        "Mechaniker_in",
        "Mechaniker·in",
        "Mechaniker/in",
        "Mechaniker/-in",
        "Mechaniker-in",
        "Mechaniker(in)",
        "MECHANIKER:IN",
        "Mechaniker:innen",
        "Mechaniker*innen",
        "MechanikerInnen",
        "Mechaniker/Mechanikerin",
        "Mechaniker / Mechanikerinnen",
        "Mechaniker (m/w/d)",
        "Mechaniker ( M | W | D )",
        "Mechaniker (f,m,x)",
        "mechaniker m/w/d",
    ],
)
def test_german_forms_of_both_genders_are_one_word(text: str) -> None:
    assert _folded(text) == ["mechaniker"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vendeur·se", "vendeur"),
        ("vendeur/vendeuse", "vendeur"),
        ("acteur/actrice", "acteur"),
        ("étudiant·e·s", "etudiant"),
        ("chargé(e)s", "charge"),
        ("infirmier/infirmière", "infirmier"),
        ("technicien/technicienne", "technicien"),
        ("mechanik/mechanička", "mechanik"),
        ("mechanik/čka", "mechanik"),
        ("učitel/učitelka", "ucitel"),
        ("pracovník/pracovnice", "pracovnik"),
        ("průvodce/kyně", "pruvodce"),
        ("kucharz/kucharka", "kucharz"),
        ("enfermero/enfermera", "enfermero"),
        ("direttore/direttrice", "direttore"),
    ],
)
def test_forms_of_both_genders_are_one_word_in_other_languages(text: str, expected: str) -> None:
    assert _folded(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("data/database", ["data", "database"]),
        ("design/designer", ["design", "designer"]),
        ("Database/ORA", ["database", "ora"]),
        ("C++ and C#, .NET", ["c++", "c#", ".net"]),
        ("Überprüfung", ["uberprufung"]),
        ("Über\u00adprüfung", ["uberprufung"]),
        ("Øre Łódź Œuvre", ["ore", "lodz", "oeuvre"]),
        ("STRAẞE straße", ["strasse", "strasse"]),
        ("a b c 5", []),
    ],
)
def test_words_are_folded(text: str, expected: list[str]) -> None:
    assert _folded(text) == expected


def test_stop_words_are_written_as_they_are_compared() -> None:
    assert all(fold_word(word) == word for word in STOP_WORDS)
    assert {"the", "und", "les", "para", "della", "nebo", "oraz", "het", "att", "og"} <= STOP_WORDS
