"""The set of files that is in force: what it holds, and a file of it to read.

Sets lie in folders of their own below OPEN_DATA_DIR; the file `current` there names the one in force. It is replaced in
one step, so that a reader never sees half a set. The set before stays for those who are reading it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

MANIFEST = "manifest.json"
CATALOGUE = "catalog.jsonld"
CURRENT = "current"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile:
    """One file of the set: `bytes` is its size, `gzip_bytes` that of its packed copy, None where there is none."""

    name: str
    subject: str
    title: str
    media_type: str
    standard: str
    licence: str
    bytes: int
    gzip_bytes: int | None
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSet:
    """All files that were written together. `counts` says how many records of each kind and origin there are."""

    folder: Path
    made_at: datetime
    counts: dict[str, dict[str, int]]
    framework_version: int
    files: tuple[PublishedFile, ...]

    def find(self, name: str) -> PublishedFile | None:
        """The file of that name."""
        return next((file for file in self.files if file.name == name), None)

    def open(self, file: PublishedFile, *, packed: bool = False) -> BinaryIO:
        """The file to read, or its packed copy. FileNotFoundError where a later set has pushed it out."""
        return (self.folder / (f"{file.name}.gz" if packed else file.name)).open("rb")


def find_published_set() -> PublishedSet | None:
    """The set in force; None before the first was written, or where the folder was tidied away by hand."""
    root = Path(settings.OPEN_DATA_DIR)
    try:
        folder = root / (root / CURRENT).read_text(encoding="utf-8").strip()
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    own = [_described(folder, name) for name in (MANIFEST, CATALOGUE)]
    return PublishedSet(
        folder=folder,
        made_at=datetime.fromisoformat(manifest["generated_at"]),
        counts=manifest["counts"],
        framework_version=manifest["framework_version"],
        files=(*(PublishedFile(**_without_address(row)) for row in manifest["files"]), *own),
    )


def _without_address(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "address"}


def _described(folder: Path, name: str) -> PublishedFile:
    """A file that describes the others and so cannot stand among them; the name of the folder tells its state."""
    media_type = "application/json" if name == MANIFEST else "application/ld+json"
    return PublishedFile(
        name=name,
        subject="",
        title=name,
        media_type=media_type,
        standard="",
        licence="",
        bytes=(folder / name).stat().st_size,
        gzip_bytes=None,
        sha256=folder.name,
    )
