"""The Merkle tree of the transparency log: what lies in it once cannot be removed, changed or put in between later.

Source: RFC 9162 section 2.1: tree hash (2.1.1), inclusion proofs (2.1.3), consistency proofs (2.1.4), SHA-256.

What is kept: the hash of every leaf (level 0) and of every full subtree of 256, 65,536 ... leaves (levels 8, 16 ...);
what lies between is computed from at most 256 of them. A node (level, index) covers the leaves index * 2**level up to
(index + 1) * 2**level. The tiles of eight levels are those of the C2SP tlog-tiles specification.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

ReadHashes = Callable[[int, range], Sequence[bytes]]
"""Gives the kept hashes of a level (0, 8, 16 ...) at these consecutive indices, in order."""

TILE = 8
"""Levels between two kept ones."""
EMPTY_ROOT = sha256(b"").digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptNode:
    """The hash of a full subtree of 2**level leaves; `level` is 8, 16 ..."""

    level: int
    index: int
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier:
    """A tree as the hashes of its largest full subtrees from left to right: all that appending needs to know.

    There is one hash for every one in `size` written in binary. `Frontier()` is the empty tree.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.hashes) != self.size.bit_count():
            raise ValueError("A frontier has one hash for every one in its binary size.")

    def to_text(self) -> str:
        """Write it for one column: the size, then the hashes in hexadecimal."""
        return " ".join([str(self.size), *(part.hex() for part in self.hashes)])

    @classmethod
    def from_text(cls, text: str) -> Frontier:
        """Read what `to_text` wrote. Raises ValueError for anything else."""
        size, *hashes = text.split()
        return cls(size=int(size), hashes=tuple(bytes.fromhex(part) for part in hashes))


def leaf_hash(entry: bytes) -> bytes:
    """Hash one entry of the log. The zero before it keeps a leaf from being passed off as a node."""
    return sha256(b"\0" + entry).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def append(frontier: Frontier, leaf_hashes: Iterable[bytes]) -> tuple[Frontier, list[KeptNode]]:
    """Append leaves; returns the new frontier and the nodes to keep (one per 256 leaves, besides the leaves).

    Reads nothing and computes one hash per leaf on average, however large the tree is.
    """
    size, hashes, kept = frontier.size, list(frontier.hashes), []
    for leaf in leaf_hashes:
        hashes.append(leaf)
        size += 1
        level = 0
        while not size >> level & 1:
            right = hashes.pop()
            hashes[-1] = _node(hashes[-1], right)
            level += 1
            if level % TILE == 0:
                kept.append(KeptNode(level=level, index=(size >> level) - 1, hash=hashes[-1]))
    return Frontier(size=size, hashes=tuple(hashes)), kept


def root_of(frontier: Frontier) -> bytes:
    """Compute the hash of the whole tree (2.1.1)."""
    return _folded(frontier.hashes) if frontier.hashes else EMPTY_ROOT


def _folded(hashes: Sequence[bytes]) -> bytes:
    """Join full subtrees, from left to right ever smaller, to one hash: the rightmost two first."""
    whole = hashes[-1]
    for left in reversed(hashes[:-1]):
        whole = _node(left, whole)
    return whole


def frontier_at(size: int, read_hashes: ReadHashes) -> Frontier:
    """Compute the frontier of the tree as it was with its first `size` leaves."""
    tiles = _Tiles(size, read_hashes)
    return Frontier(size=size, hashes=tuple(tiles.node(level, index) for level, index in _full_subtrees(0, size)))


def root_at(size: int, read_hashes: ReadHashes) -> bytes:
    """Compute the hash of the tree as it was with its first `size` leaves."""
    return root_of(frontier_at(size, read_hashes))


def inclusion_proof(index: int, size: int, read_hashes: ReadHashes) -> tuple[bytes, ...]:
    """Make the proof that the leaf `index` lies in the tree of `size` leaves (2.1.3.1), at most 256 hashes per reading.

    Raises ValueError for a leaf that the tree does not have.
    """
    if not 0 <= index < size:
        raise ValueError(f"A tree of {size} leaves has no leaf {index}.")
    tiles = _Tiles(size, read_hashes)
    first, end, siblings = 0, size, []
    while end - first > 1:
        middle = first + _split(end - first)
        if index < middle:
            siblings.append((middle, end))
            end = middle
        else:
            siblings.append((first, middle))
            first = middle
    return tuple(tiles.range(*sibling) for sibling in reversed(siblings))


def consistency_proof(old_size: int, new_size: int, read_hashes: ReadHashes) -> tuple[bytes, ...]:
    """Make the proof that the tree of `old_size` leaves is the beginning of that of `new_size` (2.1.4.1).

    Empty where the sizes are equal or the old tree was empty. Raises ValueError when the old tree is the larger one.
    """
    if not 0 <= old_size <= new_size:
        raise ValueError("The older tree cannot be the larger one.")
    if old_size in (0, new_size):
        return ()
    tiles = _Tiles(new_size, read_hashes)
    first, end, parts, is_left_edge = 0, new_size, [], True
    while end != old_size:
        middle = first + _split(end - first)
        if old_size <= middle:
            parts.append((middle, end))
            end = middle
        else:
            parts.append((first, middle))
            first, is_left_edge = middle, False
    if not is_left_edge:
        parts.append((first, end))
    return tuple(tiles.range(*part) for part in reversed(parts))


def _split(count: int) -> int:
    """The largest power of two below `count`, which is at least 2."""
    return 1 << (count - 1).bit_length() - 1


def is_included(leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Check an inclusion proof (2.1.3.2); `leaf` is the leaf's hash."""
    if not 0 <= index < size:
        return False
    place, last, running = index, size - 1, leaf
    for part in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            running = _node(part, running)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            running = _node(running, part)
        place, last = place >> 1, last >> 1
    return last == 0 and running == root


def is_consistent(*, old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Check a consistency proof (2.1.4.2): whether the new tree still begins with the whole old one."""
    if not 0 <= old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    return _joins(old_size, old_root, new_size, new_root, proof)


def _joins(old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    # A whole power of two is a node of the new tree: its hash opens the proof without being sent.
    parts = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not parts:
        return False
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = parts[0]
    for part in parts[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = _node(part, old), _node(part, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = _node(new, part)
        place, last = place >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def _full_subtrees(first: int, end: int) -> Iterator[tuple[int, int]]:
    """The largest full subtrees, as (level, index), that cover these leaves; `first` is where a subtree begins."""
    while first < end:
        level = (end - first).bit_length() - 1
        yield level, first >> level
        first += 1 << level


class _Tiles:
    """Hashes of any node of a tree of `size` leaves, from the kept ones, each tile read once."""

    def __init__(self, size: int, read_hashes: ReadHashes) -> None:
        self._size = size
        self._read_hashes = read_hashes
        self._read: dict[tuple[int, int], Sequence[bytes]] = {}

    def range(self, first: int, end: int) -> bytes:
        """The hash of the subtree over these leaves, which may lack leaves on its right."""
        return _folded([self.node(level, index) for level, index in _full_subtrees(first, end)])

    def node(self, level: int, index: int) -> bytes:
        kept_level = level - level % TILE
        span = 1 << level - kept_level
        first = index * span
        tile = self._tile(kept_level, first >> TILE)
        offset = first & (1 << TILE) - 1
        row = list(tile[offset : offset + span])
        while len(row) > 1:
            row = [_node(row[place], row[place + 1]) for place in range(0, len(row), 2)]
        return row[0]

    def _tile(self, level: int, number: int) -> Sequence[bytes]:
        if (level, number) not in self._read:
            first = number << TILE
            wanted = range(first, min(first + (1 << TILE), self._size >> level))
            hashes = self._read_hashes(level, wanted)
            if len(hashes) != len(wanted):
                raise LookupError(f"The log lacks hashes of level {level} between {wanted.start} and {wanted.stop}.")
            self._read[level, number] = hashes
        return self._read[level, number]
