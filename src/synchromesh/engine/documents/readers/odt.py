"""OpenDocument Text (ODT), as LibreOffice writes it.

Source: OASIS OpenDocument 1.3, part 3, https://docs.oasis-open.org/office/OpenDocument/v1.3/os/part3-schema/
"""

from __future__ import annotations

from collections.abc import Mapping

from synchromesh.engine.documents.assembling import Assembly
from synchromesh.engine.documents.flow import Flow
from synchromesh.engine.documents.markup import Finished, walk_xml
from synchromesh.engine.documents.model import Document, DocumentLimits
from synchromesh.engine.documents.packages import Package
from synchromesh.engine.documents.readers import Likeness
from synchromesh.engine.errors import InvalidInput

TITLE = "OpenDocument Text (ODT)"
_MIME_TYPE = b"application/vnd.oasis.opendocument.text"
_MANIFEST = "META-INF/manifest.xml"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_DRAWING = "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
# Deleted text, comments, footnotes, which would cut sentences in two, names of pictures, and pictures themselves.
_UNSEEN = frozenset(
    (
        (_TEXT, "tracked-changes"),
        (_TEXT, "note"),
        (_TEXT, "ruby-text"),
        (_OFFICE, "annotation"),
        (_OFFICE, "forms"),
        (_OFFICE, "binary-data"),
        (_DRAWING, "title"),
        (_DRAWING, "desc"),
    )
)


def likeness(data: bytes) -> Likeness:
    """The type stands at the beginning, unpacked; templates have the same name with an ending."""
    return Likeness.SURE if data.startswith(b"PK\x03\x04") and _MIME_TYPE in data[:200] else Likeness.NO


def read(data: bytes, *, name: str, limits: DocumentLimits) -> Document:
    """Read headings, paragraphs, lists and tables of the body; headers, footers, notes and comments are left out."""
    assembly = Assembly(limits)
    with Package(data, name=name, limits=limits) as package:
        if _MANIFEST in package and b"encryption-data" in package.part(_MANIFEST):
            raise InvalidInput(f"{name} is protected with a password. Save it without one and send it again.")
        content = package.part("content.xml")
    flow = Flow(assembly)
    walk_xml(content, _Body(flow), name=name, limits=limits)
    flow.finish()
    return assembly.finish("odt", name=name)


class _Body:
    """Listens to content.xml."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._list_depth = 0
        self._unseen = 0

    def start(self, space: str, name: str, attributes: Mapping[str, str]) -> None:
        if self._unseen or (space, name) in _UNSEEN:
            self._unseen += 1
        elif space == _TEXT:
            self._start_text(name, attributes)
        elif space == _TABLE:
            self._start_table(name)

    def end(self, space: str, name: str) -> None:
        if self._unseen:
            self._unseen -= 1
        elif space == _TEXT and name in ("p", "h"):
            self._flow.close_paragraph()
            if self._flow.assembly.full:
                raise Finished
        elif space == _TEXT and name in ("list-item", "list-header"):
            self._list_depth -= 1
        elif space == _TABLE and name == "table":
            self._flow.close_table()

    def data(self, text: str) -> None:
        if not self._unseen:
            self._flow.write(text.replace("\n", " "))  # line breaks are elements here

    def _start_text(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "h":
            self._flow.open_paragraph("heading")
        elif name == "p":
            self._flow.open_paragraph("list_item" if self._list_depth else None)
        elif name in ("list-item", "list-header"):
            self._list_depth += 1
        elif name == "line-break":
            self._flow.write("\n")
        elif name in ("s", "tab"):
            self._flow.write(" ")

    def _start_table(self, name: str) -> None:
        if name == "table":
            self._flow.open_table()
        elif name == "table-row":
            self._flow.open_row()
        elif name in ("table-cell", "covered-table-cell"):
            self._flow.open_cell()
