"""Formats of competence frameworks: one module each, found by discovery.

The contract of a format module:

- `TITLE: str`: what a person calls it, with the files it consists of;
- `accepts(files: Mapping[str, bytes]) -> bool`: whether the files (bytes by name) are of this format; must be quick,
  must not raise, and must leave the files of other formats alone;
- `read(files: Mapping[str, bytes]) -> FrameworkDocument`: bad entries become problems with a position, good ones load;
  raises InvalidInput only when a file as a whole is no use;
- `write(document: FrameworkDocument) -> dict[str, bytes]`, where the format is also written: `read` gives back the same
  document, apart from positions and problems. Formats that name things by address also take `base: str`, the address
  under which they are named.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.frameworks._document import (
    Depth,
    EscoReference,
    FamilyRecord,
    FrameworkDocument,
    Provenance,
    Record,
    RequirementRecord,
    RoleRecord,
    SkillRecord,
    UnitRecord,
)
from synchromesh.engine.plugins import discover

__all__ = [
    "Depth",
    "EscoReference",
    "FamilyRecord",
    "FrameworkDocument",
    "Provenance",
    "Record",
    "RequirementRecord",
    "RoleRecord",
    "SkillRecord",
    "UnitRecord",
    "read_framework",
]


def read_framework(files: Mapping[str, bytes]) -> FrameworkDocument:
    """Read a framework from its files (bytes by name) with the first format that accepts them, in order of name.

    Raises InvalidInput when no format does, naming those that are read, or when a file as a whole is no use.
    """
    formats = discover(sys.modules[__name__]).values()
    for module in formats:
        if module.accepts(files):
            document: FrameworkDocument = module.read(files)
            return document
    named = ", ".join(sorted(files)[:5]) or "no file"
    read = "; ".join(module.TITLE for module in formats)
    raise InvalidInput(f"No framework format fits ({named}). These are read: {read}.")
