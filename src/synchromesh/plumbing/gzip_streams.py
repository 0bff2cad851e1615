"""Undo gzip in small steps, so that a small archive cannot grow in memory: whoever reads counts and stops."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from synchromesh.engine.errors import ExternalFailure

STEP_BYTES = 65_536
_MAGIC = b"\x1f\x8b"
_GZIP = 31  # zlib's word for: a gzip header, and the largest window


def unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The content of a gzip stream with all its members, at most 64 KiB at a time; nothing where nothing came.

    Raises ExternalFailure where the stream is damaged or breaks off.
    """
    unpacker = zlib.decompressobj(wbits=_GZIP)
    started = False
    try:
        for chunk in chunks:
            waiting = chunk
            while waiting:
                if unpacker.eof:  # a gzip file may have several members
                    unpacker = zlib.decompressobj(wbits=_GZIP)
                started = True
                yield unpacker.decompress(waiting, STEP_BYTES)
                waiting = unpacker.unconsumed_tail or unpacker.unused_data
    except zlib.error:
        raise ExternalFailure("The other server sent a damaged gzip answer.") from None
    if started and not unpacker.eof:
        raise ExternalFailure("The other server broke off in the middle of a gzip answer.")


def is_gzip(file: BinaryIO) -> bool:
    """Whether a file is packed with gzip, judged by its first bytes; it stands at its start afterwards."""
    file.seek(0)
    start = file.read(len(_MAGIC))
    file.seek(0)
    return start == _MAGIC


def unpack_file(file: BinaryIO, target: BinaryIO, *, limit_bytes: int) -> int:
    """Write what a gzip file holds to `target` and return its size in bytes.

    Raises ExternalFailure where it holds more than `limit_bytes` or is damaged; `target` then holds a part.
    """
    size = 0
    for part in unpacked(iter(lambda: file.read(STEP_BYTES), b"")):
        size += len(part)
        if size > limit_bytes:
            raise too_large(limit_bytes)
        target.write(part)
    return size


def too_large(limit_bytes: int) -> ExternalFailure:
    """The error for an answer over the limit."""
    return ExternalFailure(f"The answer is larger than {limit_bytes / (1024 * 1024):.3g} MB, which is the limit here.")
