"""Print figures as text: one table a set, and one of all targets at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.matching.data import BenchmarkSet
from benchmarks.matching.published import PUBLISHED, TARGETS, Target
from benchmarks.matching.scoring import LESS_IS_BETTER, MEMORY, PERCENT, READY, SPEED, Figure

Scores = Mapping[str, Mapping[str, Figure]]  # by system, then by measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A target beside what was reached; `reached` is below, must or aim."""

    target: Target
    value: float
    must: float
    reached: str


def format_value(measure: str, value: float) -> str:
    """64.0 for R-precision, .640 for other shares, a whole number for speed and memory."""
    if measure in PERCENT:
        return f"{100 * value:.1f}"
    if measure in (SPEED, MEMORY):
        return f"{value:.0f}"
    if measure == READY:
        return f"{value:.1f}"
    return f"{value:.3f}".replace("0.", ".", 1) if value < 1 else f"{value:.3f}"


def format_interval(measure: str, figure: Figure) -> str:
    """`60.3-68.7`, or nothing."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{format_value(measure, figure.low)}-{format_value(measure, figure.high)}"


def set_table(one: BenchmarkSet, scores: Scores, notes: Mapping[str, str]) -> str:
    """Systems as rows, measures as columns; then what must be reached, what is aimed at, and what was published."""
    measures = list(dict.fromkeys(measure for figures in scores.values() for measure in figures))
    rows = [["", *measures]]
    rows += [[system, *_cells(measures, figures)] for system, figures in scores.items()]
    rows += _target_rows(one.family, measures)
    published = [found for found in PUBLISHED if found.family == one.family and set(found.figures) & set(measures)]
    rows += [
        [found.system, *(_shown(measure, found.figures.get(measure)) for measure in measures)] for found in published
    ]
    kind = "test" if one.is_test else "validation; targets and published figures are those of the test set"
    title = f"{one.name}: {len(one.labelled)} labelled of {len(one.items)} texts ({kind})"
    if one.name == "courses":
        title = f"{one.name}: {len(one.items)} texts (small; never fitted on alone)"
    said = [f"  {system}: {note}" for system, note in notes.items() if note]
    sources = [
        f"  {source}: {'; '.join(found.system for found in published if found.source == source)}"
        for source in dict.fromkeys(found.source for found in published)
    ]
    return "\n".join([title, align(rows), *said, *sources, ""])


def verdicts(family: str, scores: Scores) -> list[Verdict]:
    """The targets of a family whose measure was taken in this run."""
    found = []
    for target in TARGETS:
        figure = scores.get(target.system, {}).get(target.measure)
        if target.family != family or figure is None:
            continue
        must = target.must
        if target.other:
            beside = scores.get(target.other, {}).get(target.measure)
            if beside is None:
                continue
            must = target.must * beside.value + target.margin
        found.append(
            Verdict(target=target, value=figure.value, must=must, reached=_reached(target, must, figure.value))
        )
    return found


def verdict_table(found: Sequence[tuple[BenchmarkSet, Verdict]]) -> str:
    """All targets of the run."""
    rows = [["set", "system", "measure", "here", "must", "aim", "reached"]]
    for one, verdict in found:
        target, measure = verdict.target, verdict.target.measure
        must = format_value(measure, verdict.must) + (f" ({_beside(target)})" if target.other else "")
        aim = _shown(measure, target.aim)
        value = format_value(measure, verdict.value)
        rows.append([one.name, target.system, measure, value, must, aim, verdict.reached])
    return "\n".join(["Held against the targets", align(rows)])


def align(rows: Sequence[Sequence[str]]) -> str:
    """Columns under each other, the first to the left, the others to the right."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _cells(measures: Sequence[str], figures: Mapping[str, Figure]) -> list[str]:
    cells = []
    for measure in measures:
        figure = figures.get(measure)
        interval = format_interval(measure, figure) if figure else ""
        shown = _shown(measure, figure.value if figure else None)
        cells.append(f"{shown} [{interval}]" if interval else shown)
    return cells


def _target_rows(family: str, measures: Sequence[str]) -> list[list[str]]:
    """A row of bounds and a row of aims for each system that has fixed ones in this family."""
    rows = []
    fixed = [target for target in TARGETS if target.family == family and not target.other]
    for system in dict.fromkeys(target.system for target in fixed):
        own = {target.measure: target for target in fixed if target.system == system}
        must = {measure: target.must for measure, target in own.items()}
        aim = {measure: target.aim for measure, target in own.items()}
        rows.append([f"{system} must", *(_shown(measure, must.get(measure)) for measure in measures)])
        if any(value is not None for value in aim.values()):
            rows.append([f"{system} aim", *(_shown(measure, aim.get(measure)) for measure in measures)])
    return rows


def _shown(measure: str, value: float | None) -> str:
    return "" if value is None else format_value(measure, value)


def _beside(target: Target) -> str:
    if target.margin:
        return f"{target.other} + {target.margin:.2f}"
    return f"{target.must:.2f} x {target.other}"


def _reached(target: Target, must: float, value: float) -> str:
    sign = -1 if target.measure in LESS_IS_BETTER else 1
    if sign * value < sign * must:
        return "below"
    return "aim" if target.aim is not None and sign * value >= sign * target.aim else "must"
