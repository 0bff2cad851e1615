"""HTML pages saved as a file: a course flyer, a CV exported by a website."""

from __future__ import annotations

import re

from synchromesh.engine.documents.assembling import Assembly
from synchromesh.engine.documents.encoding import decoded
from synchromesh.engine.documents.html_text import html_passages
from synchromesh.engine.documents.markup import root_name
from synchromesh.engine.documents.model import Document, DocumentLimits
from synchromesh.engine.documents.readers import Likeness
from synchromesh.engine.errors import InvalidInput

TITLE = "HTML page"
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_ROOTS = frozenset(
    (
        *("html", "head", "body", "title", "meta", "main", "article", "section", "div", "p", "span", "b", "i", "a"),
        *("h1", "h2", "h3", "ul", "ol", "table", "center"),
    )
)


def likeness(data: bytes) -> Likeness:
    """HTML says so in its document type or its first element; a piece of a page is HTML as well."""
    root = (root_name(data) or "").lower()
    declared = b"<!doctype html" in data[:1_024].lower()
    return Likeness.SURE if declared or root in _ROOTS else Likeness.NO


def read(data: bytes, *, name: str, limits: DocumentLimits) -> Document:
    """Read what a browser would show; places count the blocks of the page."""
    assembly = Assembly(limits)
    stated = _CHARSET.search(data[:2_048])
    text = decoded(data, name=name, assembly=assembly, stated=stated[1].decode("ascii") if stated else None)
    for number, (kind, passage) in enumerate(html_passages(text), start=1):
        assembly.add(kind, passage, f"paragraph {number}")
        if assembly.full:
            break
    if assembly.is_empty:
        raise InvalidInput(
            f"{name} holds no text that can be seen without running it. Print the page to PDF and send that."
        )
    return assembly.finish("html", name=name)
