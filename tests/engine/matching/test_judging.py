"""What was judged in parts, put together."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.matching.judging import NOTHING, Judged, best_of_each
from synchromesh.engine.matching.segments import Span

Column = tuple[int, float, float]
# Few concepts and values, so that concepts stand in several parts and are equally probable there.
PARTS = st.lists(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from([0.0, 1.0, 2.0]), st.sampled_from([0.25, 0.5])),
        unique_by=lambda column: column[0],
        max_size=5,
    ),
    min_size=1,
    max_size=4,
)


def _judged(columns: list[Column], place: Span) -> Judged:
    return Judged(
        concepts=np.array([concept for concept, _output, _probability in columns], dtype=np.int64),
        outputs=np.array([output for _concept, output, _probability in columns], dtype=np.float32),
        probabilities=np.array([probability for _concept, _output, probability in columns], dtype=np.float32),
        piece=np.zeros(len(columns), dtype=np.int64),
        pieces=(place,),
    )


@given(parts=PARTS)
def test_each_concept_is_kept_where_it_is_most_probable_else_where_it_comes_first(parts: list[list[Column]]) -> None:
    best: dict[int, tuple[float, float, Span]] = {}
    places = [Span(10 * at, 10 * at + 5) for at in range(len(parts))]
    for columns, place in zip(parts, places, strict=True):
        for concept, output, probability in columns:
            if concept not in best or (probability, output) > best[concept][:2]:
                best[concept] = (probability, output, place)
    found = best_of_each([_judged(columns, place) for columns, place in zip(parts, places, strict=True)])
    rows = zip(found.concepts, found.probabilities, found.outputs, found.piece, strict=True)
    assert {int(one): (float(p), float(o), found.pieces[piece]) for one, p, o, piece in rows} == best


def test_nothing_judged_is_nothing() -> None:
    assert best_of_each([]) is NOTHING
    assert NOTHING.best(np.zeros(0, dtype=np.int64), 10).tolist() == []


def test_equally_probable_concepts_follow_the_order_that_is_given() -> None:
    judged = _judged([(0, 1.0, 0.5), (1, 1.0, 0.5), (2, 2.0, 0.5), (3, 0.0, 0.9)], Span(0, 1))
    assert judged.best(np.array([1, 0, 2, 3]), 3).tolist() == [3, 2, 1]
