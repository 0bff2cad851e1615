"""Dates as exact as their source: a year, a month, or a day."""

from __future__ import annotations

import re
from datetime import date

from synchromesh.engine.errors import InvalidInput

_SHAPE = re.compile(r"(?:19|20)[0-9]{2}(?:-[0-9]{2}(?:-[0-9]{2})?)?", re.ASCII)
_REST = {4: "-01-01", 7: "-01", 10: ""}


def check_stated_date(text: str, *, field: str) -> str:
    """Return a date as it is stored, empty for unknown. Raises InvalidInput with the field."""
    if not text:
        return ""
    try:
        if _SHAPE.fullmatch(text):
            date.fromisoformat(text + _REST[len(text)])
            return text
    except ValueError:
        pass
    raise InvalidInput("Write the date as exact as it is known: 2018, 2018-01 or 2018-01-15.", field=field)
