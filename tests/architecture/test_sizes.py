"""Files and functions stay small enough to be read in one go. Migrations are Django's; data are not code."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.architecture.tree import PACKAGE, ROOT, TESTS, files_below, functions_of, is_migration, parsed, shown

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 60
HAND_WRITTEN = [
    file
    for folder in (PACKAGE, TESTS, ROOT / "benchmarks")
    for file in files_below(folder, ".py", ".html", ".css", ".js", ".typ")
    if not is_migration(file)
]


def _line_count(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def test_there_is_code_to_measure() -> None:
    assert {file.suffix for file in HAND_WRITTEN} >= {".py", ".html", ".css", ".js"}


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {shown(file): _line_count(file) for file in HAND_WRITTEN}
    assert {name: count for name, count in lengths.items() if count > LINES_OF_A_FILE} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    too_long = {}
    for file in HAND_WRITTEN:
        if file.suffix == ".py":
            for function in functions_of(parsed(file)):
                count = (function.end_lineno or function.lineno) - function.lineno + 1
                if count > LINES_OF_A_FUNCTION:
                    too_long[f"{shown(file)}:{function.name}"] = count
    assert too_long == {}


@pytest.mark.parametrize("lines", [1, 60, 61])
def test_a_function_is_measured_from_its_first_to_its_last_line(lines: int, tmp_path: Path) -> None:
    file = tmp_path / "sample.py"
    body = "def sample(): pass" if lines == 1 else "def sample():\n" + "    pass\n" * (lines - 1)
    file.write_text(body, encoding="utf-8")
    (function,) = functions_of(parsed(file))
    assert (function.end_lineno or 0) - function.lineno + 1 == lines
