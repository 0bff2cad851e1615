"""Open zip files of strangers without trusting a word they say about themselves.

A zip file states its own sizes, so the directory is checked before anything is unpacked and the bytes are counted
while unpacking. Only the two packings of the office formats are taken (stored, deflate), since Python can unpack only
these in bounded steps. Source of the format: APPNOTE.TXT 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.limits import DEFAULT, MEBIBYTE, Limits
from synchromesh.engine.tables.text_files import size_of

# Everything that the standard library raises on a damaged file.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    RuntimeError,
    KeyError,
    MemoryError,
)
_CHUNK = 64 * 1024
_ENCRYPTED = 0x1
_NESTED = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\xfd7zXZ\x00")
_CLUTTER = ("__MACOSX/", ".DS_Store", "Thumbs.db")


def open_archive(data: bytes, *, name: str = "The archive", limits: Limits = DEFAULT) -> dict[str, bytes]:
    """Return the files of a zip file by name, with `/` between folders.

    Folders and the clutter of operating systems are left out. Raises InvalidInput for names that leave the archive,
    links, passwords, two files of one name, archives inside the archive (XLSX workbooks are allowed, they get their
    own check when read) and anything over `limits`.
    """
    files: dict[str, bytes] = {}
    with zip_file(data, name=name, limits=limits) as archive:
        for path, info in named_files(archive, len(data), name=name, limits=limits):
            content = b"".join(unpacked(archive, info, name=name))
            if content.startswith(_NESTED) and not path.lower().endswith(".xlsx"):
                raise InvalidInput(f"{name} holds another archive, {path}. Unpack it and send its files instead.")
            files[path] = content
    return files


def named_files(
    archive: zipfile.ZipFile, size: int, *, name: str, limits: Limits
) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Yield the safe path and the entry of each file, without folders and clutter; nothing is unpacked.

    `size` is the length of the whole archive in bytes. Raises InvalidInput as `members` does, for names that leave the
    archive, for links, and for two files of one name.
    """
    taken: set[str] = set()
    for info in members(archive, size, name=name, limits=limits):
        # A name may be empty, for which Python has no answer; `_safe_path` refuses it.
        if info.filename and (info.is_dir() or _is_clutter(info.filename)):
            continue
        path = _safe_path(info, name)
        if path.casefold() in taken:
            raise InvalidInput(f"{name} holds two files named {path}. Keep one of them.")
        taken.add(path.casefold())
        yield path, info


def zip_file(data: bytes | BinaryIO, *, name: str, limits: Limits) -> zipfile.ZipFile:
    """Return the opened zip file, of bytes or a seekable file; raises InvalidInput when it is too large or is none."""
    file = io.BytesIO(data) if isinstance(data, bytes) else data
    size = size_of(file)
    if size > limits.bytes:
        raise InvalidInput(f"{name} has {size:,} bytes; at most {limits.bytes:,} are read.")
    try:
        return zipfile.ZipFile(file)
    except (*DAMAGED, NotImplementedError) as error:
        raise InvalidInput(f"{name} is damaged or cut short: its directory cannot be read.") from error


def members(archive: zipfile.ZipFile, size: int, *, name: str, limits: Limits) -> list[zipfile.ZipInfo]:
    """Return what the directory lists, after checking what it claims; nothing is unpacked.

    `size` is the length of the whole file in bytes. Raises InvalidInput over `limits`, for passwords, for unusual
    packing, and for members that share the same bytes (an old way to build a bomb).
    """
    listed = archive.infolist()
    if len(listed) > limits.members:
        raise InvalidInput(f"{name} holds {len(listed):,} files; at most {limits.members:,} are read.")
    if sum(info.file_size for info in listed) > limits.unpacked_bytes:
        raise InvalidInput(f"{name} would unpack to more than {limits.unpacked_bytes:,} bytes and was not opened.")
    if sum(info.compress_size for info in listed) > size:
        raise InvalidInput(f"{name} is damaged: its files overlap.")
    for info in listed:
        if info.flag_bits & _ENCRYPTED:
            raise InvalidInput(f"{name} is protected with a password. Send it without one.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise InvalidInput(
                f"{name} is packed in an unusual way ({info.filename}). Pack it as an ordinary zip file."
            )
        # Small members pack very well without any ill will; below one mebibyte there is nothing to fear.
        if info.file_size > MEBIBYTE and info.file_size > limits.ratio * max(info.compress_size, 1):
            raise InvalidInput(
                f"{name} was not opened: {info.filename} unpacks to more than {limits.ratio} times its size."
            )
    return listed


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, name: str) -> Iterator[bytes]:
    """Yield the bytes of one member in small pieces; never more than its directory entry states.

    Python stops at the stated size and then compares the check sum, so a size that lies ends here as InvalidInput.
    """
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except (*DAMAGED, NotImplementedError) as error:
        raise InvalidInput(f"{name} is damaged: {info.filename} is not what the directory says.") from error


def _is_clutter(path: str) -> bool:
    return path.startswith(_CLUTTER[0]) or path.rsplit("/", 1)[-1] in _CLUTTER[1:]


def _safe_path(info: zipfile.ZipInfo, name: str) -> str:
    """Return the path of a member, or raise InvalidInput when it could point outside the archive."""
    # Python itself cuts names at a NUL byte and turns backslashes on Windows: look at what was written in the file.
    path = info.orig_filename
    parts = path.split("/")
    unsafe = (
        path.startswith("/") or "\\" in path or ":" in path or any(part in ("", ".", "..") for part in parts)
        or any(ord(character) < 32 or ord(character) == 127 for character in path)
    )  # fmt: skip
    if unsafe:
        raise InvalidInput(f"{name} holds a file with an unsafe name ({path[:80]!r}). Rename it and pack again.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise InvalidInput(f"{name} holds a link ({path[:80]}). Send the file itself.")
    return path
