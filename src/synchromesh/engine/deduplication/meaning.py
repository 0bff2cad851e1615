"""Nearest vectors across languages: the twin of a course in another language, and how far it stands out.

Cosines of one encoder lie between 0 and 0.8, those of another between 0.8 and 0.95, and common topics have many near
neighbours. So a cosine is compared with what is usual in the catalogue: with pairs drawn from it (standard score), and
with the nearest neighbours of both courses in the other's language (margin; M. Artetxe, H. Schwenk, "Margin-based
parallel corpus mining with multilingual sentence embeddings", ACL 2019).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.deduplication.blocking import Pairs
from synchromesh.engine.deduplication.corpus import Corpus

NEIGHBOURS = 8
STANDING_OUT = 4
AT_ONE_PROVIDER = 3
FEWEST = 30
"""Courses that a catalogue needs before "usual" means anything; with fewer, vectors find no twins."""
_FEW = 20  # courses in a language that weigh as much as the rest of the catalogue
_BATCH = 1024
_SAMPLE = 20_000
_LARGEST_PROVIDER = 1500

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Meaning:
    """How near a pair is in meaning, in standard deviations of the catalogue's cosines.

    `standing` is above the usual pair, `margin` above the mean of the nearest neighbours of both, `gap` above the
    nearest other neighbour, `gap_here` the same among the courses of the provider (0 where the providers differ).
    `rank` is 0 where each is the other's nearest. `cosine` is as the encoder gives it.
    """

    cosine: float
    standing: float
    margin: float
    gap: float
    gap_here: float
    rank: float


@dataclass(frozen=True, slots=True)
class _Nearest:
    """For each course of the catalogue the rows of its nearest, -1 where there are fewer, and their cosines."""

    rows: NDArray[np.int64]
    cosines: Vectors

    @classmethod
    def none(cls, count: int, most: int) -> _Nearest:
        return cls(np.full((count, most), -1, dtype=np.int64), np.zeros((count, most), dtype=np.float32))


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a course in a language besides a certain other: mean and highest cosine, and its place."""

    mean: Vectors
    highest: Vectors
    place: NDArray[np.int64]


class Neighbourhood:
    """The nearest courses of each course in each other language; `vectors` has a row of length 1 per course."""

    def __init__(self, corpus: Corpus, vectors: Vectors) -> None:
        languages = sorted({one.course.language for one in corpus.courses})
        numbers = {language: number for number, language in enumerate(languages)}
        self._language = np.array([numbers[one.course.language] for one in corpus.courses], dtype=np.int64)
        self._rows = [np.flatnonzero(self._language == number) for number in range(len(languages))]
        self._stated = vectors
        self._vectors = _centred(vectors, self._rows)
        self._mean, self._spread = self._usual()
        everything = np.arange(len(vectors))
        self._catalogue = [self._nearest_in(everything, rows, NEIGHBOURS) for rows in self._rows]
        self._provider, groups = _providers(corpus)
        self._here = self._nearest_at_providers(groups)
        self._title = _same_titles(corpus)

    def pairs(self) -> Pairs:
        """The pairs worth comparing: those that stand out most, in the catalogue and at the same provider."""
        found = [self._outstanding()]
        for here in self._here:
            rows, places = np.nonzero(here.rows >= 0)
            others = here.rows[rows, places]
            apart = self._language[rows] != self._language[others]
            found.append(np.column_stack((rows, others))[apart])
        return np.concatenate(found)

    def compare(self, pairs: Pairs) -> list[Meaning]:
        """How near the two courses of each pair are; meant for pairs of different languages."""
        first, second = pairs[:, 0], pairs[:, 1]
        cosine = np.einsum("ij,ij->i", self._vectors[first], self._vectors[second])
        stated = np.einsum("ij,ij->i", self._stated[first], self._stated[second])
        there, back = self._around(self._catalogue, first, second), self._around(self._catalogue, second, first)
        here = [self._around(self._here, *rows).highest for rows in ((first, second), (second, first))]
        at_home = (self._provider[first] >= 0) & (self._provider[first] == self._provider[second])
        columns = (
            stated,
            (cosine - self._mean) / self._spread,
            (cosine - (there.mean + back.mean) / 2) / self._spread,
            (cosine - np.maximum(there.highest, back.highest)) / self._spread,
            np.where(at_home, (cosine - np.maximum(*here)) / self._spread, 0),
            np.log1p(there.place) + np.log1p(back.place),
        )
        return [Meaning(*values) for values in np.column_stack(columns).tolist()]

    def _around(self, nearest: list[_Nearest], rows: NDArray[np.int64], others: NDArray[np.int64]) -> _Around:
        """The nearest of `rows` in the languages of `others`, without `others` and courses of the same title."""
        known = np.stack([there.rows for there in nearest])[self._language[others], rows]
        cosines = np.stack([there.cosines for there in nearest])[self._language[others], rows]
        rivals = (known >= 0) & (self._title[known] != self._title[others][:, None])
        some = rivals.any(axis=1)
        mean = (cosines * rivals).sum(axis=1) / np.maximum(1, rivals.sum(axis=1))
        highest = np.where(rivals, cosines, -2).max(axis=1)
        met = known == others[:, None]
        return _Around(
            mean=np.where(some, mean, self._mean),
            highest=np.where(some, highest, self._mean),
            place=np.where(met.any(axis=1), met.argmax(axis=1), np.where(some, known.shape[1], 0)),
        )

    def _outstanding(self) -> Pairs:
        """Of the neighbours of each course in all other languages the `STANDING_OUT` with the highest margins."""
        found = [np.zeros((0, 2), dtype=np.int64)]
        margins = [np.zeros(0, dtype=np.float32)]
        around = np.stack([_row_means(there) for there in self._catalogue])
        for number, there in enumerate(self._catalogue):
            rows, places = np.nonzero((there.rows >= 0) & (self._language != number)[:, None])
            others = there.rows[rows, places]
            found.append(np.column_stack((rows, others)))
            usual = (around[number][rows] + around[self._language[rows], others]) / 2
            margins.append(there.cosines[rows, places] - usual)
        return _highest_of_each(np.concatenate(found), np.concatenate(margins))

    def _usual(self) -> tuple[float, float]:
        """Mean and spread of the cosines of pairs across languages, taken at even steps through the catalogue."""
        count = len(self._vectors)
        steps = sorted({1 + at * max(1, count // 7) % max(1, count - 1) for at in range(max(1, _SAMPLE // count))})
        cosines = [np.zeros(0, dtype=np.float32)]
        for step in steps:
            other = (np.arange(count) + step) % count
            across = self._language != self._language[other]
            cosines.append(np.einsum("ij,ij->i", self._vectors[across], self._vectors[other[across]]))
        together = np.concatenate(cosines)
        if len(together) < FEWEST:
            return 0.0, 1.0
        return float(together.mean()), max(float(together.std()), 1e-3)

    def _nearest_in(self, rows: NDArray[np.int64], among: NDArray[np.int64], most: int) -> _Nearest:
        """For each of `rows` its nearest in `among`, nearest first; rows that are not asked for have none."""
        found = _Nearest.none(len(self._vectors), most)
        kept = min(most, len(among))
        there = np.ascontiguousarray(self._vectors[among].T)
        for start in range(0, len(rows), _BATCH):
            batch = rows[start : start + _BATCH]
            cosines = self._vectors[batch] @ there
            best = _best(cosines, kept)
            found.rows[batch, :kept] = among[best]
            found.cosines[batch, :kept] = np.take_along_axis(cosines, best, axis=1)
        return found

    def _nearest_at_providers(self, groups: list[NDArray[np.int64]]) -> list[_Nearest]:
        """For each language the nearest courses of the same provider."""
        found = [_Nearest.none(len(self._vectors), AT_ONE_PROVIDER) for _ in self._rows]
        for rows in groups:
            for number in np.unique(self._language[rows]).tolist():
                among = rows[self._language[rows] == number]
                kept = min(AT_ONE_PROVIDER, len(among))
                cosines = self._vectors[rows] @ self._vectors[among].T
                best = _best(cosines, kept)
                found[number].rows[rows, :kept] = among[best]
                found[number].cosines[rows, :kept] = np.take_along_axis(cosines, best, axis=1)
        return found


def _unit_length(vectors: NDArray[np.floating]) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-6), dtype=np.float32)


def _centred(vectors: Vectors, rows_of_languages: list[NDArray[np.int64]]) -> Vectors:
    """The vectors without what all courses of their language have in common, of length 1 again.

    Encoders put texts of one language near each other whatever they are about. The mean of a language with few courses
    is drawn towards the mean of all.
    """
    whole = vectors.mean(axis=0)
    centred = np.empty_like(vectors)
    for rows in rows_of_languages:
        centre = (vectors[rows].sum(axis=0) + _FEW * whole) / (len(rows) + _FEW)
        centred[rows] = vectors[rows] - centre
    return _unit_length(centred)


def _best(cosines: Vectors, kept: int) -> NDArray[np.int64]:
    """The columns of the highest values of each row, highest first, of equals the first."""
    if cosines.shape[1] > kept:
        best = np.sort(np.argpartition(-cosines, kept - 1, axis=1)[:, :kept], axis=1)
    else:
        best = np.broadcast_to(np.arange(cosines.shape[1]), cosines.shape)
    order = np.argsort(-np.take_along_axis(cosines, best, axis=1), axis=1, kind="stable")
    return np.asarray(np.take_along_axis(best, order, axis=1))


def _highest_of_each(pairs: Pairs, values: Vectors) -> Pairs:
    """The pairs that are among the `STANDING_OUT` highest of either course."""
    kept = np.zeros(len(pairs), dtype=bool)
    for side in (0, 1):
        order = np.lexsort((pairs[:, 1 - side], -values, pairs[:, side]))
        owners = pairs[order, side]
        kept[order[np.arange(len(order)) - np.searchsorted(owners, owners) < STANDING_OUT]] = True
    return np.asarray(pairs[kept])


def _row_means(nearest: _Nearest) -> Vectors:
    """The mean cosine of the known neighbours of each course, 0 where there are none."""
    known = nearest.rows >= 0
    return np.asarray((nearest.cosines * known).sum(axis=1) / np.maximum(1, known.sum(axis=1)), dtype=np.float32)


def _providers(corpus: Corpus) -> tuple[NDArray[np.int64], list[NDArray[np.int64]]]:
    """The number of each course's provider, -1 for none, and the rows of each; giants are left to the catalogue."""
    rows_of: dict[frozenset[str], list[int]] = {}
    for one in corpus.courses:
        if one.provider:
            rows_of.setdefault(one.provider, []).append(one.row)
    groups = [np.array(rows) for rows in rows_of.values() if 1 < len(rows) <= _LARGEST_PROVIDER]
    numbers = np.full(len(corpus.courses), -1, dtype=np.int64)
    for number, rows in enumerate(groups):
        numbers[rows] = number
    return numbers, groups


def _same_titles(corpus: Corpus) -> NDArray[np.int64]:
    """A number for each course that courses of the same title words share."""
    numbers: dict[frozenset[str], int] = {}
    return np.array([numbers.setdefault(frozenset(one.title.words), len(numbers)) for one in corpus.courses])
