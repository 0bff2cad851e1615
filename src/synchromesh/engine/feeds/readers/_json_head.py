"""What stands at the beginning of a JSON document, for telling formats apart; a document may break off there."""

from __future__ import annotations

import json
import re
from typing import BinaryIO

__all__ = ["HEAD", "json_head"]

HEAD = 64 * 1024  # bytes
_DEEPEST = 7  # levels that are looked at
_TOKEN = re.compile(r'\s*(?:([{}\[\],:])|("[^"\\]*(?:\\.[^"\\]*)*")|([^\s{}\[\],:"]+))', re.DOTALL)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def json_head(file: BinaryIO) -> dict[str, set[str]]:
    """The places that were seen in the first 64 KiB and the texts that stand there; empty for what is no JSON.

    Places look like "data.[].type" or "[].shortname"; "" is the document itself. The text "{" or "[" at a place stands
    for an object or a list. The file is read from where it stands.
    """
    start = file.read(HEAD).removeprefix(_BYTE_ORDER_MARK)
    if start.lstrip()[:1] not in (b"{", b"["):
        return {}
    return _places(start.decode("utf-8", errors="replace"))


def _places(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    around: list[str] = []  # "{" or "[" for every open object or list
    names: list[str] = []  # the name of each open object's current member, "[]" in a list
    position, is_name = 0, False
    while match := _TOKEN.match(text, position):
        position = match.end()
        sign, quoted = match[1], match[2]
        if sign in ("{", "["):
            _note(found, names, sign)
            around.append(sign)
            names.append("[]" if sign == "[" else "")
            is_name = sign == "{"
        elif sign in ("}", "]"):
            if not around:
                break
            around.pop()
            names.pop()
            is_name = False
        elif sign == ",":
            is_name = bool(around) and around[-1] == "{"
        elif sign == ":":
            is_name = False
        elif quoted and is_name:
            names[-1] = _unquoted(quoted)
        else:
            _note(found, names, _unquoted(quoted) if quoted else "")
    return found


def _note(found: dict[str, set[str]], names: list[str], text: str) -> None:
    if len(names) <= _DEEPEST:
        found.setdefault(".".join(names), set()).add(text[:200])


def _unquoted(quoted: str) -> str:
    """The text of a JSON string; "https:\\/\\/schema.org" is written by many programs."""
    if "\\" not in quoted:
        return quoted[1:-1]
    try:
        return str(json.loads(quoted, strict=False))
    except ValueError:
        return ""
