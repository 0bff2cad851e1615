"""Solve small covering problems exactly and give large ones a good start, with integers of any size.

All four criteria of a path are packed into one integer weight per course, so that the least total weight is the best
path: unknown courses in the highest bits, then cost, then 1 for the number of courses, then the slug. Python integers
do not overflow or round, so a bound that meets a solution is a proof, including the ties.

Lower bounds come from dual ascent: every row in turn takes what is left of the weight of its cheapest column. Source:
E. Balas, A. Ho, "Set covering algorithms using cutting planes, heuristics, and subgradient optimization",
Mathematical Programming Study 12 (1980), 37-60.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from synchromesh.engine.planning.covering import Column, Covering, single_bits

NODE_LIMIT = 200  # beyond about this many nodes HiGHS is faster; a count, unlike a time, is the same on every machine


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """A cover found by the search, with what is proved about it.

    `proved` says that `chosen` is the best cover. No cover with the fewest unknown courses costs less than
    `cost_bound`. `candidates` are the only columns that `chosen` and the best cover use.
    """

    chosen: tuple[Column, ...]
    proved: bool
    cost_bound: int
    candidates: tuple[Column, ...]


def search(part: Covering, *, node_limit: int = NODE_LIMIT) -> SearchResult:
    """Look for the best cover of `part.rows` by `part.columns` within `node_limit` nodes of the search tree.

    Every row must be covered by some column. No column of the cover that comes back could be left out.
    """
    packing = _Packing(part.columns)
    tree = _Tree(part, packing.weights)
    tree.submit(tree.greedy_cover())
    bound, residual = tree.dual_ascent(part.rows)
    tree.submit([position for position, left in enumerate(residual) if left == 0])
    tree.leave_out(position for position, left in enumerate(residual) if bound + left > tree.best_weight)
    tree.nodes_left = node_limit
    tree.explore(part.rows, [], 0)
    proved = tree.nodes_left >= 0
    unknown, cost = packing.criteria(tree.best_weight)
    unknown_bound, cost_bound = packing.criteria(bound)
    if unknown_bound < unknown:
        cost_bound = 0  # it only holds for covers with as many unknown courses as the bound says
    return SearchResult(
        chosen=tuple(part.columns[position] for position in tree.best),
        proved=proved,
        cost_bound=cost if proved else cost_bound,
        candidates=tuple(
            column for column, left in zip(part.columns, residual, strict=True) if bound + left <= tree.best_weight
        ),
    )


class _Packing:
    """The weights of the columns and the way back from a total weight to its first two criteria.

    The slug part: of two covers with equally many courses the one with the smallest slug that only one of them has
    comes first, so the course with the n-th slug earns a discount of 2^-n on a constant.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        count = len(columns)
        self._cost_bits = sum(column.cost for column in columns).bit_length()
        self._low_bits = count.bit_length() + (count + count.bit_length())  # number of courses, then slugs
        one_course = 1 << (count + count.bit_length())
        by_slug = sorted(range(count), key=lambda position: columns[position].slug)
        self.weights = [0] * count
        for place, position in enumerate(by_slug):
            column = columns[position]
            criteria = (column.unknown << self._cost_bits) + column.cost
            slug_part = (1 << count) - (1 << (count - 1 - place))
            self.weights[position] = (criteria << self._low_bits) + one_course + slug_part

    def criteria(self, weight: int) -> tuple[int, int]:
        """Return (unknown courses, cost) of a total weight; for a lower bound, lower bounds in that order."""
        high = weight >> self._low_bits
        return high >> self._cost_bits, high & ((1 << self._cost_bits) - 1)


class _Tree:
    """Depth-first branch and bound over one covering problem, with the best cover so far."""

    def __init__(self, part: Covering, weights: list[int]) -> None:
        self.weights = weights
        self.rows = part.rows
        self.covers = [column.covers & part.rows for column in part.columns]
        self.crossing: dict[int, list[int]] = {row: [] for row in single_bits(part.rows)}
        for position in sorted(range(len(weights)), key=weights.__getitem__):
            for row in single_bits(self.covers[position]):
                self.crossing[row].append(position)
        self.row_order = sorted(self.crossing, key=lambda row: (len(self.crossing[row]), row))
        self.forbidden = [False] * len(weights)
        self.best: list[int] = list(range(len(weights)))
        self.best_weight = sum(weights)
        self.nodes_left = 0

    def submit(self, cover: list[int]) -> None:
        """Leave out what the cover does not need, dearest first, and keep it if it is the best so far."""
        needed = sorted(cover, key=self.weights.__getitem__)
        for position in reversed(list(needed)):
            covered = 0
            for other in needed:
                if other != position:
                    covered |= self.covers[other]
            if covered == self.rows:
                needed.remove(position)
        weight = sum(self.weights[position] for position in needed)
        if weight < self.best_weight:
            self.best, self.best_weight = needed, weight

    def greedy_cover(self) -> list[int]:
        """Take the course with the least weight per newly covered row until all rows are covered."""
        cover: list[int] = []
        rows, left = self.rows, range(len(self.weights))
        while rows:
            useful = [position for position in left if self.covers[position] & rows]
            taken = min(useful, key=lambda p: self.weights[p] // (self.covers[p] & rows).bit_count())
            cover.append(taken)
            rows &= ~self.covers[taken]
        return cover

    def leave_out(self, positions: Iterable[int]) -> None:
        """Take columns out of the search for good."""
        out = set(positions)
        self.crossing = {row: [p for p in crossing if p not in out] for row, crossing in self.crossing.items()}

    def dual_ascent(self, rows: int) -> tuple[int, list[int]]:
        """Return a lower bound on the weight of covering `rows`, and what each column costs beyond it.

        A column with residual r is in no cover lighter than bound + r. Where a row has no column left, the bound is
        that of no cover at all.
        """
        residual, forbidden = self.weights.copy(), self.forbidden
        bound = 0
        for row in self.row_order:
            if not row & rows:
                continue
            open_columns = [position for position in self.crossing[row] if not forbidden[position]]
            if not open_columns:
                return self.best_weight, residual
            share = min([residual[position] for position in open_columns])
            if share:
                bound += share
                for position in open_columns:
                    residual[position] -= share
        return bound, residual

    def explore(self, rows: int, chosen: list[int], weight: int) -> None:
        """Search below a node: `chosen` courses weigh `weight` and leave `rows` to cover.

        `nodes_left` below 0 afterwards means that the tree was not searched to its end.
        """
        self.nodes_left -= 1
        if self.nodes_left < 0:
            return
        if not rows:
            self.submit(chosen)
            return
        bound, residual = self.dual_ascent(rows)
        if weight + bound >= self.best_weight:
            return
        branches = self._branches(rows)
        for position in branches:
            if weight + bound + residual[position] < self.best_weight:
                self.explore(rows & ~self.covers[position], [*chosen, position], weight + self.weights[position])
            self.forbidden[position] = True  # the later branches are the covers without this course
        for position in branches:
            self.forbidden[position] = False

    def _branches(self, rows: int) -> list[int]:
        """List the open columns of the row with the fewest, lightest first."""
        options = (
            [position for position in self.crossing[row] if not self.forbidden[position]]
            for row in self.row_order
            if row & rows
        )
        return min(options, key=len)
