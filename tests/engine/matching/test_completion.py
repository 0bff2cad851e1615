"""Completion: order of the ways to be found, one row for each concept, bounds; as properties where there are any."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.matching.sample_vocabulary import (
    BATTERIES,
    LABELS,
    SAMPLE,
    WELDING,
    completion_of,
    concepts_of,
)

from synchromesh.engine.matching.completion import Completion, Hit, LabelCompletion
from synchromesh.engine.matching.completion_arrays import build_arrays, read_arrays, write_arrays
from synchromesh.engine.matching.concepts import Concept, Vocabulary
from synchromesh.engine.matching.folding import fold_label

ORDER = list(Hit)
VOCABULARIES = st.lists(st.lists(LABELS, min_size=1, max_size=4), min_size=1, max_size=8)


def found(typed: str, language: str = "en", limit: int = 10) -> list[tuple[str, str, str]]:
    """Label, language and way of each answer over the sample."""
    rows = completion_of(*SAMPLE).complete(typed, language=language, limit=limit)
    return [(row.label, row.language, row.hit.value) for row in rows]


def test_an_exact_label_stands_before_labels_that_begin_so() -> None:
    assert found("arc") == [
        ("arc", "en", "exact"),
        ("arc welding", "en", "prefix"),
        ("archive documents", "en", "prefix"),
    ]


def test_a_word_inside_a_label_is_found_by_its_beginning() -> None:
    assert found("manag") == [("battery management", "en", "word_prefix")]
    assert found("welding arc")[0] == ("arc welding", "en", "word_prefix")


@pytest.mark.parametrize("typed", ["weldnig", "wleding", "weding", "arc weldng", "batery managment", "manegement"])
def test_a_typing_error_is_forgiven_and_said(typed: str) -> None:
    rows = completion_of(*SAMPLE).complete(typed)
    assert rows
    assert rows[0].uri in {"weld", "battery"}
    assert rows[0].hit is Hit.FUZZY


@pytest.mark.parametrize("typed", ["xqzzyvw", "arx", "", "   ", "+", "-–", "\0"])
def test_what_is_like_nothing_finds_nothing(typed: str) -> None:
    assert found(typed) == []


def test_a_label_of_any_language_is_found_and_the_name_comes_in_the_language_of_the_reader() -> None:
    (row,) = completion_of(*SAMPLE).complete("schweissen", language="cs")
    assert row == Completion(
        uri="weld",
        label="Schweißen",
        language="de",
        preferred="svařování obloukem",
        preferred_language="cs",
        hit=Hit.EXACT,
    )


def test_a_name_that_is_missing_in_the_language_of_the_reader_comes_in_english() -> None:
    (row,) = completion_of(*SAMPLE).complete("řízení bat", language="de")
    assert (row.preferred, row.preferred_language) == ("battery management", "en")


def test_the_language_of_the_reader_goes_before_preferred_labels_and_those_before_short_ones() -> None:
    concepts = (
        Concept(uri="other-language", kind="skill", preferred={"de": "lot"}),
        Concept(uri="alternative", kind="skill", preferred={"en": "solder"}, alternatives={"en": ("lots",)}),
        Concept(uri="long", kind="skill", preferred={"en": "lot of tools"}),
        Concept(uri="short", kind="skill", preferred={"en": "lot size"}),
    )
    rows = completion_of(*concepts).complete("lo", language="en")
    assert [row.uri for row in rows] == ["short", "long", "alternative", "other-language"]
    assert completion_of(*concepts).complete("lo", language="de")[0].uri == "other-language"


def test_what_means_the_same_comes_last_and_only_where_there_is_room() -> None:
    asked: list[int] = []

    def meaning(typed: str, language: str, limit: int) -> list[str]:
        asked.append(limit)
        return ["weld", "battery", "unknown"]

    completion = LabelCompletion(build_arrays(Vocabulary(name="sample", concepts=SAMPLE)), by_meaning=meaning)
    rows = completion.complete("management", limit=5)
    assert [(row.uri, row.hit.value) for row in rows] == [("battery", "word_prefix"), ("weld", "meaning")]
    assert [row.uri for row in completion.complete("management", limit=1)] == ["battery"]
    assert len(asked) == 1


def test_a_sign_that_belongs_to_a_name_counts() -> None:
    assert found("c++") == [("C++", "en", "exact")]
    assert found("c")[0][0] == "C++"


@pytest.mark.parametrize(("title", "expected"), [
    ("Lichtbogenschweissen", ("weld", Hit.EXACT)),
    ("battery managment", ("battery", Hit.FUZZY)),
    ("welding arc", ("weld", Hit.FUZZY)),
])  # fmt: skip
def test_a_whole_label_is_named_also_with_an_error(title: str, expected: tuple[str, Hit]) -> None:
    assert [(row.uri, row.hit) for row in completion_of(*SAMPLE).named(title)] == [expected]


@pytest.mark.parametrize("title", ["battery", "arc weld", "", "battery management systems", "word " * 100])
def test_a_part_of_a_label_names_nothing(title: str) -> None:
    assert completion_of(WELDING, BATTERIES).named(title) == []


def test_an_occupation_is_found_by_each_gender_of_its_name() -> None:
    label = "Technicien/technicienne de cellules"
    completion = completion_of(Concept(uri="cell", kind="occupation", preferred={"fr": label}))
    for typed in ("technicien de cellules", "technicienne de cellules", label):
        assert [(row.uri, row.hit, row.preferred) for row in completion.named(typed)] == [("cell", Hit.EXACT, label)]


def test_arrays_come_back_from_their_files(tmp_path: Path) -> None:
    arrays = build_arrays(Vocabulary(name="sample", concepts=SAMPLE))
    write_arrays(arrays, tmp_path / "arrays")
    again = LabelCompletion(read_arrays(tmp_path / "arrays"))
    for typed in ("arc", "weldnig", "řízení"):
        assert again.complete(typed) == LabelCompletion(arrays).complete(typed)
    (tmp_path / "arrays" / "rank.npy").unlink()
    with pytest.raises(OSError, match="rank"):
        read_arrays(tmp_path / "arrays")


def test_an_empty_vocabulary_answers_nothing(tmp_path: Path) -> None:
    write_arrays(build_arrays(Vocabulary(name="empty", concepts=())), tmp_path / "arrays")
    completion = LabelCompletion(read_arrays(tmp_path / "arrays"))
    assert completion.complete("welding") == completion.named("welding") == []


@given(VOCABULARIES, st.data())
def test_an_exact_label_is_always_first(labels: list[list[str]], data: st.DataObject) -> None:
    label = data.draw(st.sampled_from([label for row in labels for label in row]))
    rows = completion_of(*concepts_of(labels)).complete(label, limit=1)
    if fold_label(label):
        assert rows[0].hit is Hit.EXACT
        assert fold_label(rows[0].label) == fold_label(label)
    else:
        assert rows == []


@given(VOCABULARIES, LABELS, st.integers(0, 6))
def test_answers_keep_their_order_and_name_each_concept_once(labels: list[list[str]], typed: str, limit: int) -> None:
    rows = completion_of(*concepts_of(labels)).complete(typed, limit=limit)
    assert len(rows) <= limit
    assert len({row.uri for row in rows}) == len(rows)
    assert [row.hit for row in rows] == sorted((row.hit for row in rows), key=ORDER.index)
    for row in rows:
        if row.hit in {Hit.EXACT, Hit.PREFIX}:
            assert fold_label(row.label).startswith(fold_label(typed))


@given(VOCABULARIES, LABELS)
def test_every_label_that_begins_so_is_found_where_there_is_room(labels: list[list[str]], typed: str) -> None:
    rows = completion_of(*concepts_of(labels)).complete(typed, limit=100)
    folded = fold_label(typed)
    begun = {
        f"c{at}" for at, row in enumerate(labels) if folded and any(fold_label(one).startswith(folded) for one in row)
    }
    assert {row.uri for row in rows if row.hit in {Hit.EXACT, Hit.PREFIX}} == begun


@given(VOCABULARIES, LABELS)
def test_case_does_not_matter(labels: list[list[str]], typed: str) -> None:
    completion = completion_of(*concepts_of(labels))
    assert completion.complete(typed.upper()) == completion.complete(typed)


@given(st.text(max_size=3000), st.sampled_from(["en", "de", "", "zz"]))
def test_whatever_is_typed_is_answered(typed: str, language: str) -> None:
    completion = completion_of(*SAMPLE)
    assert len(completion.complete(typed, language=language, limit=3)) <= 3
    assert len(completion.named(typed, language=language, limit=3)) <= 3


@pytest.mark.parametrize("typed", ["a" * 1_000_000, "a " * 100_000, "é" * 50_000, "welding " * 50_000, "🔋" * 1000])
def test_a_huge_text_is_cut(typed: str) -> None:
    assert completion_of(*SAMPLE).complete(typed, limit=2) == completion_of(*SAMPLE).complete(typed[:400], limit=2)
