"""Kinds of units: one module (or folder) each, found by discovery. Adding a kind is adding one, and its templates.

The contract of a kind, which is a module named like the kind with `_` for `-`:

- `TITLE: str`: what an author calls it, marked for translation with `gettext_noop`;
- `DONE_BY: DoneBy`: who says that the unit is done;
- `check(content, *, languages, media) -> list[Problem]`: what is wrong with the content, for an author to mend before
  the version is published; `media` names the files of the course. Must not raise, whatever the content is;
- `media_of(content) -> set[str]`: the names of the files that the content shows;
- `texts_of(content) -> list[TextPlace]`: every translatable text with its place, for translating side by side;
- `show(content, *, language, links) -> Mapping[str, Any]`: what the template `units/{kind}/unit.html` shows to a reader
  of `language`: never a key of an answer. `links` maps the name of a file to its address;
- `accept(content, state, report) -> Progress`: what the unit reported becomes progress. Raises InvalidInput. Only for
  kinds that are done by their own report. The server adds two names to what was reported, whatever was sent under
  them: `language`, that of the learner, and `seed`, a number for this learner in this unit (`seed_of`).

A kind that makes something of its own for each learner also has, besides `show`:

- `show_own(content, state, *, seed) -> Mapping[str, Any]`: what this learner sees, from the same seed as `accept`;
  never a key of an answer before it was given.

A kind's templates are `web/templates/units/{kind}/unit.html` and `edit.html`.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any, Protocol, cast
from uuid import UUID

from synchromesh.engine.errors import NotFound, Problem
from synchromesh.engine.plugins import discover


class DoneBy(StrEnum):
    """Who says that a unit is done: its reader, the unit itself, its instrument, or the list of who was there."""

    READER = "reader"
    REPORT = "report"
    INSTRUMENT = "instrument"
    ATTENDANCE = "attendance"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlace:
    """One translatable text of a content: where it stands, as keys and positions from the top, and its words."""

    path: tuple[str | int, ...]
    texts: Mapping[str, str]
    is_markdown: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a unit's report comes to: the state to keep, whether the unit is done, and what to show in answer."""

    state: Mapping[str, Any]
    is_done: bool
    answer: Mapping[str, Any]


class UnitKind(Protocol):
    """What every kind offers; see the docstring of this package."""

    TITLE: str
    DONE_BY: DoneBy

    def check(self, content: Mapping[str, Any], *, languages: Collection[str], media: Collection[str]) -> list[Problem]:
        """What an author has to mend."""
        ...

    def media_of(self, content: Mapping[str, Any]) -> set[str]:
        """The files that the content shows."""
        ...

    def texts_of(self, content: Mapping[str, Any]) -> list[TextPlace]:
        """Every translatable text."""
        ...

    def show(self, content: Mapping[str, Any], *, language: str, links: Mapping[str, str]) -> Mapping[str, Any]:
        """What the template shows."""
        ...

    def accept(self, content: Mapping[str, Any], state: Mapping[str, Any], report: Mapping[str, Any]) -> Progress:
        """What the unit's report comes to."""
        ...


class PersonalKind(UnitKind, Protocol):
    """A kind that makes something of its own for each learner."""

    def show_own(self, content: Mapping[str, Any], state: Mapping[str, Any], *, seed: int) -> Mapping[str, Any]:
        """What this learner sees."""
        ...


def personal_kind(name: str) -> PersonalKind | None:
    """The kind, where it makes something of its own for each learner. Raises NotFound for an unknown one."""
    kind = get_unit_kind(name)
    return cast("PersonalKind", kind) if hasattr(kind, "show_own") else None


def seed_of(learner: UUID, unit: UUID) -> int:
    """A number for one learner (by their enrolment) in one unit: the same every time, and no guide to another's.

    It stays below 2^48, so that JSON keeps it exactly.
    """
    return int.from_bytes(sha256(f"{learner} {unit}".encode()).digest()[:6], "big")


@cache
def unit_kinds() -> Mapping[str, UnitKind]:
    """Every kind by its name."""
    found = discover(sys.modules[__name__])
    return {name.replace("_", "-"): cast("UnitKind", module) for name, module in found.items()}


def get_unit_kind(name: str) -> UnitKind:
    """One kind. Raises NotFound."""
    try:
        return unit_kinds()[name]
    except KeyError:
        raise NotFound(f"There is no kind of unit called {name}. There are: {', '.join(unit_kinds())}.") from None
