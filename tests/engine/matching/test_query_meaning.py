"""What typed words mean, by letters and by an encoder that is made up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synchromesh.engine.matching.concepts import Concept
from synchromesh.engine.matching.encoders import TextKind, Vectors
from synchromesh.engine.matching.query_meaning import QueryMeaning, make_vectors

CONCEPTS = (
    Concept(
        uri="skill/weld",
        kind="skill",
        preferred={"en": "Weld busbars (copper)", "de": "Stromschienen schweißen"},
        alternatives={"": ("weld busbars",), "fr": ("soudage",)},
        description="Join cells and busbars.",
    ),
    Concept(uri="skill/paint", kind="skill", preferred={"en": "Spray paint", "de": "Lack spritzen"}),
    Concept(uri="role/painter", kind="occupation", preferred={"en": "Vehicle painter"}),
)
_LIKE_WELDING = {"weld busbars", "stromschienen schweißen", "join cells and busbars.", "fusing metal"}


class _MadeUp:
    """Knows two meanings: what is like welding, and everything else."""

    identity = "made up"

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> Vectors:
        return np.array([[1, 0] if text.lower() in _LIKE_WELDING else [0, 1] for text in texts], dtype=np.float32)


@pytest.fixture(scope="module")
def by_letters() -> QueryMeaning:
    return QueryMeaning(CONCEPTS)


@pytest.fixture(scope="module")
def by_meaning() -> QueryMeaning:
    return QueryMeaning(CONCEPTS, vectors=make_vectors(CONCEPTS, _MadeUp(), cache=None))


def _uris(meaning: QueryMeaning, query: str, least: float = 0.1) -> list[str]:
    return [one.uri for one in meaning.weigh(query, least=least, most=5)]


@pytest.mark.parametrize("query", ["weld busbars", "Stromschienen Schweißen", "stromschiene", "soudage"])
def test_letters_alone_find_names_in_every_language(by_letters: QueryMeaning, query: str) -> None:
    assert _uris(by_letters, query)[0] == "skill/weld"


def test_a_name_without_a_common_letter_is_found_by_its_meaning(
    by_letters: QueryMeaning, by_meaning: QueryMeaning
) -> None:
    assert _uris(by_letters, "fusing metal") == []
    assert _uris(by_meaning, "fusing metal", least=0.3) == ["skill/weld"]


def test_an_everyday_word_is_looked_up_in_the_words_of_skills(by_letters: QueryMeaning) -> None:
    assert _uris(by_letters, "soldador") == ["skill/weld"]


def test_what_weighs_most_stands_first_and_no_more_are_given_than_asked_for(by_letters: QueryMeaning) -> None:
    found = by_letters.weigh("vehicle painter spray paint", least=0.0, most=2)
    assert {one.uri for one in found} == {"role/painter", "skill/paint"}
    assert found[0].weight >= found[1].weight > 0


def test_nothing_is_meant_by_an_empty_query_and_among_no_concepts(by_meaning: QueryMeaning) -> None:
    assert by_meaning.weigh(" ", least=0.0, most=5) == []
    assert QueryMeaning(()).weigh("weld", least=0.0, most=5) == []


def test_vectors_are_kept_in_the_folder_and_read_again(tmp_path: Path) -> None:
    first = make_vectors(CONCEPTS, _MadeUp(), cache=tmp_path)
    kept = sorted(file.name for file in tmp_path.iterdir())
    again = make_vectors(CONCEPTS, _MadeUp(), cache=tmp_path)
    assert len(kept) == 2
    assert sorted(file.name for file in tmp_path.iterdir()) == kept
    assert np.array_equal(first.names, again.names)
    assert first.owners.tolist() == [0, 0, 1, 1, 2]


@settings(max_examples=40)
@given(query=st.text(max_size=300))
def test_weights_of_any_text_lie_between_none_and_all(query: str) -> None:
    found = QueryMeaning(CONCEPTS).weigh(query, least=0.0, most=5)
    assert all(0 <= one.weight <= 1 for one in found)
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)
