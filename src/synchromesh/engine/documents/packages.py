"""Office files are zip files: open them, and take out only the parts that hold text."""

from __future__ import annotations

import zipfile
from types import TracebackType

from synchromesh.engine.documents.model import DocumentLimits
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.archives import named_files, unpacked, zip_file


class Package:
    """An opened office file. The directory is checked on opening, the bytes are counted while unpacking.

    Raises InvalidInput for what is damaged, protected, unsafe or over the limits.
    """

    def __init__(self, data: bytes, *, name: str, limits: DocumentLimits) -> None:
        bounds = limits.of_archive()
        self._name = name
        self._archive: zipfile.ZipFile = zip_file(data, name=name, limits=bounds)
        self._files = dict(named_files(self._archive, len(data), name=name, limits=bounds))

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def __contains__(self, path: str) -> bool:
        return path in self._files

    def part(self, path: str) -> bytes:
        """Return the bytes of a part; raises InvalidInput when it is missing or damaged."""
        if path not in self._files:
            raise InvalidInput(f"{self._name} is damaged: its part {path} is missing. Save it again.")
        return b"".join(unpacked(self._archive, self._files[path], name=self._name))
