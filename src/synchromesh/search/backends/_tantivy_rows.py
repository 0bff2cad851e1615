"""How a document lies in tantivy's index: the fields, and what the index itself says about its documents.

Filters are one JSON field whose columns appear as documents bring them. Numbers need fields of their own to be ordered
by, so there are sixteen of them, and each document names those that it uses in `known`: the list of that field's terms
says which filters, numbers and languages there are, and is always as old as the documents.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import tantivy

from synchromesh.search.contract import Document
from synchromesh.search.filtering import KIND, LANGUAGE
from synchromesh.search.ranking import FIELDS, Terms, written_languages

MOST_NUMBERS = 16
_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")


def _make_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("known", tokenizer_name="whitespace", index_option="basic")
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
    described: dict[tuple[tuple[str, ...], ...], str] = field(default_factory=dict)

    def slot(self, number: str) -> int:
        """The slot of a number, a new one where it has none yet. Raises ValueError when all are taken (a bug)."""
        if number not in self.numbers:
            if len(self.numbers) == MOST_NUMBERS:
                raise ValueError(f"There is no room for a further number beside {sorted(self.numbers)}.")
            self.numbers[number] = len(self.numbers)
        return self.numbers[number]

    def number_field(self, number: str) -> str | None:
        """The field of a number, None where no document has it."""
        return number_field(self.numbers[number]) if number in self.numbers else None


def read_layout(searcher: tantivy.Searcher) -> Layout:
    """What the terms of `known` say."""
    layout = Layout()
    for term, _documents in searcher.terms_with_prefix("known", ""):
        sort, _, name = term.partition(":")
        if sort == "language":
            layout.languages.add(name)
        elif sort == "filter":
            layout.filters.add(name)
        else:
            layout.numbers[name] = int(sort)
    return layout


def key_of(kind: str, uid: str) -> str:
    """What a document is replaced and removed by."""
    return f"{kind}/{uid}"


def row_of(document: Document, made: Terms, layout: Layout) -> tantivy.Document:
    """The document as tantivy takes it; new numbers get their slot in `layout`. Raises ValueError for a wrong name."""
    row = tantivy.Document()
    for name, terms in made.of_fields(document).items():
        if terms:
            row.add_text(name, terms)
    row.add_text("key", key_of(document.kind, document.uid))
    row.add_text("place", f"{document.kind}\x01{document.slug}")
    filters = _filters(document)
    row.add_json("filter", filters)
    for number, value in document.numbers.items():
        row.add_integer(number_field(layout.slot(number)), value)
    row.add_text("known", _known(document, filters, layout))
    shown = [document.kind, document.uid, document.slug, dict(document.titles)]
    row.add_bytes("shown", _encode(shown).encode("ascii"))
    return row


def _filters(document: Document) -> dict[str, list[str]]:
    """The values by filter, each once."""
    values = {name: list(dict.fromkeys(of_name)) for name, of_name in document.filters.items() if of_name}
    if document.languages:
        values[LANGUAGE] = list(dict.fromkeys([*document.languages, *values.get(LANGUAGE, ())]))
    values[KIND] = [document.kind]
    return values


def _known(document: Document, filters: Mapping[str, object], layout: Layout) -> str:
    """The terms of `known`; most documents have the same, so each set is put together once."""
    shape = (
        tuple(filters),
        tuple(document.numbers),
        tuple(document.titles),
        *map(tuple, (document.labels, document.texts)),
    )
    if shape not in layout.described:
        for name in (*filters, *document.numbers):
            if not _NAME.fullmatch(name):
                raise ValueError(f"A filter or number cannot be called '{name}'.")
        terms = [f"language:{code}" for code in written_languages(document)]
        terms += [f"filter:{name}" for name in filters]
        terms += [f"{layout.slot(number)}:{number}" for number in document.numbers]
        layout.described[shape] = " ".join(terms)
    return layout.described[shape]
