"""Several documents of one feed in one file: what was fetched page by page is kept, previewed and committed as one.

Our own format, never sent anywhere: a first line, then for each document a line of JSON (address, size in bytes) and
the bytes themselves. Written and read one document at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from synchromesh.engine.errors import InvalidInput

__all__ = ["BundleWriter", "BundledDocument", "is_bundle", "read_bundle"]

_FIRST_LINE = b"synchromesh feed bundle 1\n"
_LONGEST_LINE = 10_000  # bytes
LARGEST_DOCUMENT = 20 * 1024 * 1024  # bytes; a page of a feed is far smaller


@dataclass(frozen=True, slots=True, kw_only=True)
class BundledDocument:
    """One document and the address that it came from."""

    address: str
    data: bytes


class BundleWriter:
    """Adds documents to a file that stands at its start."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.write(_FIRST_LINE)

    def add(self, document: BundledDocument) -> None:
        """Append one document."""
        line = {"address": document.address, "bytes": len(document.data)}
        self._file.write(json.dumps(line).encode() + b"\n" + document.data)


def is_bundle(file: BinaryIO) -> bool:
    """Whether the file is a bundle; it stands at its start afterwards."""
    file.seek(0)
    start = file.read(len(_FIRST_LINE))
    file.seek(0)
    return start == _FIRST_LINE


def read_bundle(file: BinaryIO) -> Iterator[BundledDocument]:
    """The documents of a bundle in their order. Raises InvalidInput where the file breaks off or lies about a size."""
    file.read(len(_FIRST_LINE))
    while line := file.readline(_LONGEST_LINE):
        try:
            head = json.loads(line)
            address, size = str(head["address"]), int(head["bytes"])
        except (ValueError, KeyError, TypeError):
            raise InvalidInput("The collected documents of this feed are damaged. Fetch the feed again.") from None
        data = file.read(size) if 0 <= size <= LARGEST_DOCUMENT else b""
        if len(data) != size:
            raise InvalidInput("The collected documents of this feed break off. Fetch the feed again.")
        yield BundledDocument(address=address, data=data)
