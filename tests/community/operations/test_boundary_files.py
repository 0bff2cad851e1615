"""Boundary files: what is drawn, what is left out, and that no file does harm."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from synchromesh.community.operations.boundary_files import WIDTH, read_outlines
from synchromesh.engine.errors import InvalidInput

SHARED = Path(os.environ.get("SYNCHROMESH_SHARED") or Path(__file__).parents[4] / "shared")
EUROSTAT = SHARED / "data" / "regions" / "nuts2_2024_60m.geojson"
CODES = frozenset({"DE11", "DE12", "FRY1"})


def square(west: float, south: float, size: float = 1.0) -> list[list[float]]:
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def a_file(*features: tuple[str, Any], kind: str = "Polygon") -> bytes:
    described = [
        {"type": "Feature", "properties": {"NUTS_ID": code}, "geometry": {"type": kind, "coordinates": shape}}
        for code, shape in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": described}).encode()


def test_regions_lie_as_they_do_on_a_map() -> None:
    found = read_outlines(a_file(("DE11", [square(9, 48)]), ("DE12", [square(7, 50)])), codes=CODES)
    x, y = (int(number) for number in re.findall(r"-?\d+", found.paths["DE11"])[:2])
    other_x, other_y = (int(number) for number in re.findall(r"-?\d+", found.paths["DE12"])[:2])
    assert x > other_x
    assert y > other_y
    assert max(found.width, found.height) == WIDTH


def test_a_point_on_a_straight_line_is_left_out() -> None:
    ring = square(10, 51, 2.0)
    with_more = [*ring[:-1], [10.0, 52.0], ring[-1]]
    plain, more = (read_outlines(a_file(("DE11", [shape])), codes=CODES) for shape in (ring, with_more))
    assert len(re.findall(r"-?\d+", more.paths["DE11"])) == len(re.findall(r"-?\d+", plain.paths["DE11"]))


def test_small_islands_go_and_a_small_region_stays() -> None:
    shapes = [[square(9, 48, 4.0)], [square(20, 48, 0.001)]]
    found = read_outlines(a_file(("DE11", shapes), kind="MultiPolygon"), codes=CODES)
    assert found.paths["DE11"].count("M") == 1
    found = read_outlines(a_file(("DE11", [square(0, 40, 9.0)]), ("DE12", [square(20, 48, 0.001)])), codes=CODES)
    assert found.paths["DE12"].count("M") == 1


def test_what_lies_off_the_drawing_and_what_nobody_knows_is_not_drawn() -> None:
    found = read_outlines(
        a_file(("DE11", [square(9, 48)]), ("FRY1", [square(-61, 16)]), ("XX11", [square(9, 48)])), codes=CODES
    )
    assert set(found.paths) == {"DE11"}
    assert found.outside == ("FRY1",)


def test_a_path_holds_nothing_but_letters_of_paths_and_numbers() -> None:
    found = read_outlines(a_file(("DE11", [square(9, 48)])), codes=CODES)
    assert re.fullmatch(r"[Mlhvz0-9 -]+", found.paths["DE11"])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"nonsense",
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"type": "FeatureCollection"}',
        b'{"type": "FeatureCollection", "features": []}',
        b'{"type": "FeatureCollection", "features": [1, null, {}, {"properties": []}]}',
        a_file(("DE11", [square(9, 48)]), kind="Point"),
        a_file(("DE11", 7)),
        a_file(("DE11", [7])),
        a_file(("DE11", [[7]])),
        a_file(("DE11", [[[9, "48"], [10, 48], [10, 49], [9, 48]]])),
        a_file(("DE11", [[[True, 48], [10, 48], [10, 49], [9, 48]]])),
        a_file(("DE11", [square(4_000_000, 3_000_000)])),
        a_file(("DE11", [square(9, 48)])).replace(b"9.0", b"NaN"),
        a_file(("DE11", [square(9, 48)])).replace(b"[9,", b"[" + b"9" * 5000 + b","),
        a_file(("DE11", [square(9, 48)])).replace(b"[9,", b"[1e999,"),
    ],
)
def test_a_file_that_is_no_use_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_outlines(content, codes=CODES)
    assert refused.value.field == "file"
    assert refused.value.message.endswith(".")


@pytest.mark.skipif(not EUROSTAT.exists(), reason=f"No boundaries at {EUROSTAT}. SYNCHROMESH_SHARED names the folder.")
def test_the_regions_of_eurostat_are_drawn_small_enough_for_a_page() -> None:
    content = EUROSTAT.read_bytes()
    codes = frozenset(one["properties"]["NUTS_ID"] for one in json.loads(content)["features"])
    found = read_outlines(content, codes=codes)
    assert len(found.paths) + len(found.outside) == len(codes)
    assert len(found.paths) > 270
    assert sum(map(len, found.paths.values())) < 40_000
