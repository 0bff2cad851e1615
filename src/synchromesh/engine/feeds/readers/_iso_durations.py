"""Minutes of learning as an ISO 8601 duration."""

from __future__ import annotations

__all__ = ["iso_duration"]


def iso_duration(minutes: int | None) -> str | None:
    """ "PT2H30M" for 150 minutes: never in days, which have 24 hours there and about 8 here. None for None."""
    if minutes is None:
        return None
    hours, rest = divmod(minutes, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")
