"""Carry a document of another data model over into our field list by its table.

Each value is either carried or named as lost with a reason; nothing vanishes silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from synchromesh.engine.passport_models.examination import shown
from synchromesh.engine.passport_models.passport import FieldValue
from synchromesh.engine.passport_models.translation.conversions import CONVERSIONS
from synchromesh.engine.passport_models.translation.leaves import EMPTY, Leaf, leaves_of
from synchromesh.engine.passport_models.translation.table import LINE, LIST, Row, Table

MOST_LOSSES = 500
LONGEST_PATH = 200
MOST_RECORDS = 2000
NO_PLACE = "The field list has no place for it."
SAID_TWICE = "Another value of the file already states this field."
ONLY_ONE = "The field takes one value; the first one is carried."


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A part of the file that is not carried over: where it is and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The values in our field list and what was lost on the way."""

    values: Mapping[str, FieldValue]
    lost: tuple[Loss, ...]


class _Carrier:
    def __init__(self, document: object, rules: Table) -> None:
        self.rules = rules
        self.leaves = leaves_of(document)
        self.at: dict[str, list[Leaf]] = {}
        self.found: dict[tuple[str, tuple[int, ...]], Leaf] = {}
        for leaf in self.leaves:
            path = leaf.path.casefold()
            self.at.setdefault(path, []).append(leaf)
            self.found[path, leaf.places] = leaf
        self.used: set[int] = set()
        self.lost: dict[str, str] = {}
        self.values: dict[str, FieldValue] = {}

    def lose(self, leaf: Leaf, reason: str, *, depth: int = 0) -> None:
        """Name a leaf as lost; with a depth, the part of the document that holds it, once."""
        self.used.add(id(leaf))
        steps = leaf.shown_path.split("/")
        if len(self.lost) < MOST_LOSSES:
            path = "/".join(steps[: depth + 1] if depth else steps)
            self.lost.setdefault(shown(path, most=LONGEST_PATH), reason)

    def matching(self, path: str) -> list[Leaf]:
        """The leaves at a path; where it ends with `*`, of each last key, English first."""
        if not path.endswith("/*"):
            return self.at.get(path, [])
        parent = path[:-1]
        keys = sorted(key for key in self.at if key.startswith(parent) and "/" not in key[len(parent) :])
        keys.sort(key=lambda key: key != f"{parent}en")
        return [leaf for key in keys for leaf in self.at[key]]

    def converted(self, leaf: Leaf, row: Row) -> Any:
        self.used.add(id(leaf))
        parent = leaf.path.casefold().rpartition("/")[0]

        def beside(key: str) -> Any:
            other = self.found.get((f"{parent}/{key.casefold()}", leaf.places))
            if other is None:
                return None
            self.used.add(id(other))
            return other.value

        convert = CONVERSIONS.get(row.how)
        return convert(leaf.value, row.word, beside) if convert is not None else leaf.value

    def day_of(self, leaf: Leaf, row: Row) -> str:
        if not row.day:
            return ""
        whole = row.day.startswith("/")
        path = row.day if whole else f"{leaf.path.rpartition('/')[0]}/{row.day}"
        known = self.found.get((path.casefold(), () if whole else leaf.places))
        if known is None or not isinstance(known.value, str):
            return ""
        self.used.add(id(known))
        return known.value[:10]


def carry(document: object, rules: Table) -> Carried:
    """The values of a document by the lines of a table."""
    carrier = _Carrier(document, rules)
    _carry_records(carrier)
    _carry_values(carrier)
    _name_the_rest(carrier)
    lost = tuple(Loss(path=path, reason=reason) for path, reason in carrier.lost.items())
    return Carried(values=carrier.values, lost=lost)


def _carry_values(carrier: _Carrier) -> None:
    for path, rows in carrier.rules.values.items():
        leaves = [leaf for leaf in carrier.matching(path) if leaf.value is not None and leaf.value is not EMPTY]
        if not leaves:
            continue
        for row in rows:
            _carry_value(carrier, leaves, row)


def _carry_value(carrier: _Carrier, leaves: list[Leaf], row: Row) -> None:
    stated = carrier.values.get(row.field)
    if row.how == LIST:
        given = stated.value if stated is not None and isinstance(stated.value, list) else []
        entry = replace(row, how="word")
        carrier.values[row.field] = FieldValue(value=[*given, *(carrier.converted(leaf, entry) for leaf in leaves)])
        return
    value, first = carrier.converted(leaves[0], row), leaves[0]
    for other in leaves[1:]:
        carrier.lose(other, ONLY_ONE)
    if stated is None:
        carrier.values[row.field] = FieldValue(value=value, at=carrier.day_of(first, row))
    elif row.how == LINE:
        carrier.values[row.field] = FieldValue(value=f"{stated.value}, {value}")
    elif stated.value != value:
        carrier.lose(first, SAID_TWICE)


def _carry_records(carrier: _Carrier) -> None:
    for base in carrier.rules.records:
        records = _records(carrier, base)
        if records is None:
            continue
        stated = carrier.values.get(base.field)
        before = list(stated.value) if stated is not None else []
        days = [day for day in (stated.at if stated else "", _day_of_records(carrier, base)) if day]
        carrier.values[base.field] = FieldValue(value=before + records, at=max(days, default=""))


def _day_of_records(carrier: _Carrier, base: Row) -> str:
    if not base.day:
        return ""
    days = []
    for leaf in carrier.at.get(f"{base.path}/{base.day}".casefold(), []):
        if isinstance(leaf.value, str):
            carrier.used.add(id(leaf))
            days.append(leaf.value[:10])
    return max(days, default="")


def _records(carrier: _Carrier, base: Row) -> list[dict[str, Any]] | None:
    """The records below a path, None where the document has nothing there."""
    depth = base.path.count("[]")
    below = [leaf for path, leaves in carrier.at.items() if _is_below(path, base.path) for leaf in leaves]
    places = sorted({leaf.places[:depth] for leaf in below if len(leaf.places) >= depth and leaf.value is not EMPTY})
    if not places:
        empty = carrier.at.get(base.path.removesuffix("[]"), [])
        carrier.used.update(id(leaf) for leaf in empty if leaf.value is EMPTY)
        return [] if any(leaf.value is EMPTY for leaf in empty) else None
    columns = [_column(carrier, row, base) for row in _columns(carrier.rules, base)]
    return [_record(carrier, columns, place) for place in places[:MOST_RECORDS]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column of records: its line, how many places in lists it shares with them, and its leaves by those places."""

    row: Row
    shared: int
    found: Mapping[tuple[int, ...], list[Leaf]]


def _column(carrier: _Carrier, row: Row, base: Row) -> _Column:
    shared = _shared_lists(row.path, base.path)
    found: dict[tuple[int, ...], list[Leaf]] = {}
    for leaf in carrier.matching(row.path):
        if leaf.value is not None and leaf.value is not EMPTY:
            found.setdefault(leaf.places[:shared], []).append(leaf)
    return _Column(row=row, shared=shared, found=found)


def _columns(rules: Table, base: Row) -> list[Row]:
    """The columns inside the records first, then those beside them that are inside no other records of the field."""
    others = [row.path for row in rules.records if row.field == base.field and row is not base]
    known = rules.columns.get(base.field, ())
    inside = [row for row in known if _is_below(row.path, base.path)]
    return inside + [
        row
        for row in known
        if row.root == base.root and not any(_is_below(row.path, path) for path in (base.path, *others))
    ]


def _is_below(path: str, base: str) -> bool:
    return path == base or path.startswith((f"{base}/", f"{base}["))


def _record(carrier: _Carrier, columns: Iterable[_Column], place: tuple[int, ...]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for column in columns:
        row, leaves = column.row, column.found.get(place[: column.shared])
        if not leaves or (row.column in record and row.how != LINE):
            continue
        value = carrier.converted(leaves[0], row)
        record[row.column] = value if row.column not in record else f"{record[row.column]}, {value}"
        if column.shared == len(place):
            for other in leaves[1:MOST_RECORDS]:
                if id(other) not in carrier.used:
                    carrier.lose(other, ONLY_ONE)
    return record


def _shared_lists(path: str, base: str) -> int:
    """How many places in lists a column shares with its record."""
    count, mine, theirs = 0, path.split("[]"), base.split("[]")
    for depth in range(1, min(len(mine), len(theirs))):
        if mine[:depth] != theirs[:depth]:
            break
        count = depth
    return count


def _name_the_rest(carrier: _Carrier) -> None:
    """Name what no line has used; values that say nothing are passed over."""
    reasons = sorted(carrier.rules.left_out, key=lambda row: -len(row.path))
    for path, leaves in carrier.at.items():
        rest = [leaf for leaf in leaves if id(leaf) not in carrier.used and leaf.value not in (None, EMPTY)]
        if not rest:
            continue
        if len(carrier.lost) >= MOST_LOSSES:
            return
        known = next((row for row in reasons if _is_below(path, row.path)), None)
        for leaf in rest[:MOST_LOSSES]:
            if known is None:
                carrier.lose(leaf, NO_PLACE)
            else:
                carrier.lose(leaf, known.reason, depth=known.path.count("/") + 1)
