"""The courses that ship, read with nothing but YAML: a fault that the product's own reader shares would go unseen."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml
from tests.architecture.tree import ROOT

COURSES = ROOT / "starter" / "courses"
EN, DE_CS = ("en",), ("en", "de", "cs")
LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "high-voltage-safety-awareness": DE_CS,
    "battery-life-cycle": DE_CS,
    "battery-passport-essentials": EN,
    "battery-passport-for-engineers": EN,
    "battery-production-basics": EN,
    "vehicle-cybersecurity-awareness": DE_CS,
    "threat-analysis-and-risk-assessment": EN,
    "security-testing-and-incident-response": EN,
    "energy-efficiency-in-the-plant": EN,
    "circular-economy-basics": EN,
    "shop-floor-data-and-digital-change": EN,
    "electric-drive-integration": EN,
}
"""The twelve courses with their languages."""
SLUGS = sorted(LANGUAGES)
TESTS = ("quiz", "assignment")
TASK = "Two minutes for your workplace"
# How the stated minutes came about; see starter/courses/SOURCES.md.
WORDS_A_MINUTE, MINUTES_A_FIGURE, MINUTES_A_QUESTION, MINUTES_A_TASK = 180, 0.5, 0.75, 2
MINUTES_A_PASSPORT_EXERCISE = 8
_NO_TEXTS = {"avoid", "units"}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML whose dates are words and whose only truths are `true` and `false`, as the format says."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in {"int", "float", "null", "merge"}]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@dataclass(frozen=True)
class CourseFolder:
    """One folder."""

    slug: str

    @property
    def path(self) -> Path:
        """Where it lies."""
        return COURSES / self.slug

    @property
    def languages(self) -> tuple[str, ...]:
        """Those that the course is meant to have."""
        return LANGUAGES[self.slug]

    def load(self, name: str) -> Any:
        """What stands in a file."""
        return _loaded(self.path / name)

    @cached_property
    def file(self) -> Mapping[str, Any]:
        """course.yaml."""
        return self.load("course.yaml")  # type: ignore[no-any-return]

    @property
    def course(self) -> Mapping[str, Any]:
        """What the catalogue says."""
        return self.file["course"]  # type: ignore[no-any-return]

    @property
    def units(self) -> list[Mapping[str, Any]]:
        """All units in their order."""
        return [unit for section in self.file["sections"] for unit in section["units"]]

    def content(self, unit: Mapping[str, Any]) -> Mapping[str, Any]:
        """What a unit holds."""
        return self.load(unit["content"])  # type: ignore[no-any-return]

    def blocks(self, kind: str) -> list[Mapping[str, Any]]:
        """The blocks of a kind of all units."""
        return [block for unit in self.units for block in self.content(unit).get("blocks", ()) if block["kind"] == kind]

    @property
    def questions(self) -> list[Mapping[str, Any]]:
        """Those of the tests."""
        return self.load("questions.yaml")  # type: ignore[no-any-return]

    def exercise(self, unit: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """The questions of one exercise."""
        return list(self.content(unit).get("questions", ()))

    @property
    def asked(self) -> list[Mapping[str, Any]]:
        """All questions: of the tests and of the exercises."""
        return [*self.questions, *(question for unit in self.units for question in self.exercise(unit))]

    def instrument(self, key: str) -> Mapping[str, Any]:
        """A test by its key."""
        return next(one for one in self.file["instruments"] if one["key"] == key)

    @property
    def files(self) -> list[str]:
        """The names of all YAML files that units and tests name."""
        return ["course.yaml", "questions.yaml", *(unit["content"] for unit in self.units if "content" in unit)]

    @property
    def figures(self) -> list[Path]:
        """The figures."""
        return sorted((self.path / "media").glob("*.svg"))

    @property
    def notes(self) -> str:
        """SOURCES.md."""
        return (self.path / "SOURCES.md").read_text(encoding="utf-8")

    def said_in(self, unit: Mapping[str, Any]) -> list[Any]:
        """What a learner meets in a unit: its content and the questions of its test."""
        if "instrument" not in unit:
            return [self.content(unit)]
        keys = {key for part in self.instrument(unit["instrument"])["parts"] for key in part["questions"]}
        return [self.content(unit), *(question for question in self.questions if question["key"] in keys)]

    def words(self, node: Any) -> float:
        """Words to read, as the mean of the languages, without addresses and marks of sources."""
        total = 0
        for _, texts in translated(node):
            for text in texts.values():
                shown = bare(text if isinstance(text, str) else " ".join(text))
                total += len(re.findall(r"\w[\w’'-]*", shown))
        return total / len(self.file["languages"])

    def fair_minutes(self, unit: Mapping[str, Any]) -> float:
        """What a unit takes by the rule of minutes."""
        within = self.content(unit)
        count: int = len(within.get("questions", ()))
        read = self.words(within)
        if "instrument" in unit:
            by_key = {question["key"]: question for question in self.questions}
            for part in self.instrument(unit["instrument"])["parts"]:
                drawn = part.get("count", len(part["questions"]))
                count += drawn
                read += drawn * sum(self.words(by_key[key]) for key in part["questions"]) / len(part["questions"])
        blocks = within.get("blocks", ())
        figures: int = sum(block["kind"] == "figure" for block in blocks) + ("media" in within)
        tasks: int = sum(block["kind"] == "checklist" or TASK in str(block.get("titles")) for block in blocks)
        tried: int = unit["kind"] == "passport-exercise"
        done = tasks * MINUTES_A_TASK + tried * MINUTES_A_PASSPORT_EXERCISE
        return read / WORDS_A_MINUTE + figures * MINUTES_A_FIGURE + count * MINUTES_A_QUESTION + done


@cache
def _loaded(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader


@cache
def folder(slug: str) -> CourseFolder:
    """The folder of a course."""
    return CourseFolder(slug)


def translated(node: Any, place: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every text in several languages, with its place."""
    if isinstance(node, Mapping):
        if set(node) & set(DE_CS):
            yield place, node
        else:
            for key, value in node.items():
                if key not in _NO_TEXTS:
                    yield from translated(value, f"{place}/{key}")
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from translated(value, f"{place}[{position}]")


def bare(text: str) -> str:
    """A text without addresses and marks of sources."""
    return re.sub(r"\]\([^)]*\)|\[\^[^\]]*\]", "", text)


def choices_of(question: Mapping[str, Any]) -> Iterator[list[Mapping[str, Any]]]:
    """The lists of answers to pick from: the choices, or the options of each gap."""
    if "choices" in question:
        yield question["choices"]
    yield from (gap["options"] for gap in question.get("gaps", ()) if "options" in gap)


@cache
def framework(name: str) -> list[dict[str, str]]:
    """The rows of a table of the framework."""
    with (ROOT / "starter" / "framework" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
