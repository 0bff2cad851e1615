"""What a learner may see of a question: never what is right, what it is told for, or which forms count.

The order of choices comes from a seed, so that a page that is loaded again shows the same. The items of an order
question, and the targets of a match question, never come in the order in which they were written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import blake2b
from typing import Any, TypeVar

from synchromesh.engine.vocabulary.document_numbers import written_number
from synchromesh.engine.vocabulary.questions import (
    Choice,
    Choices,
    Criterion,
    FileAnswer,
    FillIn,
    FreeText,
    Gap,
    Hotspot,
    Item,
    Matching,
    Numeric,
    Ordering,
    Question,
    QuestionKind,
    Region,
    Scale,
    Texts,
)

Entry = TypeVar("Entry", Item, "PublicRegion")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicGap:
    """A gap: to be typed where it has no options."""

    key: str
    options: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRegion:
    """A place in a picture, in percent as in `Region`, with the words that say the same."""

    key: str
    shape: str
    places: tuple[Decimal, ...]
    labels: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicQuestion:
    """A question as a learner may see it; what its kind does not have is empty.

    `points` is the most that can be got. A true-false question has the choices `true` and `false` without texts.
    """

    kind: QuestionKind
    prompts: Texts
    points: Decimal
    partial: bool
    choices: tuple[Item, ...] = ()
    items: tuple[Item, ...] = ()
    targets: tuple[Item, ...] = ()
    gaps: tuple[PublicGap, ...] = ()
    units: tuple[str, ...] = ()
    media: str = ""
    alternatives: Texts
    regions: tuple[PublicRegion, ...] = ()
    rubric: tuple[Criterion, ...] = ()
    least_words: int = 0
    most_words: int = 0
    endings: tuple[str, ...] = ()
    most_megabytes: int = 0
    steps: tuple[Item, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The same in values that JSON can hold; what is empty is left out."""
        values: dict[str, Any] = {
            "kind": self.kind.value,
            "prompts": dict(self.prompts),
            "points": written_number(self.points),
            "partial": self.partial,
            "choices": _items_json(self.choices),
            "items": _items_json(self.items),
            "targets": _items_json(self.targets),
            "gaps": [_gap_json(gap) for gap in self.gaps],
            "units": list(self.units),
            "media": self.media,
            "alternatives": dict(self.alternatives),
            "regions": [_region_json(region) for region in self.regions],
            "rubric": [_criterion_json(criterion) for criterion in self.rubric],
            "least_words": self.least_words,
            "most_words": self.most_words,
            "endings": list(self.endings),
            "most_megabytes": self.most_megabytes,
            "steps": _items_json(self.steps),
        }
        return {name: value for name, value in values.items() if value or name in ("points", "partial")}


def public_question(question: Question, *, seed: int, shuffle: bool) -> PublicQuestion:
    """What a learner may see, in an order that follows from `seed` and the question's key.

    `shuffle` mixes choices, options, items to match and regions, but never choices that have an order of their own,
    nor true and false, nor the steps of a scale.
    """
    order = _Order(seed=seed, key=question.key, shuffle=shuffle)
    plain = PublicQuestion(
        kind=question.kind,
        prompts=question.prompts,
        points=question.points,
        partial=question.partial,
        alternatives=question.body.alternatives if isinstance(question.body, Hotspot) else {},
    )
    return replace(plain, **_shown(question, order))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """An order that follows from a seed alone, the same in each version of Python."""

    seed: int
    key: str
    shuffle: bool

    def mixed(self, entries: Sequence[Entry], *, role: str = "") -> tuple[Entry, ...]:
        """The entries in the order of the seed; another one for each `role`, though keys be the same."""
        return tuple(sorted(entries, key=lambda entry: self._draw(f"{role}\n{entry.key}")))

    def mixed_if_wanted(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """The entries in the order of the seed where choices are to be shuffled."""
        return self.mixed(entries) if self.shuffle else tuple(entries)

    def never_as_written(self, entries: Sequence[Entry], *, role: str = "") -> tuple[Entry, ...]:
        """The entries in another order than they stand in, where there is more than one."""
        mixed = self.mixed(entries, role=role)
        if len(mixed) < 2 or mixed != tuple(entries):
            return mixed
        cut = 1 + self._draw(role)[0] % (len(mixed) - 1)
        return mixed[cut:] + mixed[:cut]

    def _draw(self, entry: str) -> bytes:
        return blake2b(f"{self.seed}\n{self.key}\n{entry}".encode(), digest_size=16).digest()


def _shown(question: Question, order: _Order) -> dict[str, Any]:
    """What the kind shows."""
    body = question.body
    if isinstance(body, Choices):
        fixed = body.keep_order or question.kind is QuestionKind.TRUE_FALSE
        choices = _as_items(body.choices)
        return {"choices": choices if fixed else order.mixed_if_wanted(choices)}
    if isinstance(body, Ordering):
        return {"items": order.never_as_written(body.items)}
    if isinstance(body, Matching):
        return {
            "items": order.mixed_if_wanted(body.items),
            "targets": order.never_as_written(body.targets, role="targets"),
        }
    if isinstance(body, FillIn):
        return {"gaps": tuple(_public_gap(gap, order) for gap in body.gaps)}
    if isinstance(body, Numeric):
        return {"units": tuple(body.units)}
    if isinstance(body, Hotspot):
        return {"media": body.media, "regions": order.mixed_if_wanted([_public_region(one) for one in body.regions])}
    return _shown_of_open_question(body)


def _shown_of_open_question(body: object) -> dict[str, Any]:
    if isinstance(body, FreeText):
        return {"rubric": body.rubric, "least_words": body.least_words, "most_words": body.most_words}
    if isinstance(body, FileAnswer):
        return {"rubric": body.rubric, "endings": body.endings, "most_megabytes": body.most_megabytes}
    return {"steps": body.steps} if isinstance(body, Scale) else {}


def _as_items(choices: Sequence[Choice]) -> tuple[Item, ...]:
    return tuple(Item(key=choice.key, texts=choice.texts) for choice in choices)


def _public_gap(gap: Gap, order: _Order) -> PublicGap:
    return PublicGap(key=gap.key, options=order.mixed_if_wanted(_as_items(gap.options)))


def _public_region(region: Region) -> PublicRegion:
    return PublicRegion(key=region.key, shape=region.shape, places=region.places, labels=region.labels)


def _items_json(items: Sequence[Item]) -> list[dict[str, Any]]:
    return [{"key": item.key, "texts": dict(item.texts)} for item in items]


def _gap_json(gap: PublicGap) -> dict[str, Any]:
    return {"key": gap.key} | ({"options": _items_json(gap.options)} if gap.options else {})


def _region_json(region: PublicRegion) -> dict[str, Any]:
    places = [written_number(place) for place in region.places]
    return {"key": region.key, "shape": region.shape, "places": places, "labels": dict(region.labels)}


def _criterion_json(criterion: Criterion) -> Mapping[str, Any]:
    steps = [{"points": written_number(step.points), "texts": dict(step.texts)} for step in criterion.steps]
    return {"key": criterion.key, "titles": dict(criterion.titles), "steps": steps}
