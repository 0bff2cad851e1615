"""The style sheets: layers, colours only as tokens, readable sizes, enough contrast in both themes."""

from __future__ import annotations

import re

import brotli  # type: ignore[import-untyped]
import pytest
from tests.architecture.tree import PACKAGE

CSS = re.sub(
    r"/\*.*?\*/", "", (PACKAGE / "web/static/css/synchromesh.css").read_text(encoding="utf-8"), flags=re.DOTALL
)
LAYERS = ["reset", "tokens", "base", "layout", "components", "utilities", "print"]
ROOT_SIZE_PX = 17
COLOUR_NAMES = (
    "aqua|black|blue|brown|coral|crimson|cyan|fuchsia|gold|gray|green|grey|indigo|ivory|khaki|lavender|lime|magenta|"
    "maroon|navy|olive|orange|orchid|pink|plum|purple|red|salmon|silver|tan|teal|tomato|turquoise|violet|white|yellow"
)
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix)\(|(?<![\w-])(?:"
    + COLOUR_NAMES
    + r")(?![\w-])",
    re.IGNORECASE,
)


def layers() -> dict[str, str]:
    """The content of each @layer block, found by its braces."""
    found: dict[str, str] = {}
    for start in re.finditer(r"@layer (\w+) \{", CSS):
        depth, end = 1, start.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(CSS[end], 0)
            end += 1
        found[start.group(1)] = CSS[start.end() : end - 1]
    return found


def declarations(text: str) -> list[str]:
    """The values of all declarations."""
    return re.findall(r"[\w-]+\s*:\s*([^;{}]+);", text)


def test_every_rule_stands_in_one_of_the_named_layers() -> None:
    outside = CSS
    for name, content in layers().items():
        outside = outside.replace(f"@layer {name} {{{content}}}", "")
    assert outside.split() == f"@layer {', '.join(LAYERS)};".split()
    assert list(layers()) == LAYERS


@pytest.mark.parametrize("layer", [name for name in LAYERS if name != "tokens"])
def test_no_colour_is_written_outside_the_tokens(layer: str) -> None:
    assert [value for value in declarations(layers()[layer]) if COLOUR.search(value)] == []


@pytest.mark.parametrize(
    "value", ["#fff", "1px solid #0b4f8f", "rgb(0 0 0)", "red", "linear-gradient(white, var(--x))"]
)
def test_a_colour_is_recognised(value: str) -> None:
    assert COLOUR.search(value)


@pytest.mark.parametrize(
    "value", ["var(--action)", "transparent", "CanvasText", "1px solid var(--line)", "inset 0 0 0 1px"]
)
def test_what_is_no_colour_is_not_taken_for_one(value: str) -> None:
    assert not COLOUR.search(value)


@pytest.mark.parametrize(
    "sheet",
    [
        "community.css",
        "credentials.css",
        "desk.css",
        "events.css",
        "learning.css",
        "regions.css",
        "news.css",
        "passport-exercise.css",
        "passports.css",
        "teach.css",
        "tiles.css",
    ],
)
def test_the_sheet_of_a_part_stands_in_a_layer_and_uses_the_tokens(sheet: str) -> None:
    text = (PACKAGE / "web/static/css" / sheet).read_text(encoding="utf-8")
    rules = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).strip()
    assert re.findall(r"@layer (\w+)", rules) == ["components"]
    assert rules.startswith("@layer components {")
    assert rules.count("{") == rules.count("}")
    assert [value for value in declarations(rules) if COLOUR.search(value)] == []
    assert set(re.findall(r"var\(--([\w-]+)\)", rules)) <= set(re.findall(r"--([\w-]+):", layers()["tokens"]))
    assert "!important" not in rules


def test_nothing_shouts_important() -> None:
    assert "!important" not in CSS


def test_no_text_is_smaller_than_12_pixels() -> None:
    sizes = [*re.findall(r"font-size:\s*([\d.]+)rem", CSS), *re.findall(r"--small:\s*([\d.]+)rem", CSS)]
    assert sizes
    assert min(float(size) for size in sizes) * ROOT_SIZE_PX >= 12
    assert [float(size) for size in re.findall(r"font(?:-size)?:[^;]*?([\d.]+)px", CSS) if float(size) < 12] == []


def test_the_style_sheet_weighs_at_most_10_kilobytes_on_the_wire() -> None:
    assert len(brotli.compress(CSS.encode())) <= 10 * 1024


def test_sides_are_named_by_reading_direction() -> None:
    physical = re.findall(
        r"(?<![\w-])(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b|(?<![\w-])(?:left|right)\s*:", CSS
    )
    assert physical == []


def tokens() -> dict[str, dict[str, str]]:
    """The colour tokens of both themes, and those for browsers that do not know light-dark()."""
    plain, supported = layers()["tokens"].split("@supports")
    pairs = re.findall(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)", supported)
    return {
        "fallback": dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", plain)),
        "light": {name: light for name, light, _ in pairs},
        "dark": {name: dark for name, _, dark in pairs},
    }


def test_an_old_browser_sees_the_light_theme() -> None:
    fallback = tokens()["fallback"]
    assert {name: fallback[name] for name in tokens()["light"]} == tokens()["light"]
    assert set(fallback) - set(tokens()["light"]) == {"paper"}


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, relative luminance, https://www.w3.org/TR/WCAG22/."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_the_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


TEXT_PAIRS = [
    ("ink", "page"), ("ink", "panel"), ("soft", "page"), ("soft", "panel"), ("action", "page"), ("action", "panel"),
    ("action", "action-pale"), ("action-strong", "page"), ("action-strong", "action-pale"), ("on-action", "action"),
    ("on-action", "action-strong"), ("have", "page"), ("have", "have-pale"), ("need", "page"), ("ink", "action-pale"),
    ("soft", "action-pale"), ("ink", "have-pale"), ("ink", "need-pale"), ("ink", "danger-pale"), ("danger", "page"),
    ("danger", "danger-pale"), ("action", "have-pale"), ("action", "need-pale"), ("action", "danger-pale"),
]  # fmt: skip
SHAPE_PAIRS = [
    ("edge", "page"),
    ("edge", "panel"),
    ("focus", "page"),
    ("focus", "panel"),
    ("action", "page"),
    ("need", "page"),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_has_a_contrast_of_at_least_4_5(theme: str, text: str, ground: str) -> None:
    colours = tokens()[theme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_borders_and_focus_have_a_contrast_of_at_least_3(theme: str, shape: str, ground: str) -> None:
    colours = tokens()[theme]
    assert contrast(colours[shape], colours[ground]) >= 3
