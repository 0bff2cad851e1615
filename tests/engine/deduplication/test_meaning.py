"""Twins in another language, found by vectors. Vectors here are made by hand: one direction for each topic."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.engine.deduplication.invented_courses import background

from synchromesh.engine.deduplication.corpus import prepare
from synchromesh.engine.deduplication.courses import CourseProfile
from synchromesh.engine.deduplication.finding import find_duplicates
from synchromesh.engine.deduplication.meaning import FEWEST, Neighbourhood

Vectors = NDArray[np.float32]
TOPICS = 40


def two_languages(shift: float = 0.5) -> tuple[list[CourseProfile], Vectors]:
    """German courses on 40 topics and English ones, the first ten on the same topics at the same providers.

    `shift` is what all texts of a language have in common, as encoders give it.
    """
    german = [replace(one, key=f"de{at:02}") for at, one in enumerate(background(TOPICS))]
    english = [
        replace(
            one, key=f"en{at:02}", language="en", title=f"Course number {chr(97 + at % 26)}{at}", text="", address=""
        )
        for at, one in enumerate(german)
    ]
    generator = np.random.default_rng(5)
    topics = generator.normal(size=(2 * TOPICS, 64))
    there, back = topics[:TOPICS], np.vstack((topics[:10], topics[TOPICS + 10 :]))
    vectors = np.vstack((there, back)) + shift * np.repeat(generator.normal(size=(2, 64)) * 4, TOPICS, axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return [*german, *english], vectors.astype(np.float32)


def scores(courses: list[CourseProfile], vectors: Vectors) -> dict[tuple[str, str], float]:
    return {(pair.first, pair.second): pair.score for pair in find_duplicates(courses, vectors, threshold=0)}


def test_twins_in_another_language_score_above_every_stranger() -> None:
    found = scores(*two_languages())
    across = sorted((pair for pair in found if pair[0][:2] != pair[1][:2]), key=lambda pair: -found[pair])
    assert set(across[:10]) == {(f"de{at:02}", f"en{at:02}") for at in range(10)}


def test_without_vectors_the_twin_is_not_found() -> None:
    courses, _ = two_languages()
    assert find_duplicates(courses, None) == []


def test_another_level_is_less_of_a_twin() -> None:
    courses, vectors = two_languages()
    before = scores(courses, vectors)
    courses[0] = replace(courses[0], title=f"{courses[0].title} – Grundlagen")
    courses[TOPICS] = replace(courses[TOPICS], title=f"{courses[TOPICS].title} – advanced")
    after = scores(courses, vectors)
    assert after.get(("de00", "en00"), 0) < before["de00", "en00"] / 2
    assert after["de01", "en01"] > before["de01", "en01"] / 2


def test_how_near_a_twin_stands_does_not_depend_on_what_a_language_has_in_common() -> None:
    for shift in (0.0, 1.0):
        courses, vectors = two_languages(shift)
        (meaning,) = Neighbourhood(prepare(courses), vectors).compare(np.array([[0, TOPICS]]))
        assert meaning.rank == 0
        assert meaning.standing > 4
        assert meaning.margin > 2


def test_a_handful_of_courses_is_no_measure_of_what_is_usual() -> None:
    courses, vectors = two_languages()
    few = [*range(5), *range(TOPICS, TOPICS + 5)]
    assert len(few) < FEWEST
    assert find_duplicates([courses[at] for at in few], vectors[few]) == []


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(2 * TOPICS)))
def test_the_order_of_courses_and_vectors_does_not_matter(order: list[int]) -> None:
    courses, vectors = two_languages()
    mixed = find_duplicates([courses[at] for at in order], vectors[order], threshold=0)
    assert [(p.first, p.second) for p in mixed[:10]] == [
        (p.first, p.second) for p in find_duplicates(courses, vectors, threshold=0)[:10]
    ]


def test_vectors_of_length_zero_do_no_harm() -> None:
    courses, vectors = two_languages()
    find_duplicates(courses, np.zeros_like(vectors), threshold=0)
