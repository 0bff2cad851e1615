"""Finds the pairs of courses that look like one course.

What is compared is bounded (see `blocking`): at most about 150 full comparisons for each course, whatever the input.
Many courses that are all alike are therefore not paired all with all: up to 25 are, beyond that each is paired with
some of the others, and `group_duplicates` gives the whole group.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.deduplication.blocking import Pairs, candidate_pairs, unite
from synchromesh.engine.deduplication.corpus import Corpus, Prepared, prepare
from synchromesh.engine.deduplication.courses import CourseProfile, DuplicatePair, refuse_repeated_keys
from synchromesh.engine.deduplication.likeness import Likeness, compare
from synchromesh.engine.deduplication.meaning import FEWEST, Meaning, Neighbourhood
from synchromesh.engine.deduplication.reasons import explain
from synchromesh.engine.deduplication.weighing import shipped_weighing
from synchromesh.engine.errors import InvalidInput

Vectors = NDArray[np.float32]


def find_duplicates(
    courses: Sequence[CourseProfile], vectors: Vectors | None, *, threshold: float | None = None
) -> list[DuplicatePair]:
    """Return the pairs that score at least `threshold`, the likeliest first.

    `vectors` has a row for each course, in the same order: the vector of its title by a sentence encoder for several
    languages, of length 1. Without vectors, courses are compared within their language and where titles or texts share
    words. The order of courses does not matter. Raises InvalidInput for a key that comes twice, for vectors that do not
    fit and for a threshold outside 0 to 1.
    """
    return _find(courses, vectors, threshold, touching=None)


def find_duplicates_of(
    keys: Collection[str],
    courses: Sequence[CourseProfile],
    vectors: Vectors | None,
    *,
    threshold: float | None = None,
) -> list[DuplicatePair]:
    """Return the pairs of `find_duplicates` of which one course at least is among `keys` (new or changed courses).

    `courses` holds all of the catalogue, since how much a word says depends on it; only pairs with a course of `keys`
    are compared in full. Raises InvalidInput as `find_duplicates` does.
    """
    return _find(courses, vectors, threshold, touching=frozenset(keys))


def compared_pairs(
    courses: Sequence[CourseProfile], vectors: Vectors | None, *, touching: Collection[str] | None = None
) -> Iterator[tuple[str, str, Likeness]]:
    """Yield every pair that is compared in full, with how alike it is; keys in order. For fitting and for tests."""
    for one, other, _, likeness, _ in _compared(courses, vectors, touching):
        yield one.course.key, other.course.key, likeness


def group_duplicates(pairs: Sequence[DuplicatePair]) -> list[tuple[str, ...]]:
    """Return the groups of courses that hang together by pairs, each in the order of keys, the largest first.

    Hanging together is weaker than being a pair: of a long chain the ends may differ, so a group is looked at pair by
    pair before anything is merged.
    """
    leaders: dict[str, str] = {}

    def leader_of(key: str) -> str:
        while leaders.setdefault(key, key) != key:
            leaders[key] = key = leaders[leaders[key]]
        return key

    for pair in pairs:
        one, other = sorted((leader_of(pair.first), leader_of(pair.second)))
        leaders[other] = one
    groups: dict[str, list[str]] = {}
    for key in sorted(leaders):
        groups.setdefault(leader_of(key), []).append(key)
    return sorted((tuple(group) for group in groups.values()), key=lambda group: (-len(group), group))


def _find(
    courses: Sequence[CourseProfile],
    vectors: Vectors | None,
    threshold: float | None,
    *,
    touching: Collection[str] | None,
) -> list[DuplicatePair]:
    weighing = shipped_weighing()
    least = weighing.threshold if threshold is None else threshold
    if not 0 <= least <= 1:
        raise InvalidInput("The threshold lies between 0 and 1.", field="threshold")
    found = []
    for one, other, corpus, likeness, meaning in _compared(courses, vectors, touching):
        score = weighing.score(likeness)
        if score >= least:
            found.append(explain(one, other, corpus, score=score, meaning=meaning))
    return sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second))


def _compared(
    courses: Sequence[CourseProfile], vectors: Vectors | None, touching: Collection[str] | None
) -> Iterator[tuple[Prepared, Prepared, Corpus, Likeness, Meaning | None]]:
    corpus, neighbourhood = _prepared(courses, vectors)
    pairs = _worth_comparing(corpus, neighbourhood, touching)
    meanings = _meanings(corpus, neighbourhood, pairs)
    for first, second in pairs.tolist():
        one, other = corpus.courses[first], corpus.courses[second]
        meaning = meanings.get((first, second))
        yield one, other, corpus, compare(one, other, corpus, meaning), meaning


def _meanings(corpus: Corpus, neighbourhood: Neighbourhood | None, pairs: Pairs) -> dict[tuple[int, int], Meaning]:
    """How near the pairs of two languages are in meaning."""
    if neighbourhood is None or not len(pairs):
        return {}
    languages = np.array([one.course.language for one in corpus.courses])
    across = pairs[languages[pairs[:, 0]] != languages[pairs[:, 1]]]
    return dict(zip(map(tuple, across.tolist()), neighbourhood.compare(across), strict=True))


def _prepared(courses: Sequence[CourseProfile], vectors: Vectors | None) -> tuple[Corpus, Neighbourhood | None]:
    """The courses in the order of their keys, so that nothing depends on the order in which they came."""
    refuse_repeated_keys(courses)
    order = sorted(range(len(courses)), key=lambda at: courses[at].key)
    corpus = prepare([courses[at] for at in order])
    if vectors is None:
        return corpus, None
    if vectors.ndim != 2 or len(vectors) != len(courses):
        raise InvalidInput("There must be one vector for each course, in the same order.", field="vectors")
    if len(courses) < FEWEST:
        return corpus, None
    return corpus, Neighbourhood(corpus, np.ascontiguousarray(vectors[order], dtype=np.float32))


def _worth_comparing(corpus: Corpus, neighbourhood: Neighbourhood | None, touching: Collection[str] | None) -> Pairs:
    pairs = candidate_pairs(corpus) if len(corpus.courses) > 1 else np.zeros((0, 2), dtype=np.int64)
    if neighbourhood is not None:
        pairs = unite(pairs, neighbourhood.pairs())
    if touching is None:
        return pairs
    wanted = np.array([one.course.key in touching for one in corpus.courses], dtype=bool)
    return pairs[wanted[pairs].any(axis=1)] if len(pairs) else pairs
