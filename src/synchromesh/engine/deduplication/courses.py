"""What near duplicates are looked for in, and what is answered.

A pair is a proposal for a person, never a decision: `score` says how sure the finder is, and the reasons say why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from synchromesh.engine.errors import InvalidInput

Field = Literal["title", "provider", "address", "text", "dates", "meaning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseProfile:
    """What is compared of a course. Empty text and None mean unknown and speak neither for nor against a pair.

    `key` names the course and is never compared. `language` is the two-letter code of title and text. `text` is
    everything that describes the course, its beginning counts. `minutes` is the workload. `starts_on` and `places`
    are those of its runs: another date or another town is another run, not another course.
    """

    key: str
    title: str
    language: str = ""
    provider: str = ""
    address: str = ""
    text: str = ""
    minutes: int | None = None
    starts_on: tuple[date, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """How alike two courses are in one field, from 0 (nothing alike) to 1 (the same)."""

    field: Field
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicatePair:
    """Two courses that look like one. `first` comes before `second` in the order of keys.

    `score` is a probability as far as the pairs it was fitted on are like yours (`weights.json` says which). `reasons`
    hold each field that both courses state, in the order of `Field`. `other_run` tells that what differs is only when
    or where: the two are most likely runs of one course.
    """

    first: str
    second: str
    score: float
    reasons: tuple[Reason, ...]
    other_run: bool


def refuse_repeated_keys(courses: Sequence[CourseProfile]) -> None:
    """Raise InvalidInput where two courses have the same key."""
    seen: set[str] = set()
    for course in courses:
        if course.key in seen:
            raise InvalidInput(f"The course '{course.key}' is listed twice. List each course once.", field="courses")
        seen.add(course.key)
