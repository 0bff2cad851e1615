"""Values of QTI: what a response or an outcome holds, and what an item declares about it.

Source: QTI 3.0, Assessment, Section and Item Information Model, sections on declarations, base types and mapping:
https://www.imsglobal.org/spec/qti/v3p0/impl
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from synchromesh.engine.exchange.questions._qti_tree import Node

Single: TypeAlias = str | Decimal | bool | tuple[str, ...]
_JOINING = {
    "qti-match-interaction": "directedPair",
    "qti-gap-match-interaction": "directedPair",
    "qti-associate-interaction": "pair",
}
NUMBERS = frozenset({"float", "integer", "duration"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a variable holds; a variable that holds nothing (NULL) is None."""

    kind: str
    """The base type: identifier, string, float, integer, boolean, pair, directedPair, point, ..."""
    held: tuple[Single, ...]
    cardinality: str = "single"

    def matches(self, other: Value) -> bool:
        """Whether both hold the same; in a container of cardinality `multiple` the order does not count."""
        if self.cardinality != other.cardinality:
            return False
        if self.cardinality == "multiple":
            return Counter(self.held) == Counter(other.held)
        return self.held == other.held


@dataclass(frozen=True, slots=True, kw_only=True)
class MapEntry:
    """What one value is worth."""

    key: Single
    worth: Decimal
    exact_case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Worths:
    """What values are worth, with the worth of all others and the bounds of the sum."""

    entries: tuple[MapEntry, ...]
    default: Decimal = Decimal(0)
    lowest: Decimal | None = None
    highest: Decimal | None = None

    def worth(self, value: Value) -> Decimal:
        """The sum over the distinct values that are held, within the bounds."""
        total = sum((self._worth_of(single) for single in dict.fromkeys(value.held)), Decimal(0))
        if self.lowest is not None:
            total = max(total, self.lowest)
        return total if self.highest is None else min(total, self.highest)

    def _worth_of(self, single: Single) -> Decimal:
        for entry in self.entries:
            if entry.key == single or (not entry.exact_case and _folded(entry.key) == _folded(single)):
                return entry.worth
        return self.default


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What an item declares about one response."""

    identifier: str
    kind: str
    cardinality: str
    correct: Value | None
    mapping: Worths | None
    has_areas: bool

    def value(self, *held: Single) -> Value | None:
        """A response of this variable; None where nothing is held."""
        return Value(kind=self.kind, held=held, cardinality=self.cardinality) if held else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an item declares about one outcome."""

    identifier: str
    kind: str
    cardinality: str
    default: Value | None
    highest: Decimal | None
    """The declared maximum of a score."""
    by_person: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Declarations:
    """All declarations of an item by identifier."""

    responses: Mapping[str, Declaration] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)


def read_declarations(item: Node) -> Declarations:
    """Read what an item declares; a value that is no number where one is needed reads as absent."""
    joined = {node.get("response-identifier"): kind for node in item.walk() if (kind := _JOINING.get(node.name))}
    responses = [_response(node, joined) for node in item.named("qti-response-declaration")]
    outcomes = [_outcome(node) for node in item.named("qti-outcome-declaration")]
    return Declarations(
        responses={response.identifier: response for response in responses},
        outcomes={outcome.identifier: outcome for outcome in outcomes},
    )


def read_single(kind: str, text: str) -> Single | None:
    """One value of a base type from its text; None for what is no such value."""
    if kind in NUMBERS:
        return as_decimal(text)
    if kind == "boolean":
        return text.strip() in ("true", "1")
    if kind in ("pair", "directedPair", "point"):
        parts = tuple(text.split())
        return (tuple(sorted(parts)) if kind == "pair" else parts) if len(parts) == 2 else None
    return text if kind == "string" else text.strip()


def as_decimal(text: str) -> Decimal | None:
    """A number, None for what is none or is endless."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 40 else None


def _folded(single: Single) -> Single:
    return single.casefold() if isinstance(single, str) else single


def _response(node: Node, joined: Mapping[str, str]) -> Declaration:
    """Some files declare pairs as identifiers; what the interaction gives decides."""
    kind = joined.get(node.get("identifier")) or node.get("base-type", "string")
    cardinality = node.get("cardinality", "single")
    return Declaration(
        identifier=node.get("identifier"),
        kind=kind,
        cardinality=cardinality,
        correct=_held(node.first("qti-correct-response"), kind, cardinality),
        mapping=_mapping(node.first("qti-mapping"), kind),
        has_areas=node.first("qti-area-mapping") is not None,
    )


def _held(node: Node | None, kind: str, cardinality: str) -> Value | None:
    if node is None:
        return None
    texts = [_value_text(child, kind) for child in node.named("qti-value")]
    held = tuple(single for text in texts if (single := read_single(kind, text)) not in (None, ""))
    return Value(kind=kind, held=held, cardinality=cardinality) if held else None


def _value_text(node: Node, kind: str) -> str:
    """Blanks around a value come from indenting; inside a text they may be meant."""
    return (
        "".join(child for child in node.children if isinstance(child, str)).strip() if kind == "string" else node.text()
    )


def _mapping(node: Node | None, kind: str) -> Worths | None:
    if node is None:
        return None
    entries = []
    for child in node.named("qti-map-entry"):
        key, worth = read_single(kind, child.attributes.get("map-key", "")), as_decimal(child.get("mapped-value"))
        if key is not None and worth is not None:
            # QTI 3.0 made `false` the default, where QTI 2.1 had `true`.
            entries.append(MapEntry(key=key, worth=worth, exact_case=child.get("case-sensitive") in ("true", "1")))
    return Worths(
        entries=tuple(entries),
        default=as_decimal(node.get("default-value")) or Decimal(0),
        lowest=as_decimal(node.get("lower-bound")),
        highest=as_decimal(node.get("upper-bound")),
    )


def _outcome(node: Node) -> Outcome:
    kind, cardinality = node.get("base-type", "float"), node.get("cardinality", "single")
    return Outcome(
        identifier=node.get("identifier"),
        kind=kind,
        cardinality=cardinality,
        default=_held(node.first("qti-default-value"), kind, cardinality),
        highest=as_decimal(node.get("normal-maximum")),
        by_person=node.get("external-scored") == "human",
    )
