"""JSON of a feed: whole for small documents, member by member for large ones, and a look at the beginning.

No file can do harm: numbers with more digits than a computer counts are NaN instead of an error, and what is nested too
deeply is refused. The parser is the one of the standard library, which takes values from a buffer one by one: yajl,
the usual streaming parser, dies of a number with 5,000 digits and needs memory that grows with the square of the depth.
Format: RFC 8259.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal, InvalidOperation
from typing import BinaryIO

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.limits import MEBIBYTE

__all__ = ["LARGEST_DOCUMENT", "RepeatedKeys", "parse_json", "read_all", "stream_members"]

LARGEST_DOCUMENT = 20 * MEBIBYTE  # bytes of one that has to be read whole
_LARGEST_ENTRY = 8 * MEBIBYTE  # characters
_MOST_OBJECTS = 1_000_000  # objects and lists; an empty one takes twenty times its bytes in memory
_CHUNK = 256 * 1024
_MOST_DIGITS = 40
_NOT_A_NUMBER = Decimal("NaN")
_SPACE = re.compile(r"[ \t\n\r]*")
_REST_OF_NUMBER = re.compile(r"[0-9.eE+-]*")


class RepeatedKeys(dict[str, object]):
    """An object in which keys stand more than once; JSON keeps the last value of each. `repeated` names them."""

    repeated: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    marked = RepeatedKeys(found)
    names = [key for key, _ in pairs]
    marked.repeated = tuple(key for key in found if names.count(key) > 1) if len(names) < 1_000 else tuple(found)[:1]
    return marked


def _whole(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= _MOST_DIGITS else _NOT_A_NUMBER


def _fraction(text: str) -> Decimal:
    try:
        return Decimal(text) if len(text) <= _MOST_DIGITS else _NOT_A_NUMBER
    except InvalidOperation:  # an exponent of many digits
        return _NOT_A_NUMBER


# Control characters inside of texts are no reason to refuse a feed.
_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_fraction, parse_int=_whole, parse_constant=lambda _: _NOT_A_NUMBER,
    strict=False,
)  # fmt: skip


def parse_json(text: str) -> object:
    """The value of a whole JSON text. Raises InvalidInput, with line and column, for anything else."""
    if text.count("{") + text.count("[") > _MOST_OBJECTS:
        raise InvalidInput(f"This document holds more than {_MOST_OBJECTS:,} objects and lists. Split it.")
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        raise InvalidInput(f"This is not sound JSON: {place}: {error.msg}. Correct this place.") from None
    except RecursionError:
        raise _too_deep() from None


def read_all(file: BinaryIO, *, most: int = LARGEST_DOCUMENT) -> bytes:
    """All bytes from where the file stands. Raises InvalidInput for more than `most`."""
    data = file.read(most + 1)
    if len(data) > most:
        raise InvalidInput(f"This document is larger than {most // MEBIBYTE} MB, too large to be read. Split it.")
    return data


def stream_members(file: BinaryIO, *, lists: Collection[str]) -> Iterator[tuple[str, object]]:
    """The members of a JSON document, with their places, as they are read.

    Of a list every item ("[0]"); of an object every member ("links"), but of the lists that are named in `lists` every
    item ("data[0]"), or the list itself if it is empty. Raises InvalidInput where the text breaks off, where it is no
    JSON, and for anything but UTF-8.
    """
    text = _Buffer(file)
    if text.take("["):
        yield from _items(text, "")
    elif text.take("{"):
        yield from _members(text, lists)
    else:
        raise InvalidInput("This document is neither a JSON object nor a JSON list.")
    if text.sign():
        raise text.broken("nothing may follow the end of the document")


def _members(text: _Buffer, lists: Collection[str]) -> Iterator[tuple[str, object]]:
    if text.take("}"):
        return
    while True:
        key = text.value()
        if not isinstance(key, str) or not text.take(":"):
            raise text.broken("a name in quotation marks and a colon are expected")
        if key in lists and text.take("["):
            if text.sign() == "]":
                yield key, []
            yield from _items(text, key)
        else:
            yield key, text.value()
        if not text.take(","):
            break
    if not text.take("}"):
        raise text.broken("a comma or the end of the object is expected")


def _items(text: _Buffer, name: str) -> Iterator[tuple[str, object]]:
    if text.take("]"):
        return
    number = 0
    while True:
        yield f"{name}[{number}]", text.value()
        number += 1
        if not text.take(","):
            break
    if not text.take("]"):
        raise text.broken("a comma or the end of the list is expected")


class _Buffer:
    """A part of a file as text, from which values are taken one by one."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decode: Callable[..., str] = codecs.getincrementaldecoder("utf-8-sig")("strict").decode
        self._text, self._place, self._passed, self._ended = "", 0, 0, False

    def sign(self) -> str:
        """The next character that is no space, "" at the end."""
        while True:
            match = _SPACE.match(self._text, self._place)
            self._place = match.end() if match else self._place
            if self._place < len(self._text) or self._ended:
                return self._text[self._place : self._place + 1]
            self._read_on()

    def take(self, sign: str) -> bool:
        """Whether `sign` comes next; it is passed then."""
        found = self.sign() == sign
        self._place += found
        return found

    def value(self) -> object:
        """The next value; the text is read on until it is complete."""
        self.sign()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._place)
            except json.JSONDecodeError as error:
                if self._ended:
                    self._place = len(self._text) if error.msg.startswith("Unterminated") else error.pos
                    raise self.broken(error.msg) from None
            except RecursionError:
                raise _too_deep() from None
            else:
                # A number at the very end of the buffer may go on.
                if self._ended or not (_REST_OF_NUMBER.fullmatch(self._text, end) and _is_number(value)):
                    self._place = end
                    return value
            self._read_on()

    def broken(self, reason: str) -> InvalidInput:
        """What to raise where the text goes wrong."""
        if self._ended and self._place >= len(self._text):
            return InvalidInput("This JSON document breaks off. Fetch or save it again.")
        place = self._passed + self._place + 1
        return InvalidInput(f"This is not sound JSON at character {place:,}: {reason}. Correct this place.")

    def _read_on(self) -> None:
        """Drop what was taken and double the rest, so that a long value is tried a few times only."""
        rest = self._text[self._place :]
        if len(rest) > _LARGEST_ENTRY:
            longest = _LARGEST_ENTRY // MEBIBYTE
            raise InvalidInput(f"An entry of this JSON document is broken, or longer than {longest} MB.")
        data = self._file.read(max(_CHUNK, len(rest)))
        self._ended = not data
        self._passed += self._place
        try:
            self._text, self._place = rest + self._decode(data, self._ended), 0
        except UnicodeDecodeError:
            raise InvalidInput("This JSON document is not in UTF-8. Save it in UTF-8.") from None


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _too_deep() -> InvalidInput:
    return InvalidInput("This JSON document is nested too deeply to be a course feed.")
