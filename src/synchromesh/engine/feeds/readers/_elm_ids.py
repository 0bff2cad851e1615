"""Ids within documents of the European Learning Model: those that we write carry what the format has no place for."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

__all__ = ["OWN", "any_uri", "course_id", "own_id", "own_parts", "read_course_id"]

OWN = "urn:synchromesh:"

_PART = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*"
_SAFE = re.compile(rf"https?://[A-Za-z0-9.-]+(?::\d{{1,5}})?(?:[/?]{_PART})?(?:#{_PART})?", re.ASCII)
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\[\]#<>\"\ud800-\udfff]|%(?![0-9A-Fa-f]{2})")


def own_id(kind: str, *parts: str) -> str:
    """An id of our own, from whose parts it can be read back."""
    return OWN + ":".join((kind, *(quote(part, safe="", errors="replace") for part in parts)))


def own_parts(identifier: str, kind: str) -> list[str] | None:
    """The parts of an id of our own of that kind, None for any other."""
    start = f"{OWN}{kind}:"
    if not identifier.startswith(start):
        return None
    return [unquote(part) for part in identifier.removeprefix(start).split(":")]


def course_id(external_id: str) -> str:
    """The id of a course: its own where that is an address, else one that holds it."""
    return external_id if _SAFE.fullmatch(external_id) else own_id("course", external_id)


def read_course_id(identifier: str) -> str:
    """The id of a course as the rest of the product knows it."""
    parts = own_parts(identifier, "course")
    return parts[0] if parts else identifier


def any_uri(address: str) -> str:
    """The address as XML Schema allows it: signs that no address may have are percent-encoded."""
    page, sign, fragment = address.partition("#")
    return _encoded(page) + sign + _encoded(fragment)


def _encoded(text: str) -> str:
    return _FORBIDDEN.sub(lambda match: quote(match[0], safe="", errors="replace"), text)
