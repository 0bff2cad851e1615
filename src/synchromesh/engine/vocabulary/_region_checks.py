"""Whether the places of a region lie inside its picture and enclose something."""

from __future__ import annotations

from decimal import Decimal

from synchromesh.engine.vocabulary._document_values import DocumentValues
from synchromesh.engine.vocabulary.document_numbers import as_number

_SHAPES = ("circle", "rectangle", "polygon")
_WHOLE = Decimal(100)


def check_region(values: DocumentValues, shape: str) -> tuple[Decimal, ...]:
    """The places of a region, in percent; what is wrong with them or with the shape is reported."""
    places = [as_number(entry) for entry in values.entries("places")]
    known = tuple(place for place in places if place is not None)
    if shape and shape not in _SHAPES:
        values.fault("shape", f"'{shape}' is no shape. Use {', '.join(_SHAPES)}.")
    elif len(known) < len(places) or not known:
        values.fault("places", "Numbers are needed here, in percent of the picture's width and height.")
    elif shape and (fault := _fault(shape, known)):
        values.fault("places", fault)
    return known


def _fault(shape: str, places: tuple[Decimal, ...]) -> str:
    if not all(0 <= place <= _WHOLE for place in places):
        return "A place lies outside the picture. Percent go from 0 to 100."
    if shape == "circle":
        return _circle_fault(places)
    if shape == "rectangle":
        return _rectangle_fault(places)
    return _polygon_fault(places)


def _circle_fault(places: tuple[Decimal, ...]) -> str:
    if len(places) != 3:
        return "A circle has three numbers: x, y and the radius."
    across, _, radius = places
    if radius <= 0:
        return "The radius must be above 0."
    # The radius is in percent of the width, and how high the picture is is not known here.
    inside = radius <= across <= _WHOLE - radius
    return "" if inside else "The circle reaches over the left or right edge of the picture."


def _rectangle_fault(places: tuple[Decimal, ...]) -> str:
    if len(places) != 4:
        return "A rectangle has four numbers: left, top, right, bottom."
    left, top, right, bottom = places
    return "" if left < right and top < bottom else "Left must be less than right, and top less than bottom."


def _polygon_fault(places: tuple[Decimal, ...]) -> str:
    if len(places) < 6 or len(places) % 2:
        return "A polygon has at least three corners with two numbers each: x1, y1, x2, y2, ..."
    corners = list(zip(places[::2], places[1::2], strict=True))
    following = corners[1:] + corners[:1]
    area = sum(
        (x * next_y - next_x * y for (x, y), (next_x, next_y) in zip(corners, following, strict=True)), Decimal(0)
    )
    return "" if area else "The corners enclose nothing."
