"""Which pairs are worth comparing: courses that share something rare.

Each course is put under several keys: its title, its rarest title words two by two, slips of a short title, its page,
the rarest runs of words of its text. Under each key the courses stand in one order (title, provider, text), and each
is paired with the next `WINDOW` only (sorted neighbourhood; M. Hernández, S. Stolfo, "The merge/purge problem for
large databases", SIGMOD 1995). So a key that ten thousand courses share costs 10,000 x `WINDOW` pairs and not fifty
million, and up to `WINDOW` + 1 courses under one key are all paired with each other. Of the pairs of a course the
`MOST` that share most keys are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.deduplication.corpus import Corpus, Prepared

WINDOW = 24
MOST = 48
_RAREST_WORDS = 4
_RAREST_SHINGLES = 6
_SHORT_TITLE = 24  # letters; of a longer title a slip leaves other words whole
Pairs = NDArray[np.int64]
"""Two columns of rows of the corpus, the smaller first, each pair once, in order."""


def candidate_pairs(corpus: Corpus) -> Pairs:
    """The pairs that share a key, at most `MOST` for each course of which it is the one with fewer keys in common."""
    keys, rows = _keys(corpus)
    ranks = _ranks(corpus)
    order = np.lexsort((ranks[rows], keys))
    keys, rows = keys[order], rows[order]
    found = [_neighbours(keys, rows, offset) for offset in range(1, WINDOW + 1)]
    return _strongest(np.concatenate(found), ranks)


def unite(*parts: Pairs) -> Pairs:
    """Each pair of several lists once."""
    together = np.concatenate(parts) if parts else np.zeros((0, 2), dtype=np.int64)
    return np.unique(np.sort(together, axis=1), axis=0)


def _neighbours(keys: NDArray[np.uint64], rows: NDArray[np.int64], offset: int) -> Pairs:
    same = (keys[offset:] == keys[:-offset]) & (rows[offset:] != rows[:-offset])
    return np.column_stack((rows[:-offset][same], rows[offset:][same]))


def _strongest(pairs: Pairs, ranks: NDArray[np.int64]) -> Pairs:
    """Keep a pair that is among the `MOST` strongest of either course; of equals the nearest in order."""
    if not len(pairs):
        return pairs
    unique, shared = np.unique(np.sort(pairs, axis=1), axis=0, return_counts=True)
    distance = np.abs(ranks[unique[:, 0]] - ranks[unique[:, 1]])
    kept = np.zeros(len(unique), dtype=bool)
    for side in (0, 1):
        order = np.lexsort((distance, -shared, unique[:, side]))
        owners = unique[order, side]
        firsts = np.searchsorted(owners, owners)
        kept[order[np.arange(len(order)) - firsts < MOST // 2]] = True
    return np.asarray(unique[kept])


def _ranks(corpus: Corpus) -> NDArray[np.int64]:
    """The place of each course in the order in which courses stand under a key; equal ones are neighbours."""

    def sorting(one: Prepared) -> tuple[object, ...]:
        course = one.course
        return (*one.title.words, ""), course.title, course.language, course.provider, course.text[:200], course.address

    order = sorted(range(len(corpus.courses)), key=lambda row: (*sorting(corpus.courses[row]), row))
    ranks = np.zeros(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    return ranks


def _keys(corpus: Corpus) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    keys: list[int] = []
    rows: list[int] = []
    for one in corpus.courses:
        for key in set(_title_keys(one, corpus)):
            keys.append(crc32(key.encode("utf-8", "replace")))
            rows.append(one.row)
    shingle_keys, shingle_rows = _shingle_keys(corpus)
    return (
        np.concatenate((np.array(keys, dtype=np.uint64), shingle_keys)),
        np.concatenate((np.array(rows, dtype=np.int64), shingle_rows)),
    )


def _title_keys(one: Prepared, corpus: Corpus) -> Iterator[str]:
    words = sorted(set(one.title.words))
    whole = " ".join(words) or one.plain_title
    if whole:
        yield f"title {whole}"
    telling = [word for word in words if word not in corpus.places]
    rarest = sorted(telling, key=lambda word: (corpus.title_counts[word], word))[:_RAREST_WORDS]
    yield from (f"words {first} {second}" for first, second in combinations(sorted(rarest), 2))
    if len(whole) <= _SHORT_TITLE:
        # Two titles that differ by one letter become the same when the right letter of each is dropped.
        yield from (f"slip {whole[:at]}{whole[at + 1 :]}" for at in range(len(whole)))
        yield f"slip {whole}"
    if one.address.page:
        yield f"page {one.address.site}{one.address.page}"
    if one.address.neutral:
        yield f"neutral {one.address.site}{one.address.neutral}"


def _shingle_keys(corpus: Corpus) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """For each text the rarest runs of words that another text has too."""
    parts = [one.shingles for one in corpus.courses]
    if not any(len(part) for part in parts):
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    rows = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    together = np.concatenate(parts)
    _, numbers, counts = np.unique(together, return_inverse=True, return_counts=True)
    often = counts[numbers]
    shared = often > 1
    order = np.lexsort((together[shared], often[shared], rows[shared]))
    owners = rows[shared][order]
    first = np.arange(len(owners)) - np.searchsorted(owners, owners) < _RAREST_SHINGLES
    # Texts and titles have numbers of different ranges: a crc32 fits in 32 bits.
    return together[shared][order][first] | np.uint64(1 << 63), owners[first]
