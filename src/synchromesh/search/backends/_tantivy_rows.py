"""How a document lies in tantivy's index: the fields, and what beside the index says about its documents.

Filters are one JSON field whose columns appear as documents bring them. Numbers need fields of their own to be ordered
by, so there are sixteen of them. Which number has which of them, and which filters and languages there are, stands in a
file beside the index (`Layout`). It is written before the documents that need it and only ever grows until the index is
built anew, so that it never lacks what is in the index; what it names and no document has any more finds nothing.
"""

from __future__ import annotations

import json
import re
from binascii import b2a_base64
from dataclasses import dataclass, field
from pathlib import Path

import tantivy

from synchromesh.search.compounds import Parts
from synchromesh.search.contract import Document
from synchromesh.search.filtering import KIND, LANGUAGE
from synchromesh.search.ranking import FIELDS, Terms

MOST_NUMBERS = 16
_MOST_REMEMBERED = 100_000
_BETWEEN = "\x01"  # of kind and slug: it comes before all that they consist of
_quote = json.encoder.encode_basestring_ascii
_NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d.\d\d:\d\d")


def _make_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("place", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_json_field("filter", tokenizer_name="raw", index_option="basic", fast=True)
    for slot in range(MOST_NUMBERS):
        builder.add_integer_field(number_field(slot), fast=True)
    builder.add_bytes_field("shown", stored=True)
    return builder.build()


def number_field(slot: int) -> str:
    """The field of the numbers with this slot."""
    return f"number{slot}"


SCHEMA = _make_schema()


@dataclass(slots=True)
class Layout:
    """Which languages, filters and numbers the documents of an index have."""

    languages: set[str] = field(default_factory=set)
    filters: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)

    def number_field(self, number: str) -> str | None:
        """The field of a number, None where no document has it."""
        return number_field(self.numbers[number]) if number in self.numbers else None


def read_layout(file: Path) -> Layout:
    """Read what `write_layout` wrote. Raises OSError and ValueError."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return Layout(languages=set(kept["languages"]), filters=set(kept["filters"]), numbers=dict(kept["numbers"]))
    except (KeyError, TypeError) as error:
        raise ValueError(f"{file.name} does not say how documents lie in the index.") from error


def write_layout(layout: Layout, file: Path) -> None:
    """Keep it beside an index, in place of what was there."""
    kept = {"languages": sorted(layout.languages), "filters": sorted(layout.filters), "numbers": layout.numbers}
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps(kept), encoding="utf-8")
    draft.replace(file)


def key_of(kind: str, uid: str) -> str:
    """What a document is replaced and removed by."""
    return f"{kind}/{uid}"


class Rows:
    """Makes documents into what tantivy takes: JSON, since it is read outside Python, in half the time.

    It is put together by hand from pieces that many documents share, which takes a third of the time of an encoder.
    `layout` comes to name what the documents bring. A wrong name is a ValueError.
    """

    def __init__(self, parts: Parts, layout: Layout) -> None:
        self._terms, self._layout = Terms(parts), layout
        self._values, self._numbers, self._kinds = _Values(layout), _Numbers(layout), _Kinds(layout)

    def row_of(self, document: Document) -> str:
        """The row of one document."""
        begins, key, place, shown = self._kinds[document.kind]
        cells = [f'"{name}":"{terms}",' for name, terms in self._terms.of_fields(document).items() if terms]
        cells += [f"{self._numbers[number]}{value}," for number, value in document.numbers.items()]
        cells.append(begins)
        cells += map(self._values.__getitem__, _filters_of(document).items())
        uid, slug = _quote(document.uid)[1:], _quote(document.slug)[1:]
        titles = ",".join([f"{_quote(code)}:{_quote(title)}" for code, title in document.titles.items()])
        stored = b2a_base64(f'{shown}"{uid},"{slug},{{{titles}}}]'.encode("ascii"), newline=False).decode("ascii")
        return f'{{{"".join(cells)}{key}{uid},{place}{slug},"shown":"{stored}"}}'

    def close(self) -> None:
        """Have the layout name the languages too."""
        self._layout.languages |= self._terms.languages


def _filters_of(document: Document) -> dict[str, tuple[str, ...]]:
    """The values by filter, without the kind."""
    if not document.languages:
        return dict(document.filters)
    return {**document.filters, LANGUAGE: (*document.languages, *document.filters.get(LANGUAGE, ()))}


class _Values(dict["tuple[str, tuple[str, ...]]", str]):
    """Filters with their values, each once, as a piece of the row; nothing where there is no value."""

    def __init__(self, layout: Layout) -> None:
        super().__init__()
        self._layout = layout

    def __missing__(self, filled: tuple[str, tuple[str, ...]]) -> str:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        name, values = filled
        if values:
            self._layout.filters.add(_checked(name))
        for value in values:
            if _MOMENT.match(value):  # the library would take it for something else than text
                raise ValueError(f"The value '{value}' of '{name}' is a moment; those are numbers.")
        quoted = ",".join([_quote(value) for value in dict.fromkeys(values)])
        self[filled] = f',"{name}":[{quoted}]' if values else ""
        return self[filled]


class _Numbers(dict[str, str]):
    """How the piece of the row begins that has a number; a new number gets its slot."""

    def __init__(self, layout: Layout) -> None:
        super().__init__()
        self._layout = layout

    def __missing__(self, number: str) -> str:
        slots = self._layout.numbers
        if number not in slots:
            if len(slots) == MOST_NUMBERS:
                raise ValueError(f"There is no room for a further number beside {sorted(slots)}.")
            slots[_checked(number)] = len(slots)
        self[number] = f'"{number_field(slots[number])}":'
        return self[number]


class _Kinds(dict[str, "tuple[str, str, str, str]"]):
    """The pieces of a row that begin with its kind: filters, key, place and what is shown."""

    def __init__(self, layout: Layout) -> None:
        super().__init__()
        layout.filters.add(KIND)

    def __missing__(self, kind: str) -> tuple[str, str, str, str]:
        quoted = _quote(kind)
        key, place = _quote(key_of(kind, ""))[:-1], _quote(f"{kind}{_BETWEEN}")[:-1]
        self[kind] = f'"filter":{{"{KIND}":[{quoted}]', f'}},"key":{key}', f'"place":{place}', f"[{quoted},"
        return self[kind]


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name) or name == KIND:
        raise ValueError(f"A filter or number cannot be called '{name}'.")
    return name
