"""HTML into passages, in one pass and in time that grows with the length only.

The parser of the standard library takes quadratic time and more on unfinished marks (64 KB of "<a" take a minute in
Python 3.11), so the marks are cut out here; which mark begins a block is all that is needed of them. Source of the
names: https://html.spec.whatwg.org/multipage/indices.html#elements-3
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from synchromesh.engine.documents.model import Kind

_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9]*)")
# What stands between these and their end is not text for a person.
_UNSEEN = frozenset(
    ("script", "style", "template", "noscript", "svg", "math", "iframe", "textarea", "select", "object")
)
_CLOSING = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _UNSEEN}
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "list_item"),
    **dict.fromkeys(("td", "th", "caption"), "table_cell"),
}
_BLOCKS = frozenset(
    (
        *_KINDS,
        *("address", "article", "aside", "blockquote", "body", "br", "center", "details", "dialog", "div", "dl"),
        *("fieldset", "figcaption", "figure", "footer", "form", "head", "header", "hr", "html", "legend", "main"),
        *("menu", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead"),
        *("title", "tr", "ul"),
    )
)
_SPACE = re.compile(r"\s+")


def html_passages(text: str) -> Iterator[tuple[Kind, str]]:
    """Yield (kind, text) for each block of HTML, spaces as a browser shows them; broken marks do no harm."""
    kind: Kind = "paragraph"
    gathered: list[str] = []
    for name, ends, piece in _pieces(text):
        if not name:
            gathered.append(piece)
        elif name in _BLOCKS:
            if shown := _shown(gathered):
                yield kind, shown
            gathered = []
            kind = _kind_after(kind, name, ends=ends)
    if shown := _shown(gathered):
        yield kind, shown


def _shown(gathered: list[str]) -> str:
    return _SPACE.sub(" ", unescape("".join(gathered))).strip()


def _kind_after(kind: Kind, name: str, *, ends: bool) -> Kind:
    """Return the kind of what follows a mark: paragraphs and line breaks inside an item or a cell belong to it."""
    if name in _KINDS:
        return "paragraph" if ends else _KINDS[name]
    inside = kind in ("list_item", "table_cell") and name in ("p", "br", "div")
    return kind if inside else "paragraph"


def _pieces(text: str) -> Iterator[tuple[str, bool, str]]:
    """Yield (name of a mark or "", whether it is an end mark, text between marks)."""
    position = 0
    while position < len(text):
        mark = text.find("<", position)
        if mark < 0:
            yield "", False, text[position:]
            return
        if mark > position:
            yield "", False, text[position:mark]
        name, ends, position = _mark(text, mark)
        if name == "<":  # no mark, but a sign: "U < 60 V"
            yield "", False, "<"
        elif name:
            yield name, ends, ""


def _mark(text: str, start: int) -> tuple[str, bool, int]:
    """Return the name of the mark at `start`, whether it ends an element, and where text goes on.

    A comment, and an element that is not seen with all that is in it, has the name "". What is never finished takes
    the rest of the text with it, as in a browser.
    """
    if text.startswith("<!--", start):
        return "", False, _after(text, "-->", start + 4)
    named = _NAME.match(text, start + 1)
    if named is None:
        is_declaration = text.startswith(("<!", "<?", "</"), start)
        return ("", False, _after(text, ">", start)) if is_declaration else ("<", False, start + 1)
    name = named[1].lower()
    ends = text[start + 1] == "/"
    position = _after(text, ">", named.end())
    if name in _UNSEEN and not ends and text[position - 2 : position] != "/>":
        closing = _CLOSING[name].search(text, position)
        return "", False, _after(text, ">", closing.end()) if closing else len(text)
    return name, ends, position


def _after(text: str, sign: str, start: int) -> int:
    found = text.find(sign, start)
    return found + len(sign) if found >= 0 else len(text)
