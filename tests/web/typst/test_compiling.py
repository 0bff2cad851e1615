"""The printer: every character it lets through has a glyph, and what has none never stops a document."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from synchromesh.engine.vocabulary.printable_text import GLYPHS, REPLACEMENT
from synchromesh.web.typst import compiling
from synchromesh.web.typst.compiling import compile_pdf

ONE_TEXT = """
#let doc = json(bytes(sys.inputs.document))
#set document(title: "One text", date: datetime(year: doc.printed_on.at(0), month: 1, day: 1))
#set text(font: "Libertinus Serif", fallback: false, lang: "en")
= Text
#doc.text
#if doc.has_replacements [replaced]
"""
CHARACTERS = [chr(code) for first, last in GLYPHS for code in range(first, last + 1)]


@pytest.fixture(autouse=True)
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A template that prints one text."""
    folder = tmp_path_factory.mktemp("templates")
    (folder / "one.typ").write_text(ONE_TEXT, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiling, "TEMPLATES", folder)
        yield folder


def print_text(text: str) -> str:
    """Print a text and read it back."""
    pdf = compile_pdf("one.typ", {"text": text}, printed_on=date(2026, 1, 1))
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_every_character_that_is_let_through_has_a_glyph() -> None:
    shown = print_text(" ".join(char for char in CHARACTERS if char != REPLACEMENT))
    assert not shown.endswith("replaced")
    assert len(CHARACTERS) > 1500


def test_what_has_no_glyph_becomes_one_white_square_and_the_document_says_so() -> None:
    assert print_text("Safety 漢字").endswith("replaced")
    assert not print_text("Safety first").endswith("replaced")


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.one_of(st.characters(), st.sampled_from(CHARACTERS)), max_size=60))
def test_no_text_stops_the_printer(text: str) -> None:
    assert print_text(text).startswith("Text")


def test_the_same_values_and_date_give_the_same_bytes() -> None:
    first, second = (compile_pdf("one.typ", {"text": "Same"}, printed_on=date(2026, 1, 1)) for _ in range(2))
    assert first == second
