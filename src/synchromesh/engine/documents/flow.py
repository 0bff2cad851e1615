"""The flow of a written document: paragraphs inside paragraphs, lists and tables, with their places in words.

Readers of marked-up formats call `open_...`, `write` and `close_...` as they meet the marks; unbalanced calls do no
harm. A text box inside a paragraph is a paragraph inside a paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from synchromesh.engine.documents.assembling import Assembly
from synchromesh.engine.documents.model import Kind


@dataclass(slots=True)
class _Paragraph:
    kind: Kind | None = None
    text: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    number: int
    row: int = 0
    column: int = 0


class Flow:
    """Turns the marks of a document into the blocks of an `Assembly`."""

    def __init__(self, assembly: Assembly) -> None:
        self.assembly = assembly
        self._open: list[_Paragraph] = []
        self._tables: list[_Table] = []
        self._table_count = 0
        self._paragraph_count = 0

    def open_paragraph(self, kind: Kind | None = None) -> None:
        """Begin a paragraph; without a kind it is a table cell inside a table and a paragraph elsewhere."""
        self._open.append(_Paragraph(kind=kind))

    def set_kind(self, kind: Kind) -> None:
        """Say what the open paragraph is, once that is known."""
        if self._open:
            self._open[-1].kind = kind

    def suggest_kind(self, kind: Kind) -> None:
        """Say what the open paragraph is, unless that has been said; a numbered heading stays a heading."""
        if self._open and self._open[-1].kind is None:
            self._open[-1].kind = kind

    def write(self, text: str) -> None:
        """Add text to the open paragraph; text outside one is dropped."""
        if self._open:
            self._open[-1].text.append(text)

    def close_paragraph(self) -> None:
        """End the open paragraph and add it, unless it is blank."""
        if not self._open:
            return
        paragraph = self._open.pop()
        text = "".join(paragraph.text)
        if not text.strip():
            return
        self._paragraph_count += 1
        kind: Kind = paragraph.kind or ("table_cell" if self._tables else "paragraph")
        self.assembly.add(kind, text, self._place())

    def open_table(self) -> None:
        """Begin a table, perhaps inside a cell of another."""
        self._table_count += 1
        self._tables.append(_Table(number=self._table_count))

    def open_row(self) -> None:
        """Begin the next row of the innermost table."""
        if self._tables:
            self._tables[-1].row += 1
            self._tables[-1].column = 0

    def open_cell(self) -> None:
        """Begin the next cell of the innermost row."""
        if self._tables:
            self._tables[-1].column += 1

    def close_table(self) -> None:
        """End the innermost table."""
        if self._tables:
            self._tables.pop()

    def finish(self) -> None:
        """End what is still open at the end of the file, the outermost last."""
        while self._open:
            self.close_paragraph()

    def _place(self) -> str:
        if self._tables:
            table = self._tables[-1]
            return f"table {table.number}, row {table.row}, column {table.column}"
        return f"paragraph {self._paragraph_count}"
