"""Tests lie where their subject lies: tests/<path> for src/synchromesh/<path>."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.architecture.tree import PACKAGE, TESTS, files_below, shown

# Their subject is no package: pages in a browser, the tree itself, other people's suites and samples, and the content
# in starter/, which is reviewed without the product's own readers so that a fault of theirs cannot hide one of its own.
ACROSS_THE_HOUSE = {"browser", "architecture", "conformance", "starter"}
# Pages and the interface for machines are tested through their addresses, settings through the environment of a process
# of its own, so that such a test need not import its subject.
REACHED_FROM_OUTSIDE = {"web", "api", "config"}
TEST_FILES = [
    file
    for file in files_below(TESTS, ".py")
    if file.name.startswith("test_") and file.relative_to(TESTS).parts[0] not in ACROSS_THE_HOUSE
]


def _subject(file: Path) -> Path:
    return file.parent.relative_to(TESTS)


def test_there_are_tests_to_look_at() -> None:
    assert TEST_FILES


@pytest.mark.parametrize("file", TEST_FILES, ids=shown)
def test_a_test_lies_in_the_folder_of_its_subject(file: Path) -> None:
    subject = _subject(file)
    assert subject.parts, "A test belongs to a folder that mirrors a package, not to tests/ itself."
    assert (PACKAGE / subject).is_dir() or (PACKAGE / subject).with_suffix(".py").is_file(), (
        f"There is no src/synchromesh/{subject.as_posix()} that {shown(file)} could be about."
    )


@pytest.mark.parametrize(
    "file", [file for file in TEST_FILES if not REACHED_FROM_OUTSIDE & set(_subject(file).parts[:1])], ids=shown
)
def test_a_test_uses_the_package_that_its_folder_mirrors(file: Path) -> None:
    package = ".".join(("synchromesh", *_subject(file).parts))
    helpers = ".".join(("tests", *_subject(file).parts))
    text = file.read_text(encoding="utf-8")
    used = re.search(rf"\b({re.escape(package)}|{re.escape(helpers)})\b", text) or _imports_from_parent(text, package)
    assert used, f"{shown(file)} never names {package}. Move it to the folder of what it tests."


def _imports_from_parent(text: str, package: str) -> bool:
    parent, _, name = package.rpartition(".")
    return re.search(rf"^from {re.escape(parent)} import .*\b{name}\b", text, re.MULTILINE) is not None
