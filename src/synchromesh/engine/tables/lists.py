"""Several values in one cell: "first; second". A value that has a semicolon itself stands in double quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ITEM = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=;|\Z)|([^;]*))(?:;|\Z)')


def split_list(text: str) -> tuple[str, ...]:
    """Return the values of a cell, stripped, empty ones left out.

    A value that starts with a quotation mark but does not end with one is taken as it is: people write such things.
    """
    if ";" not in text and not text.lstrip().startswith('"'):
        return (text.strip(),) if text.strip() else ()
    found: list[str] = []
    place = 0
    while place < len(text):
        match = _ITEM.match(text, place)
        if match is None:  # cannot happen: the pattern takes any text; this keeps the loop safe for ever
            break
        found.append(match[2] if match[1] is None else match[1].replace('""', '"'))
        place = match.end()
    return tuple(item.strip() for item in found if item.strip())


def join_list(items: Iterable[str], *, quoted: str = "") -> str:
    """Return one cell from which `split_list` reads the same values, as long as they are stripped and not empty.

    Values with one of the characters in `quoted` stand in quotation marks too.
    """
    special = frozenset(quoted) | {";"}
    return "; ".join(_quoted(item) if special & set(item) or item.startswith('"') else item for item in items)


def _quoted(item: str) -> str:
    return '"' + item.replace('"', '""') + '"'
