"""Which files are taken as answers, and whether the bytes are what the ending says.

A file of a stranger is never trusted by its name. What cannot be told from its bytes is not taken. Sources of the
signatures: PDF 1.7 (ISO 32000-1, 7.5.2), PNG (W3C, section 5.2), JPEG (ITU-T T.81, B.1.1.3), GIF89a, WebP (RFC 9649),
ZIP (APPNOTE.TXT 4.3.7), Open Packaging Conventions (ECMA-376 part 2), OpenDocument 1.3 part 2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.archives import named_files, unpacked, zip_file
from synchromesh.engine.tables.limits import Limits

_MEGABYTE = 1024 * 1024
_PACKAGE_LIMITS = Limits(bytes=100 * _MEGABYTE, unpacked_bytes=1024 * _MEGABYTE, members=10_000, ratio=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerType:
    """A kind of file: what browsers are told it is, and whether bytes are of it."""

    media_type: str
    fits: Callable[[bytes], bool]


def _starts(content: bytes, *, signatures: tuple[bytes, ...]) -> bool:
    return content.startswith(signatures)


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _is_text(content: bytes) -> bool:
    """UTF-8, or UTF-16 with its mark, without control characters that no text has."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not any(sign < " " and sign not in "\t\n\r\f" for sign in text)


def _parts(content: bytes) -> dict[str, bytes]:
    """The names of the files of a zip, with the bytes of the one small file that says what it is.

    Raises InvalidInput for a damaged, protected or unsafe zip.
    """
    with zip_file(content, name="The file", limits=_PACKAGE_LIMITS) as archive:
        found = dict(named_files(archive, len(content), name="The file", limits=_PACKAGE_LIMITS))
        said = found.get("mimetype")
        is_short = said is not None and said.file_size <= 100
        words = b"".join(unpacked(archive, said, name="The file")) if said is not None and is_short else b""
    return dict.fromkeys(found, b"") | {"mimetype": words}


def _is_office_package(content: bytes, *, folder: str) -> bool:
    """Word, Excel and PowerPoint since 2007. One with macros is not taken: it would be a program."""
    if not content.startswith(b"PK"):
        return False
    names = _parts(content)
    has_macros = any(name.casefold().endswith("vbaproject.bin") for name in names)
    return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names) and not has_macros


def _is_open_document(content: bytes, *, media_type: str) -> bool:
    return content.startswith(b"PK") and _parts(content)["mimetype"].strip() == media_type.encode()


def _is_zip(content: bytes) -> bool:
    return content.startswith(b"PK") and bool(_parts(content))


def _open_document(kind: str) -> AnswerType:
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    return AnswerType(media_type=media_type, fits=partial(_is_open_document, media_type=media_type))


def _office(kind: str, folder: str) -> AnswerType:
    return AnswerType(
        media_type=f"application/vnd.openxmlformats-officedocument.{kind}",
        fits=partial(_is_office_package, folder=folder),
    )


def _signed(media_type: str, *signatures: bytes) -> AnswerType:
    return AnswerType(media_type=media_type, fits=partial(_starts, signatures=signatures))


_JPEG = _signed("image/jpeg", b"\xff\xd8\xff")
_TEXT = AnswerType(media_type="text/plain", fits=_is_text)

ACCEPTED_ENDINGS: Mapping[str, AnswerType] = {
    "pdf": _signed("application/pdf", b"%PDF-"),
    "png": _signed("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "gif": _signed("image/gif", b"GIF87a", b"GIF89a"),
    "webp": AnswerType(media_type="image/webp", fits=_is_webp),
    "odt": _open_document("text"),
    "ods": _open_document("spreadsheet"),
    "odp": _open_document("presentation"),
    "docx": _office("wordprocessingml.document", "word/"),
    "xlsx": _office("spreadsheetml.sheet", "xl/"),
    "pptx": _office("presentationml.presentation", "ppt/"),
    "zip": AnswerType(media_type="application/zip", fits=_is_zip),
    "txt": _TEXT,
    "md": _TEXT,
    "csv": _TEXT,
}
"""Ending of a file name, in lower case, to what such a file is."""


def check_answer_file(name: str, content: bytes, *, endings: tuple[str, ...], most_bytes: int) -> tuple[str, str]:
    """Return the name to keep and the media type; raises InvalidInput for a file that is not taken, and says why."""
    if not content:
        raise InvalidInput("This file is empty.", field="file")
    if len(content) > most_bytes:
        raise InvalidInput(f"This file is too large. At most {most_bytes // _MEGABYTE} MB are taken.", field="file")
    kept = _plain_name(name)
    ending = PurePath(kept).suffix.removeprefix(".").casefold()
    kind = ACCEPTED_ENDINGS.get(ending)
    if kind is None or ending not in {given.casefold() for given in endings}:
        raise InvalidInput(f"Only files with these endings are taken here: {', '.join(endings)}.", field="file")
    try:
        fits = kind.fits(content)
    except InvalidInput as error:
        raise InvalidInput(error.message, field="file") from None
    if not fits:
        raise InvalidInput(f"This is not a proper .{ending} file. Save it anew and try again.", field="file")
    return kept, kind.media_type


def _plain_name(name: str) -> str:
    """The last part of a name, without what cannot be printed, with its ending, at most 200 characters long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(sign for sign in last if sign.isprintable()).strip(" .")
    stem, dot, ending = printable.rpartition(".")
    return f"{stem[: 198 - len(ending)]}{dot}{ending}" if dot and len(ending) < 20 else printable[:200]
