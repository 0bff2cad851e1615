"""Walk through a Europass CV and take what a person wrote about what they did and can do.

A generation of the format is described by a `Schema`: which elements are sections, which hold words, which are left
out. Only named elements are taken, so that a new element with personal data is not read by accident.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from synchromesh.engine.documents.assembling import Assembly
from synchromesh.engine.documents.europass.nodes import Node
from synchromesh.engine.documents.html_text import html_passages
from synchromesh.engine.documents.lines import joined_lines
from synchromesh.engine.documents.model import Kind

_LOOKS_LIKE_HTML = re.compile(r"</?[a-zA-Z]|&[a-zA-Z#]\w{1,8};")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A generation of the format.

    `sections` maps elements to what a person calls them; their children (or they themselves, where `single`) are the
    entries. `fields` are short texts, `prose` long ones with HTML, `left_out` is skipped with all that is in it.
    `special` are elements that make one line out of several parts: a period, a language with its levels.
    """

    sections: Mapping[str, str]
    single: frozenset[str]
    fields: frozenset[str]
    prose: frozenset[str]
    left_out: frozenset[str]
    special: Mapping[str, Callable[[Node], str]] = field(default_factory=dict)


def add_sections(assembly: Assembly, profile: Node, schema: Schema) -> None:
    """Add every section of a profile in the order of the file; places name the section and the entry."""
    counted: dict[str, int] = {}
    for section in profile.children:
        title = schema.sections.get(section.name)
        if title is None:
            continue
        entries = [section] if section.name in schema.single else section.children
        for entry in entries:
            counted[title] = counted.get(title, 0) + 1
            place = title if section.name in schema.single else f"{title}, entry {counted[title]}"
            for kind, text in _passages(entry, schema):
                assembly.add(kind, text, place)
        if assembly.full:
            return


def _passages(node: Node, schema: Schema) -> Iterator[tuple[Kind, str]]:
    """Yield the passages of an element and all inside it, in the order of the file."""
    if node.name in schema.left_out:
        return
    if node.name in schema.special and (line := schema.special[node.name](node)):
        yield "field", line
        return
    if node.children:
        for child in node.children:
            yield from _passages(child, schema)
    elif node.name in schema.prose:
        yield from _prose(node.text)
    elif node.name in schema.fields and node.text.strip():
        yield "field", " ".join(node.text.split())


def _prose(text: str) -> Iterator[tuple[Kind, str]]:
    """Yield the passages of a long text; editors store HTML in it, older programs plain lines with dashes."""
    if not _LOOKS_LIKE_HTML.search(text):
        yield from joined_lines(text.splitlines())
        return
    for kind, passage in html_passages(text):
        if kind == "paragraph":
            yield from joined_lines([passage])
        else:
            yield kind, passage


def period(begin: str, end: str, *, is_current: bool) -> str:
    """Return two dates as one line; the end stays open where it is not stated or not yet reached."""
    until = "" if is_current else end
    return f"{begin} – {until}".strip() if begin or until else ""
