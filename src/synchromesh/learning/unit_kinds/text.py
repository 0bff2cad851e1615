"""Text to read, made of blocks: paragraphs, notes, figures and the sources of the facts.

    {blocks: [{kind: text, texts}
            | {kind: note, tone: warning|tip|example, titles?, texts}
            | {kind: figure, media, alternatives, captions?, descriptions?}
            | {kind: glossary, titles?, entries: [{key, terms, texts, avoid?: {en: [...]}}]}
            | {kind: checklist, titles?, texts?, items: [{key, texts}]}
            | {kind: sources, entries: [{key, title, url?, date?, checked, note?}]}]}

Texts are Markdown. A fact refers to its source as `[^key]`; sources are numbered as they stand, through all blocks.
`avoid` are wordings that the course must not use for a term; readers do not see them. What is ticked in a checklist is
kept nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils.translation import gettext_noop

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.vocabulary.slugs import is_slug
from synchromesh.learning.unit_kinds import DoneBy, Progress, TextPlace
from synchromesh.learning.unit_kinds._contents import (
    PICTURES,
    Findings,
    address_of,
    alphabetical,
    entries,
    findings_of,
    footnotes_in,
    lists_of_words,
    mapping,
    shown,
    shown_or_empty,
    text_places,
    web_address,
    word,
)

TITLE = gettext_noop("Text")
DONE_BY = DoneBy.READER
TONES = ("warning", "tip", "example")
MOST_BLOCKS = 200

_TEXTS: Mapping[str, Mapping[str, bool]] = {
    "text": {"texts": True},
    "note": {"titles": False, "texts": True},
    "figure": {"alternatives": False, "captions": True, "descriptions": True},
    "glossary": {"titles": False},
    "checklist": {"titles": False, "texts": True},
    "sources": {},
}
"""The texts of each kind of block, and whether they are Markdown."""
_ROWS: Mapping[str, tuple[str, Mapping[str, bool]]] = {
    "glossary": ("entries", {"terms": False, "texts": True}),
    "checklist": ("items", {"texts": True}),
}
"""The name of the rows in a block, and their texts."""


def check(content: Mapping[str, Any], *, languages: Collection[str], media: Collection[str]) -> list[Problem]:
    """What is missing in a block, what points at a source or a file that is not there."""
    top = findings_of(content, languages, media)
    top.allow("blocks")
    blocks = entries(top.content.get("blocks"))
    if not blocks:
        top.add("blocks", "Write at least one block.")
    elif len(blocks) > MOST_BLOCKS:
        top.add("blocks", f"A unit may have {MOST_BLOCKS} blocks. Make two units of it.")
        return top.problems
    keys = _keys_in(blocks, "sources")
    for number, block in enumerate(blocks, start=1):
        inside = top.inside(block, f"block {number}")
        kind = word(inside.content.get("kind"))
        if kind not in _CHECKS:
            inside.add("kind", f"A block is one of: {', '.join(_CHECKS)}.")
            continue
        _CHECKS[kind](inside)
        _check_footnotes(inside, kind, keys)
    for kind, name in (("sources", "sources"), ("glossary", "terms")):
        found = _keys_in(blocks, kind)
        for key in sorted({key for key in found if found.count(key) > 1}):
            top.add("blocks", f"Two {name} have the key {key}. Give one of them another.")
    return top.problems


def media_of(content: Mapping[str, Any]) -> set[str]:
    """The files of the figures."""
    names = (word(block.get("media")) for block in _blocks(content) if block.get("kind") == "figure")
    return {name for name in names if name}


def texts_of(content: Mapping[str, Any]) -> list[TextPlace]:
    """Every text of every block and row; the title of a source stays as it is, and so do wordings to avoid."""
    found = []
    for place, block in enumerate(entries(mapping(content).get("blocks"))):
        kind = word(mapping(block).get("kind"))
        found += text_places(block, _TEXTS.get(kind, {}), ("blocks", place))
        name, fields = _ROWS.get(kind, ("", {}))
        for number, row in enumerate(entries(mapping(block).get(name))):
            found += text_places(row, fields, ("blocks", place, name, number))
    return found


def show(content: Mapping[str, Any], *, language: str, links: Mapping[str, str]) -> Mapping[str, Any]:
    """The blocks in the reader's language, and `source_numbers`: the number of each source by its key."""
    blocks = [block for block in _blocks(content) if word(block.get("kind")) in _SHOWN]
    numbers: dict[str, int] = {}
    for key in _keys_in(blocks, "sources"):
        numbers.setdefault(key, len(numbers) + 1)
    return {
        "blocks": [
            {"kind": block["kind"]} | _SHOWN[block["kind"]](block, language=language, links=links, numbers=numbers)
            for block in blocks
        ],
        "source_numbers": numbers,
    }


def accept(content: Mapping[str, Any], state: Mapping[str, Any], report: Mapping[str, Any]) -> Progress:
    """A text is marked as done by its reader: it reports nothing."""
    raise InvalidInput("This unit takes no reports.")


def _blocks(content: object) -> list[Mapping[Any, Any]]:
    return [block for block in entries(mapping(content).get("blocks")) if isinstance(block, Mapping)]


def _keys_in(blocks: list[Any], kind: str) -> list[str]:
    """The keys of the entries of all blocks of a kind."""
    keys = []
    for block in map(mapping, blocks):
        if block.get("kind") == kind:
            keys += [word(mapping(entry).get("key")) for entry in entries(block.get("entries"))]
    return [key for key in keys if key]


def _check_text(block: Findings) -> None:
    block.allow("kind", "texts")
    block.check_texts("texts", is_needed=True)


def _check_note(block: Findings) -> None:
    block.allow("kind", "tone", "titles", "texts")
    if word(block.content.get("tone")) not in TONES:
        block.add("tone", f"The tone of a note is one of: {', '.join(TONES)}.")
    block.check_texts("titles")
    block.check_texts("texts", is_needed=True)


def _check_figure(block: Findings) -> None:
    block.allow("kind", "media", "alternatives", "captions", "descriptions")
    block.check_medium("media", PICTURES)
    block.check_texts("alternatives", is_needed=True)
    block.check_texts("captions")
    block.check_texts("descriptions")


def _check_sources(block: Findings) -> None:
    block.allow("kind", "entries")
    found = entries(block.content.get("entries"))
    if not found:
        block.add("entries", "Name at least one source.")
    for number, entry in enumerate(found, start=1):
        inside = block.inside(entry, f"{block.position}, source {number}")
        inside.allow("key", "title", "url", "date", "checked", "note")
        inside.check_word("key", is_needed=True, most=80)
        inside.check_word("title", is_needed=True)
        inside.check_word("date", most=40)
        inside.check_word("note", most=1000)
        if inside.check_word("url", most=1000) and not web_address(inside.content.get("url")):
            inside.add("url", "Give an address that begins with https://.")
        if not isinstance(inside.content.get("checked"), bool):
            inside.add("checked", "Say whether the text was checked against this source: true or false.")


def _check_glossary(block: Findings) -> None:
    block.allow("kind", "titles", "entries")
    block.check_texts("titles")
    for entry in _checked_rows(block, "entries", "term"):
        entry.allow("key", "terms", "texts", "avoid")
        entry.check_texts("terms", is_needed=True)
        entry.check_texts("texts", is_needed=True)
        if not lists_of_words(entry.content.get("avoid", {})):
            entry.add("avoid", "Give lists of wordings by language, such as {en: [wording, wording]}.")


def _check_checklist(block: Findings) -> None:
    block.allow("kind", "titles", "texts", "items")
    block.check_texts("titles")
    block.check_texts("texts")
    found = _checked_rows(block, "items", "line")
    for item in found:
        item.allow("key", "texts")
        item.check_texts("texts", is_needed=True)
    keys = [word(item.content.get("key")) for item in found]
    for key in sorted({key for key in keys if key and keys.count(key) > 1}):
        block.add("items", f"Two lines have the key {key}. Give one of them another.")


def _checked_rows(block: Findings, name: str, what: str) -> list[Findings]:
    """The rows of a block, each with a key that can stand in an address."""
    rows = entries(block.content.get(name))
    if not rows:
        block.add(name, f"Write at least one {what}.")
    found = [block.inside(row, f"{block.position}, {what} {number}") for number, row in enumerate(rows, start=1)]
    for row in found:
        key = row.check_word("key", is_needed=True, most=80)
        if key and not is_slug(key):
            row.add("key", "Use lower-case letters a to z, digits and single hyphens.")
    return found


def _check_footnotes(block: Findings, kind: str, keys: list[str]) -> None:
    name, fields = _ROWS.get(kind, ("", {}))
    rows = [mapping(row) for row in entries(block.content.get(name))]
    for content, of_content in ((block.content, _TEXTS[kind]), *((row, fields) for row in rows)):
        for field, is_markdown in of_content.items():
            for key in sorted(footnotes_in(content.get(field)) - set(keys)) if is_markdown else ():
                block.add(field, f"[^{key}] points at a source that is not named in this unit.")


_CHECKS: Mapping[str, Callable[[Findings], None]] = {
    "text": _check_text,
    "note": _check_note,
    "figure": _check_figure,
    "glossary": _check_glossary,
    "checklist": _check_checklist,
    "sources": _check_sources,
}


def _shown_text(block: Mapping[Any, Any], *, language: str, **_: object) -> dict[str, Any]:
    return {"text": shown_or_empty(block.get("texts"), language)}


def _shown_note(block: Mapping[Any, Any], *, language: str, **_: object) -> dict[str, Any]:
    tone = word(block.get("tone"))
    return {
        "tone": tone if tone in TONES else TONES[1],
        "title": shown(block.get("titles"), language),
        "text": shown_or_empty(block.get("texts"), language),
    }


def _shown_figure(block: Mapping[Any, Any], *, language: str, links: Mapping[str, str], **_: object) -> dict[str, Any]:
    return {
        "name": word(block.get("media")),
        "address": address_of(links, block.get("media")),
        "alternative": shown_or_empty(block.get("alternatives"), language),
        "caption": shown(block.get("captions"), language),
        "description": shown(block.get("descriptions"), language),
    }


def _shown_glossary(block: Mapping[Any, Any], *, language: str, **_: object) -> dict[str, Any]:
    """The terms in the order of the alphabet of the language that is shown."""
    found = [
        {
            "key": word(entry.get("key")),
            "term": shown_or_empty(entry.get("terms"), language),
            "text": shown_or_empty(entry.get("texts"), language),
        }
        for entry in map(mapping, entries(block.get("entries")))
    ]
    return {
        "title": shown(block.get("titles"), language),
        "entries": sorted(found, key=lambda entry: alphabetical(entry["term"].text)),
    }


def _shown_checklist(block: Mapping[Any, Any], *, language: str, **_: object) -> dict[str, Any]:
    return {
        "title": shown(block.get("titles"), language),
        "text": shown(block.get("texts"), language),
        "items": [shown_or_empty(item.get("texts"), language) for item in map(mapping, entries(block.get("items")))],
    }


def _shown_sources(block: Mapping[Any, Any], *, numbers: Mapping[str, int], **_: object) -> dict[str, Any]:
    return {
        "entries": [
            {
                "key": word(entry.get("key")),
                "number": numbers.get(word(entry.get("key"))),
                "title": word(entry.get("title")),
                "url": web_address(entry.get("url")),
                "date": word(entry.get("date")),
                "checked": entry.get("checked") is True,
                "note": word(entry.get("note")),
            }
            for entry in map(mapping, entries(block.get("entries")))
        ]
    }


_SHOWN: Mapping[str, Callable[..., dict[str, Any]]] = {
    "text": _shown_text,
    "note": _shown_note,
    "figure": _shown_figure,
    "glossary": _shown_glossary,
    "checklist": _shown_checklist,
    "sources": _shown_sources,
}
