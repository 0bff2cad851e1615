"""XML of strangers: no entities, no document types, no depth and no number of elements that could exhaust us.

Everything is handed to the parser in one piece: fed bit by bit, the parser would scan an unfinished mark again and
again. Sources: https://docs.python.org/3/library/xml.html#xml-security and CVE-2023-52425.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from synchromesh.engine.documents.model import DocumentLimits
from synchromesh.engine.errors import InvalidInput

_HEAD = 8_192
_BEFORE_THE_ROOT = re.compile(r"(?:\s+|<\?[^>]*\?>|<!--(?:[^-]|-(?!->))*-->|<!DOCTYPE[^<>\[]*>)*", re.IGNORECASE)
_DOCUMENT_TYPE = re.compile("<!DOCTYPE\\s", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s/>]")
_FAULTS = (ParseError, ValueError, LookupError, OverflowError, RecursionError, MemoryError, TypeError)


class Finished(Exception):
    """Raised by a listener that needs no more of the file."""


class Listener(Protocol):
    """Hears of each mark as it is met. Names are (namespace, local name)."""

    def start(self, space: str, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; attributes by local name."""
        ...

    def end(self, space: str, name: str) -> None:
        """An element ends."""
        ...

    def data(self, text: str) -> None:
        """Text between marks, perhaps only a part of it."""
        ...


def walk_xml(data: bytes, listener: Listener, *, name: str, limits: DocumentLimits) -> None:
    """Tell `listener` of everything in an XML file, until it raises `Finished`.

    Raises InvalidInput for XML that is broken, declares entities or a document type, is nested deeper or has more
    elements than `limits` allow.
    """
    parser = XMLParser(target=_Guard(listener, name, limits), forbid_dtd=True)  # type: ignore[no-untyped-call]
    try:
        parser.feed(data)
        parser.close()
    except Finished:
        return
    except DefusedXmlException as error:
        raise InvalidInput(
            f"{name} declares entities, which are not read for safety. Save it again without."
        ) from error
    except _FAULTS as error:
        raise InvalidInput(f"{name} is damaged: its XML cannot be read ({_where(error)}). Save it again.") from error


def root_name(data: bytes) -> str | None:
    """Return the local name of the first element if the bytes look like XML, else None; looks at the beginning only.

    The name is empty where the beginning declares XML but does not reach the first element.
    """
    head = _decoded_head(data)
    prologue = _BEFORE_THE_ROOT.match(head)
    root = _ROOT.match(head, prologue.end() if prologue else 0)
    if root is not None:
        return root[1]
    declared = head.startswith("<?xml") or _DOCUMENT_TYPE.match(head, prologue.end() if prologue else 0)
    return "" if declared else None


def _decoded_head(data: bytes) -> str:
    head = data[:_HEAD]
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, errors="replace").lstrip()
    return head.decode("utf-8", errors="replace").lstrip()


def _where(error: BaseException) -> str:
    position = getattr(error, "position", None)
    return f"line {position[0]}, column {position[1] + 1}" if position else "it has no readable encoding"


class _Guard:
    """Counts what the listener hears and stops what grows too large."""

    def __init__(self, listener: Listener, name: str, limits: DocumentLimits) -> None:
        self._listener = listener
        self._name = name
        self._limits = limits
        self._depth = 0
        self._elements = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > self._limits.depth:
            raise InvalidInput(f"{self._name} is nested more than {self._limits.depth} deep and was not read.")
        if self._elements > self._limits.elements:
            raise InvalidInput(
                f"{self._name} has more than {self._limits.elements:,} elements and was not read. Send a part of it."
            )
        space, local = _split(tag)
        self._listener.start(space, local, {_split(key)[1]: value for key, value in attributes.items()})

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._listener.end(*_split(tag))

    def data(self, text: str) -> None:
        self._listener.data(text)

    def close(self) -> None:
        """The parser asks for it; there is nothing to hand over."""


def _split(tag: str) -> tuple[str, str]:
    space, _, local = tag.rpartition("}")
    return space[1:], local
