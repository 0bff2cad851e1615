"""A course folder as one zip file, and back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.archives import named_files, unpacked, zip_file
from synchromesh.engine.tables.limits import MEBIBYTE, Limits

LIMITS = Limits(bytes=300 * MEBIBYTE, unpacked_bytes=400 * MEBIBYTE, members=2_000)
"""A course with two or three short videos; longer ones belong on a video server."""
_CONSTANT_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can state


def open_course_file(data: bytes, *, name: str = "The course file") -> dict[str, bytes]:
    """Return the files of a zipped course folder by path, whether the folder itself was zipped or what is in it.

    Raises InvalidInput as `tables.archives` does: names that lead outside, links, passwords, too much. What the files
    are is judged by whoever reads them; a file of an unknown kind is refused there.
    """
    files: dict[str, bytes] = {}
    with zip_file(data, name=name, limits=LIMITS) as archive:
        for path, info in named_files(archive, len(data), name=name, limits=LIMITS):
            files[path] = b"".join(unpacked(archive, info, name=name))
    if not files:
        raise InvalidInput(f"{name} is empty.")
    return _without_outer_folder(files)


def pack_course_file(files: Mapping[str, bytes]) -> bytes:
    """Return the files as one zip file; the same files give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(path, _CONSTANT_TIME), content, compress_type=zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _without_outer_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    tops = {path.split("/", 1)[0] for path in files}
    if "course.yaml" in files or len(tops) != 1 or not all("/" in path for path in files):
        return files
    return {path.split("/", 1)[1]: content for path, content in files.items()}
