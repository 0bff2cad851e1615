"""Words, sentences and phrases of texts in Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synchromesh.engine.vocabulary.plain_language import (
    count_words,
    mean_sentence_words,
    sentences_citing,
    sentences_in,
    stock_phrases_in,
)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One fact [^a]. Another!", ["One fact.", "Another!"]),
        ("See UN Regulation No. 100 and Fig. 3. It ends.", ["See UN Regulation No. 100 and Fig. 3.", "It ends."]),
        ("Das gilt seit dem 3. Mai, z. B. hier. Ende.", ["Das gilt seit dem 3. Mai, z. B. hier.", "Ende."]),
        ("Platí čl. 5 a např. Příloha. Konec.", ["Platí čl. 5 a např. Příloha.", "Konec."]),
        ('"Is it dead?" Nobody knows.', ['"Is it dead?"', "Nobody knows."]),
        ("It holds 3.7 V at first. **Stop** then.", ["It holds 3.7 V at first.", "Stop then."]),
        ("Read [the rule](https://a.example/b. C) first.", ["Read the rule first."]),
        ("A line\nthat goes on.\n\nNext.", ["A line that goes on.", "Next."]),
        ("## A heading of words\n\n- short item\n- Whole item.", ["Whole item."]),
        ("- one two three four five six seven eight", ["one two three four five six seven eight"]),
        ("| Part | Use |\n|---|---|\n| Cell | It stores. |", ["It stores."]),
        ("1. First.\n2. Second.", ["First.", "Second."]),
    ],
)
def test_a_text_is_taken_apart_into_what_is_read_as_a_sentence(text: str, sentences: list[str]) -> None:
    language = "de" if "Das" in text else "cs" if "Platí" in text else "en"
    assert sentences_in(text, language) == sentences


def test_words_are_those_that_somebody_reads() -> None:
    assert count_words("It is 3.7 V [^a] in [the well-known book](https://a.example/long/address).") == 9
    assert mean_sentence_words(["One two three. One.", "## Heading"], "en") == 2
    assert mean_sentence_words(["## Heading"], "en") is None


def test_the_sentences_that_rest_on_a_source_are_found_wherever_its_mark_stands() -> None:
    text = "First [^a]. Second.[^b] Third rests on *two* [^a] [^b].\n\n- an item [^a]"
    assert sentences_citing(text, "a", "en") == ["First.", "Third rests on two.", "an item"]
    assert sentences_citing(text, "c", "en") == []


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("It is important to note that this **delves**.", "en", ["It is important to note", "delves"]),
        ("In today's fast-paced\nworld all is well.", "en", ["In today's fast-paced world", "fast-paced"]),
        ("Unlock the plug with the key.", "en", []),
        ("Nahtlos verbunden.", "de", ["Nahtlos"]),
        ("Hraje klíčovou roli.", "cs", ["Hraje klíčovou roli", "klíčovou roli"]),
        ("A delve of no language.", "xx", []),
    ],
)
def test_phrases_that_say_nothing_are_found(text: str, language: str, found: list[str]) -> None:
    assert sorted(stock_phrases_in(text, language)) == sorted(found)


@given(st.text(alphabet="ab .!?\n-|#[]^*1", max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_sentence_has_words_that_the_text_has_not(text: str) -> None:
    assert sum(map(count_words, sentences_in(text, "de"))) <= count_words(text) + text.count("[^")
