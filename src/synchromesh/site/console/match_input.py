"""What `synchromesh match` reads: one text a line as a stream, or one file as a whole, documents too."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from synchromesh.engine.errors import InvalidInput

LARGEST_FILE = 5 * 1024 * 1024  # as much as the readers of documents take; a plain text is far smaller
_PLAIN = frozenset({"", ".txt", ".text", ".md"})
_PACKED = (b"%PDF-", b"PK\x03\x04")
_BYTES_OF_A_CHARACTER = 4  # at most, in UTF-8
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the input; `refusal` says why it could not be read, and then `text` is empty."""

    number: int
    text: str
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeText:
    """A file as one text; `notes` are what a person should know about how it was read."""

    text: str
    notes: tuple[str, ...] = ()


@contextmanager
def opened(path: str) -> Iterator[IO[bytes]]:
    """A file, or standard input for "-". Raises InvalidInput where it cannot be read."""
    if path == "-":
        yield sys.stdin.buffer
        return
    with _open(path) as stream:
        yield stream


def read_lines(stream: IO[bytes], *, longest: int) -> Iterator[Line]:
    """Each line of a stream, without its end and without a byte order mark at the very beginning.

    Only a line feed ends a line. No more than one line is held in memory, and no more of it than `longest` characters
    can take; the rest of a longer one is passed over. A last line without an end counts too.
    """
    room = longest * _BYTES_OF_A_CHARACTER + 6  # a byte order mark, the end of the line and one more
    number = 0
    while raw := stream.readline(room):
        number += 1
        if len(raw) == room and not raw.endswith(b"\n"):
            _pass_over_the_rest(stream)
            yield Line(number=number, text="", refusal=_too_long(number, longest))
            continue
        yield _line(raw, number, longest)


def read_whole(path: str) -> WholeText:
    """A file as one text: plain text as it stands, anything else through the readers of documents.

    Raises InvalidInput for what cannot be read.
    """
    name = "Standard input" if path == "-" else Path(path).name
    with opened(path) as stream:
        data = stream.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        megabytes = LARGEST_FILE // (1024 * 1024)
        raise InvalidInput(f"{name} is larger than {megabytes} MB. Send a part, or use --lines.", field="file")
    if not data.strip():
        return WholeText(text="")
    if (path == "-" or Path(path).suffix.lower() in _PLAIN) and not data.startswith(_PACKED):
        try:
            return WholeText(text=data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            pass  # another encoding, or no text: the readers of documents know
    from synchromesh.engine.documents import read_document  # other commands start without it

    try:
        document = read_document(name, data)
    except InvalidInput as error:
        raise InvalidInput(error.message, field="file") from None
    notes = tuple(f"{problem.position}: {problem.message}" for problem in document.problems)
    return WholeText(text=document.text, notes=notes)


def _open(path: str) -> IO[bytes]:
    try:
        return Path(path).open("rb")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or "not a name of a file"
        raise InvalidInput(f"{path!r} cannot be read: {reason}.", field="file") from None


def _line(raw: bytes, number: int, longest: int) -> Line:
    try:
        text = raw.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        message = f"Line {number} is not UTF-8: byte {error.start + 1} cannot be read. Save the file as UTF-8."
        return Line(number=number, text="", refusal=message)
    if len(text) > longest:
        return Line(number=number, text="", refusal=_too_long(number, longest))
    return Line(number=number, text=text)


def _too_long(number: int, longest: int) -> str:
    return f"Line {number} has more than {longest} characters. Cut it into several lines."


def _pass_over_the_rest(stream: IO[bytes]) -> None:
    while piece := stream.readline(_PIECE):
        if piece.endswith(b"\n"):
            return
