"""Files that people of the alliance put in: which are taken, and how they are written to the data folder.

They are never shown inside a page: a browser only saves them. The first bytes must fit the ending of the name, so that
nobody opens something else than the name says. Signatures: PDF ISO 32000 7.5.2; Office and OpenDocument files are zip.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from synchromesh.community.queries.stored_files import file_path
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.vocabulary.slugs import slugify

MOST_BYTES = 25 * 1024 * 1024
LONGEST_NAME = 120
_ZIP, _OFFICE = b"PK\x03\x04", "application/vnd.openxmlformats-officedocument"
KINDS: dict[str, tuple[str, bytes]] = {
    "pdf": ("application/pdf", b"%PDF-"),
    "docx": (f"{_OFFICE}.wordprocessingml.document", _ZIP),
    "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", _ZIP),
    "pptx": (f"{_OFFICE}.presentationml.presentation", _ZIP),
    "odt": ("application/vnd.oasis.opendocument.text", _ZIP),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", _ZIP),
    "odp": ("application/vnd.oasis.opendocument.presentation", _ZIP),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    "csv": ("text/csv", b""),
    "txt": ("text/plain", b""),
}
"""By ending: media type and what the file begins with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFile:
    """A file that is taken: a tidy name, what it is, how long, and the digest of its bytes."""

    name: str
    media_type: str
    bytes: int
    sha256: str


def check_file(name: str, content: bytes) -> CheckedFile:
    """Look at a file. Raises InvalidInput with the field `file` and what to do."""
    stem, _, ending = re.split(r"[/\\]", name)[-1].rpartition(".")
    kind = KINDS.get(ending.lower())
    if kind is None:
        raise InvalidInput(f"Files of this kind are not taken. Use {', '.join(KINDS)}.", field="file")
    if not content or len(content) > MOST_BYTES:
        most = MOST_BYTES // (1024 * 1024)
        raise InvalidInput(f"The file is empty or larger than {most} MB.", field="file")
    media_type, begins = kind
    if not content.startswith(begins) or (not begins and b"\0" in content):
        raise InvalidInput("The file is not what its name says. Save it again and choose it anew.", field="file")
    tidy = f"{(slugify(stem) or 'file')[: LONGEST_NAME - 10].strip('-')}.{ending.lower()}"
    return CheckedFile(name=tidy, media_type=media_type, bytes=len(content), sha256=hashlib.sha256(content).hexdigest())


def write_file(uid: UUID, content: bytes) -> Path:
    """Write the bytes so that only the owner reads them and a half-written file is never taken for a whole one."""
    path = file_path(uid)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    try:
        half.touch(mode=0o600)
        half.write_bytes(content)
        half.replace(path)
    except OSError as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise InvalidInput(f"The file could not be stored: {error.strerror}.", field="file") from error
    return path
