"""The framework as one JSON file: everything a document holds, in our own shape.

An object with `"format": "synchromesh-framework"`, `"format_version": 1` and the lists `families`, `skills`, `roles`,
`requirements` and `units`. Texts are objects by two-letter language. An entry with a value of the wrong kind is left
out and reported with its JSON path; a key that nobody knows is reported and the entry loads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.frameworks._collecting import Collected, read_files
from synchromesh.engine.exchange.frameworks._document import FrameworkDocument
from synchromesh.engine.exchange.frameworks._json_text import json_bytes, looks_like_json, parse_json
from synchromesh.engine.exchange.frameworks._record_reading import READERS, read_records
from synchromesh.engine.exchange.frameworks._record_writing import document_values
from synchromesh.engine.exchange.frameworks._value_reader import printable

TITLE = "framework in our own JSON (one file, nothing left out)"

_FORMAT, _VERSION = "synchromesh-framework", 1
_SIGN = re.compile(rb'"format"\s*:\s*"synchromesh-framework"')


def accepts(files: Mapping[str, bytes]) -> bool:
    """Tell whether a file is JSON that states our format."""
    return any(_is_ours(name, data) for name, data in files.items())


def read(files: Mapping[str, bytes]) -> FrameworkDocument:
    """Read the file; raises InvalidInput, with line and column, when it is no sound JSON or of another version."""
    return read_files(files, is_ours=_is_ours, read=_read_json)


def write(document: FrameworkDocument) -> dict[str, bytes]:
    """Return framework.json; positions and problems are not written."""
    content = {"format": _FORMAT, "format_version": _VERSION, **document_values(document)}
    return {"framework.json": json_bytes(content)}


def _is_ours(name: str, data: bytes) -> bool:
    return looks_like_json(data) and _SIGN.search(data) is not None


def _read_json(name: str, data: bytes, collected: Collected) -> None:
    value, doubled = parse_json(data, name=name)
    if not isinstance(value, dict) or value.get("format") != _FORMAT:
        raise InvalidInput(f'{name} states no format at its top. Write "format": "{_FORMAT}" there.', field="format")
    version = value.get("format_version", _VERSION)
    if type(version) is not int or version != _VERSION:
        message = f"{name} has another format_version; only {_VERSION} is read. Export it again."
        raise InvalidInput(message, field="format_version")
    for key in doubled:
        collected.report(name, "This key stands twice in one object; only the last one was read.", name=printable(key))
    for key in value.keys() - READERS.keys() - {"format", "format_version"}:
        collected.report(f"{name} $", "This key is not known and was not read.", name=printable(key))
    for kind in READERS:
        entries = value.get(kind, [])
        if isinstance(entries, list):
            read_records(kind, ((f"{name} $.{kind}[{place}]", entry) for place, entry in enumerate(entries)), collected)
        else:
            collected.report(f"{name} $.{kind}", "A list of entries is needed here, so nothing was read.")
