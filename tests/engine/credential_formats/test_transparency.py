"""The tree of the log: against the definition of RFC 9162 written down word by word, for any size and any batches."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synchromesh.engine.credential_formats.transparency import (
    EMPTY_ROOT,
    Frontier,
    append,
    consistency_proof,
    frontier_at,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
    root_at,
    root_of,
)

SIZE = 700
LEAVES = [leaf_hash(b"entry %d" % number) for number in range(SIZE)]
SIZES = st.integers(1, SIZE)


@cache
def _root_by_definition(first: int, end: int) -> bytes:
    """MTH of section 2.1.1."""
    if end - first < 2:
        return LEAVES[first] if end > first else sha256(b"").digest()
    half = 1
    while half * 2 < end - first:
        half *= 2
    left, right = _root_by_definition(first, first + half), _root_by_definition(first + half, end)
    return sha256(b"\x01" + left + right).digest()


class Store:
    """What a database would keep: leaves, and the nodes that appending returned."""

    def __init__(self, leaves: Sequence[bytes], batches: Sequence[int] = ()) -> None:
        self.leaves = leaves
        self.nodes: dict[tuple[int, int], bytes] = {}
        self.readings: list[tuple[int, range]] = []
        self.frontier = Frontier()
        bounds = [0, *sorted(batches), len(leaves)]
        for first, end in itertools.pairwise(bounds):
            self.frontier, kept = append(self.frontier, leaves[first:end])
            assert not {(node.level, node.index) for node in kept} & self.nodes.keys()
            self.nodes |= {(node.level, node.index): node.hash for node in kept}

    def read(self, level: int, indices: range) -> Sequence[bytes]:
        self.readings.append((level, indices))
        if level == 0:
            return self.leaves[indices.start : indices.stop]
        return [self.nodes[level, index] for index in indices]


STORE = Store(LEAVES)


@settings(max_examples=50)
@given(size=st.integers(0, SIZE), batches=st.lists(st.integers(0, SIZE), max_size=4))
def test_the_hash_is_that_of_the_standard_however_the_entries_were_batched(size: int, batches: list[int]) -> None:
    store = Store(LEAVES[:size], [min(batch, size) for batch in batches])
    assert root_of(store.frontier) == _root_by_definition(0, size)
    assert frontier_at(size, store.read) == store.frontier


def test_the_tree_of_the_standard_s_example_has_its_known_hash() -> None:
    # The eight entries that implementations of RFC 6962 and RFC 9162 test with; the value is that of their tests.
    entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    frontier, _kept = append(Frontier(), [leaf_hash(bytes.fromhex(entry)) for entry in entries])
    assert root_of(frontier).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert root_of(Frontier()) == EMPTY_ROOT == sha256(b"").digest()
    assert root_at(0, STORE.read) == EMPTY_ROOT


@settings(max_examples=80)
@given(data=st.data(), size=SIZES)
def test_every_leaf_is_proved_and_no_other_in_its_place(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    root = root_at(size, STORE.read)
    proof = inclusion_proof(index, size, STORE.read)
    assert is_included(LEAVES[index], index=index, size=size, proof=proof, root=root)
    assert not is_included(leaf_hash(b"forged"), index=index, size=size, proof=proof, root=root)
    assert not is_included(LEAVES[index], index=index, size=size, proof=(*proof, root), root=root)
    assert not is_included(LEAVES[index], index=index, size=size, proof=proof[:-1], root=root) or not proof
    other = data.draw(st.integers(-1, size + 1))
    assert other == index or not is_included(LEAVES[index], index=other, size=size, proof=proof, root=root)


@settings(max_examples=80)
@given(sizes=st.tuples(SIZES, SIZES).map(sorted))
def test_a_tree_that_grew_is_proved_to_begin_with_the_old_one(sizes: list[int]) -> None:
    old, new = sizes
    proof = consistency_proof(old, new, STORE.read)
    old_root, new_root = root_at(old, STORE.read), root_at(new, STORE.read)
    assert is_consistent(old_size=old, old_root=old_root, new_size=new, new_root=new_root, proof=proof)
    assert not is_consistent(old_size=old, old_root=old_root, new_size=new, new_root=EMPTY_ROOT, proof=proof)
    assert not is_consistent(old_size=old, old_root=EMPTY_ROOT, new_size=new, new_root=new_root, proof=proof)
    longer = (*proof, new_root)
    assert not is_consistent(old_size=old, old_root=old_root, new_size=new, new_root=new_root, proof=longer)


@settings(max_examples=80)
@given(data=st.data(), old=SIZES)
def test_a_log_that_was_rewritten_cannot_be_proved_to_begin_with_the_old_one(data: st.DataObject, old: int) -> None:
    kept_root = root_at(old, STORE.read)
    place = data.draw(st.integers(0, old - 1))
    if data.draw(st.booleans(), label="removed"):
        leaves = LEAVES[:place] + LEAVES[place + 1 :]
    else:
        leaves = [*LEAVES[:place], leaf_hash(b"another date"), *LEAVES[place + 1 :]]
    rewritten = Store(leaves)
    new = data.draw(st.integers(old, len(leaves))) if len(leaves) >= old else old
    honest_try = consistency_proof(old, min(new, len(leaves)), rewritten.read) if len(leaves) >= old else ()
    forged = data.draw(st.sampled_from([honest_try, consistency_proof(old, SIZE, STORE.read)]))
    new_root = root_at(min(new, len(leaves)), rewritten.read)
    assert not is_consistent(old_size=old, old_root=kept_root, new_size=new, new_root=new_root, proof=forged)


def test_proofs_of_the_empty_tree_and_of_equal_trees_are_empty() -> None:
    root = root_at(5, STORE.read)
    assert consistency_proof(0, 5, STORE.read) == consistency_proof(5, 5, STORE.read) == ()
    assert is_consistent(old_size=0, old_root=EMPTY_ROOT, new_size=5, new_root=root, proof=())
    assert not is_consistent(old_size=0, old_root=root, new_size=5, new_root=root, proof=())
    assert is_consistent(old_size=5, old_root=root, new_size=5, new_root=root, proof=())
    assert not is_consistent(old_size=5, old_root=root, new_size=4, new_root=root, proof=())
    assert not is_consistent(old_size=3, old_root=root, new_size=5, new_root=root, proof=())


@pytest.mark.parametrize(("index", "size"), [(5, 5), (-1, 5), (0, 0)])
def test_a_leaf_that_the_tree_lacks_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="leaf"):
        inclusion_proof(index, size, STORE.read)
    with pytest.raises(ValueError, match="larger"):
        consistency_proof(6, 5, STORE.read)


def test_a_large_tree_is_read_in_few_short_ranges_of_kept_levels() -> None:
    size = 66_000  # beyond one node of level 16
    store = Store([number.to_bytes(32, "big") for number in range(size)])
    root = root_of(store.frontier)
    assert len(store.nodes) == size // 256 + size // 65_536
    proof = inclusion_proof(12_345, size, store.read)
    assert is_included(store.leaves[12_345], index=12_345, size=size, proof=proof, root=root)
    assert len(store.readings) <= 6
    assert all(level in (0, 8, 16) and len(indices) <= 256 for level, indices in store.readings)
    old = root_at(65_537, store.read)
    proof = consistency_proof(65_537, size, store.read)
    assert is_consistent(old_size=65_537, old_root=old, new_size=size, new_root=root, proof=proof)


def test_a_store_that_lost_hashes_is_named() -> None:
    with pytest.raises(LookupError, match="level 0 between 0 and 5"):
        inclusion_proof(0, 5, lambda _level, indices: LEAVES[indices.start : indices.stop - 1])


@given(size=st.integers(0, SIZE))
def test_a_frontier_reads_back_from_its_text(size: int) -> None:
    frontier = frontier_at(size, STORE.read)
    assert Frontier.from_text(frontier.to_text()) == frontier


@pytest.mark.parametrize("text", ["", "3 aa", "-1", "x", "1 zz"])
def test_a_text_that_is_no_frontier_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Frontier.from_text(text)
