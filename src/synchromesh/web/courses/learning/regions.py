"""Places in a picture as SVG draws them: in percent of its width and height, with a number in the middle."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any

# Strokes in a box of 6 by 10 around the middle. Drawn and not written: what stands behind a place is a picture, so that
# nobody could say whether letters have enough contrast; the mark below them has a ground of its own.
_DIGITS = (
    "M0-5c4 0 4 10 0 10s-4-10 0-10z",
    "M-2-3l2-2v10",
    "M-3-3c0-3 6-3 6 0c0 2-6 5-6 8h6",
    "M-3-4c2-2 6-1 6 1.5c0 1.5-1.5 2.5-3 2.5c1.5 0 3.5 1 3.5 2.5c0 3-5 3.5-6.5 1.5",
    "M2 5v-10l-5 7h7",
    "M3-5h-5l-.5 4.5c2.5-1.5 6 0 6 2.5c0 3.5-5 4-6.5 1.5",
    "M2.5-4.5c-4-1.5-5.5 3-5.5 5.5c0 5 6 5 6 1c0-4-6-3.5-6 0",
    "M-3-5h6l-4 10",
    "M0-.5c-4-1-3-4.5 0-4.5s4 3.5 0 4.5c-4.5 1-4 5.5 0 5.5s4.5-4.5 0-5.5z",
    "M-2.5 4.5c4 1.5 5.5-3 5.5-5.5c0-5-6-5-6-1c0 4 6 3.5 6 0",
)
_DIGIT_WIDTH = 9


def digit_paths(number: int) -> list[dict[str, str]]:
    """The digits of a number as paths, each with how far it stands to the side of the middle."""
    digits = str(number)
    first = -(len(digits) - 1) * _DIGIT_WIDTH / 2
    return [{"d": _DIGITS[int(digit)], "x": f"{first + place * _DIGIT_WIDTH:g}"} for place, digit in enumerate(digits)]


def region_fields(regions: Iterable[Any], *, chosen: Collection[str]) -> list[dict[str, Any]]:
    """Numbered regions with the attributes of their shapes. Numbers are texts, so that no locale writes a comma."""
    return [
        {
            "key": region.key,
            "number": number,
            "labels": region.labels,
            "shape": region.shape,
            "is_chosen": region.key in chosen,
            "digits": digit_paths(number),
        }
        | _shape(region.shape, [Decimal(place) for place in region.places])
        for number, region in enumerate(regions, start=1)
    ]


def _shape(shape: str, places: Sequence[Decimal]) -> dict[str, str]:
    if shape == "circle":
        x, y, radius = places
        return _written(x=x, y=y, radius=radius, middle_x=x, middle_y=y)
    if shape == "rectangle":
        left, top, right, bottom = places
        middle = {"middle_x": (left + right) / 2, "middle_y": (top + bottom) / 2}
        return _written(x=left, y=top, width=right - left, height=bottom - top, **middle)
    across, down = places[::2], places[1::2]
    points = " ".join(f"{x},{y}" for x, y in zip(across, down, strict=True))
    middle = {"middle_x": _mean(across), "middle_y": _mean(down)}
    return {"points": points} | _written(**middle)


def _mean(numbers: Sequence[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0)) / len(numbers)


def _written(**numbers: Decimal) -> dict[str, str]:
    return {name: f"{number:.2f}".rstrip("0").rstrip(".") for name, number in numbers.items()}
