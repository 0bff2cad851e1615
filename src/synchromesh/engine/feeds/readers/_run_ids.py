"""Ids of runs: each run of a course has one of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from synchromesh.engine.feeds.readers._course_parts import derived_run_id
from synchromesh.engine.feeds.records import RunRecord

__all__ = ["with_distinct_ids"]


def with_distinct_ids(runs: Iterable[RunRecord]) -> tuple[RunRecord, ...]:
    """The runs with an id each, made from date and place where there is none; the second of two gets a number."""
    found: dict[str, RunRecord] = {}
    for run in runs:
        wanted = name = run.external_id or derived_run_id(run)
        number = 2
        while name in found:
            name, number = f"{wanted}-{number}", number + 1
        found[name] = run if run.external_id == name else replace(run, external_id=name)
    return tuple(found.values())
