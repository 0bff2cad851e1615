"""`qti-hotspot-interaction`: places in a picture, from pixels to percent of its width and height."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from synchromesh.engine.exchange.questions._picture_sizes import picture_size
from synchromesh.engine.exchange.questions._qti_choice_reading import pick
from synchromesh.engine.exchange.questions._qti_item import Draft, ItemReading, keys_of
from synchromesh.engine.exchange.questions._qti_judging import CannotRepresent
from synchromesh.engine.exchange.questions._qti_tree import Node
from synchromesh.engine.exchange.questions._qti_values import as_decimal
from synchromesh.engine.vocabulary.questions import Hotspot, QuestionKind, Region

_SHAPES = {"circle": "circle", "rect": "rectangle", "poly": "polygon"}
_PLACES = Decimal("0.0001")
_WHOLE = Decimal(100)


def read_hotspot(reading: ItemReading, node: Node) -> Draft:
    """A hotspot question; a region without a label gets its number, with a remark."""
    declared, options = reading.declaration(node), node.named("qti-hotspot-choice")
    shown = next((child for child in node.elements if child.name in ("img", "object", "picture")), None)
    if shown is None:
        raise CannotRepresent("The item has no picture.")
    name, alternative = reading.take_picture(shown)
    size = _stated_size(shown) or picture_size(reading.media[name])
    if size is None:
        raise CannotRepresent("The item does not say how wide and high its picture is.")
    is_single = declared.cardinality == "single"
    correct, trials, verdict = pick(reading, declared, options, is_single=is_single)
    keys = keys_of(options)
    regions = tuple(
        Region(
            key=keys[option.get("identifier")],
            shape=_SHAPES.get(option.get("shape"), option.get("shape")),
            places=_places(option, size),
            labels={reading.language: _label(reading, option, place)},
            correct=option.get("identifier") in correct,
        )
        for place, option in enumerate(options, 1)
    )
    if not alternative:
        reading.remarks.append("The picture has no text alternative: write one.")
    body = Hotspot(
        media=name, alternatives={reading.language: alternative or reading.item.get("title") or name}, regions=regions
    )
    return Draft(kind=QuestionKind.HOTSPOT, body=body, verdict=verdict, trials=trials)


def _stated_size(shown: Node) -> tuple[int, int] | None:
    found = next((inside for inside in shown.walk() if inside.get("width")), shown)
    sides = [re.fullmatch(r"(\d{1,5})(?:\.\d+)?(?:px)?", found.get(side)) for side in ("width", "height")]
    if not all(sides):
        return None
    width, height = (int(side[1]) for side in sides if side is not None)
    return (width, height) if width and height else None


def _label(reading: ItemReading, option: Node, place: int) -> str:
    said = option.get("hotspot-label") or option.get("aria-label")
    if said:
        return said
    remark = "The places in the picture have no labels: say in words where they are."
    if remark not in reading.remarks:
        reading.remarks.append(remark)
    return str(place)


def _places(option: Node, size: tuple[int, int]) -> tuple[Decimal, ...]:
    """Percent: across of the width, down of the height, a radius of the width."""
    width, height = size
    shape, parts = option.get("shape"), [part.strip() for part in option.get("coords").split(",")]
    sides = [width, height, width] if shape == "circle" else [(width, height)[place % 2] for place in range(len(parts))]
    if shape not in _SHAPES or len(sides) != len(parts):
        raise CannotRepresent(f"The item has a place of the shape '{shape}' that is not understood.")
    return tuple(_percent(part, side) for part, side in zip(parts, sides, strict=True))


def _percent(part: str, side: int) -> Decimal:
    number = as_decimal(part.removesuffix("%"))
    if number is None:
        raise CannotRepresent(f"The item has a place with '{part[:20]}', which is no number.")
    percent = number if part.endswith("%") else number * 100 / side
    return min(max(percent, Decimal(0)), _WHOLE).quantize(_PLACES).normalize() + 0


def pixels(region: Region, size: tuple[int, int]) -> str:
    """The coordinates of a region in whole pixels."""
    width, height = size
    sides: Sequence[int] = (width, height, width) if region.shape == "circle" else (width, height) * len(region.places)
    numbers = (place * side / 100 for place, side in zip(region.places, sides, strict=False))
    return ",".join(str(int(number.to_integral_value())) for number in numbers)
