"""Periodic duties: tasks that run again and again without anybody asking. An app registers its own in its `ready`.

When each is next due stands in the database (`scheduling`). A duty takes no arguments and is idempotent: it may run
twice, and a turn may be missed while nothing runs; it then comes once, not as often as it was missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A task, by its name as `jobs` knows it, and the time from one turn to the next."""

    task: str
    every: timedelta


_duties: dict[str, Duty] = {}


def register(task: str, *, every: timedelta) -> None:
    """Have the task run periodically. Registering it again changes its interval."""
    _duties[task] = Duty(task=task, every=every)


def list_duties() -> tuple[Duty, ...]:
    """All duties, by name."""
    return tuple(sorted(_duties.values(), key=lambda duty: duty.task))
