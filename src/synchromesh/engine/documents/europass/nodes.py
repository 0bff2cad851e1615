"""One small tree for XML and JSON, so that each generation of Europass is described once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from synchromesh.engine.documents.markup import walk_xml
from synchromesh.engine.documents.model import DocumentLimits
from synchromesh.engine.errors import InvalidInput


@dataclass(slots=True, kw_only=True)
class Node:
    """An element: its local name, its own text, what is inside it, and its attributes by local name."""

    name: str
    text: str = ""
    children: list[Node] = field(default_factory=list)
    attributes: Mapping[str, str] = field(default_factory=dict)

    def find(self, *path: str) -> Node | None:
        """Return the first element at a path below this one, or None."""
        node: Node | None = self
        for step in path:
            node = next((child for child in node.children if child.name == step), None) if node else None
        return node

    def said(self, *path: str) -> str:
        """Return the trimmed text of the first element at a path, empty where there is none."""
        node = self.find(*path)
        return node.text.strip() if node else ""

    def every(self, name: str) -> Iterator[Node]:
        """Yield each element of a name below this one, at any depth, outermost first."""
        for child in self.children:
            if child.name == name:
                yield child
            else:
                yield from child.every(name)


def xml_tree(data: bytes, *, name: str, limits: DocumentLimits) -> Node:
    """Return the root of an XML file; raises InvalidInput when it is broken or over the limits."""
    builder = _Builder()
    walk_xml(data, builder, name=name, limits=limits)
    return builder.top.children[0]


def json_tree(text: str, *, name: str, limits: DocumentLimits) -> Node:
    """Return a JSON file as the same tree as the XML has: a list `X` becomes an `XList` of `X`.

    Raises InvalidInput when it is broken or over the limits.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "nested too deep"
        raise InvalidInput(f"{name} is damaged: its JSON cannot be read ({place}). Save it again.") from error
    top = Node(name="")
    _Planter(name, limits).plant(top, "", value, depth=0)
    return top.children[0]


class _Builder:
    """Listens to XML and builds the tree."""

    def __init__(self) -> None:
        self.top = Node(name="")
        self._open = [self.top]
        self._texts: list[list[str]] = [[]]

    def start(self, space: str, name: str, attributes: Mapping[str, str]) -> None:
        node = Node(name=name, attributes=attributes)
        self._open[-1].children.append(node)
        self._open.append(node)
        self._texts.append([])

    def end(self, space: str, name: str) -> None:
        self._open.pop().text = "".join(self._texts.pop())

    def data(self, text: str) -> None:
        self._texts[-1].append(text)


class _Planter:
    """Puts JSON values into the tree and counts them."""

    def __init__(self, name: str, limits: DocumentLimits) -> None:
        self._name = name
        self._limits = limits
        self._elements = 0

    def plant(self, parent: Node, name: str, value: object, *, depth: int) -> None:
        """Add a value and all that is in it below `parent`."""
        self._elements += 1
        if depth > self._limits.depth or self._elements > self._limits.elements:
            raise InvalidInput(f"{self._name} is nested too deep or has too many elements and was not read.")
        node = Node(name=name)
        parent.children.append(node)
        if isinstance(value, dict):
            for key, inner in value.items():
                self.plant(node, str(key), inner, depth=depth + 1)
        elif isinstance(value, list):
            node.name = f"{name}List"
            for inner in value:
                self.plant(node, name, inner, depth=depth + 1)
        elif value is not None:
            node.text = str(value).lower() if isinstance(value, bool) else str(value)
