"""When a feed gives so much less than usual that somebody should look before the catalogue believes it.

A provider rebuilds its pages, and a feed that gave 400 courses gives 30, or 400 that cannot be read. To take that at
its word would empty the catalogue without a sound. The rule, against the median of up to the last five good fetches:

- no course at all is an alarm, also the first time;
- fewer courses than 70 % of the usual number are an alarm;
- problems that exceed the usual number of problems by more than 30 % of the usual number of courses are an alarm.

The median, since one odd fetch must not set what is usual. The rule is ours: the shares are a judgement that a change
of a season's programme stays below and a broken page does not, and no measurement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Literal

REMEMBERED = 5
LEAST_SHARE = Fraction(7, 10)  # of the usual number of courses


@dataclass(frozen=True, slots=True, kw_only=True)
class Yield:
    """What one fetch gave: courses that could be read, and problems."""

    courses: int
    problems: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YieldAlarm:
    """What is wrong: `found` and `usual` count courses, or problems where `kind` is "problems"."""

    kind: Literal["empty", "drop", "problems"]
    found: int
    usual: int

    @property
    def sentence(self) -> str:
        """The alarm in words."""
        if self.kind == "empty":
            return "The feed holds no course that can be read."
        if self.kind == "drop":
            return f"The feed holds {self.found} courses; usually it holds {self.usual}."
        return f"The feed has {self.found} problems; usually it has {self.usual}."


def judge_yield(found: Yield, *, earlier: Sequence[Yield]) -> YieldAlarm | None:
    """The alarm for a fetch, or None. `earlier` are the good fetches before it, newest first; five of them count."""
    usual = earlier[:REMEMBERED]
    courses = median(one.courses for one in usual) if usual else 0
    problems = median(one.problems for one in usual) if usual else 0
    if found.courses == 0:
        return YieldAlarm(kind="empty", found=0, usual=round(courses))
    if found.courses < LEAST_SHARE * Fraction(courses):
        return YieldAlarm(kind="drop", found=found.courses, usual=round(courses))
    if usual and found.problems - Fraction(problems) > (1 - LEAST_SHARE) * Fraction(courses):
        return YieldAlarm(kind="problems", found=found.problems, usual=round(problems))
    return None
