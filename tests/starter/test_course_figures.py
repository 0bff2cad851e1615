"""The figures of the courses that ship: sound, safe, readable in both themes and without seeing them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.architecture.tree import PACKAGE
from tests.starter.course_folders import COURSES, SLUGS, folder
from tests.starter.svg_painting import SPACE, contrast, grounds

LEAST_CONTRAST = 4.5  # of texts, WCAG 2.2, 1.4.3
LEAST_SIZE = 22  # in a figure of 1000: about 7 px of a phone that is 320 px wide
GROUND = "#f7f9fb"
PAINTED = {
    "svg",
    "title",
    "desc",
    "rect",
    "g",
    "circle",
    "ellipse",
    "text",
    "tspan",
    "path",
    "line",
    "polygon",
    "polyline",
}
FIGURES = sorted(COURSES.glob("*/media/*.svg"))
# Signs that are the same in every language of the courses: numbers, units, abbreviations of chemistry and trade.
_WORD = re.compile(r"[^\W\d_]{3,}")
_SAME_EVERYWHERE = re.compile(r"[A-Z]{2,6}|kWh|MWh|Ah|min|bar|max|km|CO|pH|READY")


def _root(path: Path) -> ElementTree.Element:
    return ElementTree.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - our own file


def _shown(slug: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    course = folder(slug)
    for unit in course.units:
        within = course.content(unit)
        if "media" in within:
            yield unit["key"], within
        yield from ((unit["key"], block) for block in within.get("blocks", ()) if block["kind"] == "figure")
    yield from ((question["key"], question) for question in course.asked if question["kind"] == "hotspot")


@pytest.mark.parametrize("slug", SLUGS)
def test_every_figure_is_there_is_shown_and_is_told_in_words(slug: str) -> None:
    shown = list(_shown(slug))
    names = {figure["media"] for _, figure in shown}
    assert names == {path.name for path in (folder(slug).path / "media").iterdir()}
    assert len(names) >= 3
    for where, figure in shown:
        for language in folder(slug).file["languages"]:
            assert len(figure["alternatives"][language]) > 60, f"{where}: {figure['media']} in {language}"


@pytest.mark.parametrize("slug", SLUGS)
def test_a_place_in_a_picture_can_be_chosen_without_seeing_it(slug: str) -> None:
    for question in folder(slug).asked:
        for region in question.get("regions", ()):
            assert all(str(text).strip() for text in region["labels"].values()), question["key"]
            assert all(0 <= place <= 100 for place in region["places"]), question["key"]


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_a_figure_is_sound_and_brings_a_title_and_its_own_light_ground(path: Path) -> None:
    root = _root(path)
    assert root.get("role") == "img"
    wide, high = map(float, root.get("viewBox", "").split()[2:])
    assert wide == 1000
    assert root[0].tag == f"{SPACE}title"
    assert root[0].text
    ground = root[1]
    assert (ground.tag, ground.get("fill")) == (f"{SPACE}rect", GROUND)
    assert float(ground.get("width", 0)) >= 990
    assert float(ground.get("height", 0)) >= high - 10
    assert {element.tag.removeprefix(SPACE) for element in root.iter()} <= PAINTED
    names = {name for element in root.iter() for name in element.attrib}
    # Without these what lies behind a text can be followed, and nothing runs or is loaded.
    assert [name for name in names if "href" in name or name.startswith("on")] == []
    assert names & {"style", "class", "transform", "opacity", "fill-opacity", "filter", "mask", "clip-path"} == set()


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_every_text_of_a_figure_is_large_enough_and_stands_out_from_what_lies_behind_it(path: Path) -> None:
    for words, colours in grounds(_root(path)):
        assert words.size >= LEAST_SIZE, f"{words.text!r} has the size {words.size}"
        for colour in colours:
            assert colour != "none", f"{words.text!r} leaves the figure"
            found = contrast(words.colour, colour)
            assert found >= LEAST_CONTRAST, f"{words.text!r}: {words.colour} on {colour} has {found:.2f}"


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if len(folder(slug).languages) > 1])
def test_the_figures_of_a_translated_course_hold_no_words(slug: str) -> None:
    for path in folder(slug).figures:
        for words, _ in grounds(_root(path)):
            found = [word for word in _WORD.findall(words.text) if not _SAME_EVERYWHERE.fullmatch(word)]
            assert found == [], f"{path.name}: {words.text!r}"


def test_no_page_puts_a_filter_on_a_figure_in_the_dark_theme() -> None:
    for sheet in (PACKAGE / "web/static/css").glob("*.css"):
        for rule in re.findall(r"([^{}]*)\{([^{}]*)\}", sheet.read_text(encoding="utf-8")):
            if re.search(r"\b(?:img|figure|hotspot)", rule[0]):
                assert not re.search(r"\b(?:filter|opacity|mix-blend-mode)\s*:", rule[1]), (
                    f"{sheet.name}: {rule[0].strip()}"
                )
