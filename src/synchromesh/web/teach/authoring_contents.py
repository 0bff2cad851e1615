"""How an author fills in the content of a unit, kind by kind: its fields, and the forms made of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from synchromesh.engine.vocabulary.slugs import slugify
from synchromesh.learning.models import Unit
from synchromesh.web.teach.authoring_fields import (
    MOST_ROWS,
    DocumentForm,
    FieldSpec,
    Setting,
    filled,
    row_forms,
)
from synchromesh.web.teach.authoring_passport_exercise import PASSPORT_EXERCISE

PICTURES = ("avif", "gif", "jpeg", "jpg", "png", "svg", "webp")
_MARKDOWN = _("You can use Markdown: **bold**, lists, tables, [words](https://address).")
_ALTERNATIVE = FieldSpec(
    name="alternatives",
    label=_("What the picture shows, in one sentence"),
    look="line",
    hint=_("Whoever cannot see it gets these words instead."),
    needed_with="media",
)
_CAPTION = FieldSpec(name="captions", label=_("Line below the picture"), look="line")
_LONG = FieldSpec(
    name="descriptions",
    label=_("What the picture shows, at length"),
    look="texts",
    hint=_("For drawings and diagrams: everything that one could learn from them."),
)
_INTRODUCTION = FieldSpec(name="introductions", label=_("Introduction"), look="texts", hint=_MARKDOWN, rows=4)
CONTENTS: Mapping[str, Sequence[FieldSpec]] = {
    "picture": (
        FieldSpec(name="media", label=_("Picture"), look="file", endings=PICTURES),
        _ALTERNATIVE,
        _CAPTION,
        _LONG,
    ),
    "file": (
        FieldSpec(name="media", label=_("File"), look="file"),
        FieldSpec(name="descriptions", label=_("What the file is"), look="texts", needed_with="media"),
    ),
    "video": (
        FieldSpec(name="media", label=_("Video"), look="file", endings=("mp4", "webm")),
        FieldSpec(
            name="alternatives",
            label=_("What the video shows, in one sentence"),
            look="line",
            hint=_("Whoever cannot see it gets these words instead."),
            needed_with="media",
        ),
        FieldSpec(
            name="captions",
            label=_("Captions"),
            look="files",
            endings=("vtt",),
            hint=_("A WebVTT file with what is said. A video is not published without it."),
        ),
        FieldSpec(
            name="transcripts",
            label=_("Transcript"),
            look="texts",
            rows=8,
            hint=_("Everything that is said and shown, to read. A video is not published without it."),
        ),
        FieldSpec(name="poster", label=_("Picture before it starts"), look="file", endings=PICTURES),
    ),
    "live-session": (
        FieldSpec(name="descriptions", label=_("What happens there"), look="texts", hint=_MARKDOWN, rows=5),
        FieldSpec(name="minutes", label=_("Minutes of the session"), look="whole", least=1, most=1440),
    ),
    "quiz": (_INTRODUCTION,),
    "assignment": (_INTRODUCTION,),
    "exercise": (_INTRODUCTION,),
    "passport-exercise": (_INTRODUCTION, *PASSPORT_EXERCISE),
}
BLOCK_NAMES: Mapping[str, Any] = {
    "text": _("Text"),
    "note": _("Note"),
    "figure": _("Picture"),
    "glossary": _("Glossary"),
    "checklist": _("Checklist"),
    "sources": _("Sources"),
}
_BLOCKS: Mapping[str, Sequence[FieldSpec]] = {
    "text": (FieldSpec(name="texts", label=_("Text"), look="texts", hint=_MARKDOWN, rows=8),),
    "note": (
        FieldSpec(
            name="tone",
            label=_("What it is"),
            look="choice",
            choices=(("warning", _("Warning")), ("tip", _("Tip")), ("example", _("Example"))),
            is_needed=True,
        ),
        FieldSpec(name="titles", label=_("Title"), look="line"),
        FieldSpec(name="texts", label=_("Text"), look="texts", hint=_MARKDOWN),
    ),
    "figure": (
        FieldSpec(name="media", label=_("Picture"), look="file", endings=PICTURES),
        _ALTERNATIVE,
        _CAPTION,
        _LONG,
    ),
    "glossary": (FieldSpec(name="titles", label=_("Title"), look="line"),),
    "checklist": (
        FieldSpec(name="titles", label=_("Title"), look="line"),
        FieldSpec(name="texts", label=_("What to do"), look="texts", hint=_MARKDOWN),
    ),
    "sources": (),
}
_SOURCE: Sequence[FieldSpec] = (
    FieldSpec(
        name="key", label=_("Short name"), look="word", hint=_("A text refers to it as [^short-name].")
    ),
    FieldSpec(name="title", label=_("Title"), look="word"),
    FieldSpec(name="url", label=_("Address"), look="word"),
    FieldSpec(name="date", label=_("Date"), look="word"),
    FieldSpec(name="note", label=_("Note"), look="word"),
    FieldSpec(name="checked", label=_("The text was checked against this source"), look="truth"),
)  # fmt: skip
_KEY = FieldSpec(name="key", label="", look="key")
_TERM: Sequence[FieldSpec] = (
    _KEY,
    FieldSpec(name="terms", label=_("Term"), look="line"),
    FieldSpec(name="texts", label=_("What it means"), look="texts", rows=2),
    FieldSpec(
        name="avoid",
        label=_("Wordings that this course does not use for it"),
        look="forms",
        hint=_("One on each line. Readers do not see them."),
        rows=2,
    ),
)
_LINE: Sequence[FieldSpec] = (_KEY, FieldSpec(name="texts", label=_("What is to be ticked"), look="line"))
_ROWS: Mapping[str, tuple[str, Sequence[FieldSpec], Any]] = {
    "sources": ("entries", _SOURCE, _("Source")),
    "glossary": ("entries", _TERM, _("Term")),
    "checklist": ("items", _LINE, _("Line")),
}
"""Of blocks that have rows: the name of the rows in the block, their fields, and what an author calls one."""


@dataclass(slots=True, kw_only=True)
class BlockForms:
    """One block of a text: what it is, its fields, its rows if it has any, and what was there before (JSON)."""

    kind: str
    name: Any
    prefix: str
    number: int
    stored: str
    form: DocumentForm
    rows: list[DocumentForm] = field(default_factory=list)

    @property
    def row_name(self) -> Any:
        """What an author calls one row; None for a block without rows."""
        return _ROWS[self.kind][2] if self.kind in _ROWS else None

    def is_valid(self) -> bool:
        """Whether every field is right."""
        return all([self.form.is_valid(), *(row.is_valid() for row in self.rows)])

    def document(self) -> dict[str, Any]:
        """The block as it is stored."""
        document = {"kind": self.kind, **self.form.document()}
        if self.kind in _ROWS:
            rows = [row.document() for row in filled(self.rows)]
            usual = {"checked": False} if self.kind == "sources" else {}
            document[_ROWS[self.kind][0]] = [usual | row for row in (rows if usual else _with_keys(rows))]
        return document


@dataclass(slots=True, kw_only=True)
class ContentForms:
    """The forms of one unit's content."""

    unit: Unit
    form: DocumentForm
    blocks: list[BlockForms] = field(default_factory=list)

    def is_valid(self) -> bool:
        """Whether every field is right."""
        return all([self.form.is_valid(), *(block.is_valid() for block in self.blocks)])

    @property
    def all_forms(self) -> list[DocumentForm]:
        """Every form, for the summary of what is wrong."""
        return [self.form, *(form for block in self.blocks for form in (block.form, *block.rows))]

    def document(self) -> dict[str, Any]:
        """The content as it is stored."""
        if self.unit.kind == "text":
            return {"blocks": [block.document() for block in self.blocks]}
        kept = {"questions": self.unit.content.get("questions", [])} if self.unit.kind == "exercise" else {}
        return self.form.document() | kept


def content_forms(unit: Unit, data: Any, setting: Setting) -> ContentForms:
    """The forms for what is stored, or for what was sent."""
    content = unit.content if isinstance(unit.content, Mapping) else {}
    form = DocumentForm(
        data, specs=CONTENTS.get(unit.kind, ()), stored=content, setting=setting, prefix="content"
    )  # fmt: skip
    if unit.kind != "text":
        return ContentForms(unit=unit, form=form)
    blocks = _stored_blocks(content) if data is None else _sent_blocks(data)
    made = [_block_forms(block, number, data, setting) for number, block in enumerate(blocks)]
    return ContentForms(unit=unit, form=form, blocks=made)


def _with_keys(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, each new one with a key made of its words."""
    taken = {str(row["key"]) for row in rows if row.get("key")}
    for row in rows:
        if not row.get("key"):
            words = row.get("terms") or row.get("texts") or {}
            stem = slugify(" ".join(map(str, words.values())))[:40].strip("-") or "line"
            row["key"] = next(key for n in range(1, len(rows) + 2) if (key := _numbered(stem, n)) not in taken)
            taken.add(row["key"])
    return rows


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"


def new_block(kind: str) -> dict[str, Any]:
    """An empty block of a kind; of an unknown one a text."""
    if kind in _ROWS:
        return {"kind": kind, _ROWS[kind][0]: []}
    return {"kind": kind} | ({"tone": "tip"} if kind == "note" else {}) if kind in _BLOCKS else {"kind": "text"}


def moved_blocks(blocks: list[dict[str, Any]], action: str, place: int) -> tuple[list[dict[str, Any]], int]:
    """The blocks after a button was pushed, and where the block is then: up, down or remove."""
    if not 0 <= place < len(blocks):
        return blocks, 0
    rest = [*blocks[:place], *blocks[place + 1 :]]
    if action == "remove":
        return rest, max(0, place - 1)
    target = min(max(place + (1 if action == "down" else -1), 0), len(rest))
    return [*rest[:target], blocks[place], *rest[target:]], target


def _stored_blocks(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    blocks = content.get("blocks")
    found = [dict(block) for block in blocks if isinstance(block, Mapping)] if isinstance(blocks, list) else []
    return [block for block in found if block.get("kind") in _BLOCKS]


def _sent_blocks(data: Any) -> list[dict[str, Any]]:
    """What the page was made from, which it sends back: so a block keeps its texts in other languages when moved."""
    said = str(data.get("blocks-rows", ""))
    count = min(int(said), MOST_ROWS) if said.isascii() and said.isdigit() else 0
    found = []
    for number in range(count):
        try:
            stored = json.loads(data.get(f"block-{number}-stored", "{}"))
        except (ValueError, RecursionError):
            stored = {}
        stored = stored if isinstance(stored, dict) else {}
        found.append(stored if stored.get("kind") in _BLOCKS else new_block(str(stored.get("kind"))))
    return found


def _block_forms(block: dict[str, Any], number: int, data: Any, setting: Setting) -> BlockForms:
    kind, prefix = str(block["kind"]), f"block-{number}"
    rows = []
    if kind in _ROWS:
        name, specs, _row_name = _ROWS[kind]
        entries = block.get(name)
        stored = entries if isinstance(entries, list) else []
        rows = row_forms(data, specs=specs, stored=stored, setting=setting, prefix=f"{prefix}-entry")
    return BlockForms(
        kind=kind,
        name=BLOCK_NAMES[kind],
        prefix=prefix,
        number=number,
        stored=json.dumps(block, ensure_ascii=False),
        form=DocumentForm(data, specs=_BLOCKS[kind], stored=block, setting=setting, prefix=prefix),
        rows=rows,
    )
