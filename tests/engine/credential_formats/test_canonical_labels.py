"""Labels of blank nodes that do not depend on how a graph was written down. W3C's own vectors are in conformance."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.credential_formats.canonical_labels import Quad, canonical_labels, canonical_lines
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal

NODES = [f"_:n{number}" for number in range(5)]
GRAPHS = st.lists(
    st.builds(
        Quad,
        st.sampled_from(NODES),
        st.sampled_from(["<urn:p>", "<urn:q>"]),
        st.sampled_from([*NODES, "<urn:x>", '"text"']),
        st.sampled_from(["", "<urn:g>", NODES[0]]),
    ),
    max_size=9,
)


@given(GRAPHS, st.randoms(use_true_random=False))
def test_other_names_and_another_order_change_nothing(quads: list[Quad], chance: random.Random) -> None:
    names = dict(zip(NODES, chance.sample([f"_:x{number}" for number in range(5)], 5), strict=True))
    renamed = [Quad(*(names.get(term, term) for term in quad)) for quad in quads]
    chance.shuffle(renamed)
    assert canonical_lines(renamed) == canonical_lines(quads)


@given(GRAPHS)
def test_every_blank_node_gets_a_label_of_its_own(quads: list[Quad]) -> None:
    labels = canonical_labels(quads)
    nodes = {term for quad in quads for term in quad if term.startswith("_:")}
    assert set(labels) == nodes
    assert sorted(labels.values()) == sorted(f"_:c14n{number}" for number in range(len(nodes)))


def test_a_graph_without_blank_nodes_is_only_sorted() -> None:
    quads = [Quad("<urn:b>", "<urn:p>", '"2"'), Quad("<urn:a>", "<urn:p>", '"1"', "<urn:g>")]
    assert canonical_lines(quads) == ['<urn:a> <urn:p> "1" <urn:g> .\n', '<urn:b> <urn:p> "2" .\n']


def test_a_clique_that_would_take_for_ever_is_refused() -> None:
    nodes = [f"_:n{number}" for number in range(9)]
    clique = [Quad(first, "<urn:p>", second) for first, second in permutations(nodes, 2)]
    with pytest.raises(Refusal) as refusal:
        canonical_lines(clique)
    assert refusal.value.reason == Reason.GRAPH_TOO_HARD


def test_many_equal_nodes_are_refused_rather_than_tried_in_every_order() -> None:
    twins = [Quad("_:hub", "<urn:p>", f"_:twin{number}") for number in range(12)]
    twins += [Quad("_:other", "<urn:p>", f"_:twin{number}") for number in range(12)]
    with pytest.raises(Refusal):
        canonical_lines(twins)
