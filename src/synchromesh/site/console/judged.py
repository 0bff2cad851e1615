"""An answer that is a judgement too, so that a script can go by the exit code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """`answer` is printed as any other; the exit code is 0 where what was looked at is good, else 1."""

    answer: Any
    is_good: bool
