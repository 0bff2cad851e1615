"""XML of strangers, entry by entry: no document types, no entities, and no more in memory than the largest entry.

What publishers often get wrong is mended on the way: spaces before the declaration, control characters, and names of
HTML characters ("&nbsp;") that XML does not know. Sources: https://docs.python.org/3/library/xml.html#xml-security,
https://www.w3.org/TR/xml/#charsets, and CVE-2023-52425 for the growing pieces in which the parser is fed.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from synchromesh.engine.errors import InvalidInput

__all__ = ["LARGEST_ENTRY", "Root", "XmlEntry", "find_root", "local_name", "stream_entries"]

LARGEST_ENTRY = 8 * 1024 * 1024  # bytes
_DEEPEST = 100
_MOST_ATTRIBUTES = 200
_MOST_ELEMENTS = 50_000  # of one entry
_MOST_KEPT = 60  # children of an open element that are kept while its entries are read
_LONGEST_KEPT = 20_000  # characters of such a child
_HEAD = 65_536  # bytes within which the first element begins
_FAULTS = (ParseError, ValueError, LookupError, OverflowError, RecursionError, TypeError)

_CONTROL_CHARACTERS = bytes(code for code in range(32) if code not in (9, 10, 13))
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_NAMES = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))
_LONGEST_NAME = 40  # bytes from "&" to ";"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_DOCUMENT_TYPE = re.compile(rb"<!DOCTYPE\s+(?:[\w.-]{1,60}:)?([A-Za-z_][\w.-]{0,60})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """The first element: its namespace and local name, and the bytes among which it stands."""

    space: str
    name: str
    head: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlEntry:
    """One entry, whole, with the open elements around it, the outermost first.

    `name` is its local name and `number` counts the entries of that name from 1.
    """

    element: Element
    name: str
    number: int
    around: tuple[Element, ...]

    @property
    def position(self) -> str:
        """How a person finds it: "item 7"."""
        return f"{self.name} {self.number}"


def local_name(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def find_root(file: BinaryIO) -> Root | None:
    """The first element, None where the file is no XML; looks at the beginning only and never raises.

    Of a file that declares a document type, which is refused later, the name stands in the declaration.
    """
    head = file.read(_HEAD)
    if not head.startswith(_WIDE_MARKS) and b"<" not in head[:1_000]:
        return None
    try:
        for _, element in iterparse(_Source(io.BytesIO(head)), events=("start",), forbid_dtd=True):
            space, _, name = element.tag.rpartition("}")
            return Root(space=space[1:], name=name, head=head)
    except DefusedXmlException:
        declared = _DOCUMENT_TYPE.search(head)
        return Root(space="", name=declared[1].decode(), head=head) if declared else None
    except (InvalidInput, *_FAULTS):
        return None
    return None


def stream_entries(
    file: BinaryIO, *, name: str, entries: Collection[str], kept: Collection[str] = ()
) -> Iterator[XmlEntry]:
    """The outermost elements with one of the local names `entries`; each is emptied when the next is asked for.

    Elements outside of entries are forgotten as they end, but those with a local name in `kept`, which stay with the
    element around them. Raises InvalidInput for XML that is broken or built to exhaust us.
    """
    source = _Source(file)
    try:
        yield from _Walk(source, name, frozenset(entries), frozenset(kept)).entries()
    except DefusedXmlException:
        raise InvalidInput(
            f"{name} declares a document type or entities, which are not read for safety. Publish the feed without."
        ) from None
    except _TooMuch as error:
        raise InvalidInput(f"{name} {error} and was not read. Publish the feed in smaller parts.") from None
    except _FAULTS as error:
        raise InvalidInput(f"{name} is damaged: its XML cannot be read {_where(error)}. Publish it again.") from None


class _TooMuch(Exception):
    """A limit is passed; the message says which, after the name of the file."""


class _Walk:
    """One pass over a file: what is open now, and whether that is within an entry."""

    def __init__(self, source: _Source, name: str, entries: frozenset[str], kept: frozenset[str]) -> None:
        self._source = source
        self._entries = entries
        self._kept = kept
        self._path: list[Element] = []
        self._kept_within: list[int] = []  # for each open element, how many of its children were kept
        self._entry_depth = 0
        self._elements = 0
        self._counts: Counter[str] = Counter()

    def entries(self) -> Iterator[XmlEntry]:
        source, path = self._source, self._path
        for event, element in iterparse(source, events=("start", "end"), forbid_dtd=True):
            source.quiet = 0
            if event == "start":
                path.append(element)
                self._start(element)
                continue
            path.pop()
            self._kept_within.pop()
            if not self._entry_depth:
                self._forget(element)
            elif len(path) < self._entry_depth:
                self._entry_depth = 0
                source.within_entry = False
                name = local_name(element.tag)
                self._counts[name] += 1
                yield XmlEntry(element=element, name=name, number=self._counts[name], around=tuple(path))
                if path:
                    path[-1].remove(element)

    def _start(self, element: Element) -> None:
        self._kept_within.append(0)
        if len(self._path) > _DEEPEST:
            raise _TooMuch(f"is nested more than {_DEEPEST} deep")
        if len(element.attrib) > _MOST_ATTRIBUTES:
            raise _TooMuch(f"has an element with more than {_MOST_ATTRIBUTES} attributes")
        if self._entry_depth:
            self._elements += 1
            if self._elements > _MOST_ELEMENTS:
                raise _TooMuch(f"has an entry with more than {_MOST_ELEMENTS:,} elements")
        elif local_name(element.tag) in self._entries:
            self._entry_depth, self._elements = len(self._path), 0
            self._source.begin_entry()

    def _forget(self, element: Element) -> None:
        if not self._path:
            return
        small = len(element.text or "") <= _LONGEST_KEPT and self._kept_within[-1] < _MOST_KEPT
        if small and local_name(element.tag) in self._kept:
            self._kept_within[-1] += 1
        else:
            self._path[-1].remove(element)


class _Source:
    """The file as the parser reads it: mended, and in pieces that grow while one token does not end."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._rest = b""
        self._wide: bool | None = None
        self._in_entry = 0
        self.quiet = 0
        self.within_entry = False

    def begin_entry(self) -> None:
        """Count from here how large the entry is."""
        self.within_entry, self._in_entry = True, 0

    def read(self, size: int) -> bytes:
        """At least one byte unless the file ends."""
        if self.quiet > LARGEST_ENTRY or (self.within_entry and self._in_entry > LARGEST_ENTRY):
            raise _TooMuch(f"has an entry of more than {LARGEST_ENTRY // 1024 // 1024} MB")
        mended = b""
        while not mended:
            piece = self._file.read(max(size, self.quiet))
            if not piece:
                mended, self._rest = self._rest, b""
                break
            self.quiet += len(piece)
            mended = self._mended(piece)
        self._in_entry += len(mended)
        return mended

    def _mended(self, piece: bytes) -> bytes:
        first = self._wide is None
        if first:
            # Encodings of two or four bytes have zero bytes among the first signs.
            self._wide = piece.startswith(_WIDE_MARKS) or b"\0" in piece[:4]
        if self._wide:
            return piece
        text = self._rest + piece.translate(None, _CONTROL_CHARACTERS)
        if first:
            text = text.removeprefix(b"\xef\xbb\xbf").lstrip()
        start = text.rfind(b"&", -_LONGEST_NAME)
        whole = len(text) if start < 0 or b";" in text[start:] else start
        text, self._rest = text[:whole], text[whole:]
        return _NAMED.sub(_as_number, text) if b"&" in text else text


def _as_number(match: re.Match[bytes]) -> bytes:
    """Turn "&eacute;" into "&#233;"; names of XML stay, unknown ones are written out."""
    if match[1] in _XML_NAMES:
        return match[0]
    characters = html5.get(f"{match[1].decode()};")
    if characters is None:
        return b"&amp;" + match[0][1:]
    return "".join(f"&#{ord(character)};" for character in characters).encode()


def _where(error: BaseException) -> str:
    position = getattr(error, "position", None)
    return f"at line {position[0]}, column {position[1] + 1}" if position else "because of its encoding"
