"""The files of previewed imports, kept on disk until they are committed, so that one of any size needs little memory.

They lie in DATA_DIR/imports under the uid of their batch. A process that dies in between leaves at worst a file that
belongs to no waiting preview; `remove_leftovers` finds it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from synchromesh.engine.errors import Conflict, InvalidInput

_AT_ONCE = 1024 * 1024  # bytes
_MEGABYTE = 1024 * 1024


def keep_file(file: BinaryIO, *, uid: UUID, most_bytes: int) -> None:
    """Copy `file`, from where it stands, to the place of `uid`; raises InvalidInput beyond `most_bytes`.

    It is copied in parts: a device or a pipe does not say how long it is.
    """
    place = _place(uid)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    size = 0
    try:
        with place.open("wb") as copy:
            place.chmod(0o600)
            while part := file.read(_AT_ONCE):
                size += len(part)
                if size > most_bytes:
                    limit = most_bytes // _MEGABYTE
                    raise InvalidInput(
                        f"The file is larger than {limit:,} MB. Split it and send the parts one by one.", field="file"
                    )
                copy.write(part)
    except BaseException:
        remove_file(uid)
        raise


def open_file(uid: UUID) -> BinaryIO:
    """The file of a waiting import, to read. Raises Conflict when it is gone."""
    try:
        return _place(uid).open("rb")
    except FileNotFoundError:
        raise Conflict("The file of this import is gone. Preview it again.") from None


def has_file(uid: UUID) -> bool:
    """Whether the file of this import is still there."""
    return _place(uid).is_file()


def remove_file(uid: UUID) -> None:
    """Delete the file of an import; nothing happens where there is none."""
    _place(uid).unlink(missing_ok=True)


def remove_leftovers(*, waiting: Collection[UUID], written_before: datetime) -> int:
    """Delete files that belong to none of the `waiting` imports; returns how many.

    Younger ones stay: their preview may be under way.
    """
    kept, removed = {str(uid) for uid in waiting}, 0
    folder = _folder()
    for place in sorted(folder.iterdir()) if folder.is_dir() else ():
        if place.name not in kept and place.stat().st_mtime < written_before.timestamp():
            place.unlink(missing_ok=True)
            removed += 1
    return removed


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "imports"


def _place(uid: UUID) -> Path:
    return _folder() / str(uid)
