from __future__ import annotations

import pytest
from hypothesis import given
from tests.engine.matching.odd_texts import MIXED_TEXTS, ODD_TEXTS

from synchromesh.engine.matching.languages import DETECTED, detect_language, sentence_languages
from synchromesh.engine.vocabulary.languages import OWN_NAMES

EXAMPLES = {
    "en": "We are looking for a person who plans the work of a team and writes reports.",
    "de": "Wir suchen eine Person, die Prüfungen plant und die Ergebnisse dokumentiert.",
    "fr": "Vous préparez les essais et vous rédigez les rapports pour le client.",
    "cs": "Hledáme kolegu, který připravuje zkoušky a zapisuje jejich výsledky.",
    "es": "Buscamos una persona que prepare los ensayos y redacte los informes.",
    "it": "Cerchiamo una persona che prepari le prove e scriva le relazioni.",
    "el": "Ζητούμε άτομο που σχεδιάζει την εργασία της ομάδας.",
}


@pytest.mark.parametrize("language", EXAMPLES)
def test_the_language_of_a_sentence_is_found(language: str) -> None:
    found, probability = detect_language(EXAMPLES[language])
    assert found == language
    assert probability > 0.9


def test_capitals_do_not_hide_the_language() -> None:
    assert detect_language(EXAMPLES["de"].upper())[0] == "de"


def test_sentences_of_two_languages_are_told_apart() -> None:
    pieces = [EXAMPLES["de"], EXAMPLES["en"], EXAMPLES["de"]]
    assert sentence_languages(" ".join(pieces), pieces) == ("de", ["de", "en", "de"])


def test_a_short_or_doubtful_piece_takes_the_language_of_its_text() -> None:
    text = f"{EXAMPLES['cs']} Excel. SAP R/3, SQL, CAD, PLC, MES, ERP, QMS"
    main, found = sentence_languages(text, [EXAMPLES["cs"], "Excel", "SAP R/3, SQL, CAD, PLC, MES, ERP, QMS"])
    assert (main, found) == ("cs", ["cs", "cs", "cs"])


def test_what_the_caller_knows_decides_the_language_of_the_text() -> None:
    assert sentence_languages("Excel", ["Excel"], given="sv") == ("sv", ["sv"])


@pytest.mark.parametrize("text", ["", "123 456", "😀 !!", "\x00"])
def test_a_text_without_letters_says_nothing(text: str) -> None:
    assert detect_language(text) == ("en", 0.0)


@given(text=MIXED_TEXTS)
def test_every_text_gets_a_language_of_the_union_and_a_probability(text: str) -> None:
    language, probability = detect_language(text)
    assert language in DETECTED
    assert language in OWN_NAMES
    assert 0 <= probability <= 1


@pytest.mark.parametrize("name", ODD_TEXTS)
def test_odd_texts_get_a_language(name: str) -> None:
    assert detect_language(ODD_TEXTS[name])[0] in DETECTED
