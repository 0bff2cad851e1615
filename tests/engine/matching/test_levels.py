from __future__ import annotations

import pytest
from hypothesis import given
from tests.engine.matching.odd_texts import MIXED_TEXTS, ODD_TEXTS

from synchromesh.engine.matching.levels import find_level_hint
from synchromesh.engine.matching.segments import Span


def _hint(text: str) -> tuple[int, str] | None:
    found = find_level_hint(text, Span(0, len(text)))
    return (found.level, text[found.words.start : found.words.end]) if found else None


@pytest.mark.parametrize(
    ("text", "level", "said"),
    [
        ("Basics of battery safety", 1, "Basics of"),
        ("Grundlagen der Elektrotechnik", 1, "Grundlagen"),
        ("Základy svařování", 1, "Základy"),
        ("Initiation à la robotique", 1, "Initiation"),
        ("Introducción a la soldadura", 1, "Introducción"),
        ("Fondamenti di meccanica", 1, "Fondamenti"),
        ("Hands-on welding", 2, "Hands-on"),
        ("Führt Prüfungen selbständig durch", 2, "selbständig"),
        ("Samostatně svařuje", 2, "Samostatně"),
        ("Advanced control systems", 3, "Advanced"),
        ("Leitung von Projekten", 3, "Leitung"),
        ("Pokročilé metody řízení", 3, "Pokročilé"),
        ("Lead the team", 3, "Lead"),
    ],
)
def test_wording_suggests_a_level(text: str, level: int, said: str) -> None:
    assert _hint(text) == (level, said)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("at least 5 years of welding", 3),
        ("3+ years with CAD", 2),
        ("2–4 Jahre Erfahrung", 2),
        ("1 Jahr Erfahrung", 2),
        ("0 years needed", 1),
        ("10 let praxe", 3),
        ("3 roky praxe", 2),
        ("5 roků praxe", 3),
        ("7 ans d'expérience", 3),
        ("6 años de experiencia", 3),
        ("2 anni di esperienza", 2),
        ("Five years of welding", 3),
        ("ZWEI JAHRE Erfahrung", 2),
        ("tři roky praxe", 2),
        ("cinq ans d'expérience", 3),
        ("FİVE years of experience", 3),
        ("sıx years of experience", 3),
    ],
)
def test_years_of_experience_suggest_a_level(text: str, level: int) -> None:
    found = _hint(text)
    assert found is not None
    assert found[0] == level


def test_years_count_more_than_words_and_high_words_more_than_low_ones() -> None:
    assert _hint("Expert with 2 years of practice") == (2, "2 years")
    assert _hint("From the basics to advanced topics") == (3, "advanced")


@pytest.mark.parametrize(
    "text",
    ["", "Plan the work", "In 1995 years passed", "often years ago", "tenyears", "Version 2.5 years", "a leading edge"],
)
def test_what_says_nothing_gives_no_hint(text: str) -> None:
    assert _hint(text) is None


def test_a_hint_is_looked_for_in_its_sentence_alone() -> None:
    text = "Basics of welding. Plan the work."
    assert find_level_hint(text, Span(19, len(text))) is None


@given(text=MIXED_TEXTS)
def test_a_hint_lies_in_the_text_and_on_the_scale(text: str) -> None:
    found = find_level_hint(f"{text} 5 years", Span(0, len(text) + 8))
    if found is not None:
        assert found.level in (1, 2, 3)
        assert 0 <= found.words.start < found.words.end <= len(text) + 8


@pytest.mark.parametrize("name", ODD_TEXTS)
def test_odd_texts_are_read_once(name: str) -> None:
    assert find_level_hint(ODD_TEXTS[name], Span(0, len(ODD_TEXTS[name]))) is None
