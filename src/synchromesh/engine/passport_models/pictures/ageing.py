"""A line of readings over time, such as the remaining capacity of a battery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from synchromesh.engine.passport_models.passport import FieldValue
from synchromesh.engine.passport_models.pictures.numbers import drawable_day, drawable_number, ticks

WIDTH, HEIGHT = 600.0, 180.0
START, END, TOP, BOTTOM = 6.0, 594.0, 2.0, 178.0
"""Where the readings lie in the view box. Its width may be stretched; the words stand outside of it."""
MOST_POINTS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One reading and its place."""

    x: float
    y: float
    value: float
    at: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A number at the upright axis and its height."""

    y: float
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeingLine:
    """The points in the order of their days, the ticks, and the height of the threshold where one is drawn."""

    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    threshold: Tick | None

    @property
    def path(self) -> str:
        """The points as SVG writes them."""
        return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in self.points)


def draw_ageing(stated: FieldValue | None, *, threshold: float | None = None) -> AgeingLine | None:
    """The readings of a dynamic field as a line, oldest first; None where fewer than two can be drawn.

    `threshold` is a value that the readings are compared with, in the same unit.
    """
    readings = _readings(stated)
    if len(readings) < 2:
        return None
    values = [value for _, value in readings] + ([threshold] if threshold is not None else [])
    marks = ticks(min(values), max(values))
    first, last = readings[0][0], readings[-1][0]
    days = max(1, (last - first).days)

    def height(value: float) -> float:
        share = (value - marks[0]) / (marks[-1] - marks[0])
        return BOTTOM - min(1.0, max(0.0, share)) * (BOTTOM - TOP)

    points = tuple(
        Point(x=START + (END - START) * (day - first).days / days, y=height(value), value=value, at=day)
        for day, value in readings
    )
    return AgeingLine(
        points=points,
        ticks=tuple(Tick(y=height(mark), value=mark) for mark in marks),
        threshold=Tick(y=height(threshold), value=threshold) if threshold is not None else None,
    )


def _readings(stated: FieldValue | None) -> list[tuple[date, float]]:
    """Days and numbers, oldest first; what cannot be used is left out."""
    if stated is None:
        return []
    pairs = [(reading.at, reading.value) for reading in stated.history[:MOST_POINTS]] + [(stated.at, stated.value)]
    usable = [(drawable_day(at), drawable_number(value)) for at, value in pairs]
    return sorted((day, value) for day, value in usable if day is not None and value is not None)
