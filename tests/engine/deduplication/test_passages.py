"""Which words of a text are read in another language: those that few other texts have."""

from __future__ import annotations

from tests.engine.deduplication.invented_courses import course

from synchromesh.engine.deduplication.corpus import prepare
from synchromesh.engine.deduplication.courses import CourseProfile
from synchromesh.engine.deduplication.passages import MOST, telling_passages

USUAL = "Fragen Sie uns nach Förderung."
WORDS = ("Ventile", "Dichtungen", "Pumpen", "Kolben", "Lager", "Wellen", "Federn", "Bolzen")


def crowd(text: str, title: str = "Hydraulik im Betrieb") -> list[CourseProfile]:
    """A course among others, all of which end alike."""
    others = [course(f"b{at}", title=f"Kurs {word}", text=f"{word} prüfen. {USUAL}") for at, word in enumerate(WORDS)]
    return [course("a", title=title, text=text), *others]


def passages(text: str, title: str = "Hydraulik im Betrieb") -> tuple[str, ...]:
    return telling_passages(prepare(crowd(text, title)), [0])[0]


def test_what_all_texts_say_is_left_out() -> None:
    assert passages(f"Zahnräder vermessen lernen. {USUAL}") == ("Zahnräder vermessen lernen",)


def test_what_the_title_says_is_left_out() -> None:
    assert passages("Hydraulik, Getriebe und Kupplung.") == ("Getriebe und Kupplung",)


def test_a_single_short_word_is_no_passage_and_a_long_one_is() -> None:
    assert passages("Hydraulik Öle.") == ()
    assert passages("Hydraulik Zahnradpumpen.") == ("Zahnradpumpen",)


def test_a_long_sentence_is_cut_between_words_and_a_long_text_after_some_passages() -> None:
    told = passages(". ".join(" ".join(f"wort{at}x{number}" for number in range(40)) for at in range(9)))
    assert len(told) == MOST
    assert all(len(text) <= 110 and text.split()[-1].startswith("wort") for text in told)


def test_a_course_without_a_text_has_none() -> None:
    assert passages("") == ()
