"""The JSON in a file, with the place of what is wrong with it."""

from __future__ import annotations

import json
import re

from synchromesh.engine.errors import InvalidInput

LARGEST_FILE = 20_000_000  # bytes
DEEPEST = 100  # levels; real passports have fewer than 20
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]|[0-9]{4301,}', re.DOTALL)
_LONG_NUMBER = 4300  # digits that Python reads as one number


def parse_file(content: bytes) -> object:
    """The JSON in a file, in UTF-8 or, with a byte order mark, in UTF-16. Raises InvalidInput for anything else."""
    if len(content) > LARGEST_FILE:
        raise InvalidInput(f"The file is larger than {LARGEST_FILE // 1_000_000} MB.", field="file")
    try:
        text = content.decode("utf-16" if content.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"The file is not text in UTF-8 or UTF-16 (byte {error.start}).", field="file") from None
    if not text.strip():
        raise InvalidInput("The file is empty.", field="file")
    try:
        data: object = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InvalidInput(f"The file is not JSON: {place}.", field="file") from None
    except (RecursionError, ValueError):
        raise _too_much(text) from None
    if _is_deep(data):
        raise _too_much(text)
    return data


def _is_deep(data: object) -> bool:
    """Whether the nesting is deeper than any passport has, so that no later step exhausts the stack."""
    level = [data]
    for _ in range(DEEPEST):
        below: list[object] = []
        for value in level:
            if isinstance(value, dict):
                below.extend(entry for entry in value.values() if isinstance(entry, dict | list))
            elif isinstance(value, list):
                below.extend(entry for entry in value if isinstance(entry, dict | list))
        if not below:
            return False
        level = below
    return True


def _too_much(text: str) -> InvalidInput:
    """The error that names the place of what is too deep or too long."""
    depth = 0
    for token in _TOKEN.finditer(text):
        sign = token.group()
        if sign[0] in "[{":
            depth += 1
        elif sign[0] in "]}":
            depth -= 1
        if depth > DEEPEST or sign[0].isdigit():
            line = text.count("\n", 0, token.start()) + 1
            column = token.start() - text.rfind("\n", 0, token.start())
            place = f"line {line}, column {column}"
            if depth > DEEPEST:
                return InvalidInput(
                    f"The JSON is nested too deeply, more than {DEEPEST} levels: {place}.", field="file"
                )
            words = f"The JSON holds a number that is too long, more than {_LONG_NUMBER} digits: {place}."
            return InvalidInput(words, field="file")
    return InvalidInput("The JSON is nested too deeply, or holds a number that is too long.", field="file")
