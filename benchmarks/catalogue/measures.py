"""Precision and recall of found pairs, in all and by kind of planting."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.catalogue.invented import OTHER_LANGUAGE, Catalogue, Pair
from benchmarks.catalogue.topics import missing_files
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Shares from 0 to 1. `precision` counts every pair that is one course, recall the planted pairs alone."""

    precision: float
    within: float
    across: float
    across_known: float
    by_kind: dict[str, float]
    decoys: dict[str, float]


def measure(catalogue: Catalogue, found: Collection[Pair], known_languages: Collection[str] | None) -> Quality:
    """Compare found pairs with the truth; `across_known` leaves aside languages that the encoder does not know."""
    languages = {course.key: course.language for course in catalogue.courses}
    found = set(found)
    across = [pair for pair, kind in catalogue.planted.items() if kind == OTHER_LANGUAGE]
    known = [
        pair for pair in across if known_languages is None or {languages[key] for key in pair} <= set(known_languages)
    ]
    return Quality(
        precision=share(found, catalogue.twins),
        within=share([pair for pair, kind in catalogue.planted.items() if kind != OTHER_LANGUAGE], found),
        across=share(across, found),
        across_known=share(known, found),
        by_kind=_by_kind(catalogue.planted, found),
        decoys=_by_kind(catalogue.decoys, found),
    )


def share(wanted: Collection[Pair], found: Collection[Pair]) -> float:
    """Which share of the wanted pairs is among the found ones; 1 where none is wanted."""
    return sum(pair in found for pair in wanted) / len(wanted) if wanted else 1.0


def best_limit(likeness: NDArray[np.float64], true: NDArray[np.bool_], wanted: int) -> tuple[float, float]:
    """Precision and recall of a single number at the limit that, in hindsight, gives the highest F1."""
    order = np.argsort(-likeness, kind="stable")
    hits = np.cumsum(true[order])
    precision, recall = hits / np.arange(1, len(order) + 1), hits / max(1, wanted)
    # A limit cannot part pairs of the same likeness.
    last = np.append(np.diff(likeness[order]) != 0, True)
    best = int(np.argmax(np.where(last, 2 * precision * recall / np.maximum(precision + recall, 1e-9), 0)))
    return float(precision[best]), float(recall[best])


def find_esco() -> Path | None:
    """The folder of ESCO in the one that SYNCHROMESH_SHARED names; says what is missing and gives None without it."""
    folder = Path(os.environ.get("SYNCHROMESH_SHARED", "../shared")) / "data" / "esco"
    missing = missing_files(folder)
    if missing:
        print(f"skipped: {', '.join(missing[:3])} and others are not in {folder}; set SYNCHROMESH_SHARED")
        return None
    return folder


def _by_kind(kinds: Mapping[Pair, str], found: Collection[Pair]) -> dict[str, float]:
    wanted = Counter(kinds.values())
    hits = Counter(kind for pair, kind in kinds.items() if pair in found)
    return {kind: hits[kind] / count for kind, count in wanted.items()}
