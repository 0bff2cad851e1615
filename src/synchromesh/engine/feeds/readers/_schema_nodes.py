"""JSON-LD with the vocabulary of schema.org: nodes, references among them, and properties in all the forms they take.

A property may stand once or in a list, as `{"@value": ...}`, as a language map, under its full address, or as a
reference to a node that stands elsewhere in the document. Contexts are not fetched: names count as they are written.
Source: https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.readers._course_parts import read_language
from synchromesh.engine.feeds.readers._json_fields import MOST_VALUES, FieldReader
from synchromesh.engine.vocabulary.languages import ISO_639_1

__all__ = ["Graph", "SchemaNode", "context_language", "flat", "identity", "property_of", "types_of"]

_PREFIXES = (
    "https://schema.org/",
    "http://schema.org/",
    "schema:",
    "http://www.schema.org/",
    "https://www.schema.org/",
)
_DEEPEST = 30  # levels in which nodes are looked for
_MOST_NODES = 200_000
_MOST_REFERRED = 2_000_000
# What names a thing whose text is asked for, such as the language in `{"@type": "Language", "name": "German"}`.
_NAMES = ("name", "text", "value", "@id", "url")
_CODES = ("value", "termCode", "@id", "url", "name")


def types_of(node: Mapping[str, object]) -> tuple[str, ...]:
    """The types of a node without the address of schema.org: ("Course",)."""
    stated = node.get("@type", node.get("type"))
    values = stated if isinstance(stated, list) else [stated]
    return tuple(_short(value) for value in values[:20] if isinstance(value, str))


def identity(node: Mapping[str, object]) -> str:
    """The `@id` of a node, "" without one."""
    stated = node.get("@id", node.get("id"))
    return stated.strip() if isinstance(stated, str) else ""


def property_of(node: Mapping[str, object], name: str) -> object:
    """The value of a property, under its name, its address or its prefixed name; None without one."""
    value = node.get(name)
    if value is None:
        value = next((node[prefix + name] for prefix in _PREFIXES if prefix + name in node), None)
    return value


def flat(value: object) -> Iterator[object]:
    """The values of a property one by one, without nulls, however they are put into lists and sets."""
    waiting = [value]
    for _ in range(5 * MOST_VALUES):
        if not waiting:
            return
        current = waiting.pop()
        if isinstance(current, list):
            waiting.extend(reversed(current[: MOST_VALUES + 1]))
        elif isinstance(current, dict) and ("@list" in current or "@set" in current):
            waiting.append(current.get("@list", current.get("@set")))
        elif current is not None:
            yield current


def context_language(context: object) -> str:
    """The language that a `@context` gives to plain texts, "" where it gives none."""
    for part in flat(context):
        if isinstance(part, dict) and isinstance(stated := part.get("@language"), str):
            return read_language(stated)
    return ""


def _is_language_map(value: Mapping[str, object]) -> bool:
    if not value or set(value) == {"id"}:  # a reference, not Indonesian
        return False
    return all(key == "@none" or key.split("-")[0].lower() in ISO_639_1 for key in value)


def _with_short_names(members: dict[str, object]) -> dict[str, object]:
    """The members under the names of schema.org, whether they were written in full, with a prefix, or so."""
    if not any(":" in name for name in members):
        return members
    return {_short(name): value for name, value in members.items()}


def _short(name: str) -> str:
    return next((name.removeprefix(prefix) for prefix in _PREFIXES if name.startswith(prefix)), name).strip()


class Graph:
    """The nodes of a document that have an `@id`; several descriptions of one node are joined.

    A small document can refer to its nodes so often, and these to others, that reading them would take for ever; so the
    nodes that are read through references are counted.
    """

    def __init__(self) -> None:
        self._referred = 0
        self._nodes: dict[str, dict[str, object]] = {}
        self.runs: set[str] = set()  # the ids of course instances that a course names as its own

    def add(self, value: object) -> None:
        """Look for nodes in a part of the document. Raises InvalidInput for far too many."""
        waiting = [(value, 0)]
        while waiting:
            current, depth = waiting.pop()
            if depth > _DEEPEST or not isinstance(current, dict | list):
                continue
            if isinstance(current, dict):
                self._add_node(current)
            inner = current if isinstance(current, list) else current.values()
            waiting.extend((one, depth + 1) for one in inner if isinstance(one, dict | list))

    def note_runs(self, node: Mapping[str, object]) -> None:
        """Remember which instances the node names as its own."""
        for run in flat(property_of(node, "hasCourseInstance")):
            name = identity(run) if isinstance(run, dict) else run
            if isinstance(name, str) and name:
                self.runs.add(name)

    def _add_node(self, node: dict[str, object]) -> None:
        self.note_runs(node)
        name = identity(node)
        if not name or len(node) == 1:
            return
        known = self._nodes.setdefault(name, node)
        if known is not node:
            for key, value in node.items():
                known.setdefault(key, value)
        if len(self._nodes) > _MOST_NODES:
            raise InvalidInput(f"This document holds more than {_MOST_NODES:,} things with an @id. Split it.")

    def resolved(self, node: dict[str, object]) -> dict[str, object]:
        """The full description of a node that may be only a reference."""
        name = identity(node)
        return self._nodes.get(name, node) if name else node

    def find(self, name: str) -> dict[str, object] | None:
        """The node with this `@id`."""
        return self._nodes.get(name)

    def count_referred(self) -> None:
        """Count a node that is read through a reference. Raises InvalidInput for far too many."""
        self._referred += 1
        if self._referred > _MOST_REFERRED:
            raise InvalidInput(f"The references of this document lead to more than {_MOST_REFERRED:,} things.")


class SchemaNode:
    """Reads the properties of one node; what cannot be read is noted in `fields`.

    `language` is that of plain texts, `stated_language` that of texts which explicitly have none, `base` the address
    that completes parts of addresses, `path` the place of the node in its entry.
    """

    __slots__ = ("_is_referred", "_nodes", "base", "fields", "graph", "language", "members", "path", "stated_language")

    def __init__(
        self,
        members: object,
        *,
        fields: FieldReader,
        graph: Graph,
        language: str,
        stated_language: str,
        base: str,
        path: str = "",
        is_referred: bool = False,
    ) -> None:
        self.fields, self.graph, self.base, self.path = fields, graph, base, path
        stated = fields.members(members, path.rstrip("."))
        resolved = graph.resolved(stated)
        self.members = _with_short_names(resolved)
        self.language = context_language(self.members.get("@context")) or language
        self.stated_language = stated_language
        self._nodes: dict[str, list[SchemaNode]] = {}
        self._is_referred = is_referred or resolved is not stated
        if self._is_referred:
            graph.count_referred()

    @property
    def types(self) -> tuple[str, ...]:
        return types_of(self.members)

    def has(self, name: str) -> bool:
        """Whether the property is stated, be it as an empty list."""
        return self.members.get(name) is not None

    def values(self, name: str) -> list[object]:
        """The values of a property as they stand, without nulls."""
        stated = self.members.get(name)
        if stated is None:
            return []
        if isinstance(stated, str):
            return [stated]
        found = list(flat(stated))
        if len(found) > MOST_VALUES:
            self.fields.report(self.path + name, f"Only the first {MOST_VALUES:,} values were read.")
        return found[:MOST_VALUES]

    def nodes(self, name: str) -> list[SchemaNode]:
        """The nodes that a property names; a text that is no `@id` of the document becomes a node with that name."""
        if name not in self._nodes:
            values = enumerate(self.values(name))
            self._nodes[name] = [self._inner(value, f"{name}[{number}]") for number, value in values]
        return self._nodes[name]

    def node(self, name: str) -> SchemaNode:
        """The first node that a property names; an empty one where there is none."""
        found = self.nodes(name)
        return found[0] if found else self._inner({}, name)

    def _inner(self, value: object, place: str) -> SchemaNode:
        if isinstance(value, dict) and "@value" in value:
            value = value["@value"]
        found = self.graph.find(value.strip()) if isinstance(value, str) else None
        if not isinstance(value, dict):
            value = found or {"name": value}
        return SchemaNode(
            value, fields=self.fields, graph=self.graph, language=self.language, base=self.base,
            stated_language=self.stated_language, path=f"{self.path}{place}.",
            is_referred=self._is_referred or found is not None,
        )  # fmt: skip

    def text(self, name: str) -> str:
        """The first text of a property."""
        return next((self.fields.text(self._plain(value), self.path + name) for value in self.values(name)), "")

    def words(self, name: str) -> str:
        """The first text of a property, on one line."""
        return next((text for text in self.all_words(name) if text), "")

    def all_words(self, name: str) -> list[str]:
        """The texts of a property, each on one line."""
        return [self.fields.words(self._plain(value), self.path + name) for value in self.values(name)]

    def codes(self, name: str) -> list[str]:
        """The identifiers that a property names, as they stand."""
        found = (self.fields.code(self._plain(value, _CODES), self.path + name) for value in self.values(name))
        return [code for code in found if code]

    def texts(self, name: str, *, one_line: bool = False) -> dict[str, tuple[str, ...]]:
        """The texts of a property by language, in the order of the document."""
        found: dict[str, list[str]] = {}
        for value in self.values(name):
            for language, stated in self._by_language(value):
                if text := self.fields.text(stated, self.path + name, one_line=one_line):
                    found.setdefault(language, []).append(text)
        return {language: tuple(texts) for language, texts in found.items()}

    def first_texts(self, name: str, *, one_line: bool = False) -> dict[str, str]:
        """The first text of a property in each language."""
        return {language: texts[0] for language, texts in self.texts(name, one_line=one_line).items()}

    def address(self, name: str) -> str:
        """The first web address of a property."""
        places = (
            self.fields.address(self._plain(value), self.path + name, base=self.base) for value in self.values(name)
        )
        return next(filter(None, places), "")

    def day(self, name: str) -> tuple[datetime.date | None, str]:
        """The day of a property, else the words in its place."""
        found = self.values(name)
        return self.fields.day(self._plain(found[0]), self.path + name) if found else (None, "")

    def number(self, name: str, *, least: int, most: int) -> Decimal | None:
        """The number of a property, None where it is not stated."""
        found = self.values(name)
        return self.fields.number(self._plain(found[0]), self.path + name, least=least, most=most) if found else None

    def languages(self, name: str) -> tuple[str, ...]:
        """The codes of the languages of a property."""
        values = [self._plain(value, ("alternateName", *_NAMES)) for value in self.values(name)]
        return self.fields.languages(values, self.path + name)

    def _plain(self, value: object, names: tuple[str, ...] = _NAMES) -> object:
        """A value without the object around it: what it holds, or what it is called."""
        if not isinstance(value, dict):
            return value
        if "@value" in value:
            return value["@value"]
        node = self.graph.resolved(value)
        for name in names:
            stated = next(flat(property_of(node, name)), None)
            if isinstance(stated, dict):
                stated = stated.get("@value")
            if stated is not None:
                return stated
        return value if node else None

    def _by_language(self, value: object) -> Iterator[tuple[str, object]]:
        if not isinstance(value, dict):
            yield self.language, value
        elif "@value" in value:
            stated = value.get("@language")
            language = read_language(stated) if isinstance(stated, str) else ""
            yield language or self.stated_language, value["@value"]
        elif _is_language_map(value):
            for key, inner in value.items():
                for one in flat(inner):
                    yield read_language(key) or self.stated_language, one
        else:
            named = self.graph.resolved(value)
            for key in ("name", "text"):
                for one in flat(property_of(named, key)):
                    plain = one.get("@value") if isinstance(one, dict) else one
                    tag = one.get("@language") if isinstance(one, dict) else None
                    yield (read_language(tag) if isinstance(tag, str) else self.language), plain
