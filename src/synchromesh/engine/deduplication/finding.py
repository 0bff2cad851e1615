"""Finds the pairs of courses that look like one course.

What is compared is bounded (see `blocking`): at most about 150 full comparisons for each course, whatever the input.
Many courses that are all alike are therefore not paired all with all: up to 25 are, beyond that each is paired with
some of the others, and `group_duplicates` gives the whole group.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.deduplication.blocking import Pairs, candidate_pairs, unite
from synchromesh.engine.deduplication.corpus import Corpus, Prepared, prepare
from synchromesh.engine.deduplication.courses import CourseProfile, DuplicatePair, refuse_repeated_keys
from synchromesh.engine.deduplication.deciding import DOUBT, deciding_features
from synchromesh.engine.deduplication.likeness import Likeness, compare
from synchromesh.engine.deduplication.meaning import FEWEST, Meaning, Neighbourhood
from synchromesh.engine.deduplication.reading import Read, read_pairs
from synchromesh.engine.deduplication.reasons import explain
from synchromesh.engine.deduplication.surroundings import PairOdds, look_around
from synchromesh.engine.deduplication.weighing import Weighing, shipped_weighing
from synchromesh.engine.errors import InvalidInput

Vectors = NDArray[np.float32]


def find_duplicates(
    courses: Sequence[CourseProfile],
    vectors: Vectors | None,
    *,
    read: Read | None = None,
    threshold: float | None = None,
) -> list[DuplicatePair]:
    """Return the pairs that score at least `threshold`, the likeliest first; without one, as the models were fitted.

    `vectors` has a row for each course, in the same order: the vector of `telling_part` of its title by a sentence
    encoder for several languages, of length 1. `read` is such an encoder; it is asked for some passages of the texts of
    pairs in doubt. Without vectors, courses are compared within their language and where titles or texts share words.
    The order of courses does not matter. Raises InvalidInput for a key that comes twice, for vectors that do not fit
    and for a threshold outside 0 to 1.
    """
    if threshold is not None and not 0 <= threshold <= 1:
        raise InvalidInput("The threshold lies between 0 and 1.", field="threshold")
    weighing, comparison = shipped_weighing(), _compare(courses, vectors)
    rows = comparison.corpus.courses
    found = []
    for pair, deciding in comparison.weighed(weighing, read):
        score = weighing.score(pair, deciding, threshold=threshold)
        if score is not None:
            meaning = comparison.meanings.get((pair.first, pair.second))
            found.append(explain(rows[pair.first], rows[pair.second], comparison.corpus, score=score, meaning=meaning))
    return sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second))


def weighed_pairs(
    courses: Sequence[CourseProfile], vectors: Vectors | None, read: Read | None, weighing: Weighing
) -> Iterator[tuple[str, str, PairOdds, tuple[float, ...] | None]]:
    """Yield every pair that is compared in full, with its odds and with the features `DECIDING` where it is in doubt.

    For fitting and for tests.
    """
    comparison = _compare(courses, vectors)
    keys = [one.course.key for one in comparison.corpus.courses]
    for pair, deciding in comparison.weighed(weighing, read):
        yield keys[pair.first], keys[pair.second], pair, deciding


def compared_pairs(courses: Sequence[CourseProfile], vectors: Vectors | None) -> Iterator[tuple[str, str, Likeness]]:
    """Yield every pair that is compared in full, with how alike it is; keys in order. For fitting and for tests."""
    comparison = _compare(courses, vectors)
    for one, other, likeness in comparison.likenesses():
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


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Which rows of a corpus are compared, and how near those of two languages are in meaning."""

    corpus: Corpus
    pairs: Pairs
    meanings: Mapping[tuple[int, int], Meaning]

    def likenesses(self) -> Iterator[tuple[Prepared, Prepared, Likeness]]:
        """How alike the courses of each pair are."""
        for first, second in self.pairs.tolist():
            one, other = self.corpus.courses[first], self.corpus.courses[second]
            yield one, other, compare(one, other, self.corpus, self.meanings.get((first, second)))

    def weighed(self, weighing: Weighing, read: Read | None) -> Iterator[tuple[PairOdds, tuple[float, ...] | None]]:
        """The odds of each pair, with what decides where it is of two languages and in doubt."""
        odds: list[PairOdds] = []
        stated: dict[tuple[int, int], tuple[float, ...]] = {}
        for one, other, likeness in self.likenesses():
            pair = weighing.odds(one.row, other.row, likeness)
            odds.append(pair)
            if likeness.across is not None and pair.across is not None and pair.across > DOUBT:
                stated[one.row, other.row] = likeness.across
        told = read_pairs(self.corpus, stated, read)
        languages = [one.course.language for one in self.corpus.courses]
        for pair, around in zip(odds, look_around(odds, languages), strict=True):
            rows = pair.first, pair.second
            yield pair, deciding_features(around, told[rows], stated[rows]) if around and rows in stated else None


def _compare(courses: Sequence[CourseProfile], vectors: Vectors | None) -> _Comparison:
    corpus, neighbourhood = _prepared(courses, vectors)
    pairs = _worth_comparing(corpus, neighbourhood)
    return _Comparison(corpus, pairs, _meanings(corpus, neighbourhood, pairs))


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


def _worth_comparing(corpus: Corpus, neighbourhood: Neighbourhood | None) -> Pairs:
    pairs = candidate_pairs(corpus) if len(corpus.courses) > 1 else np.zeros((0, 2), dtype=np.int64)
    return pairs if neighbourhood is None else unite(pairs, neighbourhood.pairs())
