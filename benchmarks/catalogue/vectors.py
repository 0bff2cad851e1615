"""Vectors of course titles by the product's own encoders."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.deduplication.courses import CourseProfile
from synchromesh.engine.deduplication.meaning import join_vectors
from synchromesh.engine.deduplication.titles import telling_part
from synchromesh.engine.matching.encoders import list_encoders

WAYS: dict[tuple[str, ...], str] = {
    ("universal_sentence",): "core",
    ("multilingual_e5",): "extra `matching`",
    ("universal_sentence", "multilingual_e5"): "core and extra `matching`",
}
"""Encoders for several languages, alone and side by side, and what must be installed for them."""


def available_ways() -> list[tuple[str, ...]]:
    """The ways of `WAYS` whose encoders are installed here."""
    modules = list_encoders()
    return [way for way in WAYS if all(modules[name].is_available() for name in way)]


def known_languages(way: Sequence[str]) -> frozenset[str] | None:
    """The languages that one of the encoders was trained for, None for about all."""
    modules = list_encoders()
    known = [modules[name].LANGUAGES for name in way]
    return None if None in known else frozenset().union(*known)


def encode_courses(way: Sequence[str], courses: Sequence[CourseProfile]) -> tuple[NDArray[np.float32], float]:
    """A vector for the title of each course, by one encoder or by several side by side, and the seconds it took."""
    parts = [encode_titles(name, courses) for name in way]
    vectors = parts[0][0] if len(parts) == 1 else join_vectors([vectors for vectors, _ in parts])
    return vectors, sum(seconds for _, seconds in parts)


@cache
def _encoded(name: str, texts: tuple[str, ...]) -> tuple[NDArray[np.float32], float]:
    """The vectors of distinct texts and the seconds; kept, so that two ways of this run share an encoder's work."""
    workers = os.cpu_count() or 1
    module = list_encoders()[name]
    order = np.arange(len(texts))
    rows = [order[at::workers] for at in range(workers)]
    start = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        parts = pool.map(lambda part: module.load(threads=1).encode([texts[at] for at in part], kind="query"), rows)
        vectors = np.concatenate(list(parts))[np.argsort(np.concatenate(rows))]
    return vectors, time.perf_counter() - start


def encode_titles(name: str, courses: Sequence[CourseProfile]) -> tuple[NDArray[np.float32], float]:
    """A vector for the telling part of each title, and the seconds that it took. Equal titles are read once.

    One encoder for each processor, each with a thread of its own: encoders gain little from a second thread inside.
    """
    texts = [telling_part(course.title, provider=course.provider, places=course.places) for course in courses]
    distinct = tuple(sorted(set(texts), key=lambda text: (len(text), text)))
    vectors, seconds = _encoded(name, distinct)
    row_of = {text: row for row, text in enumerate(distinct)}
    return vectors[[row_of[text] for text in texts]], seconds
