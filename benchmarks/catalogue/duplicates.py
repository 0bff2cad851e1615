"""How well and how fast duplicates are found among 10,000 courses; run as `python -m benchmarks.catalogue duplicates`.

Prints for each encoder every number as a ratio to its limit (1.00 is the limit; precision and recall should be above
it, seconds below):
    precision   share of the found pairs that are one course, limit .98
    within      share of the planted duplicates in one language that were found, limit .95
    across      the same of planted duplicates in another language, limit .80
    known       the same without the languages that the encoder was not trained for, limit .80
    seconds     vectors and finding together, limit 60
Then the recall by kind of planting, and the share of decoys by kind that were taken for duplicates (lower is better).
The peers are single numbers with a limit chosen in hindsight so that their precision is .98: rapidfuzz's
token_set_ratio of the titles at one provider, and the cosine of the vectors across languages.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence

import numpy as np
from benchmarks.catalogue.invented import OTHER_LANGUAGE, Catalogue, Pair, invent_catalogue
from benchmarks.catalogue.measures import Quality, find_esco, measure, recall_at
from benchmarks.catalogue.topics import read_topics
from benchmarks.catalogue.vectors import ENCODERS, available_encoders, encode_titles
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from synchromesh.engine.deduplication.finding import compared_pairs, find_duplicates
from synchromesh.engine.matching.encoders import list_encoders

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
    for name in available_encoders():
        _measure(catalogue, name)


def _measure(catalogue: Catalogue, name: str) -> None:
    known = list_encoders()[name].LANGUAGES
    vectors, encoding = encode_titles(name, catalogue.courses)
    start = time.perf_counter()
    pairs = find_duplicates(catalogue.courses, vectors)
    finding = time.perf_counter() - start
    quality = measure(catalogue, [(pair.first, pair.second) for pair in pairs], known)
    print(f"encoder={name} ({ENCODERS[name]}) {_against_limits(quality, encoding + finding)}")
    print(
        f"  as they are: precision={quality.precision:.4f} within={quality.within:.4f} across={quality.across:.4f} "
        f"known={quality.across_known:.4f} vectors_s={encoding:.1f} finding_s={finding:.1f} found={len(pairs)}"
    )
    print(f"  recall: {_listed(quality.by_kind)}")
    print(f"  decoys taken: {_listed(quality.decoys)}")
    print(f"  {_peers(catalogue, vectors)}", flush=True)


def _against_limits(quality: Quality, seconds: float) -> str:
    return (
        f"precision={quality.precision / PRECISION:.3f} within={quality.within / WITHIN:.3f} "
        f"across={quality.across / ACROSS:.3f} known={quality.across_known / ACROSS:.3f} "
        f"seconds={seconds / SECONDS:.2f}"
    )


def _peers(catalogue: Catalogue, vectors: NDArray[np.float32]) -> str:
    """The recall of single numbers among the pairs that the finder compared in full."""
    rows = {course.key: row for row, course in enumerate(catalogue.courses)}
    courses = catalogue.courses
    compared = [(rows[first], rows[second]) for first, second, _ in compared_pairs(courses, vectors)]
    within = [pair for pair in compared if courses[pair[0]].language == courses[pair[1]].language]
    at_home = [pair for pair in within if courses[pair[0]].provider == courses[pair[1]].provider]
    across = [pair for pair in compared if courses[pair[0]].language != courses[pair[1]].language]
    titles = [course.title.casefold() for course in courses]
    ratios = process.cpdist(
        [titles[first] for first, _ in at_home], [titles[second] for _, second in at_home], scorer=fuzz.token_set_ratio
    )
    firsts, seconds = np.array(across).T
    cosines = np.einsum("ij,ij->i", vectors[firsts], vectors[seconds])
    wanted = [kind == OTHER_LANGUAGE for kind in catalogue.planted.values()]
    return (
        f"peers at precision {PRECISION}: token_set_ratio within="
        f"{recall_at(PRECISION, ratios, _true(catalogue, at_home), len(wanted) - sum(wanted)):.3f} "
        f"cosine across={recall_at(PRECISION, cosines, _true(catalogue, across), sum(wanted)):.3f}"
    )


def _true(catalogue: Catalogue, pairs: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    keys = [course.key for course in catalogue.courses]
    named: list[Pair] = [(keys[first], keys[second]) for first, second in pairs]
    return np.array([pair in catalogue.planted for pair in named], dtype=bool)


def _listed(shares: dict[str, float]) -> str:
    return "; ".join(f"{kind} {share:.3f}" for kind, share in sorted(shares.items()))
