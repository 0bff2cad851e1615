"""PDF files of strangers: pages and attachments, within bounds of time and memory.

What a PDF costs to read says little about its size: a page may be drawn from others a thousand times over. pypdf has
bounds of its own for every kind of packing, which are drawn tighter here; a watch over each drawing instruction adds
those of the whole document. pypdf may raise anything on a damaged file, so everything is caught where it is called.
"""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pypdf import Configuration, PasswordType, PdfReader, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError
from pypdf.generic import EncodedStreamObject

from synchromesh.engine.documents.model import DocumentLimits
from synchromesh.engine.errors import InvalidInput

# pypdf writes pieces of what it cannot read into the log, which may be somebody's CV.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)

_MOST_ATTACHMENTS = 50


class StoppedError(Exception):
    """A bound of the whole document is reached; the message says which, as the end of a sentence."""


class PdfFile:
    """An opened PDF; use it inside `bounded_pdf`."""

    def __init__(self, data: bytes, *, name: str, limits: DocumentLimits, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._until = clock() + limits.seconds
        self._shown = 0
        with _refusing(name):
            self._reader = PdfReader(
                io.BytesIO(data), root_object_recovery_limit=1_000, xref_stream_maximum_entries=200_000
            )
            self._decrypt(name)
            self.page_count = len(self._reader.pages)

    def attachments(self) -> Iterator[tuple[str, bytes]]:
        """Yield the name and the bytes of each attached file, until a bound is reached; damaged ones are left out."""
        found = []
        try:
            for file in self._reader.attachment_list:
                found.append(file)
                if len(found) == _MOST_ATTACHMENTS:
                    break
        except Exception:  # noqa: S110 - any damage; those found so far are good
            pass
        for file in found:
            try:
                self._check()  # each is kept unpacked, so they count together
                content = file.content
                name = str(file.alternative_name or file.name)
            except StoppedError:
                return  # what is asked next meets the same bound and says so
            except Exception:  # noqa: S112 - any damage
                continue
            yield name, content

    def page_lines(self, index: int) -> list[str]:
        """Return the lines of a page as printed.

        Raises StoppedError when the document takes too long or grows too large, and ValueError when the page is
        damaged.
        """
        self._shown = 0
        try:
            self._check()
            text = self._reader.pages[index].extract_text(visitor_operand_before=self._watch)
            self._check()
        except StoppedError:
            raise
        except LimitReachedError as error:
            raise ValueError("it is too large") from error
        except Exception as error:
            raise ValueError("it is damaged") from error
        return text.splitlines()

    def _decrypt(self, name: str) -> None:
        """Open with the empty password, as every viewer does when only copying or printing is restricted."""
        if not self._reader.is_encrypted:
            return
        try:
            opened = self._reader.decrypt("") != PasswordType.NOT_DECRYPTED
        except (DependencyError, NotImplementedError):  # a strong cipher whose library is not installed
            opened = False
        if not opened:
            raise InvalidInput(f"{name} is protected with a password. Save it without one and send it again.")

    def _watch(self, operator: object, operands: object, *_matrices: object) -> None:
        """Look before each drawing instruction whether a bound is reached."""
        self._shown += _length(operands)
        if self._shown > self._limits.characters:
            raise StoppedError("one page has more text than is read of a whole document")
        if self._clock() > self._until:
            raise StoppedError(f"reading took more than {self._limits.seconds:g} seconds")
        if operator == b"Do":
            self._check()

    def _check(self) -> None:
        if self._clock() > self._until:
            raise StoppedError(f"reading took more than {self._limits.seconds:g} seconds")
        unpacked = sum(
            len(thing.decoded_self.get_data())
            for thing in list(self._reader.resolved_objects.values())
            if isinstance(thing, EncodedStreamObject) and thing.decoded_self is not None
        )
        if unpacked > self._limits.unpacked_bytes:
            raise StoppedError(f"it unpacks to more than {self._limits.unpacked_bytes:,} bytes")


@contextmanager
def bounded_pdf(
    data: bytes, *, name: str, limits: DocumentLimits, clock: Callable[[], float] = time.monotonic
) -> Iterator[PdfFile]:
    """Open a PDF with the bounds of `limits` in force; `clock` gives seconds.

    Raises InvalidInput when it is protected with a password or damaged beyond opening.
    """
    with apply_configuration(_configuration(limits)):
        yield PdfFile(data, name=name, limits=limits, clock=clock)


def _configuration(limits: DocumentLimits) -> Configuration:
    most = limits.stream_bytes
    return Configuration(
        maximum_declared_stream_length=limits.bytes,
        array_based_stream_maximum_output_length=most,
        jbig2_maximum_output_length=most,
        lzw_maximum_output_length=most,
        run_length_maximum_output_length=most,
        zlib_maximum_output_length=most,
        zlib_maximum_recovery_input_length=most // 8,
        brotli_maximum_output_length=most,
        image_maximum_buffer_size=most,
        stream_decoding_work_maximum_length=4 * most,
        stream_parsing_work_maximum_count=500_000,
        page_tree_maximum_entries=10_000,
        page_tree_maximum_page_entries=200_000,
        xform_maximum_invocations_per_extraction=1_000,
        jbig2dec_binary=None,  # no other program is ever started
    )


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Turn whatever pypdf raises while opening into InvalidInput."""
    try:
        yield
    except InvalidInput:
        raise
    except LimitReachedError as error:
        raise InvalidInput(f"{name} is built too large to be read safely. Print it to a new PDF.") from error
    except Exception as error:
        raise InvalidInput(
            f"{name} is damaged or cut short and cannot be opened. Save it as PDF again and send that."
        ) from error


def _length(operands: object) -> int:
    """Return how many characters or bytes the operands of a drawing instruction hold."""
    if isinstance(operands, str | bytes):
        return len(operands)
    if isinstance(operands, list):
        return sum(_length(operand) for operand in operands)
    return 0
