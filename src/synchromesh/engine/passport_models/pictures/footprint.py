"""The carbon footprint by stage of life as bars, to both sides of zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from synchromesh.engine.passport_models.passport import FieldValue
from synchromesh.engine.passport_models.pictures.numbers import drawable_number, drawable_rows

WIDTH = 600.0
"""Of the view box of each bar, which may be stretched; the words of a stage stand above its bar."""
MOST_BARS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class StageBar:
    """One stage: its number, and where its bar begins and how long it is."""

    stage: str
    value: float
    share: float
    x: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StageBars:
    """The bars, top down, the place of zero in each, and the sum."""

    bars: tuple[StageBar, ...]
    zero: float
    total: float


def draw_stages(stated: FieldValue | None) -> StageBars | None:
    """The stages of `footprint_stages` as bars; None where no row has a number.

    `share` is the part of the sum of all magnitudes, so that shares add up to 1 also where a stage saves emissions.
    """
    rows = _rows(stated)
    if not rows:
        return None
    least, most = min(0.0, *(value for _, value in rows)), max(0.0, *(value for _, value in rows))
    span = most - least or 1.0
    magnitude = sum(abs(value) for _, value in rows) or 1.0

    def place(value: float) -> float:
        return WIDTH * min(1.0, max(0.0, (value - least) / span))

    zero = place(0.0)
    bars = tuple(
        StageBar(
            stage=stage,
            value=value,
            share=abs(value) / magnitude,
            x=min(zero, place(value)),
            width=abs(place(value) - zero),
        )
        for stage, value in rows
    )
    return StageBars(bars=bars, zero=zero, total=sum(value for _, value in rows))


def _rows(stated: FieldValue | None) -> Sequence[tuple[str, float]]:
    rows = drawable_rows(stated.value, most=MOST_BARS) if stated is not None else []
    found = [(str(row.get("stage") or "?")[:60], drawable_number(row.get("footprint"))) for row in rows]
    return [(stage, value) for stage, value in found if value is not None]
