"""The record of runs on test sets: one line a figure, in RUNS.md."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.matching.data import ROOT
from benchmarks.matching.scoring import Figure
from benchmarks.matching.tables import format_interval, format_value

RUNS = Path(__file__).with_name("RUNS.md")
WEIGHTS = ROOT / "src" / "synchromesh" / "engine" / "matching" / "weights"


def recipe_hash(folder: Path = WEIGHTS) -> str:
    """Names the trained parameters: the SHA-256 over names and contents of the files, or `none` without any."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    if not files:
        return "none"
    digest = hashlib.sha256()
    for file in files:
        digest.update(
            f"{file.relative_to(folder).as_posix()}\n{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode()
        )
    return digest.hexdigest()[:12]


def was_run(recipe: str, name: str, system: str, record: Path = RUNS) -> bool:
    """Whether a system was already run on a test set with this recipe."""
    return any(f"| {recipe} | {name} | {system} |" in line for line in record.read_text(encoding="utf-8").splitlines())


def record_run(recipe: str, name: str, system: str, figures: Mapping[str, Figure], record: Path = RUNS) -> None:
    """Append the figures of one system on one test set."""
    day = datetime.now(tz=UTC).date().isoformat()
    with record.open("a", encoding="utf-8") as lines:
        for measure, figure in figures.items():
            value, interval = format_value(measure, figure.value), format_interval(measure, figure)
            lines.write(f"| {day} | {recipe} | {name} | {system} | {measure} | {value} | {interval} |\n")
