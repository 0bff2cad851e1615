"""XML of QTI as a tree with mixed content, read without trust: no entities, no document types, bounded size and depth.

The parser is fed the whole file at once, since a stream of small pieces would let an unfinished mark be scanned again
and again. Source of the dangers: https://docs.python.org/3/library/xml.html#xml-security
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import escape, quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.limits import MEBIBYTE

MOST_BYTES = 5 * MEBIBYTE
_MOST_ELEMENTS = 50_000
_MOST_DEPTH = 100
_MATHEMATICS = "http://www.w3.org/1998/Math/MathML"
_XML = "http://www.w3.org/XML/1998/namespace"
_FAULTS = (ParseError, ValueError, LookupError, OverflowError, RecursionError, MemoryError, TypeError)


@dataclass(slots=True)
class Node:
    """One element: name without namespace (`math` for all of MathML), attributes, children and text in order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        """An attribute without blanks around it."""
        return self.attributes.get(name, default).strip()

    @property
    def elements(self) -> list[Node]:
        """The children that are elements."""
        return [child for child in self.children if isinstance(child, Node)]

    def first(self, name: str) -> Node | None:
        """The first child element of this name."""
        return next((child for child in self.elements if child.name == name), None)

    def named(self, *names: str) -> list[Node]:
        """The child elements of these names."""
        return [child for child in self.elements if child.name in names]

    def walk(self) -> Iterator[Node]:
        """This element and everything inside, in the order of the file."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.elements))

    def text(self) -> str:
        """All text inside, blanks joined."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts()


def parse_xml(data: bytes, *, name: str) -> Node:
    """Return the root of an XML file.

    Raises InvalidInput for XML that is broken, declares entities or a document type with entities, or is larger or
    deeper than questions are.
    """
    if len(data) > MOST_BYTES:
        raise InvalidInput(f"{name} has {len(data):,} bytes; at most {MOST_BYTES:,} are read of one XML file.")
    builder = _Builder(name)
    parser = XMLParser(target=builder, forbid_dtd=False)  # type: ignore[no-untyped-call]
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException as error:
        raise InvalidInput(
            f"{name} declares entities, which are not read for safety. Save it again without."
        ) from error
    except _FAULTS as error:
        raise InvalidInput(f"{name} is damaged: its XML cannot be read ({_where(error)}). Save it again.") from error
    return builder.root


def xml_text(node: Node) -> str:
    """The XML of a tree, without a declaration; nothing is indented, since blanks are content."""
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in node.attributes.items())
    if not node.children:
        return f"<{node.name}{attributes}/>"
    inside = "".join(escape(child) if isinstance(child, str) else xml_text(child) for child in node.children)
    return f"<{node.name}{attributes}>{inside}</{node.name}>"


def _where(error: BaseException) -> str:
    position = getattr(error, "position", None)
    return f"line {position[0]}, column {position[1] + 1}" if position else "it has no readable encoding"


class _Builder:
    """Hears what the parser finds and builds the tree, until it grows too large."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._open: list[Node] = []
        self._count = 0
        self.root = Node("")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._count += 1
        if self._count > _MOST_ELEMENTS or len(self._open) >= _MOST_DEPTH:
            raise InvalidInput(f"{self._name} has too many elements or is nested too deeply to be a question.")
        space, local = _split(tag)
        node = Node("math" if space == _MATHEMATICS else local, {_attribute(key): v for key, v in attributes.items()})
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def end(self, tag: str) -> None:
        self._open.pop()

    def data(self, text: str) -> None:
        if not self._open:
            return
        children = self._open[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += text
        else:
            children.append(text)

    def close(self) -> None:
        """Nothing is left to do; the parser asks for it."""


def _split(tag: str) -> tuple[str, str]:
    space, _, local = tag.rpartition("}")
    return space.removeprefix("{"), local


def _attribute(key: str) -> str:
    space, local = _split(key)
    return f"xml:{local}" if space == _XML else local
