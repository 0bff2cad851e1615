"""Vectors of course titles by the product's own encoders."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.deduplication.courses import CourseProfile
from synchromesh.engine.deduplication.titles import telling_part
from synchromesh.engine.matching.encoders import list_encoders

ENCODERS = {"universal_sentence": "core", "multilingual_e5": "extra `matching`"}
"""Encoders for several languages by name, and which lock installs them."""


def available_encoders() -> list[str]:
    """The encoders of `ENCODERS` that are installed here."""
    modules = list_encoders()
    return [name for name in ENCODERS if modules[name].is_available()]


def encode_titles(name: str, courses: Sequence[CourseProfile]) -> tuple[NDArray[np.float32], float]:
    """A vector for the telling part of each title, and the seconds that it took. Equal titles are read once.

    One encoder for each processor, each with a thread of its own: encoders gain little from a second thread inside.
    """
    texts = [telling_part(course.title, provider=course.provider, places=course.places) for course in courses]
    distinct = sorted(set(texts), key=lambda text: (len(text), text))
    workers = os.cpu_count() or 1
    module = list_encoders()[name]
    start = time.perf_counter()
    parts = [distinct[at::workers] for at in range(workers)]
    with ThreadPoolExecutor(workers) as pool:
        encoded = list(pool.map(lambda part: module.load(threads=1).encode(part, kind="query"), parts))
    order = [text for part in parts for text in part]
    row_of = {text: row for row, text in enumerate(order)}
    vectors = np.concatenate(encoded)
    return vectors[[row_of[text] for text in texts]], time.perf_counter() - start
