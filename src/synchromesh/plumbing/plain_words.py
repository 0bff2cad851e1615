"""Words that people type: without what cannot be printed, in one line or in several, and not too long."""

from __future__ import annotations

import re

from synchromesh.engine.errors import InvalidInput

_MANY_EMPTY_LINES = re.compile(r"\n{3,}")


def read_line(text: str, *, most: int, field: str) -> str:
    """One line of at most `most` characters, spaces put in order. Raises InvalidInput with the field."""
    return _not_too_long(" ".join(_printable(text).split()), most=most, field=field)


def read_paragraphs(text: str, *, most: int, field: str) -> str:
    """Lines of at most `most` characters in all, never more than one empty line in a row. Raises InvalidInput."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    tidy = "\n".join(" ".join(_printable(line).split()) for line in lines).strip()
    return _not_too_long(_MANY_EMPTY_LINES.sub("\n\n", tidy), most=most, field=field)


def _printable(text: str) -> str:
    """Without control characters and without marks that turn the direction of what follows."""
    return "".join(sign if sign.isprintable() or sign.isspace() else "" for sign in text)


def _not_too_long(text: str, *, most: int, field: str) -> str:
    if len(text) > most:
        raise InvalidInput(f"At most {most} characters, please. These are {len(text)}.", field=field)
    return text
