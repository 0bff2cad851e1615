"""Where the files of groups and projects lie."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings

from synchromesh.engine.errors import NotFound


def file_path(uid: UUID) -> Path:
    """Where the bytes of a file lie."""
    return settings.DATA_DIR / "community" / str(uid)


def read_file(uid: UUID) -> bytes:
    """The bytes of a file. Raises NotFound where they are gone from the data folder."""
    try:
        return file_path(uid).read_bytes()
    except OSError:
        raise NotFound("The file is missing in the data folder. Restore it from a backup.") from None
