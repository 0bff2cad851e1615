"""XHTML of item bodies as the Markdown of our prompts: paragraphs, lists, tables, emphasis, code, links, pictures.

Markdown by CommonMark 0.31 (https://spec.commonmark.org/0.31.2/) with tables. What would be lost without a trace and
could change what is asked (formulas, films, sound) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from synchromesh.engine.exchange.questions._qti_judging import CannotRepresent
from synchromesh.engine.exchange.questions._qti_tree import Node

_BOXES = frozenset(
    {"div", "section", "article", "header", "footer", "aside", "nav", "figure", "figcaption", "main", "details"}
    | {"summary", "address", "qti-prompt", "qti-content-body", "qti-item-body", "qti-stimulus-body", "qti-rubric-block"}
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = _BOXES | _HEADINGS.keys() | {"p", "ul", "ol", "dl", "blockquote", "pre", "table", "hr"}
_STRONG = frozenset({"strong", "b"})
_EMPHASIS = frozenset({"em", "i", "cite", "dfn", "var"})
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_UNSEEN = frozenset({"qti-stylesheet", "qti-catalog-info", "rp", "rt", "rtc", "style", "template", "col", "colgroup"})
_REFUSED = {
    "math": "a formula", "audio": "sound", "video": "a film", "qti-printed-variable": "a value drawn by chance",
    "iframe": "a page inside the page", "script": "a program", "svg": "a drawing inside the text",
    "qti-template-block": "a text chosen by chance", "qti-template-inline": "a text chosen by chance",
    "include": "a part from another file",
}  # fmt: skip
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_RAISABLE, _LOWERABLE = frozenset("0123456789+-=()n"), frozenset("0123456789+-=()")
_LINE_START = re.compile(r"(#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|(?:=+|-+)\s*$|`{3}|~{3})", re.MULTILINE)
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_UNDERLINE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_GAP_LIKE = re.compile(r"\{(?=\{)")
_LINK_LIKE = re.compile(r"\[(?=[^\]]*\](?:\(|\[|:)|\^)")
_ANGLE = re.compile(r"<(?=[A-Za-z/!?])")

Special = Callable[[Node], str | None]
"""What to write for an element, None where it is written in the usual way."""


class MarkdownMaker:
    """Makes Markdown of elements. `special` decides about single elements, `picture` names the file of a picture."""

    def __init__(self, *, special: Special, picture: Callable[[Node], str]) -> None:
        self._special = special
        self._picture = picture

    def of(self, nodes: Iterable[Node | str]) -> str:
        """The Markdown of blocks and text, without blank lines around."""
        return "\n\n".join(self._blocks(list(nodes)))

    def line(self, nodes: Iterable[Node | str]) -> str:
        """The Markdown as one line where it has no blocks, else as blocks."""
        return self.of(nodes)

    def _blocks(self, children: Sequence[Node | str]) -> list[str]:
        found: list[str] = []
        run: list[Node | str] = []
        for child in children:
            if isinstance(child, Node) and self._is_block(child):
                found += self._paragraph(run)
                run = []
                found += self._block(child)
            else:
                run.append(child)
        return found + self._paragraph(run)

    def _is_block(self, node: Node) -> bool:
        if node.name in _BLOCKS:
            return self._special(node) is None
        return node.name in ("span", "a") and any(child.name in _BLOCKS for child in node.elements)

    def _paragraph(self, run: Sequence[Node | str]) -> list[str]:
        text = self._inline(run)
        return ["\n".join(_guarded(line) for line in text.split("\n"))] if text else []

    def _block(self, node: Node) -> list[str]:
        if node.name == "p":
            return self._blocks(node.children) if any(c.name in _BLOCKS for c in node.elements) else self._text(node)
        if node.name in _HEADINGS:
            text = self._inline(node.children).replace("\\\n", " ")
            return [f"{'#' * _HEADINGS[node.name]} {text}"] if text else []
        if node.name in ("ul", "ol"):
            return self._list(node)
        if node.name == "blockquote":
            inside = "\n\n".join(self._blocks(node.children))
            return ["\n".join(f"> {line}".rstrip() for line in inside.split("\n"))] if inside else []
        if node.name == "pre":
            return [f"```\n{''.join(_raw(node)).strip(chr(10))}\n```"]
        if node.name == "table":
            return self._table(node)
        if node.name == "hr":
            return ["---"]
        if node.name == "dl":
            return [text for child in node.elements for text in self._defined(child)]
        return self._blocks(node.children)

    def _text(self, node: Node) -> list[str]:
        return self._paragraph(node.children)

    def _defined(self, node: Node) -> list[str]:
        blocks = self._blocks(node.children)
        return [f"**{blocks[0]}**", *blocks[1:]] if node.name == "dt" and blocks else blocks

    def _list(self, node: Node) -> list[str]:
        start = int(node.get("start")) if node.get("start").isdigit() else 1
        entries = []
        for place, child in enumerate(node.named("li")):
            sign = "- " if node.name == "ul" else f"{start + place}. "
            blocks = self._blocks(child.children)
            tight = len(blocks) < 2 or not any(grand.name == "p" for grand in child.elements)
            inside = ("\n" if tight else "\n\n").join(blocks)
            indented = [f"{' ' * len(sign)}{line}" if line else "" for line in inside.split("\n")]
            entries.append(sign + "\n".join(indented).lstrip())
        return ["\n".join(entries)] if entries else []

    def _table(self, node: Node) -> list[str]:
        rows = [inside for inside in node.walk() if inside.name == "tr"]
        cells = [row.named("th", "td") for row in rows]
        spans = any(
            cell.get("colspan") not in ("", "1") or cell.get("rowspan") not in ("", "1")
            for row in cells
            for cell in row
        )
        if not rows or spans or len({len(row) for row in cells}) != 1:
            raise CannotRepresent("The item has a table with joined cells, which our prompts cannot show.")
        lines = [
            [" ".join(self._blocks(cell.children)).replace("\\\n", " ").replace("\n", " ") for cell in row]
            for row in cells
        ]
        written = [f"| {' | '.join(text.replace('|', chr(92) + '|') for text in line)} |" for line in lines]
        caption = node.first("caption")
        before = self._paragraph(caption.children) if caption is not None else []
        return [*before, "\n".join([written[0], f"|{' --- |' * len(lines[0])}", *written[1:]])]

    def _inline(self, children: Iterable[Node | str]) -> str:
        text = "".join(_escaped(child) if isinstance(child, str) else self._span(child) for child in children)
        text = re.sub(" {2,}", " ", text)
        return re.sub(r"(?:\\\n)+$", "", re.sub(r" ?\\\n ?", "\\\\\n", text).strip())

    def _span(self, node: Node) -> str:
        special = self._special(node)
        if special is not None:
            return special
        if node.name in _REFUSED:
            raise CannotRepresent(f"The item has {_REFUSED[node.name]}, which our prompts cannot show.")
        if node.name in _UNSEEN:
            return ""
        if node.name == "br":
            return "\\\n"
        if node.name in ("img", "object", "picture"):
            return self._picture(node)
        if node.name in ("sup", "sub"):
            return _moved(node)
        if node.name in _CODE:
            return f"`{node.text()}`" if node.text() and "`" not in node.text() else _escaped(node.text())
        return self._marked(node)

    def _marked(self, node: Node) -> str:
        inside = "".join(_escaped(child) if isinstance(child, str) else self._span(child) for child in node.children)
        if node.name == "q":
            return f"“{inside}”"
        address = node.get("href")
        if node.name == "a" and address.startswith(("https://", "http://")):
            return f"[{inside.strip()}]({address.replace(' ', '%20').replace(')', '%29').replace('(', '%28')})"
        sign = "**" if node.name in _STRONG else "*" if node.name in _EMPHASIS else ""
        if not sign or not inside.strip():
            return inside
        lead, tail = inside[: len(inside) - len(inside.lstrip())], inside[len(inside.rstrip()) :]
        return f"{lead}{sign}{inside.strip()}{sign}{tail}"


def _raw(node: Node) -> list[str]:
    return [part for child in node.children for part in ([child] if isinstance(child, str) else _raw(child))]


def _moved(node: Node) -> str:
    """Raised and lowered digits have signs of their own; what has none would say something else."""
    text = node.text()
    if node.name == "sup" and set(text) <= _RAISABLE:
        return text.translate(_RAISED)
    if node.name == "sub" and set(text) <= _LOWERABLE:
        return text.translate(_LOWERED)
    raise CannotRepresent(f"The item has raised or lowered text ('{text[:20]}'), which our prompts cannot show.")


def _escaped(text: str) -> str:
    """Text in which no sign means a mark; only signs that would mean one are touched."""
    text = re.sub(r"[ \t\r\n\f]+", " ", text).replace("\\", "\\\\").replace("`", "\\`")
    text = _GAP_LIKE.sub("{ ", text)
    text = re.sub(r"\*(?! )|(?<! )\*", r"\\*", text)
    for pattern in (_UNDERLINE, _LINK_LIKE, _ENTITY, _ANGLE):
        text = pattern.sub(lambda match: "\\" + match[0], text)
    return text


def _guarded(line: str) -> str:
    """A line that begins with a sign of a list or a heading is only text here."""
    line = _NUMBERED.sub(r"\1\\\2", line)
    return "\\" + line if _LINE_START.match(line) else line
