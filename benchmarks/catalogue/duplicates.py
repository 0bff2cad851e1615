"""How well and how fast duplicates are found among 10,000 courses; run as `python -m benchmarks.catalogue duplicates`.

Prints for each encoder every number as a ratio to its limit (1.00 is the limit; precision and recall should be above
it, seconds below):
    precision   share of the found pairs that are one course, limit .98
    within      share of the planted duplicates in one language that were found, limit .95
    across      the same of planted duplicates in another language, limit .80
    known       the same without the languages that the encoder was not trained for, limit .80
    seconds     vectors and finding together, by the clock on the wall, limit 60
`processor_s` is the time of all processors together, in which other work on the machine counts less. Then the recall
by kind of planting, and the share of decoys by kind that were taken for duplicates (lower is better).
The peers are single numbers with the limit that in hindsight gives the highest F1: rapidfuzz's token_set_ratio of the
titles in one language, and the cosine of the vectors across languages. The last line compares them with the finder by
precision and recall over all pairs that are one course, also copies of copies.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence

import numpy as np
from benchmarks.catalogue.invented import Catalogue, Pair, invent_catalogue
from benchmarks.catalogue.measures import Quality, best_limit, find_esco, measure, share
from benchmarks.catalogue.topics import read_topics
from benchmarks.catalogue.vectors import WAYS, available_ways, encode_courses, known_languages, reader
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from synchromesh.engine.deduplication.finding import compared_pairs, find_duplicates

SEED = 2026
HALF = 1
PRECISION, WITHIN, ACROSS, SECONDS = 0.98, 0.95, 0.80, 60.0


def main(given: Sequence[str] = ()) -> None:
    """Invent a catalogue, look for its duplicates with each encoder, and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.catalogue duplicates")
    parser.add_argument("--courses", type=int, default=10_000, help="size of the catalogue")
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args(given)
    folder = find_esco()
    if folder is None:
        return
    catalogue = invent_catalogue(read_topics(folder, half=HALF), count=chosen.courses, seed=chosen.seed)
    print(f"courses={len(catalogue.courses)} planted={len(catalogue.planted)} decoys={len(catalogue.decoys)}")
    for way in available_ways():
        _measure(catalogue, way)


def _measure(catalogue: Catalogue, way: str) -> None:
    processor = time.process_time()
    vectors, encoding = encode_courses(way, catalogue.courses)
    start = time.perf_counter()
    pairs = find_duplicates(catalogue.courses, vectors, read=reader(way))
    finding = time.perf_counter() - start
    processor = time.process_time() - processor
    found = {(pair.first, pair.second) for pair in pairs}
    quality = measure(catalogue, found, known_languages(way))
    print(f"encoder={way} ({WAYS[way]}) {_against_limits(quality, encoding + finding)}")
    print(
        f"  as they are: precision={quality.precision:.4f} within={quality.within:.4f} across={quality.across:.4f} "
        f"known={quality.across_known:.4f} vectors_s={encoding:.1f} finding_s={finding:.1f} "
        f"processor_s={processor:.1f} found={len(pairs)}"
    )
    print(f"  recall: {_listed(quality.by_kind)}")
    print(f"  decoys taken: {_listed(quality.decoys)}")
    print(f"  precision/recall {_peers(catalogue, vectors, found)}", flush=True)


def _against_limits(quality: Quality, seconds: float) -> str:
    return (
        f"precision={quality.precision / PRECISION:.3f} within={quality.within / WITHIN:.3f} "
        f"across={quality.across / ACROSS:.3f} known={quality.across_known / ACROSS:.3f} "
        f"seconds={seconds / SECONDS:.2f}"
    )


def _peers(catalogue: Catalogue, vectors: NDArray[np.float32], found: set[Pair]) -> str:
    """How well a single number does among the pairs that were compared in full, beside the finder itself."""
    courses = {course.key: (row, course) for row, course in enumerate(catalogue.courses)}
    compared = [(first, second) for first, second, _ in compared_pairs(catalogue.courses, vectors)]
    across = {pair for pair in {*compared, *catalogue.twins} if len({courses[key][1].language for key in pair}) == 2}
    within = [pair for pair in compared if pair not in across]
    apart = [pair for pair in compared if pair in across]
    titles = [[courses[pair[side]][1].title.casefold() for pair in within] for side in (0, 1)]
    rows = [[courses[pair[side]][0] for pair in apart] for side in (0, 1)]
    ratios = process.cpdist(titles[0], titles[1], scorer=fuzz.token_set_ratio)
    cosines = np.einsum("ij,ij->i", vectors[rows[0]], vectors[rows[1]])
    twins = catalogue.twins
    return (
        f"within: finder {_finder(found - across, twins - across)}, token_set_ratio of titles "
        f"{_single(ratios, within, twins - across)}; across: finder {_finder(found & across, twins & across)}, "
        f"cosine {_single(cosines, apart, twins & across)}"
    )


def _finder(found: set[Pair], twins: set[Pair]) -> str:
    return f"{share(found, twins):.2f}/{share(twins, found):.2f}"


def _single(likeness: NDArray[np.floating], pairs: Sequence[Pair], twins: set[Pair]) -> str:
    true = np.array([pair in twins for pair in pairs], dtype=bool)
    precision, recall = best_limit(likeness.astype(np.float64), true, len(twins))
    return f"{precision:.2f}/{recall:.2f}"


def _listed(shares: dict[str, float]) -> str:
    return "; ".join(f"{kind} {share:.3f}" for kind, share in sorted(shares.items()))
