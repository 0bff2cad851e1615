"""Readers of battery passports: one module each, found by discovery.

The contract of a reader module:

- `NAME: str`: the short name of the data model, which answers name;
- `TITLE: str`: what a person calls it;
- `accepts(data: object) -> bool`: whether parsed JSON is of this model; must be quick, must not raise, and must leave
  the files of other models alone;
- `read(data: object, *, kind: BatteryKind | None) -> ReadPassport`: the content in our own field list. `kind` is what
  the caller knows of the battery, None where the file must say it. What the field list has no place for is named in
  `losses` with its reason; what cannot be read becomes a problem with its place. `covers` holds the keys of the fields
  that the parts of the file could carry, so that the check asks for nothing that the file has no place for. Raises
  InvalidInput only where the file as a whole is no use.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.parsing import LARGEST_FILE, parse_file
from synchromesh.engine.passport_models.passport import Passport
from synchromesh.engine.passport_models.translation.carrying import Loss
from synchromesh.engine.plugins import discover

__all__ = ["LARGEST_FILE", "Loss", "ReadPassport", "kind_of", "parse_file", "read_passport"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPassport:
    """A passport from a file: its data model, the content in our field list, and what was left out on the way.

    `covers` is None for our own form, which can carry every field.
    """

    model: str
    passport: Passport
    losses: tuple[Loss, ...] = ()
    problems: tuple[Problem, ...] = ()
    covers: frozenset[str] | None = None

    @property
    def lost(self) -> tuple[str, ...]:
        """The paths of what was left out."""
        return tuple(loss.path for loss in self.losses)


def read_passport(data: object, *, kind: BatteryKind | None = None) -> ReadPassport:
    """Read parsed JSON with the first reader that accepts it, in order of name.

    Raises InvalidInput when none does, naming the models that are read, or when the file as a whole is no use.
    """
    readers = discover(sys.modules[__name__]).values()
    for module in readers:
        if module.accepts(data):
            read: ReadPassport = module.read(data, kind=kind)
            return read
    known = "; ".join(module.TITLE for module in readers)
    raise InvalidInput(f"This is no battery passport that can be read. These are read: {known}.", field="file")


def kind_of(stated: object, *, known: BatteryKind | None, place: str) -> tuple[BatteryKind, tuple[Problem, ...]]:
    """The kind of battery: as the caller knows, else as the file states, else of a vehicle, with a problem."""
    if known is not None:
        return known, ()
    if isinstance(stated, str) and stated in list(BatteryKind):
        return BatteryKind(stated), ()
    words = ", ".join(BatteryKind)
    said = "does not say" if stated is None else "says nothing that can be used of"
    message = f"The file {said} which kind of battery it is; it is read as '{BatteryKind.EV}'. The kinds are: {words}."
    return BatteryKind.EV, (Problem(position=place, field="battery_category", message=message),)
