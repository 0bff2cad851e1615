"""Read a course from a folder on this machine, as an author keeps it beside other text."""

from __future__ import annotations

from pathlib import Path

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.course_files._archive import LIMITS
from synchromesh.engine.tables.limits import MEBIBYTE


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the files by path; hidden ones and links are left out.

    Raises InvalidInput for more than a course file may hold, and OSError where a file cannot be read.
    """
    files: dict[str, bytes] = {}
    total = 0
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        if not file.is_file() or file.is_symlink() or any(part.startswith(".") for part in path.parts):
            continue
        total += file.stat().st_size
        if total > LIMITS.unpacked_bytes or len(files) >= LIMITS.members:
            most = f"{LIMITS.unpacked_bytes // MEBIBYTE} MB and {LIMITS.members:,} files"
            raise InvalidInput(f"{folder} holds too much: at most {most} are read.", field="file")
        files[path.as_posix()] = file.read_bytes()
    return files
