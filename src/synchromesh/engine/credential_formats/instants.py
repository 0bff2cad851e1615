"""Instants as credentials write them: UTC, whole seconds, with a Z.

Source: W3C XML Schema 1.1 part 2, dateTimeStamp, as the Verifiable Credentials Data Model 2.0 section 4.9 asks for it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)")


def instant_text(moment: datetime) -> str:
    """Write an instant, such as 2026-05-04T10:31:00Z. Raises ValueError for one without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("An instant of a credential needs a time zone.")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def read_instant(text: object) -> datetime | None:
    """Read a dateTimeStamp as UTC; None for anything else, also for a date that no calendar has."""
    if not isinstance(text, str) or not _STAMP.fullmatch(text):
        return None
    # Seven or more decimals are allowed by the standard and refused by Python.
    shortened = re.sub(r"(\.\d{6})\d+", r"\1", text)
    try:
        return datetime.fromisoformat(shortened).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
