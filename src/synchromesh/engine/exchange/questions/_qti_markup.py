"""Markdown of our prompts as XHTML of item bodies; `_qti_markdown` goes the other way."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from markdown_it import MarkdownIt

from synchromesh.engine.exchange.questions._qti_tree import Node, parse_xml
from synchromesh.engine.vocabulary.prompt_gaps import split_at_gaps

Content: TypeAlias = list[Node | str]
MEDIA_FOLDER = "../media/"


def written_blocks(text: str) -> Content:
    """Paragraphs, lists and tables. HTML in the text stays the characters that it is."""
    content = parse_xml(f"<div>{_reader().render(text)}</div>".encode(), name="text").children
    _point_at_media(content)
    return [child for child in content if not isinstance(child, str) or child.strip()]


def written_inline(text: str) -> Content:
    """The inside of a single paragraph, or blocks where there are several."""
    blocks = written_blocks(text)
    only = blocks[0] if len(blocks) == 1 else None
    return only.children if isinstance(only, Node) and only.name == "p" else blocks


def fill_gaps(content: Content, field: Callable[[str], Node]) -> Content:
    """The content with `field(key)` where `{{key}}` stands."""
    filled: Content = []
    for child in content:
        if isinstance(child, Node):
            filled.append(Node(child.name, child.attributes, fill_gaps(child.children, field)))
            continue
        parts = split_at_gaps(child)
        for text, key in zip(parts[::2], [*parts[1::2], ""], strict=True):
            filled += ([text] if text else []) + ([field(key)] if key else [])
    return filled


def _point_at_media(content: Content) -> None:
    for child in content:
        if not isinstance(child, Node):
            continue
        child.attributes.pop("style", None)
        source = child.get("src")
        if child.name == "img" and source and "/" not in source:
            child.attributes["src"] = MEDIA_FOLDER + source
        _point_at_media(child.children)


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "xhtmlOut": True}).enable("table")
