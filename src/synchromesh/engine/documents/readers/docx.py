"""Word documents (DOCX), also as written by LibreOffice and Google Docs.

The parts are read directly: only the text is wanted, and the zip file and its XML are met with the same care as every
other upload. Source: ECMA-376 part 1, https://ecma-international.org/publications-and-standards/standards/ecma-376/
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from synchromesh.engine.documents.assembling import Assembly
from synchromesh.engine.documents.flow import Flow
from synchromesh.engine.documents.markup import Finished, walk_xml
from synchromesh.engine.documents.model import Document, DocumentLimits, Kind
from synchromesh.engine.documents.packages import Package
from synchromesh.engine.documents.readers import Likeness

TITLE = "Word document (DOCX)"
_USUAL_PART = "word/document.xml"
# Deleted and moved-away text, the second drawing of a text box for old programs, and formulas of fields.
_UNSEEN = frozenset(("del", "moveFrom", "Fallback", "instrText", "delText"))
_WRITTEN = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = ("0", "false", "off", "none")


def likeness(data: bytes) -> Likeness:
    """The names of the parts stand in the zip file as they are."""
    named = b"[Content_Types].xml" in data and b"word/document" in data
    return Likeness.SURE if data.startswith(b"PK\x03\x04") and named else Likeness.NO


def read(data: bytes, *, name: str, limits: DocumentLimits) -> Document:
    """Read headings, paragraphs, lists, tables and text boxes; headers, footers, notes and comments are left out."""
    assembly = Assembly(limits)
    with Package(data, name=name, limits=limits) as package:
        main = _main_part(package, name, limits)
        styles = _Styles()
        styles_part = posixpath.join(posixpath.dirname(main), "styles.xml")
        if styles_part in package:
            walk_xml(package.part(styles_part), styles, name=name, limits=limits)
        content = package.part(main)
    flow = Flow(assembly)
    walk_xml(content, _Body(flow, styles.kinds()), name=name, limits=limits)
    flow.finish()
    return assembly.finish("docx", name=name)


def _main_part(package: Package, name: str, limits: DocumentLimits) -> str:
    """Return the path of the part with the text, which some programs call otherwise."""
    relations = _Relations()
    if "_rels/.rels" in package:
        walk_xml(package.part("_rels/.rels"), relations, name=name, limits=limits)
    return relations.main if relations.main in package else _USUAL_PART


class _Relations:
    """Listens to the relations of the package for its main part."""

    def __init__(self) -> None:
        self.main = _USUAL_PART

    def start(self, space: str, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            self.main = attributes.get("Target", "").lstrip("/")

    def end(self, space: str, name: str) -> None:
        """Nothing ends that matters."""

    def data(self, text: str) -> None:
        """Relations hold no text."""


@dataclass(slots=True)
class _Style:
    """What a style says of itself."""

    based_on: str = ""
    kind: Kind | None = None


class _Styles:
    """Listens to the styles for those of headings and lists; names of built-in styles are English in every language."""

    def __init__(self) -> None:
        self._styles: dict[str, _Style] = {}
        self._current = _Style()

    def start(self, space: str, name: str, attributes: Mapping[str, str]) -> None:
        value = attributes.get("val", "")
        if name == "style":
            self._current = self._styles[attributes.get("styleId", "")] = _Style()
        elif name == "basedOn":
            self._current.based_on = value
        elif name == "name" and value.lower().startswith(("heading", "title", "subtitle")):
            self._current.kind = "heading"
        elif name == "name" and value.lower().startswith("list"):
            self._current.kind = "list_item"
        elif name == "outlineLvl" and value != "9":
            self._current.kind = "heading"
        elif name == "numPr" and self._current.kind is None:
            self._current.kind = "list_item"

    def end(self, space: str, name: str) -> None:
        """A style holds until the next begins."""

    def data(self, text: str) -> None:
        """Styles hold no text."""

    def kinds(self) -> dict[str, Kind]:
        """Return the kind of paragraph by style, inherited from the styles that a style is based on."""
        found: dict[str, Kind] = {}
        for style_id, style in self._styles.items():
            ancestor: _Style | None = style
            for _ in range(10):  # the depth that Word allows; also ends circles
                if ancestor is None or ancestor.kind is not None:
                    break
                ancestor = self._styles.get(ancestor.based_on)
            if ancestor is not None and ancestor.kind is not None:
                found[style_id] = ancestor.kind
        return found


class _Body:
    """Listens to the main part."""

    def __init__(self, flow: Flow, kinds: Mapping[str, Kind]) -> None:
        self._flow = flow
        self._kinds = kinds
        self._unseen = 0
        self._in_text = False
        self._hidden = False

    def start(self, space: str, name: str, attributes: Mapping[str, str]) -> None:
        if self._unseen or name in _UNSEEN:
            self._unseen += 1
        elif "wordprocessingml" in space:
            self._start_word(name, attributes.get("val", ""))

    def end(self, space: str, name: str) -> None:
        if self._unseen:
            self._unseen -= 1
        elif "wordprocessingml" not in space:
            return
        elif name == "t":
            self._in_text = False
        elif name == "p":
            self._flow.close_paragraph()
            if self._flow.assembly.full:
                raise Finished
        elif name == "tbl":
            self._flow.close_table()

    def data(self, text: str) -> None:
        if self._in_text and not self._unseen and not self._hidden:
            self._flow.write(text.replace("\n", " "))

    def _start_word(self, name: str, value: str) -> None:
        if name == "t":
            self._in_text = True
        elif name == "p":
            self._flow.open_paragraph()
        elif name == "r":
            self._hidden = False
        elif name == "vanish":
            self._hidden = value not in _OFF
        elif name in _WRITTEN:
            if not self._hidden:
                self._flow.write(_WRITTEN[name])
        else:
            self._start_layout(name, value)

    def _start_layout(self, name: str, value: str) -> None:
        if name == "pStyle" and value in self._kinds:
            self._flow.set_kind(self._kinds[value])
        elif name == "numId" and value != "0":
            self._flow.suggest_kind("list_item")
        elif name == "outlineLvl" and value != "9":
            self._flow.set_kind("heading")
        elif name == "tbl":
            self._flow.open_table()
        elif name == "tr":
            self._flow.open_row()
        elif name == "tc":
            self._flow.open_cell()
