"""JSON bytes into values, with the line and column of what is wrong, and values back into the same bytes always."""

from __future__ import annotations

import json
from collections import Counter
from typing import NoReturn

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.limits import MEBIBYTE

MOST_BYTES = 20 * MEBIBYTE
# An empty object takes thirty times its bytes in memory, so they are counted too.
_MOST_OBJECTS = 1_000_000
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def looks_like_json(data: bytes) -> bool:
    """Tell whether the first sign is one with which a JSON object or list starts."""
    return data[:1000].removeprefix(_BYTE_ORDER_MARK).lstrip()[:1] in (b"{", b"[")


def utf8_text(data: bytes, *, name: str, most_bytes: int = MOST_BYTES) -> str:
    """Return the text of a file; raises InvalidInput when it is too large or not UTF-8, with the place."""
    if len(data) > most_bytes:
        raise InvalidInput(f"{name} has {len(data):,} bytes; at most {most_bytes:,} are read. Split the file.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidInput(
            f"{name} is not UTF-8: byte {error.start + 1} (line {line}) is wrong. Save it in UTF-8."
        ) from error


def parse_json(data: bytes, *, name: str) -> tuple[object, tuple[str, ...]]:
    """Return the value and the keys that stand twice in one object, of which JSON keeps only the last.

    Raises InvalidInput, with line and column, when the text is no JSON (RFC 8259).
    """
    text = utf8_text(data, name=name)
    if data.count(b"{") + data.count(b"[") > _MOST_OBJECTS:
        raise InvalidInput(f"{name} holds more than {_MOST_OBJECTS:,} objects and lists. Split the file.")
    doubled: list[str] = []

    def joined(pairs: list[tuple[str, object]]) -> dict[str, object]:
        values = dict(pairs)
        if len(values) < len(pairs):
            counts = Counter(key for key, _ in pairs)
            doubled.extend(key for key, count in counts.items() if count > 1)
        return values

    def refused(word: str) -> NoReturn:
        raise InvalidInput(f"{name} has the number '{word}', which JSON does not know. Write a number or null.")

    try:
        return json.loads(text, object_pairs_hook=joined, parse_constant=refused), tuple(dict.fromkeys(doubled))
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        raise InvalidInput(f"{name} is not sound JSON: {place}: {error.msg}. Correct this place.") from error
    except RecursionError as error:
        raise InvalidInput(f"{name} is nested too deeply to be a framework.") from error
    except ValueError as error:
        raise InvalidInput(f"{name} has a number with too many digits to be read.") from error


def json_bytes(value: object) -> bytes:
    """Return readable JSON in UTF-8, keys in the order given."""
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
