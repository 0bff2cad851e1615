"""Folders of an index that is rebuilt beside the old one: a small file names the current folder.

Replacing that file is the one moment at which the index changes for everybody. A process that still reads files of an
older folder keeps them until it lets go, even after they were removed.
"""

from __future__ import annotations

import os
import re
import shutil
import uuid
from pathlib import Path

from synchromesh.search.contract import IndexUnusableError

_CURRENT = "current"
_NAME = re.compile(r"v\d+-[0-9a-f]{32}")


def current_name(root: Path, *, version: int) -> str:
    """The name of the folder in use. Raises IndexUnusableError when there is none of this `version` of the fields."""
    try:
        name = (root / _CURRENT).read_text(encoding="ascii")
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise IndexUnusableError("The index was not built yet.") from error
    if not _NAME.fullmatch(name) or not name.startswith(f"v{version}-"):
        raise IndexUnusableError("The index was built by another version of the product.")
    return name


def pointer(root: Path) -> str:
    """The small file that names the folder in use; it is replaced with each new folder."""
    return f"{root}/{_CURRENT}"


def make_folder(root: Path, *, version: int) -> Path:
    """Make an empty folder for a new index; nobody sees it until `make_current`."""
    folder = root / f"v{version}-{uuid.uuid4().hex}"
    folder.mkdir(parents=True)
    return folder


def make_current(folder: Path) -> None:
    """Switch to `folder`, then remove all others: older ones and what killed rebuilds left behind."""
    draft = folder.parent / f"{_CURRENT}-{folder.name}"
    with draft.open("w", encoding="ascii") as file:
        file.write(folder.name)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder.parent / _CURRENT)
    for other in folder.parent.iterdir():
        if other.is_dir() and _NAME.fullmatch(other.name) and other.name != folder.name:
            shutil.rmtree(other, ignore_errors=True)
        elif other.name.startswith(f"{_CURRENT}-"):
            other.unlink(missing_ok=True)
