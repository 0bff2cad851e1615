"""Plain text: encodings, paragraphs, list marks; HTML pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.documents.samples import HTML_PAGE

from synchromesh.engine.documents import Document, read_document
from synchromesh.engine.documents.html_text import html_passages
from synchromesh.engine.errors import InvalidInput

CZECH = "Zaměstnání: údržba baterií, řízení výroby a měření napětí článků."
POLISH = "Doświadczenie: montaż i obsługa ogniw, zarządzanie jakością, wysokie napięcie."
SLOVENE = "Delovne izkušnje: vzdrževanje baterij, vodenje proizvodnje in varnost pri delu s čipi."
HUNGARIAN = "Munkatapasztalat: akkumulátorok gyártása, nagyfeszültségű mérések, műszerek, minőség."
GERMAN = "Prüfung der Größe von Zellen, Übergabe an die Fertigung; 20 °C, 60 V, ± 2 %, Maß ä ö ü."
FRENCH = "Expérience : contrôle des éléments, sûreté à haute tension, où ça, dès août, forêt, œuvre."
PORTUGUESE = "Formação: gestão da produção, medições de tensão, manutenção de instalações."
SPANISH = "Experiencia: ¿años? Gestión de producción, 12 m³, señalización, nº 3, montaje."
DANISH = "Erfaring: måling af spænding, køling af batterier, sikkerhed på arbejdspladsen."


def texts(document: Document, kind: str | None = None) -> list[str]:
    """The texts of the blocks, of one kind or all."""
    return [document.text[b.start : b.end] for b in document.blocks if kind in (None, b.kind)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_without_a_problem(encoding: str) -> None:
    document = read_document("cv.txt", f"{CZECH} Ασφάλεια, батерия".encode(encoding))
    assert document.text == f"{CZECH} Ασφάλεια, батерия"
    assert document.format == "plain_text"
    assert document.problems == ()


@pytest.mark.parametrize("text", [GERMAN, FRENCH, SPANISH, PORTUGUESE, DANISH])
def test_western_text_is_read_as_windows_1252_and_it_says_so(text: str) -> None:
    document = read_document("cv.txt", text.encode("cp1252"))
    assert document.text == text
    assert "Windows-1252" in document.problems[0].message


@pytest.mark.parametrize("text", [CZECH, POLISH, SLOVENE, HUNGARIAN])
def test_central_european_text_is_read_as_windows_1250_and_it_says_so(text: str) -> None:
    document = read_document("cv.txt", text.encode("cp1250"))
    assert document.text == text
    assert "Windows-1250" in document.problems[0].message


def test_utf_8_cut_in_the_middle_of_a_character_is_read_up_to_there() -> None:
    document = read_document("cv.txt", "Größe in Metern: ä".encode()[:-1])
    assert document.text == "Größe in Metern:"
    assert document.problems[0].position == "the end"


@pytest.mark.parametrize("data", [b"text\0with nothing", b"\x01\x02\x03\x04 text " * 9, b"\xff\xfe\x00\xd8" * 20])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput, match="is not a text"):
        read_document("cv.txt", data)


def test_paragraphs_lists_and_headings_are_told_apart() -> None:
    text = "SKILLS\n\n• cells\n- modules\n  * packs\n1. first\n\nI work with batteries.\n\nLanguages:\nGerman"
    document = read_document("cv.txt", text.encode())
    assert texts(document, "heading") == ["SKILLS", "Languages:"]
    assert texts(document, "list_item") == ["cells", "modules", "packs", "1. first"]
    assert texts(document, "paragraph") == ["I work with batteries.", "German"]


def test_invisible_characters_are_taken_out_and_accents_put_together() -> None:
    text = "Bat\u00adtery\u200b cafe\u0301 \u202eevil\u202c cer\ufb01\u0301ed \ue000\u2003wide\u00a0space\x0c"
    assert read_document("cv.txt", text.encode()).text == "Battery café evil cerfíed wide space"


def test_a_heap_of_marks_on_one_letter_is_cut_down() -> None:
    # Python's own normalisation takes minutes for this.
    text = "a" + "\u0301" * 100_000 + "\u0328" * 100_000 + " end"
    document = read_document("cv.txt", text.encode())
    assert len(document.text) < 12
    assert document.text.endswith(" end")


def test_an_html_page_is_read_as_a_browser_shows_it() -> None:
    document = read_document("course.html", HTML_PAGE)
    assert document.format == "html"
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == [
        ("paragraph", "Course"),
        ("heading", "Battery course"),
        ("paragraph", "Below U < 60 V"),
        ("paragraph", "all may work."),
        ("list_item", "cells"),
        ("list_item", "modules"),
        ("table_cell", "Price"),
        ("table_cell", "free"),
    ]


def test_an_html_page_states_its_own_code_page() -> None:
    page = f'<html><head><meta http-equiv=x content="text/html; charset=iso-8859-2"></head><body>{CZECH}'
    assert read_document("cv.html", page.encode("iso-8859-2")).text == CZECH
    assert read_document("cv.html", page.replace("iso-8859-2", "unicode_escape").encode()).text == CZECH


@pytest.mark.parametrize("mark", ["<!--", "<a ", '<a x="', "<script>", "<", "</", "<svg", "&#9", "<![CDATA["])
def test_unfinished_marks_end_somewhere(mark: str) -> None:
    found = list(html_passages("<p>Before</p>" + mark * 100_000))
    assert found[0] == ("paragraph", "Before")


def test_signs_that_look_like_marks_stay_text() -> None:
    assert list(html_passages("U < 60 V & I > 2 A <3 <b>bold</b>")) == [("paragraph", "U < 60 V & I > 2 A <3 bold")]


@given(text=st.text(alphabet="<>/!-ap \"'&;=script", max_size=120))
def test_any_marks_are_read(text: str) -> None:
    for _, passage in html_passages(text):
        assert passage.strip()
