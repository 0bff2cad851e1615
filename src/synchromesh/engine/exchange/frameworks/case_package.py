"""The framework as a CASE package: one JSON file with CFDocument, CFItems and CFAssociations.

Source: 1EdTech, Competencies and Academic Standards Exchange (CASE) 1.1, https://www.imsglobal.org/spec/CASE/v1p1.
Families, skills, anchors of levels, roles, units, elements and criteria are items; requirements are associations from
a role to a skill (`ext:requires`); links to ESCO are `exactMatchOf` or `isRelatedTo`. What CASE has no place for stands
in `extensions`, so that nothing is lost. Packages of others load as skills, with problems for what was not understood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from synchromesh.engine.exchange.frameworks._case_reading import read_package
from synchromesh.engine.exchange.frameworks._case_writing import PackageWriter
from synchromesh.engine.exchange.frameworks._collecting import Collected, read_files
from synchromesh.engine.exchange.frameworks._document import FrameworkDocument
from synchromesh.engine.exchange.frameworks._json_text import json_bytes, looks_like_json, parse_json
from synchromesh.engine.exchange.frameworks._stable_identifiers import DEFAULT_BASE, Identifiers
from synchromesh.engine.exchange.frameworks._value_reader import printable

TITLE = "CASE package (1EdTech CASE 1.0 or 1.1, one JSON file)"

# Keys with a value: inside a text the quotation marks would be escaped.
_KEY = re.compile(rb'"CFDocument"\s*:')
_KEYS_OF_VARIANT = (re.compile(rb'"document"\s*:\s*\{'), re.compile(rb'"sourcedId"\s*:'))


def accepts(files: Mapping[str, bytes]) -> bool:
    """Tell whether a file is JSON that names the parts of a CASE package."""
    return any(_is_package(name, data) for name, data in files.items())


def read(files: Mapping[str, bytes]) -> FrameworkDocument:
    """Read the package; raises InvalidInput, with line and column, when it is no sound JSON or no package."""
    return read_files(files, is_ours=_is_package, read=_read_package)


def write(document: FrameworkDocument, *, base: str = DEFAULT_BASE) -> dict[str, bytes]:
    """Return framework.case.json; `base` is the address under which everything is named."""
    return {"framework.case.json": json_bytes(PackageWriter(document, Identifiers(base=base)).package())}


def _is_package(name: str, data: bytes) -> bool:
    if not looks_like_json(data):
        return False
    return _KEY.search(data) is not None or all(key.search(data) for key in _KEYS_OF_VARIANT)


def _read_package(name: str, data: bytes, collected: Collected) -> None:
    value, doubled = parse_json(data, name=name)
    for key in doubled:
        collected.report(name, "This key stands twice in one object; only the last one was read.", name=printable(key))
    read_package(name, value, collected)
