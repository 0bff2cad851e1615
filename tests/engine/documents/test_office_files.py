"""DOCX and ODT: structure, what is left out, hostile archives."""

from __future__ import annotations

from dataclasses import replace

import docx
import pytest
from tests.engine.documents.samples import open_document, open_document_cv, word_body, word_cv, word_file, zipped

from synchromesh.engine.documents import DEFAULT_LIMITS, Document, read_document
from synchromesh.engine.errors import InvalidInput


def passages(document: Document) -> list[tuple[str, str, str]]:
    """(kind, place, text) of each block."""
    return [(block.kind, block.place, document.text[block.start : block.end]) for block in document.blocks]


def run(text: str, properties: str = "") -> str:
    """A run of a Word document."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_a_word_document_keeps_headings_lists_and_tables() -> None:
    document = read_document("cv.docx", word_cv())
    assert document.format == "docx"
    assert passages(document) == [
        ("heading", "paragraph 1", "Work experience"),
        ("paragraph", "paragraph 2", "Assembled battery modules for five years."),
        ("list_item", "paragraph 3", "Tested cells"),
        ("table_cell", "table 1, row 1, column 1", "German"),
        ("table_cell", "table 1, row 2, column 2", "fluent"),
    ]


def test_an_odt_keeps_headings_lists_and_tables() -> None:
    document = read_document("cv.odt", open_document_cv())
    assert document.format == "odt"
    assert passages(document) == [
        ("heading", "paragraph 1", "Work experience"),
        ("paragraph", "paragraph 2", "Assembled battery modules for years."),
        ("list_item", "paragraph 3", "Tested cells"),
        ("table_cell", "table 1, row 1, column 1", "German"),
        ("table_cell", "table 1, row 1, column 2", "fluent"),
    ]


def test_headings_of_a_german_word_are_known_by_the_name_behind_their_style() -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="Eigene"><w:name w:val="Eigene"/><w:basedOn w:val="berschrift1"/></w:style>'
        '<w:style w:styleId="Kreis"><w:basedOn w:val="Kreis"/></w:style></w:styles>'
    )
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:numPr><w:numId w:val="{number}"/></w:numPr></w:pPr>{run(style)}'
        "</w:p>"
        for style, number in (("berschrift1", 1), ("Eigene", 0), ("Kreis", 1), ("Kreis", 0), ("Fehlt", 0))
    )
    document = read_document("cv.docx", word_body(body, **{"word/styles.xml": styles}))
    assert [block.kind for block in document.blocks] == ["heading", "heading", "list_item", "paragraph", "paragraph"]


def test_deleted_hidden_and_moved_text_of_a_word_document_is_left_out() -> None:
    shown = '<w:vanish w:val="0"/>'
    body = (
        f"<w:p>{run('Kept')}<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>{run('hidden', '<w:vanish/>')}"
        f"<w:moveFrom>{run('moved')}</w:moveFrom>{run(' shown', shown)}"
        "<w:r><w:instrText>HYPERLINK</w:instrText><w:tab/><w:noBreakHyphen/><w:br/><w:t>below</w:t></w:r></w:p>"
    )
    assert read_document("cv.docx", word_body(body)).text == "Kept shown -\nbelow"


def test_a_text_box_is_read_once_and_before_the_paragraph_that_holds_it() -> None:
    alternate = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>'
        f"<w:txbxContent><w:p>{run('In the box')}</w:p></w:txbxContent></mc:Choice><mc:Fallback>"
        f"<w:txbxContent><w:p>{run('In the box')}</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent>"
    )
    body = f"<w:p>{run('Around ')}<w:r>{alternate}</w:r>{run('it')}</w:p>"
    assert read_document("cv.docx", word_body(body)).text == "In the box\nAround it"


def test_the_main_part_of_a_word_document_may_have_another_name() -> None:
    relations = (
        '<Relationships><Relationship Type="http://example.org/officeDocument" Target="/word/document2.xml"/>'
        "</Relationships>"
    )
    space = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    text = f'<w:document xmlns:w="{space}"><w:body><w:p>{run("Here")}</w:p></w:body></w:document>'
    data = zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations,
            "word/document2.xml": text,
        }
    )
    assert read_document("cv.docx", data).text == "Here"


def test_tables_inside_tables_are_counted_apart() -> None:
    document = docx.Document()
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "left"
    inner = outer.cell(0, 1).add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "inner"
    places = {text: place for _, place, text in passages(read_document("cv.docx", word_file(document)))}
    assert places == {"left": "table 1, row 1, column 1", "inner": "table 2, row 1, column 1"}


def test_deleted_text_notes_and_pictures_of_an_odt_are_left_out() -> None:
    body = (
        "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><text:p>Kept<text:note><text:note-body>"
        "<text:p>note</text:p></text:note-body></text:note><office:annotation><text:p>comment</text:p></office:annotation>"
        "<draw:frame><draw:image><office:binary-data>QUJD</office:binary-data></draw:image></draw:frame>"
        "<text:line-break/>below<draw:text-box><text:p>box</text:p></draw:text-box></text:p>"
    )
    assert read_document("cv.odt", open_document(body)).text == "box\nKept\nbelow"


@pytest.mark.parametrize(
    "data",
    [
        word_body("<w:p>" + run("a" * 3_000_000) + "</w:p>"),
        open_document("<text:p>" + "a" * 3_000_000 + "</text:p>"),
    ],
    ids=["docx", "odt"],
)
def test_a_zip_bomb_is_not_opened(data: bytes) -> None:
    with pytest.raises(InvalidInput, match="unpacks to more than 200 times its size"):
        read_document("cv", data)


def test_an_office_file_with_very_many_parts_is_not_opened() -> None:
    parts = {f"word/document{number}.xml": "" for number in range(2_100)}
    with pytest.raises(InvalidInput, match="at most 2,000 are read"):
        read_document("cv.docx", zipped({"[Content_Types].xml": "", **parts}))


def test_xml_nested_too_deep_is_refused() -> None:
    with pytest.raises(InvalidInput, match="nested more than 250 deep"):
        read_document("cv.docx", word_body("<w:p>" * 300 + "</w:p>" * 300))


def test_xml_with_too_many_elements_is_refused() -> None:
    with pytest.raises(InvalidInput, match="more than 50 elements"):
        read_document("cv.odt", open_document("<text:p/>" * 60), limits=replace(DEFAULT_LIMITS, elements=50))


@pytest.mark.parametrize("declared", ['<!ENTITY a "aaaa">', '<!ENTITY a SYSTEM "file:///etc/passwd">'])
def test_entities_in_an_office_file_are_refused(declared: str) -> None:
    xml = f"<!DOCTYPE x [{declared}]><x>&a;</x>"
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": xml}
    with pytest.raises(InvalidInput, match="declares entities"):
        read_document("cv.odt", zipped(parts))


def test_an_odt_with_a_password_is_refused() -> None:
    data = open_document("<text:p>x</text:p>", manifest="<manifest><encryption-data/></manifest>")
    with pytest.raises(InvalidInput, match="protected with a password"):
        read_document("cv.odt", data)


def test_an_office_file_without_its_text_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"its part content\.xml is missing"):
        read_document("cv.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text"}))


def test_an_office_file_with_broken_xml_is_refused_with_the_line() -> None:
    with pytest.raises(InvalidInput, match="line 1, column"):
        read_document("cv.docx", word_body("<w:p>"))
