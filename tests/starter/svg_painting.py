"""What colour lies behind a point of a figure: its shapes in the order in which they are painted.

Enough of SVG for figures that are drawn without transforms, gradients and clipping: rectangles, circles, ellipses,
lines, polygons and paths (https://www.w3.org/TR/SVG2/paths.html, arcs after B.2.4), with plain colours.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

SPACE = "{http://www.w3.org/2000/svg}"
Point = tuple[float, float]
Line = list[Point]
_INHERITED = ("fill", "stroke", "stroke-width", "font-size", "text-anchor")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_STEPS = 12
_WIDE = 0.62  # of the size of the letters: a bold capital of Arial on average


@dataclass(frozen=True)
class Shape:
    """What was painted: closed or open lines, colours ("none": not painted), width of the stroke."""

    lines: list[Line]
    fill: str
    stroke: str
    width: float

    def colour_at(self, point: Point) -> str | None:
        """The colour that this shape puts on a point; the stroke lies over the fill."""
        if self.stroke != "none" and any(_near(line, point, self.width / 2) for line in self.lines):
            return self.stroke
        return self.fill if self.fill != "none" and _inside(self.lines, point) else None


@dataclass(frozen=True)
class Words:
    """A text with its size, colour, and the points at which its ground is looked at."""

    text: str
    size: float
    colour: str
    points: list[Point]


def painted(root: Element) -> Iterator[Shape | Words]:
    """Everything that is painted, the lowest first."""
    yield from _painted(root, {"fill": "#000000", "stroke": "none", "stroke-width": "1", "font-size": "16"})


def grounds(root: Element) -> Iterator[tuple[Words, set[str]]]:
    """Each text with the colours behind its points; "none" where nothing was painted."""
    below: list[Shape] = []
    for one in painted(root):
        if isinstance(one, Shape):
            below.append(one)
        else:
            yield one, {_colour_behind(below, point) for point in one.points}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = {"white": "ffffff", "black": "000000"}.get(colour, colour.lstrip("#"))
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _colour_behind(below: list[Shape], point: Point) -> str:
    return next((colour for shape in reversed(below) if (colour := shape.colour_at(point)) is not None), "none")


def _painted(element: Element, inherited: dict[str, str]) -> Iterator[Shape | Words]:
    style = inherited | {name: element.attrib[name] for name in _INHERITED if name in element.attrib}
    name = element.tag.removeprefix(SPACE)
    if name == "text":
        yield _words(element, style)
        return
    lines = _lines_of(name, element)
    if lines:
        yield Shape(lines, style["fill"], style["stroke"], float(style["stroke-width"]))
    for child in element:
        yield from _painted(child, style)


def _words(element: Element, style: dict[str, str]) -> Words:
    text = "".join(element.itertext()).strip()
    size = float(style["font-size"].removesuffix("px"))
    width = len(text) * size * _WIDE
    start = _number(element, "x") - {"middle": width / 2, "end": width}.get(style.get("text-anchor", "start"), 0.0)
    middle = _number(element, "y") - size * 0.35
    # A little inside the first and the last letter: the width is a guess.
    places = [start + width * share for share in (0.15, 0.35, 0.5, 0.65, 0.85)]
    return Words(text, size, style["fill"], [(x, middle) for x in places])


def _number(element: Element, name: str, default: float = 0.0) -> float:
    return float(element.get(name, default))


def _lines_of(name: str, element: Element) -> list[Line]:
    if name == "rect":
        x, y = _number(element, "x"), _number(element, "y")
        right, bottom = x + _number(element, "width"), y + _number(element, "height")
        return [[(x, y), (right, y), (right, bottom), (x, bottom), (x, y)]]
    if name in {"circle", "ellipse"}:
        x, y = _number(element, "cx"), _number(element, "cy")
        wide = _number(element, "r") or _number(element, "rx")
        high = _number(element, "r") or _number(element, "ry")
        turns = [2 * math.pi * step / 48 for step in range(49)]
        return [[(x + wide * math.cos(turn), y + high * math.sin(turn)) for turn in turns]]
    if name == "line":
        return [[(_number(element, f"x{end}"), _number(element, f"y{end}")) for end in (1, 2)]]
    if name in {"polygon", "polyline"}:
        numbers = [float(one) for one in _NUMBER.findall(element.get("points", ""))]
        line = list(zip(numbers[::2], numbers[1::2], strict=True))
        return [line + line[:1] if name == "polygon" else line]
    return flattened(element.get("d", "")) if name == "path" else []


def flattened(path: str) -> list[Line]:
    """The lines of a path, with curves as short straight pieces."""
    pen = _Pen()
    for command, numbers in re.findall(r"([MmLlHhVvCcSsQqTtAaZz])([^A-DF-Za-df-z]*)", path):
        values = [float(one) for one in _NUMBER.findall(numbers)]
        size = {"m": 2, "l": 2, "t": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "a": 7, "z": 0}[command.lower()]
        for place in range(0, len(values), size) if size else [0]:
            # Further pairs after a move are lines.
            now = {"m": "l", "M": "L"}.get(command, command) if place and size else command
            pen.draw(now, values[place : place + size])
    return [line for line in pen.lines if len(line) > 1]


class _Pen:
    """Draws one path."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.at: Point = (0.0, 0.0)
        self.control: Point | None = None

    def draw(self, command: str, values: list[float]) -> None:
        """One command with its numbers, relative in small letters."""
        x, y = self.at if command.islower() else (0.0, 0.0)
        kind, before, self.control = command.lower(), self.control, None
        if kind == "z":
            self._to(self.lines[-1][0])
        elif kind == "h":
            self._to((x + values[0], self.at[1]))
        elif kind == "v":
            self._to((self.at[0], y + values[0]))
        elif kind == "a":
            self._arc(values, (x + values[5], y + values[6]))
        else:
            points = [(x + values[place], y + values[place + 1]) for place in range(0, len(values), 2)]
            self._points(kind, points, before)

    def _points(self, kind: str, points: list[Point], before: Point | None) -> None:
        if kind == "m":
            self.lines.append([points[0]])
            self.at = points[0]
        elif kind == "l":
            self._to(points[0])
        else:
            mirrored = (2 * self.at[0] - before[0], 2 * self.at[1] - before[1]) if before else self.at
            controls = ([mirrored] if kind in {"s", "t"} else []) + points
            self._curve([self.at, *controls])
            self.control = controls[-2]

    def _to(self, point: Point) -> None:
        self.lines[-1].append(point)
        self.at = point

    def _curve(self, points: list[Point]) -> None:
        """A Bezier curve by de Casteljau's construction."""
        for step in range(1, _STEPS + 1):
            share, layer = step / _STEPS, points
            while len(layer) > 1:
                layer = [(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in pairwise(layer)]
            self._to(layer[0])

    def _arc(self, values: list[float], end: Point) -> None:
        """An arc without rotation, by its centre (SVG 2, B.2.4)."""
        wide, high, turned, large, sweep = values[:5]
        assert turned == 0 or wide == high, "an ellipse that is turned cannot be followed here"
        (x1, y1), (x2, y2) = self.at, end
        half_x, half_y = (x1 - x2) / 2 / wide, (y1 - y2) / 2 / high
        far = max(math.hypot(half_x, half_y), 1e-9)
        if far > 1:
            wide, high = wide * far, high * far
        away = math.sqrt(max(0.0, 1 / min(far, 1.0) ** 2 - 1)) * (-1 if large == sweep else 1)
        half_x, half_y = (x1 - x2) / 2 / wide, (y1 - y2) / 2 / high
        centre = (away * half_y, -away * half_x)
        start = math.atan2(half_y - centre[1], half_x - centre[0])
        turn = math.atan2(-half_y - centre[1], -half_x - centre[0]) - start
        turn += 2 * math.pi if sweep and turn < 0 else -2 * math.pi if not sweep and turn > 0 else 0
        middle = ((x1 + x2) / 2 + centre[0] * wide, (y1 + y2) / 2 + centre[1] * high)
        for step in range(1, _STEPS * 2):
            now = start + turn * step / (_STEPS * 2)
            self._to((middle[0] + wide * math.cos(now), middle[1] + high * math.sin(now)))
        self._to(end)


def _inside(lines: list[Line], point: Point) -> bool:
    """Whether a point lies inside, by the rule "nonzero"."""
    x, y = point
    winding = 0
    for line in lines:
        for (x1, y1), (x2, y2) in zip(line, [*line[1:], line[0]], strict=True):
            if (y1 <= y) != (y2 <= y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                winding += 1 if y2 > y1 else -1
    return winding != 0


def _near(line: Line, point: Point, distance: float) -> bool:
    x, y = point
    for (x1, y1), (x2, y2) in pairwise(line):
        long = (x2 - x1) ** 2 + (y2 - y1) ** 2
        share = 0.0 if long == 0 else min(1.0, max(0.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / long))
        if math.hypot(x - x1 - share * (x2 - x1), y - y1 - share * (y2 - y1)) < distance:
            return True
    return False
