"""How many steps of the completion rule are done: what progress and completion are computed from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from synchromesh.learning.unit_kinds import DoneBy, unit_kinds


class OfAKind(Protocol):
    """A unit, as it is stored or outlined."""

    @property
    def kind(self) -> str: ...


class CountedUnit(OfAKind, Protocol):
    """What is counted: a unit of an outline."""

    @property
    def is_required(self) -> bool: ...
    @property
    def is_done(self) -> bool: ...


Counted = TypeVar("Counted", bound=CountedUnit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Steps of the completion rule: each unit that must be done, and each live session that must be attended."""

    total: int
    done: int

    @property
    def are_done(self) -> bool:
        """Whether the rule is met. A version without a single unit cannot be completed."""
        return 0 < self.total == self.done

    @property
    def percent(self) -> int:
        """Rounded down, and at most 99: only a completed course has 100."""
        return min(99, 100 * self.done // self.total) if self.total else 0


def counted_units(units: Sequence[Counted], *, attendance_percent: int | None) -> list[Counted]:
    """The units that each must be done: the required ones, or all where an author requires none.

    Where a share of the live sessions is asked for, they are counted by that share and not one by one.
    """
    required = [unit for unit in units if unit.is_required] or list(units)
    return [unit for unit in required if attendance_percent is None or not is_session(unit)]


def needed_sessions(units: Sequence[CountedUnit], *, attendance_percent: int | None) -> int:
    """How many live sessions must be attended: the share of all that there are, rounded up."""
    sessions = sum(is_session(unit) for unit in units)
    return math.ceil(sessions * (attendance_percent or 0) / 100)


def count_steps(units: Sequence[CountedUnit], *, attendance_percent: int | None) -> Steps:
    """Count what is asked for and what is done of it."""
    counted = counted_units(units, attendance_percent=attendance_percent)
    needed = needed_sessions(units, attendance_percent=attendance_percent)
    attended = sum(unit.is_done for unit in units if is_session(unit))
    return Steps(total=len(counted) + needed, done=sum(unit.is_done for unit in counted) + min(attended, needed))


def is_session(unit: OfAKind) -> bool:
    """Whether a unit is done by being there; not one of a kind that this installation does not know (any more)."""
    kind = unit_kinds().get(unit.kind)
    return kind is not None and kind.DONE_BY is DoneBy.ATTENDANCE
