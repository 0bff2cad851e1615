"""The one scale of skill: 0 none, 1 Awareness, 2 Practitioner, 3 Expert.

Source: the three levels of the alliance's Skills Hub, with 0 for "not yet". The four answers of a self-check map to
it one to one. EQF levels are another scale and never converted silently (docs/glossary.md).
"""

from __future__ import annotations

from enum import IntEnum

from synchromesh.engine.errors import InvalidInput


class Level(IntEnum):
    """A level of a skill; compare and subtract like the number it is."""

    NONE = 0
    AWARENESS = 1
    PRACTITIONER = 2
    EXPERT = 3


LOWEST = Level.NONE
HIGHEST = Level.EXPERT
_BY_NUMBER = {str(int(level)): level for level in Level}


def parse_level(text: str, *, field: str = "level") -> Level:
    """Read a level from its number ("2") or English name ("Practitioner", any case).

    Raises InvalidInput naming `field` for anything else.
    """
    cleaned = text.strip()
    if cleaned in _BY_NUMBER:
        return _BY_NUMBER[cleaned]
    try:
        return Level[cleaned.upper()]
    except KeyError:
        raise InvalidInput(
            f"'{text}' is not a level. Use 0 to 3, or None, Awareness, Practitioner or Expert.", field=field
        ) from None
