"""What a question is: one value type for each kind, shared by the course files, the tests and the exchange formats.

The shapes of the documents (JSON, YAML) that hold questions stand in docs/how-to/course-files.md; `question_documents`
reads and writes them. Whoever shows a question to a learner must go through `scoring.public`: these types hold keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Texts: TypeAlias = Mapping[str, str]
"""Language code to text; Markdown where a paragraph is meant."""


class QuestionKind(StrEnum):
    """The kinds of questions. A scale has no right answer: questionnaires use it."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true-false"
    ORDER = "order"
    MATCH = "match"
    FILL_IN = "fill-in"
    NUMERIC = "numeric"
    HOTSPOT = "hotspot"
    SHORT_TEXT = "short-text"
    FREE_TEXT = "free-text"
    FILE = "file"
    SCALE = "scale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer to pick, with what a learner who picked it is told."""

    key: str
    texts: Texts
    correct: bool = False
    feedback: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Body of single, multiple and true-false questions. A true-false question has the choices `true` and `false`."""

    choices: tuple[Choice, ...]
    keep_order: bool = False
    """The choices have an order of their own (numbers, "all of these"), so that they are never shuffled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to order or to match."""

    key: str
    texts: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering:
    """Body of an order question: the items in their right order."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """Body of a match question: each item belongs to one target; items may share one, some targets stay free."""

    items: tuple[Item, ...]
    targets: tuple[Item, ...]
    pairs: Mapping[str, str]
    """Key of an item to the key of its target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One gap in the prompt, which stands there as `{{key}}`: typed (`accepted`) or picked from a list (`options`)."""

    key: str
    accepted: Mapping[str, tuple[str, ...]]
    """Language code to the accepted forms; empty where the gap has options."""
    options: tuple[Choice, ...] = ()
    exact_case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FillIn:
    """Body of a fill-in question."""

    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric:
    """Body of a numeric question. `units` are what may be typed, each with its factor to the unit of `value`."""

    value: Decimal
    tolerance: Decimal = Decimal(0)
    tolerance_in_percent: bool = False
    units: Mapping[str, Decimal]
    """Unit to factor: {"V": 1, "kV": 1000}; the first is the one that is shown. Empty: a bare number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A place in a picture, in percent of its width and height, with the words that say the same without the picture.

    `shape` is `circle` (x, y, radius in percent of the width), `rectangle` (left, top, right, bottom) or `polygon`
    (x1, y1, x2, y2, ...).
    """

    key: str
    shape: str
    places: tuple[Decimal, ...]
    labels: Texts
    correct: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotspot:
    """Body of a hotspot question: find one or several places. The labels of the regions are its text alternative."""

    media: str
    alternatives: Texts
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortText:
    """Body of a short-text question: the accepted forms by language."""

    accepted: Mapping[str, tuple[str, ...]]
    exact_case: bool = False
    slips: int = 0
    """Typing slips (insertions, deletions, changed or swapped letters) that still count as right; 0 to 2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricStep:
    """One step of a criterion: how many points, and what the work shows then."""

    points: Decimal
    texts: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion of a rubric, with its steps from least to most."""

    key: str
    titles: Texts
    steps: tuple[RubricStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeText:
    """Body of a free-text question: a person marks it by the rubric, which the learner sees beforehand."""

    rubric: tuple[Criterion, ...]
    least_words: int = 0
    most_words: int = 0
    """0: no limit."""
    model_answers: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAnswer:
    """Body of a file question: a person marks the file by the rubric."""

    rubric: tuple[Criterion, ...]
    endings: tuple[str, ...] = ("pdf", "png", "jpg", "jpeg", "odt", "docx", "txt")
    most_megabytes: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Body of a scale question: labelled steps from least to most, none of them right."""

    steps: tuple[Item, ...]


Body: TypeAlias = Choices | Ordering | Matching | FillIn | Numeric | Hotspot | ShortText | FreeText | FileAnswer | Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question with its key. `points` is the most that can be got; a scale gives none.

    `explanations` is told to everybody after the answer; `right`/`wrong` to those whom it concerns. `sources` are
    addresses or names of what the facts rest on.
    """

    key: str
    kind: QuestionKind
    prompts: Texts
    body: Body
    points: Decimal = Decimal(1)
    partial: bool = False
    """Part of the points for part of the answer; otherwise all or nothing."""
    explanations: Texts
    right: Texts
    wrong: Texts
    skill: str = ""
    level: int | None = None
    sources: tuple[str, ...] = ()
