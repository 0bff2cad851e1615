"""The little painter that the tests of figures rest on."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from tests.starter.svg_painting import contrast, flattened, grounds


def _behind(*shapes: str, text: str = '<text x="50" y="50" font-size="20" fill="#000">1</text>') -> set[str]:
    root = ElementTree.fromstring(  # noqa: S314 - our own figure
        f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(shapes)}{text}<rect width="100" height="100"/></svg>'
    )
    ((_, colours),) = grounds(root)
    return colours


@pytest.mark.parametrize(
    ("shapes", "colours"),
    [
        ([], {"none"}),
        (['<rect width="100" height="100" fill="#fff"/>'], {"#fff"}),
        (['<g fill="#fff"><rect width="100" height="100"/></g>'], {"#fff"}),
        (['<rect width="100" height="100" fill="#fff"/>', '<circle cx="50" cy="45" r="30" fill="#123"/>'], {"#123"}),
        (['<rect width="100" height="100" fill="none"/>'], {"none"}),
        (
            ['<circle cx="50" cy="45" r="30" fill="#123"/>', '<path d="M0 43h100" stroke="#456" stroke-width="6"/>'],
            {"#456"},
        ),
        (['<path d="M0 0H100V100H0Z M40 20V80H80V20Z" fill="#123"/>'], {"none"}),
        (['<polygon points="0,0 100,0 100,100" fill="#123"/>'], {"#123"}),
        (['<path d="M10 45A40 40 0 1 1 90 45A40 40 0 1 1 10 45Z" fill="#123"/>'], {"#123"}),
        (['<path d="M0 90C0 -40 100 -40 100 90Z" fill="#123"/>'], {"#123"}),
    ],
)
def test_the_shape_that_was_painted_last_under_a_text_is_its_ground(shapes: list[str], colours: set[str]) -> None:
    assert _behind(*shapes) == colours


def test_a_text_that_leaves_its_shape_has_two_grounds() -> None:
    text = '<text x="50" y="50" font-size="20" text-anchor="middle">1000 V</text>'
    assert _behind('<rect x="45" width="10" height="100" fill="#fff"/>', text=text) == {"#fff", "none"}


def test_curves_are_followed() -> None:
    (half,) = flattened("M0 0a50 50 0 0 1 100 0")
    (quarter,) = flattened("M0 0A50 50 0 0 0 50 50")
    (curve,) = flattened("M0 0q50 100 100 0t100 0")
    assert list(quarter[-1]) == [50, 50]
    found = [
        min(y for _, y in half),
        max(y - x for x, y in quarter),
        max(y for _, y in curve),
        min(y for _, y in curve),
    ]
    assert found == pytest.approx([-50, 50 * (2**0.5 - 1), 50, -50], abs=1)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "black") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)
