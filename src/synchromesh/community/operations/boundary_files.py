"""Read a GeoJSON file of regions into outlines for a drawing: flat, small, in whole units. The file may be hostile.

GeoJSON: RFC 7946; positions are longitude and latitude in degrees (WGS 84). The drawing is a Lambert azimuthal
equal-area projection around 10 degrees east, 52 degrees north, the centre of ETRS89-LAEA (EPSG:3035), on a sphere.
Lines are simplified after Douglas and Peucker (1973), https://doi.org/10.3138/FM57-6770-U75U-7727.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from synchromesh.engine.errors import InvalidInput

LARGEST_FILE = 60 * 1024**2
WIDTH = 1000
"""Units from the left to the right edge of the drawing."""
_MOST_FEATURES = 5_000
_MOST_POINTS = 3_000_000
_WEST, _EAST, _SOUTH, _NORTH = -25.0, 46.0, 33.5, 72.0
_CODE_KEYS = ("NUTS_ID", "nuts_id", "id", "code")
_LONGEST_CODE = 5
_TOLERANCE = 0.7  # units; less than a screen shows at this width
_SMALLEST = 3.0  # square units; an island below that is left out, unless the region has nothing larger
_RADIUS = 6_371_007.181  # metres, of the sphere with the surface of the Earth

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """The paths of a drawing by the code of the region, its size, and the codes whose shape lies outside of it."""

    paths: dict[str, str]
    width: int
    height: int
    outside: tuple[str, ...]


def read_outlines(content: bytes, *, codes: frozenset[str]) -> Outlines:
    """The outlines of those of `codes` that the file has. Raises InvalidInput with what to do."""
    shapes: dict[str, list[Ring]] = {}
    outside = []
    for code, rings in _features(_parse(content), codes):
        flat = [[_project(point) for point in ring] for ring in rings if _is_shown(ring)]
        if flat:
            shapes.setdefault(code, []).extend(flat)
        else:
            outside.append(code)
    if not shapes:
        raise InvalidInput(
            "The file names no region that is drawn here. It needs features with a NUTS_ID of level 2.", field="file"
        )
    return _draw(shapes, tuple(sorted(set(outside) - shapes.keys())))


def _parse(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST_FILE:
        raise InvalidInput(f"The file is larger than {LARGEST_FILE // 1024**2} MB. Take a coarser one.", field="file")
    try:
        document = json.loads(content, parse_constant=_refuse_constant)
    except (ValueError, RecursionError, UnicodeDecodeError):
        raise InvalidInput("The file is not GeoJSON.", field="file") from None
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise InvalidInput("The file is not a GeoJSON collection of features.", field="file")
    return document


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _features(document: dict[str, Any], codes: frozenset[str]) -> Iterator[tuple[str, list[Ring]]]:
    features = document.get("features")
    if not isinstance(features, list) or len(features) > _MOST_FEATURES:
        raise InvalidInput(f"The file must have at most {_MOST_FEATURES:,} features.", field="file")
    points = 0
    for number, feature in enumerate(features, start=1):
        code = _code_of(feature)
        if code not in codes:
            continue
        rings = [_ring(ring, f"feature {number}") for ring in _rings(feature.get("geometry"), f"feature {number}")]
        points += sum(map(len, rings))
        if points > _MOST_POINTS:
            raise InvalidInput("The file has too many points. Take a coarser one, such as 1:20 million.", field="file")
        yield code, rings


def _code_of(feature: Any) -> str:
    if not isinstance(feature, dict):
        return ""
    properties = feature.get("properties")
    stated = properties if isinstance(properties, dict) else {}
    found = [stated.get(key) for key in _CODE_KEYS] + [feature.get("id")]
    return next((text for text in found if isinstance(text, str) and 0 < len(text) <= _LONGEST_CODE), "")


def _rings(geometry: Any, place: str) -> list[Any]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"} or not isinstance(coordinates, list):
        raise InvalidInput(f"{place} is no Polygon or MultiPolygon.", field="file")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not all(isinstance(polygon, list) for polygon in polygons):
        raise InvalidInput(f"{place} has a polygon without rings.", field="file")
    return [ring for polygon in polygons for ring in polygon]


def _ring(ring: Any, place: str) -> Ring:
    if not isinstance(ring, list):
        raise InvalidInput(f"{place} has a ring without points.", field="file")
    return [_point(point, place) for point in ring]


def _point(point: Any, place: str) -> Point:
    good = isinstance(point, list) and len(point) >= 2 and all(type(part) in {int, float} for part in point[:2])
    if good and -180 <= point[0] <= 180 and -90 <= point[1] <= 90:
        return float(point[0]), float(point[1])
    raise InvalidInput(
        f"{place} has a position that is not longitude and latitude in degrees. Export the file in WGS 84.",
        field="file",
    )


def _is_shown(ring: Sequence[Point]) -> bool:
    """Whether a ring lies in the part of Europe that is drawn, and is one: three corners and the first again."""
    if len(ring) < 4:
        return False
    return all(_WEST <= east <= _EAST and _SOUTH <= north <= _NORTH for east, north in ring)


def _project(point: Point) -> Point:
    """Longitude and latitude to metres, x to the east, y to the south."""
    east, north = math.radians(point[0] - 10.0), math.radians(point[1])
    centre = math.radians(52.0)
    cosine = math.sin(centre) * math.sin(north) + math.cos(centre) * math.cos(north) * math.cos(east)
    scale = _RADIUS * math.sqrt(2 / (1 + cosine))
    x = scale * math.cos(north) * math.sin(east)
    y = scale * (math.cos(centre) * math.sin(north) - math.sin(centre) * math.cos(north) * math.cos(east))
    return x, -y


def _draw(shapes: dict[str, list[Ring]], outside: tuple[str, ...]) -> Outlines:
    every = [point for rings in shapes.values() for ring in rings for point in ring]
    left, top = min(x for x, _ in every), min(y for _, y in every)
    right, bottom = max(x for x, _ in every), max(y for _, y in every)
    scale = WIDTH / max(right - left, bottom - top, 1.0)
    paths = {
        code: _path([[((x - left) * scale, (y - top) * scale) for x, y in ring] for ring in rings])
        for code, rings in sorted(shapes.items())
    }
    width, height = math.ceil((right - left) * scale), math.ceil((bottom - top) * scale)
    return Outlines(paths=paths, width=max(width, 1), height=max(height, 1), outside=outside)


def _path(rings: list[Ring]) -> str:
    """A path of whole units, each point relative to the one before; small islands go where there is a larger part."""
    by_size = sorted(rings, key=_area, reverse=True)
    kept = [ring for ring in by_size if _area(ring) >= _SMALLEST] or by_size[:1]
    return "".join(_ring_path(_simplify(ring)) for ring in kept)


def _ring_path(ring: Sequence[Point]) -> str:
    points = list(dict.fromkeys((round(x), round(y)) for x, y in ring))
    if len(points) < 3:  # too small to be seen: a square of one unit, so that the region is there
        x, y = points[0]
        return f"M{x} {y}h1v1h-1z"
    steps = [f"{x - before_x} {y - before_y}" for (before_x, before_y), (x, y) in itertools.pairwise(points)]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}z"


def _area(ring: Sequence[Point]) -> float:
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _simplify(ring: Ring) -> Ring:
    """Leave out points that lie within the tolerance of the line between others; the ends stay."""
    keep, waiting = {0, len(ring) - 1}, [(0, len(ring) - 1)]
    while waiting:
        first, last = waiting.pop()
        far, distance = _farthest(ring, first, last)
        if distance > _TOLERANCE:
            keep.add(far)
            waiting += [(first, far), (far, last)]
    return [ring[place] for place in sorted(keep)]


def _farthest(ring: Ring, first: int, last: int) -> tuple[int, float]:
    (x1, y1), (x2, y2) = ring[first], ring[last]
    length = math.hypot(x2 - x1, y2 - y1)
    best, most = first, 0.0
    for place in range(first + 1, last):
        x, y = ring[place]
        away = abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length if length else math.hypot(x - x1, y - y1)
        if away > most:
            best, most = place, away
    return best, most
