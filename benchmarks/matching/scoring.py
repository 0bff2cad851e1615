"""From the answers of a system to figures. Figures are fractions of 1, counts a second, seconds and bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.matching.data import BenchmarkSet
from benchmarks.matching.measures import (
    Estimate,
    calibration_error,
    count_set,
    mean_estimate,
    ndcg,
    r_precision,
    recall,
    reciprocal_rank,
    set_figures,
)
from benchmarks.matching.systems import CHAR_NGRAMS, PEER
from benchmarks.matching.worker import Answers, SetAnswers

RP5, RP10, MRR = "RP@5", "RP@10", "MRR"
PRECISION, RECALL, F1 = "set P", "set R", "set F1"
NDCG, NDCG_ENGLISH, RECALL10 = "nDCG@10", "nDCG@10 en", "recall@10"
ECE_WIDTH, ECE_MASS = "ECE width", "ECE mass"
SPEED, READY, MEMORY = "texts/CPU s", "ready s", "memory MB"
PERCENT = frozenset({RP5, RP10})  # shown as published: 64.0, where the others are shown as .640
LESS_IS_BETTER = frozenset({ECE_WIDTH, ECE_MASS, READY, MEMORY})
WIDTH_BINS, MASS_BINS = 15, 10
_NO_PROBABILITIES = frozenset({CHAR_NGRAMS, PEER})
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value, with an interval where it is a mean over texts."""

    value: float
    low: float | None = None
    high: float | None = None


def score_set(one: BenchmarkSet, system: str, answers: Answers) -> Mapping[str, Figure]:
    """The figures of one system on one set, by measure, in the order in which they are shown."""
    given = answers["sets"][one.name]
    figures: dict[str, Figure] = {}
    if one.task == "courses":
        figures |= _courses(one, given)
    else:
        figures |= _rankings(one, given)
    if one.task == "sentences" and system != CHAR_NGRAMS:
        figures |= _sets(one, given)
    if one.task != "names" and system not in _NO_PROBABILITIES:
        figures |= _calibration(one, given)
    if one.timed and given["cpu_seconds"] > 0:
        figures[SPEED] = Figure(value=len(one.items) / given["cpu_seconds"])
        figures[READY] = Figure(value=answers["ready_seconds"])
        figures[MEMORY] = Figure(value=answers["memory_bytes"] / _MEGABYTE)
    return figures


def _rankings(one: BenchmarkSet, given: SetAnswers) -> dict[str, Figure]:
    pairs = list(zip(given["rankings"], (item.gains for item in one.labelled), strict=True))
    return {
        RP5: _figure(mean_estimate([r_precision(ranked, right, 5) for ranked, right in pairs])),
        RP10: _figure(mean_estimate([r_precision(ranked, right, 10) for ranked, right in pairs])),
        MRR: _figure(mean_estimate([reciprocal_rank(ranked, right) for ranked, right in pairs])),
    }


def _courses(one: BenchmarkSet, given: SetAnswers) -> dict[str, Figure]:
    pairs = list(zip(given["rankings"], one.labelled, strict=True))
    gains = [(ndcg(ranked, item.gains, 10), item.language) for ranked, item in pairs]
    return {
        NDCG: _figure(mean_estimate([value for value, _ in gains])),
        NDCG_ENGLISH: _figure(mean_estimate([value for value, language in gains if language == "en"])),
        RECALL10: _figure(mean_estimate([recall(ranked, item.surely, 10) for ranked, item in pairs if item.surely])),
    }


def _sets(one: BenchmarkSet, given: SetAnswers) -> dict[str, Figure]:
    """What a system accepts for each text, texts without a right concept among them."""
    found = set_figures(
        [
            count_set([uri for uri, _, accepted in answers if accepted], item.gains)
            for answers, item in zip(given["answers"], one.items, strict=True)
        ]
    )
    return {
        PRECISION: Figure(value=found.precision),
        RECALL: Figure(value=found.recall),
        F1: _figure(found.f1),
    }


def _calibration(one: BenchmarkSet, given: SetAnswers) -> dict[str, Figure]:
    """Over all that was named (at most ten for a text), accepted or not; any gain counts as right."""
    stated, right = [], []
    for answers, item in zip(given["answers"], one.items, strict=True):
        stated += [probability for _, probability, _ in answers]
        right += [uri in item.gains for uri, _, _ in answers]
    return {
        ECE_WIDTH: Figure(value=calibration_error(stated, right, bins=WIDTH_BINS, equal_mass=False)),
        ECE_MASS: Figure(value=calibration_error(stated, right, bins=MASS_BINS, equal_mass=True)),
    }


def _figure(estimate: Estimate) -> Figure:
    return Figure(value=estimate.value, low=estimate.low, high=estimate.high)
