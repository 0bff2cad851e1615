from __future__ import annotations

import pytest
from hypothesis import given
from tests.engine.matching.odd_texts import MIXED_TEXTS, ODD_TEXTS

from synchromesh.engine.matching.segments import LONGEST_SENTENCE, MOST_SENTENCES, Span, clauses, sentences

MARKS = set(".,;:!?…•▪●◦‣⁃*–—-\"'“”„‘’«»()[]{}|/\\")


def _texts(text: str, spans: list[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def _check(text: str, spans: list[Span], within: Span) -> None:
    """In order, without overlap, inside, with a letter or digit, and without marks and blanks at the ends."""
    before = within.start
    for span in spans:
        assert before <= span.start < span.end <= within.end
        before = span.end
        piece = text[span.start : span.end]
        assert any(sign.isalnum() for sign in piece)
        opens_a_name = piece[0] == "." and piece[1].isalpha()
        assert opens_a_name or not (piece[0] in MARKS or piece[0].isspace())
        assert piece[-1] not in MARKS
        assert not piece[-1].isspace()


@given(text=MIXED_TEXTS)
def test_sentences_and_clauses_are_proper_places_in_the_text(text: str) -> None:
    found = sentences(text)
    _check(text, found, Span(0, len(text)))
    for sentence in found:
        parts = clauses(text, sentence)
        _check(text, parts, sentence)
        assert len(parts) != 1


@given(text=MIXED_TEXTS)
def test_no_letter_or_digit_is_lost_between_sentences(text: str) -> None:
    covered = {at for span in sentences(text) for at in range(span.start, span.end)}
    assert all(at in covered for at, sign in enumerate(text) if sign.isalnum())


@pytest.mark.parametrize("name", ODD_TEXTS)
def test_odd_texts_are_read_once(name: str) -> None:
    text = ODD_TEXTS[name]
    found = sentences(text)
    _check(text, found, Span(0, len(text)))
    assert len(found) <= MOST_SENTENCES
    for sentence in found:
        assert sentence.end - sentence.start <= LONGEST_SENTENCE
        _check(text, clauses(text, sentence), sentence)
    clauses(text, Span(0, len(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plan the work. Report on it!", ["Plan the work", "Report on it"]),
        ("• Plan the work\n• Report on it", ["Plan the work", "Report on it"]),
        ("Skills: • plan • report", ["Skills", "plan", "report"]),
        ("We offer - Training - Coaching", ["We offer", "Training", "Coaching"]),
        ("Umgang mit z. B. Excel usw. im Büro.", ["Umgang mit z. B. Excel usw. im Büro"]),
        ("Prüfung nach Art. 5 der Verordnung.", ["Prüfung nach Art. 5 der Verordnung"]),
        ("This is the state of the art. Next comes practice.", ["This is the state of the art", "Next comes practice"]),
        ("Version 2.5 is used.", ["Version 2.5 is used"]),
        (".NET and C#", [".NET and C#"]),
        ("...and so on", ["and so on"]),
        ("Weld.\u2028Cut.", ["Weld", "Cut"]),
        ("", []),
        (" \n • - ... ", []),
    ],
)
def test_a_text_is_cut_where_a_reader_would_cut_it(text: str, expected: list[str]) -> None:
    assert _texts(text, sentences(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plan, check and report", ["plan", "check", "report"]),
        ("plánovat a kontrolovat (týdně)", ["plánovat", "kontrolovat", "týdně"]),
        ("Java, .NET; C++", ["Java", ".NET", "C++"]),
        ("plan the work", []),
        ("e-learning for on-call staff", []),
    ],
)
def test_a_sentence_is_cut_at_commas_brackets_and_conjunctions(text: str, expected: list[str]) -> None:
    assert _texts(text, clauses(text, Span(0, len(text)))) == expected


def test_a_piece_without_an_end_is_cut_at_a_blank() -> None:
    text = "word " * 300
    found = sentences(text)
    assert len(found) > 1
    assert all(piece.split() == ["word"] * len(piece.split()) for piece in _texts(text, found))


def test_no_more_sentences_are_given_than_the_bound() -> None:
    assert len(sentences("Weld it. " * 1000)) == MOST_SENTENCES
