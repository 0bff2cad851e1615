"""Files inside a PDF that somebody sends, within bounds of memory; damaged ones are left out.

Source: ISO 32000-2, 7.11.4 (embedded files) and 14.13 (associated files), as read by pypdf. pypdf has bounds of its own
for every kind of packing, which are drawn tighter here; it may raise anything on a damaged file, so everything is
caught where it is called.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from synchromesh.engine.credential_formats.limits import MOST_BYTES
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal

if TYPE_CHECKING:
    from pypdf import Configuration, PdfReader

LARGEST_PDF = 20_000_000
MOST_FILES = 10
_HEAD = 1_024  # where viewers look for the signature of the format
_MARK = b"%PDF-"
_MOST_TITLE = 300

# pypdf writes pieces of what it cannot read into the log, which may be somebody's certificate.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfContents:
    """What a PDF holds beside its pages: the title that it states, and files by name."""

    title: str
    files: tuple[tuple[str, bytes], ...]


def is_pdf(data: bytes) -> bool:
    """Whether the mark of the format stands near the beginning, where viewers look for it."""
    return _MARK in data[:_HEAD]


def read_contents(data: bytes) -> PdfContents:
    """Read title and files of a PDF.

    Files that are damaged or larger than a credential may be are left out, and all after the tenth. Raises Refusal
    for a PDF that is too large, damaged beyond opening or protected with a password.
    """
    # Imported when needed: most requests have no PDF.
    from pypdf import apply_configuration

    if len(data) > LARGEST_PDF:
        raise Refusal(Reason.TOO_LARGE, limit=str(LARGEST_PDF))
    with apply_configuration(_configuration()):
        reader = _opened(data)
        return PdfContents(title=_title(reader), files=tuple(_files(reader)))


def _opened(data: bytes) -> PdfReader:
    from pypdf import PasswordType, PdfReader

    try:
        reader = PdfReader(BytesIO(data), root_object_recovery_limit=1_000, xref_stream_maximum_entries=200_000)
        # Viewers open with the empty password what is only locked against copying.
        is_locked = reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED
        if not is_locked:
            _ = reader.root_object
    except Exception:
        raise Refusal(Reason.PDF_UNREADABLE, problem="it is damaged or cut short.") from None
    if is_locked:
        raise Refusal(Reason.PDF_UNREADABLE, problem="it is protected with a password.")
    return reader


def _title(reader: PdfReader) -> str:
    try:
        return str((reader.metadata and reader.metadata.title) or "")[:_MOST_TITLE]
    except Exception:
        return ""


def _files(reader: PdfReader) -> Iterator[tuple[str, bytes]]:
    found = []
    try:
        for file in reader.attachment_list:
            found.append(file)
            if len(found) == MOST_FILES:
                break
    except Exception:  # noqa: S110 - any damage; those found so far are good
        pass
    for file in found:
        try:
            name, content = str(file.alternative_name or file.name), file.content
        except Exception:  # noqa: S112 - any damage, also more than the bounds allow
            continue
        if len(content) <= MOST_BYTES:
            yield name, content


def _configuration() -> Configuration:
    from pypdf import Configuration

    return Configuration(
        maximum_declared_stream_length=LARGEST_PDF,
        array_based_stream_maximum_output_length=MOST_BYTES,
        jbig2_maximum_output_length=MOST_BYTES,
        lzw_maximum_output_length=MOST_BYTES,
        run_length_maximum_output_length=MOST_BYTES,
        zlib_maximum_output_length=MOST_BYTES,
        zlib_maximum_recovery_input_length=MOST_BYTES // 8,
        brotli_maximum_output_length=MOST_BYTES,
        image_maximum_buffer_size=MOST_BYTES,
        stream_decoding_work_maximum_length=4 * MOST_BYTES,
        stream_parsing_work_maximum_count=200_000,
        page_tree_maximum_entries=10_000,
        page_tree_maximum_page_entries=200_000,
        jbig2dec_binary=None,  # no other program is ever started
    )
