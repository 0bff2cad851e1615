"""Solve large covering problems with HiGHS, one criterion after the other.

Each stage minimises one criterion and the next stages keep it: unknown courses, cost, number of courses, slugs. HiGHS
works with floating point numbers, so nothing of its answer is believed: costs are divided by their greatest common
divisor, every solution is rounded and checked again with integers, and a bound is used only after a margin for
rounding. Source: Q. Huangfu, J. A. J. Hall, "Parallelizing the dual revised simplex method", Mathematical Programming
Computation 10 (2018), 119-142, and https://highs.dev.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from synchromesh.engine.planning.covering import Column, Covering, single_bits

# Every criterion is a whole number, so a gap below 1 is no gap. HiGHS may stop at half of that, and a quarter more is
# left for rounding: a bound of at least 9.25 after the margin proves 10.
_GAP = 0.5
_ROUNDING = 0.25
_SLUGS_AT_ONCE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramResult:
    """The cover found. `cost_bound` is proved among covers with the fewest unknown courses; `proved` covers it all."""

    chosen: tuple[Column, ...]
    proved: bool
    cost_bound: int


def solve(part: Covering, *, start: Sequence[Column], cost_bound: int, deadline: float) -> ProgramResult:
    """Improve the cover `start` to the best one, or as far as the time allows.

    `cost_bound` is a lower bound known before; `deadline` is a moment of `time.monotonic`. Both `start` and the best
    cover use only columns of `part`.
    """
    program = _Program(part, start, deadline)
    for criterion in ("unknown", "cost"):
        weights = [int(getattr(column, criterion)) for column in part.columns]
        bound = program.minimise(weights)
        if criterion == "cost":
            cost_bound = max(cost_bound, bound)
        if bound < program.total(weights):
            return ProgramResult(chosen=program.chosen(), proved=False, cost_bound=cost_bound)
        program.keep(weights)
    count = [1] * len(part.columns)
    proved = program.minimise(count) == program.total(count)
    if proved:
        program.keep(count)
        proved = program.prefer_early_slugs()
    return ProgramResult(chosen=program.chosen(), proved=proved, cost_bound=cost_bound)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What one run of HiGHS gave: a cover that was checked with integers (or nothing), and the bound it claims."""

    cover: list[int]
    bound: float


class _Program:
    """The binary program of one covering problem, the best cover so far, and the criteria that must be kept."""

    def __init__(self, part: Covering, start: Sequence[Column], deadline: float) -> None:
        self._columns = part.columns
        self._rows = part.rows
        self._deadline = deadline
        self._positions = list(range(len(part.columns)))
        self._kept: list[tuple[list[int], int]] = []
        slugs = {column.slug for column in start}
        self._best = [position for position in self._positions if part.columns[position].slug in slugs]
        self._highs = _quiet_solver()
        for _ in self._positions:
            self._highs.addCol(0.0, 0.0, 1.0, 0, [], [])
        integer = np.full(len(self._positions), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self._highs.changeColsIntegrality(len(self._positions), self._positions, integer)
        for row in single_bits(part.rows):
            self._add_row(1.0, highspy.kHighsInf, [int(column.covers & row > 0) for column in part.columns])

    def chosen(self) -> tuple[Column, ...]:
        """Return the best cover so far."""
        return tuple(self._columns[position] for position in self._best)

    def total(self, weights: list[int]) -> int:
        """Return the total weight of the best cover so far."""
        return sum(weights[position] for position in self._best)

    def minimise(self, weights: list[int]) -> int:
        """Look for a cover of less total weight that keeps the criteria so far; return a proved lower bound."""
        divisor = math.gcd(*weights)
        if divisor == 0 or self.total(weights) == 0:
            return 0
        self._highs.changeColsCost(len(weights), self._positions, [float(weight // divisor) for weight in weights])
        self._highs.setSolution(len(self._best), self._best, [1.0] * len(self._best))
        answer = self._run()
        if answer.cover and sum(weights[position] for position in answer.cover) < self.total(weights):
            self._best = answer.cover
        whole = math.ceil(answer.bound - _ROUNDING) if math.isfinite(answer.bound) else 0
        return max(0, min(whole * divisor, self.total(weights)))

    def keep(self, weights: list[int]) -> None:
        """Let all further covers weigh no more than the best one does."""
        divisor = math.gcd(*weights)
        if divisor:
            self._kept.append((weights, self.total(weights)))
            scaled = [weight // divisor for weight in weights]
            self._add_row(-highspy.kHighsInf, self.total(weights) / divisor + _GAP, scaled)

    def prefer_early_slugs(self) -> bool:
        """Move to the cover with the smallest sorted list of slugs among the best; False when the time ends first.

        All these covers have as many courses. So the better of two is the one with the first slug that only one of them
        has, and a course with the n-th slug earns a discount of 2^-n. As many slugs as floating point numbers hold
        safely are settled at a time.
        """
        by_slug = sorted(self._positions, key=lambda position: self._columns[position].slug)
        for first in range(0, len(by_slug), _SLUGS_AT_ONCE):
            block = by_slug[first : first + _SLUGS_AT_ONCE]
            weights = [1 << _SLUGS_AT_ONCE] * len(by_slug)
            for place, position in enumerate(block, start=1):
                weights[position] -= 1 << (_SLUGS_AT_ONCE - place)
            if self.minimise(weights) < self.total(weights):
                return False
            for position in block:
                settled = float(position in self._best)
                self._highs.changeColBounds(position, settled, settled)
        return True

    def _run(self) -> _Answer:
        """Run HiGHS for the time that is left and check what comes back."""
        seconds = self._deadline - time.monotonic()
        if seconds <= 0:
            return _Answer(cover=[], bound=-math.inf)
        self._highs.setOptionValue("time_limit", seconds)
        self._highs.run()
        values = self._highs.getSolution().col_value
        cover = [position for position, value in enumerate(values) if value > 0.5]
        return _Answer(
            cover=cover if self._holds(cover) else [],
            bound=float(self._highs.getInfo().mip_dual_bound),
        )

    def _holds(self, cover: list[int]) -> bool:
        """Tell whether `cover` covers every row and keeps the criteria, in integers."""
        covered = 0
        for position in cover:
            covered |= self._columns[position].covers
        return covered & self._rows == self._rows and all(
            sum(weights[position] for position in cover) <= most for weights, most in self._kept
        )

    def _add_row(self, low: float, high: float, entries: list[int]) -> None:
        used = [position for position, entry in enumerate(entries) if entry]
        self._highs.addRow(low, high, len(used), used, [float(entries[position]) for position in used])


def _quiet_solver() -> highspy.Highs:
    """Return HiGHS set to be silent, use one thread and prove the optimum instead of stopping near it."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", _GAP),
        ("mip_feasibility_tolerance", 1e-9),
    ):
        highs.setOptionValue(option, value)
    return highs
