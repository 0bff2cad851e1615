"""The judged queries and the measures taken on them; the card is JUDGED.md.

nDCG is that of K. Järvelin and J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM Transactions on
Information Systems 20 (2002), 422-446, https://doi.org/10.1145/582415.582418, with the gain 2 ** grade - 1 of
C. Burges et al., "Learning to rank using gradient descent", ICML 2005, https://doi.org/10.1145/1102351.1102363.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PLACES = 10
"""How many hits count."""

KINDS = ("course", "organisation", "role", "skill")
"""The kinds of record that were judged."""

_FILE = Path(__file__).with_name("judged_queries.json")
_GRADES = (1, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedQuery:
    """What somebody types, and the grade (1 to 3) of every record that answers it, by "kind:slug".

    `sort` is the sort of query ("job", "half word"). No grades at all mean that nothing in the catalogue answers it.
    """

    id: int
    language: str
    sort: str
    words: str
    grades: Mapping[str, int]

    @property
    def is_for_tuning(self) -> bool:
        """Whether it belongs to the half on which weights and thresholds may be set; the other half only measures."""
        return self.id % 2 == 1

    def grades_of(self, kinds: Sequence[str]) -> dict[str, int]:
        """The grades of records of some kinds; of all without."""
        return {
            record: grade for record, grade in self.grades.items() if not kinds or record.partition(":")[0] in kinds
        }


def read_judged() -> list[JudgedQuery]:
    """All judged queries, by id."""
    content = json.loads(_FILE.read_text(encoding="utf-8"))
    needs = {
        name: {record: grade for grade in _GRADES for record in need.get(str(grade), ())}
        for name, need in content["needs"].items()
    }
    return [
        JudgedQuery(
            id=row["id"], language=row["language"], sort=row["kind"], words=row["query"], grades=needs[row["need"]]
        )
        for row in content["queries"]
    ]


def read_later() -> frozenset[str]:
    """Records that came into the content after it was judged, so that nobody knows what they are worth."""
    return frozenset(json.loads(_FILE.read_text(encoding="utf-8"))["later"])


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """How near the first places come to the best possible order, 0 to 1. Raises ValueError without any grade."""
    best = _gain(sorted(grades.values(), reverse=True))
    if not best:
        raise ValueError("A query that nothing answers has no nDCG.")
    return _gain([grades.get(record, 0) for record in found]) / best


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:PLACES]))
