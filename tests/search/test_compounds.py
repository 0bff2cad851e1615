"""Words that consist of others: taking them apart, and finding them in every backend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.search.sample_documents import document

from synchromesh.search.backends import Index
from synchromesh.search.compounds import LINKS, Parts, collect_parts, read_parts, write_parts
from synchromesh.search.contract import Wanted
from synchromesh.search.queries import search

List = Callable[..., None]

_KNOWN = ["batterie", "technik", "sicherheit", "hochvolt", "prufung", "auto", "werk", "meister", "lehrer"]
_GERMAN = Parts(known={"de": frozenset(_KNOWN)})


def _slugs(query: str) -> list[str]:
    return [hit.slug for hit in search(query, language="de").hits]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("batterietechnik", ("batterie", "technik")),
        ("hochvoltsicherheit", ("hochvolt", "sicherheit")),
        ("sicherheitsprufung", ("sicherheit", "prufung")),
        ("batterietechniken", ("batterie", "techniken")),
        ("hochvoltbatterietechnik", ("hochvolt", "batterie", "technik")),
        ("autowerk", ("auto", "werk")),
        ("technik", ()),
        ("werkzeug", ()),
        ("meisterin", ()),
        ("mechatronik", ()),
        ("lehrerin", ()),
        ("technikbatterix", ()),
    ],
)
def test_a_word_is_taken_apart_only_if_all_its_parts_are_known(word: str, parts: tuple[str, ...]) -> None:
    assert _GERMAN.split(word, "de") == parts


def test_words_of_languages_without_compounds_stay_whole() -> None:
    assert Parts(known={"de": frozenset({"fire", "work"})}).split("firework", "en") == ()
    assert collect_parts([document("a", "Fire work")]).known == {}


def test_parts_are_the_words_that_stand_alone_in_titles_and_labels() -> None:
    titles, labels = {"de": "Prüfung der Batterie, mit Öl"}, {"de": ("Hohe Spannung",), "": ("Kontakt",)}
    found = collect_parts([document("a", titles=titles, labels=labels, texts={"de": "Werkstatt"})])
    assert found.known == {"de": {"prufung", "batterie", "hohe", "spannung"}}


def test_what_stands_before_two_known_words_is_a_part_too() -> None:
    title = "Sicherheit Technik Hochvoltsicherheit Hochvolttechnik Elektrosicherheit"
    known = collect_parts([document("a", titles={"de": title})]).known["de"]
    assert "hochvolt" in known
    assert "elektro" not in known


def test_short_words_of_grammar_are_no_parts() -> None:
    known = collect_parts([document("a", titles={"de": "Nach der Weisung unter Haltung"})]).known
    assert Parts(known=known).split("unterweisung", "de") == ()


@given(word=st.text("abns", max_size=14), known=st.frozensets(st.text("abns", min_size=4, max_size=6), max_size=6))
def test_parts_and_links_make_up_the_word(word: str, known: frozenset[str]) -> None:
    parts = Parts(known={"de": known}).split(word, "de")
    assert len(parts) != 1
    rest = word
    for part in parts:
        assert rest.startswith(part)
        rest = rest[len(part) :]
        following = parts[parts.index(part) + 1 :]
        assert not following or any(rest.startswith(link) for link in LINKS["de"])
        if following:
            rest = rest[rest.index(following[0]) :]
    assert not parts or rest == ""


def test_parts_are_kept_in_a_file(tmp_path: Path) -> None:
    write_parts(_GERMAN, tmp_path / "parts.txt")
    assert read_parts(tmp_path / "parts.txt").known == _GERMAN.known


@pytest.mark.parametrize("query", ["Technik", "Batterie Technik", "technik batterie", "Techniken"])
@pytest.mark.usefixtures("backend")
def test_a_compound_is_found_by_its_parts(listed: List, query: str) -> None:
    listed(
        document("compound", titles={"de": "Batterietechnik"}),
        document("parts", titles={"de": "Lager"}, labels={"de": ("Technik", "Batterie")}),
        document("other", titles={"de": "Schweißen"}),
    )
    assert sorted(_slugs(query)) == ["compound", "parts"]
    assert search(query).exact


@pytest.mark.usefixtures("backend")
def test_a_part_counts_less_than_the_word_and_its_beginning(listed: List) -> None:
    listed(
        document("a", titles={"de": "Batterietechnik"}),
        document("b", titles={"de": "Techniker"}),
        document("c", titles={"de": "Technik"}, labels={"de": ("Batterie",)}),
    )
    assert _slugs("technik") == ["c", "b", "a"]


@pytest.mark.usefixtures("backend")
@pytest.mark.parametrize(
    ("language", "compound", "alone", "query"),
    [
        ("nl", "Veiligheidstraining", "Veiligheid Training", "training"),
        ("sv", "Säkerhetsutbildning", "Säkerhet Utbildning", "utbildning"),
        ("da", "Sikkerhedskursus", "Sikkerhed Kursus", "kursus"),
        ("nb", "Sikkerhetskurs", "Sikkerhet Kurs", "kurs"),
        ("fi", "Akkutekniikka", "Akku Tekniikka", "tekniikka"),
    ],
)
def test_compounds_of_other_languages_are_found_too(
    listed: List, language: str, compound: str, alone: str, query: str
) -> None:
    listed(document("compound", titles={language: compound}), document("words", titles={language: alone}))
    assert _slugs(query) == ["words", "compound"]


def test_what_is_put_later_is_taken_apart_with_the_parts_of_the_index(index: Index) -> None:
    index.replace_all([document("words", titles={"de": "Batterie Technik"})])
    index.put([document("compound", titles={"de": "Batterietechnik"})])
    assert [hit.slug for hit in index.search(Wanted(words=("technik",))).hits] == ["words", "compound"]
