"""YAML as people write it, without its surprises: a tree of texts with line numbers, from the events of the parser.

Only the parser of PyYAML is used, none of its constructors: nothing in a file can make an object or run code. Refused
are what can blow a small file up or hides what is meant: aliases (`*name` repeats a whole tree), anchors, tags, more
than one document, keys that stand twice. The meaning of an unquoted word is narrow (YAML 1.2, JSON schema, clause 10.2,
https://yaml.org/spec/1.2.2/#102-json-schema): `no`, `on`, 12:30 and 2026-03-31 are texts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.vocabulary.languages import ISO_639_1

MOST_BYTES = 4 * 1024 * 1024
_MOST_NODES = 200_000
_MOST_DEPTH = 40
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})", re.ASCII)
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,20}(?:[eE][-+][0-9]{1,3})?", re.ASCII)
_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Keys whose values are words even where they look like a number.
_WORDS = frozenset(
    {"key", "kind", "title", "url", "date", "note", "media", "poster", "name", "skill", "tone", "shape", "pairs",
     "sources", "endings"}
)  # fmt: skip
# Keys whose values are no texts by language, even where all of their own keys look like languages (kg: 1).
_NO_TEXTS = frozenset({"units"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """One value as it is written; `is_plain` without quotes."""

    text: str
    is_plain: bool
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list."""

    values: list[Node]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """An object: values by key."""

    values: dict[str, Node]
    line: int


Node: TypeAlias = Scalar | Items | Entries


class _Refused(Exception):
    """Something that is not read, with its line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def parse_yaml(data: bytes, *, name: str) -> Node:
    """Return the tree of a file. Raises InvalidInput with the line for everything that is not read."""
    if len(data) > MOST_BYTES:
        raise InvalidInput(f"{name} has {len(data):,} bytes; at most {MOST_BYTES:,} are read. Split the course.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{name} is not UTF-8 text (byte {error.start + 1}). Save it as UTF-8.") from None
    try:
        return _tree(yaml.parse(text, Loader=_PARSER))
    except _Refused as refused:
        raise InvalidInput(f"{name} line {refused.line}: {refused}") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise InvalidInput(f"{name} line {line}: this is no sound YAML ({error.problem or 'unknown'}).") from None
    except yaml.YAMLError:
        raise InvalidInput(f"{name} is no sound YAML: it holds a character that no text file has.") from None


def _tree(events: Iterator[Any]) -> Node:
    root = Items(values=[], line=1)
    stack: list[tuple[Items | Entries, list[str]]] = [(root, [])]  # with the key that waits for its value
    count = documents = 0
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            _refuse(documents > 1, line, "a second document (---) begins here. Keep one.")
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            count += 1
            _refuse(count > _MOST_NODES, line, "the file holds too many values. Split the course.")
            _refuse(len(stack) > _MOST_DEPTH, line, "lists and objects are nested too deeply.")
            node = _node(event, line)
            if _add(stack[-1], node) and not isinstance(node, Scalar):
                stack.append((node, []))
    return root.values[0] if root.values else Entries(values={}, line=1)


def _node(event: Any, line: int) -> Node:
    _refuse(isinstance(event, yaml.AliasEvent), line, "aliases (*) are not read. Write the text again.")
    _refuse(event.anchor is not None, line, "anchors (&) are not read. Remove the mark.")
    _refuse(event.tag is not None and event.tag != "!", line, "tags (!) are not read. Remove the mark.")
    if isinstance(event, yaml.SequenceStartEvent):
        return Items(values=[], line=line)
    if isinstance(event, yaml.MappingStartEvent):
        return Entries(values={}, line=line)
    text = event.value
    _refuse(_NOT_STORABLE.search(text) is not None, line, "a character here cannot be stored. Remove it.")
    return Scalar(text=text.strip(), is_plain=not event.style and event.tag is None, line=line)


def _add(top: tuple[Items | Entries, list[str]], node: Node) -> bool:
    """Put the node where it belongs; the key of an object waits for its value. Returns whether it was a value."""
    parent, waiting = top
    if isinstance(parent, Items):
        parent.values.append(node)
        return True
    if waiting:
        parent.values[waiting.pop()] = node
        return True
    if not isinstance(node, Scalar):
        raise _Refused(node.line, "a list or object stands where a key is needed.")
    _refuse(node.text in parent.values, node.line, f"the key '{node.text[:60]}' stands twice. Keep one.")
    waiting.append(node.text)
    return False


def _refuse(refused: bool, line: int, message: str) -> None:
    if refused:
        raise _Refused(line, message)


def scalar_value(scalar: Scalar) -> str | int | float | bool | None:
    """What an unquoted word means: true, false, null (also empty), a number; everything else is the text."""
    text = scalar.text
    if not scalar.is_plain:
        return text
    if text in {"", "~", "null"}:
        return None
    if text in {"true", "false"}:
        return text == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text


def scalar_text(scalar: Scalar) -> str | None:
    """The words as they are written; None for nothing at all."""
    return None if scalar.is_plain and not scalar.text else scalar.text


def content_value(node: Node, *, key: str = "", as_text: bool = False) -> Any:
    """A content or question as JSON values: texts where texts are wanted, empty keys left out."""
    if isinstance(node, Scalar):
        return scalar_text(node) if as_text else scalar_value(node)
    if isinstance(node, Items):
        return [content_value(value, key=key, as_text=as_text) for value in node.values]
    as_text = as_text or (key not in _NO_TEXTS and bool(node.values) and node.values.keys() <= ISO_639_1)
    found = {
        name: content_value(value, key=name, as_text=as_text or name in _WORDS) for name, value in node.values.items()
    }
    return {name: value for name, value in found.items() if value is not None}
