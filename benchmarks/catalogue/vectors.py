"""Vectors of course titles and of passages of texts by the product's own encoders."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.deduplication.courses import CourseProfile
from synchromesh.engine.deduplication.reading import Read
from synchromesh.engine.deduplication.titles import telling_part
from synchromesh.engine.matching.encoders import list_encoders

WAYS: dict[str, str] = {"universal_sentence": "core", "multilingual_e5": "extra `matching`"}
"""Encoders for several languages, and what must be installed for them."""


def available_ways() -> list[str]:
    """The encoders of `WAYS` that are installed here."""
    modules = list_encoders()
    return [name for name in WAYS if modules[name].is_available()]


def known_languages(name: str) -> frozenset[str] | None:
    """The languages that the encoder was trained for, None for about all."""
    known: frozenset[str] | None = list_encoders()[name].LANGUAGES
    return known


def reader(name: str) -> Read:
    """An encoder of texts: one for each processor, each with a thread of its own.

    Encoders gain little from a second thread inside.
    """
    workers = os.cpu_count() or 1
    module = list_encoders()[name]

    def read(texts: Sequence[str]) -> NDArray[np.float32]:
        order = np.arange(len(texts))
        rows = [order[at::workers] for at in range(workers) if at < len(texts)]
        with ThreadPoolExecutor(workers) as pool:
            parts = pool.map(lambda part: module.load(threads=1).encode([texts[at] for at in part], kind="query"), rows)
            return np.concatenate(list(parts))[np.argsort(np.concatenate(rows))]

    return read


def encode_courses(name: str, courses: Sequence[CourseProfile]) -> tuple[NDArray[np.float32], float]:
    """A vector for the telling part of each title, and the seconds that it took. Equal titles are read once."""
    texts = [telling_part(course.title, provider=course.provider, places=course.places) for course in courses]
    distinct = sorted(set(texts), key=lambda text: (len(text), text))
    start = time.perf_counter()
    vectors = reader(name)(distinct)
    seconds = time.perf_counter() - start
    row_of = {text: row for row, text in enumerate(distinct)}
    return vectors[[row_of[text] for text in texts]], seconds
