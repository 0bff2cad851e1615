from __future__ import annotations

import pytest
import tantivy
from hypothesis import given, settings
from hypothesis import strategies as st

from synchromesh.engine.vocabulary.folding import fold
from synchromesh.search.analysis import STEMMERS, is_near, query_words, stem_of, tolerance

_SHORT = st.text("abc", max_size=6)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Schweißer", "schweisser"),
        ("CAFÉ", "cafe"),
        ("Œuvre", "oeuvre"),
        ("Łódź", "lodz"),
        ("Ταχύς", "ταχυσ"),
        ("\u212b", "a"),  # the sign for ångström
        ("plain TEXT", "plain text"),
    ],
)
def test_folding_takes_away_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_half_characters_are_dropped_because_no_index_can_hold_them() -> None:
    assert fold("a\ud800b").encode() == b"ab"


def test_a_repeated_word_stays_at_its_last_place() -> None:
    assert query_words("battery cell battery") == ("cell", "battery")


def test_folding_can_lengthen_a_query_only_to_twice_the_limit() -> None:
    assert sum(map(len, query_words("\ufb03" * 200))) == 400  # one sign that stands for three letters


def test_stems_join_the_forms_of_an_english_word() -> None:
    assert {stem_of(word, "en") for word in ("battery", "batteries")} == {"batteri"}


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("de", ("batterie", "batterien")),
        ("de-AT", ("prufung", "prufungen")),
        ("fr", ("machine", "machines")),
        ("es", ("maquina", "maquinas")),
        ("sv", ("batteri", "batterier")),
        ("nl", ("machine", "machines")),
        ("it", ("saldatore", "saldatori")),
    ],
)
def test_each_language_takes_off_its_own_endings(language: str, forms: tuple[str, ...]) -> None:
    assert len({stem_of(word, language) for word in forms}) == 1


@pytest.mark.parametrize("language", STEMMERS)
def test_every_stemmer_works(language: str) -> None:
    assert stem_of("technician", language)


def test_words_of_a_language_without_a_stemmer_stay_as_they_are() -> None:
    assert (stem_of("baterie", "cs"), stem_of("batteries", "")) == ("baterie", "batteries")


@pytest.mark.parametrize(("word", "letters"), [("abc", 0), ("abcd", 1), ("abcdefg", 1), ("abcdefgh", 2)])
def test_longer_words_may_have_more_wrong_letters(word: str, letters: int) -> None:
    assert tolerance(word) == letters


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("abcd", "abcd", 0),
        ("abcd", "abd", 1),
        ("abcd", "abxd", 1),
        ("abcd", "bacd", 1),
        ("ca", "abc", 3),
        ("", "ab", 2),
    ],
)
def test_distances_count_single_changes_and_swaps_of_neighbours(one: str, other: str, distance: int) -> None:
    assert is_near(one, other, distance)
    assert distance == 0 or not is_near(one, other, distance - 1)


@given(one=_SHORT, other=_SHORT, distance=st.integers(0, 3))
def test_being_near_is_mutual(one: str, other: str, distance: int) -> None:
    assert is_near(one, other, distance) == is_near(other, one, distance)


@settings(max_examples=50, deadline=None)  # an index is made for each
@given(
    words=st.lists(st.text("abc", min_size=1, max_size=6), min_size=1, max_size=12),
    query=st.text("abc", min_size=1, max_size=6),
)
def test_near_words_are_the_same_as_those_of_the_embedded_index(words: list[str], query: str) -> None:
    schema = tantivy.SchemaBuilder().add_text_field("word", stored=True, tokenizer_name="raw").build()
    index = tantivy.Index(schema)
    writer = index.writer(15_000_000, 1)
    for word in words:
        writer.add_document(tantivy.Document(word=word))
    writer.commit()
    index.reload()
    searcher = index.searcher()
    for distance in (1, 2):
        found = searcher.search(tantivy.Query.fuzzy_term_query(schema, "word", query, distance), 100).hits
        near = sorted(searcher.doc(address)["word"][0] for _score, address in found)
        assert near == sorted(word for word in words if is_near(query, word, distance))
