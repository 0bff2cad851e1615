"""What an import would do: counts of everything, and as many rows and problems as a person looks at.

A plan never grows with the file: it shows at most `MOST_ROWS` rows of each effect and `MOST_PROBLEMS` problems, and
says how many more there were.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from synchromesh.engine.errors import Problem

MOST_ROWS = 500  # of each effect
MOST_PROBLEMS = 10_000
LONGEST_WORDS = 300  # characters of a value that a preview shows
_LEAD = 40  # characters shown before the first difference of two long values
_COUNTED = ("new", "changed", "same")
# Of a table, a text file, a list in JSON, a page, a calendar, an XML file.
_ROW = re.compile(r"(?:\b(?:row|line|course|event|item|entry|record|opportunity) \d+|\[\d+\])\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One column that differs, in words a person can compare.

    Where it is `kept`, a person holds on to the value `before`, and `after` is only what the file says.
    """

    field: str
    before: str
    after: str
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """What would happen to one record of the file.

    `effect` is new, changed, same, kept (nothing would change, because people hold on to what differs) or missing (the
    file does not name a record that its source has brought).
    """

    position: str
    label: str
    effect: str
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """A whole preview.

    `counts` has new, changed, same and error, which are rows that stay out; a kept row counts as same. `missing` and
    `kept` stand there only where there are any. `more_rows` and `more_problems` were found but are not shown. `notes`
    counts rows about which a commit would note something without changing them.
    """

    format: str
    rows: tuple[PlannedRow, ...]
    problems: tuple[Problem, ...]
    counts: Mapping[str, int]
    more_rows: int = 0
    more_problems: int = 0
    notes: int = 0

    @property
    def changes_something(self) -> bool:
        """Whether a commit would write anything, be it only a note."""
        return self.notes > 0 or any(self.counts.get(effect) for effect in ("new", "changed", "missing"))


@dataclass(slots=True, kw_only=True)
class PlanCollector:
    """Takes the rows and problems of a preview one by one."""

    _rows: list[PlannedRow] = field(default_factory=list)
    _problems: list[Problem] = field(default_factory=list)
    _effects: Counter[str] = field(default_factory=Counter)
    _with_kept_fields: int = 0
    _problem_count: int = 0
    _notes: int = 0

    def add(self, row: PlannedRow, *, is_noted: bool = False) -> None:
        """Count the row, and show it if there is room; `is_noted` where a commit would write down a note about it."""
        self._notes += is_noted
        self._effects[row.effect] += 1
        self._with_kept_fields += any(change.kept for change in row.changes)
        if self._effects[row.effect] <= MOST_ROWS:
            label, changes = _writable(row.label), tuple(map(_shortened, row.changes))
            self._rows.append(replace(row, position=_writable(row.position), label=label, changes=changes))

    def add_problem(self, problem: Problem) -> None:
        """Count the problem, and show it if there is room."""
        self._problem_count += 1
        if self._problem_count <= MOST_PROBLEMS:
            place, name, message = map(_writable, (problem.position, problem.field, problem.message))
            self._problems.append(Problem(position=place, field=name, message=message))

    def finish(self, *, format_name: str, left_out: int) -> ImportPlan:
        """The plan; `left_out` counts the rows that stay out."""
        effects = self._effects
        counts = {effect: effects[effect] for effect in _COUNTED} | {"error": left_out}
        counts["same"] += effects["kept"]
        rare = {"missing": effects["missing"], "kept": self._with_kept_fields}
        return ImportPlan(
            format=format_name,
            rows=tuple(self._rows),
            problems=tuple(self._problems),
            counts=counts | {name: count for name, count in rare.items() if count},
            more_rows=sum(count - min(count, MOST_ROWS) for effect, count in effects.items() if effect != "same"),
            more_problems=self._problem_count - len(self._problems),
            notes=self._notes,
        )


def make_plan(
    *, format_name: str, rows: Iterable[PlannedRow], problems: Iterable[Problem] = (), left_out: int = 0
) -> ImportPlan:
    """The plan of a file that is small enough to be held whole."""
    collector = PlanCollector()
    for row in rows:
        collector.add(row)
    for problem in problems:
        collector.add_problem(problem)
    return collector.finish(format_name=format_name, left_out=left_out)


def is_row(position: str) -> bool:
    """Whether a position names one row or entry; a problem of the whole file or of a column leaves no row out."""
    return _ROW.search(position) is not None


def count_left_out(problems: Iterable[Problem], *, loaded: Iterable[str]) -> int:
    """How many rows stay out: those with a problem that are not among the positions that load all the same."""
    return len({problem.position for problem in problems if is_row(problem.position)} - set(loaded))


def _shortened(change: FieldChange) -> FieldChange:
    """Long values begin shortly before their first difference, so that it is seen."""
    change = replace(change, before=_writable(change.before), after=_writable(change.after))
    if max(len(change.before), len(change.after)) <= LONGEST_WORDS:
        return change
    start = max(0, _first_difference(change.before, change.after) - _LEAD)
    return replace(change, before=_part(change.before, start), after=_part(change.after, start))


def _first_difference(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _part(text: str, start: int) -> str:
    shown = text[start : start + LONGEST_WORDS]
    return ("…" if start else "") + shown + ("…" if start + len(shown) < len(text) else "")


def _writable(text: str) -> str:
    """Without signs that a database refuses: a preview shows what is in a file, also in a damaged one."""
    return text.encode(errors="replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
