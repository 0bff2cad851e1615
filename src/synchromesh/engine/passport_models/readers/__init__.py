"""Readers of battery passports: one module each, found by discovery.

The contract of a reader module:

- `NAME: str`: the short name of the data model, which answers name;
- `TITLE: str`: what a person calls it;
- `accepts(data: object) -> bool`: whether parsed JSON is of this model; must be quick, must not raise, and must leave
  the files of other models alone;
- `read(data: object, *, kind: BatteryKind | None) -> ReadPassport`: the content in our own field list. `kind` is what
  the caller knows of the battery, None where the file must say it. What the field list has no place for is named in
  `lost`; what cannot be read becomes a problem with its place. Raises InvalidInput only where the file as a whole is no
  use.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.passport import Passport
from synchromesh.engine.plugins import discover

__all__ = ["ReadPassport", "parse_file", "read_passport"]

LARGEST_FILE = 20_000_000  # bytes
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPassport:
    """A passport from a file: its data model, the content in our field list, and what was left out on the way."""

    model: str
    passport: Passport
    lost: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def parse_file(content: bytes) -> object:
    """The JSON in a file, in UTF-8 or, with a byte order mark, in UTF-16. Raises InvalidInput for anything else."""
    if len(content) > LARGEST_FILE:
        raise InvalidInput(f"The file is larger than {LARGEST_FILE // 1_000_000} MB.", field="file")
    try:
        text = content.decode("utf-16" if content.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"The file is not text in UTF-8 or UTF-16 (byte {error.start}).", field="file") from None
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InvalidInput(f"The file is not JSON: {place}.", field="file") from None
    except (RecursionError, ValueError):
        raise InvalidInput("The JSON is nested too deeply, or holds a number that is too long.", field="file") from None


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
