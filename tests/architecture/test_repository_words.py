"""What no file of the repository may say: the hosts of package registries, and paths of somebody's machine.

An installation may use its own mirror, so that no address of a registry belongs into the tree. The names are put
together here from pieces, so that this file does not say them either.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.architecture.tree import ROOT, repository_files, shown

REGISTRY_HOSTS = tuple(
    ".".join(pieces)
    for pieces in (
        ("py" + "pi", "org"),
        ("files", "python" + "hosted", "org"),
        ("registry", "npm" + "js", "org"),
        ("deb", "debi" + "an", "org"),
    )
)
MACHINE_PATHS = tuple(f"/{name}/" for name in ("wor" + "k", "roo" + "t"))


def _text(file: Path) -> str:
    """The text of a file; bytes that are no text are read as they come."""
    return file.read_bytes().decode("utf-8", errors="replace")


@pytest.mark.parametrize("host", REGISTRY_HOSTS, ids=("python", "python-files", "node", "debian"))
def test_no_file_names_the_host_of_a_package_registry(host: str) -> None:
    assert [shown(file) for file in repository_files() if host in _text(file).lower()] == []


@pytest.mark.parametrize("folder", MACHINE_PATHS)
def test_no_file_names_a_folder_of_the_machine_it_was_made_on(folder: str) -> None:
    named = re.compile(rf"(?<![\w.~:/*-]){re.escape(folder)}")
    assert [shown(file) for file in repository_files() if named.search(_text(file))] == []


def test_the_locks_name_no_address() -> None:
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    assert locks
    assert [shown(file) for file in locks if "://" in _text(file)] == []
