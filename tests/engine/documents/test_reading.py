"""What holds for every document, whatever its format."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.documents.samples import every_sample, zipped

from synchromesh.engine.documents import DEFAULT_LIMITS, Block, Document, read_document, readers
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.plugins import discover

SAMPLES = every_sample()
KINDS = {"heading", "paragraph", "list_item", "table_cell", "field"}


def assert_consistent(document: Document) -> None:
    """The blocks in their order, joined by line breaks, are the text; nothing in it is invisible."""
    assert "\n".join(document.text[block.start : block.end] for block in document.blocks) == document.text
    end = -1
    for block in document.blocks:
        assert end < block.start < block.end <= len(document.text)
        assert block.kind in KINDS
        assert block.place
        end = block.end
    assert unicodedata.is_normalized("NFC", document.text)
    assert not [c for c in document.text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn")]
    assert all(problem.message and problem.position for problem in document.problems)


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_format_gives_a_consistent_document(kind: str) -> None:
    document = read_document("file", SAMPLES[kind])
    assert_consistent(document)
    assert document.blocks


@given(text=st.text(max_size=400))
def test_any_text_gives_a_consistent_document_or_is_refused(text: str) -> None:
    try:
        document = read_document("file.txt", text.encode("utf-8", "surrogatepass"))
    except InvalidInput:
        return
    assert_consistent(document)


@given(data=st.binary(min_size=1, max_size=400))
def test_any_bytes_give_a_consistent_document_or_are_refused(data: bytes) -> None:
    try:
        document = read_document("file", data)
    except InvalidInput:
        return
    assert_consistent(document)


@pytest.mark.parametrize("kind", SAMPLES)
@given(most=st.integers(min_value=1, max_value=60))
def test_a_document_over_the_limit_is_cut_and_says_so(kind: str, most: int) -> None:
    whole = read_document("file", SAMPLES[kind])
    limits = replace(DEFAULT_LIMITS, characters=most)
    try:
        document = read_document("file", SAMPLES[kind], limits=limits)
    except InvalidInput:  # not even one word fits, or a page of a PDF is larger than the whole may be
        return
    assert_consistent(document)
    assert len(document.text) <= most
    if len(whole.text) > most:
        assert any("left out" in problem.message or "stopped" in problem.message for problem in document.problems)


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.parametrize("name", ["cv.pdf", "cv.docx", "cv.exe", "", "\u202ecv\x00" + "x" * 5_000])
def test_the_content_decides_the_format_and_not_the_name(kind: str, name: str) -> None:
    assert read_document(name, SAMPLES[kind]).text == read_document("file", SAMPLES[kind]).text


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"cv\.pdf is empty"):
        read_document("cv.pdf", b"")


def test_a_file_over_the_limit_is_refused() -> None:
    with pytest.raises(InvalidInput, match="at most 5,242,880 are read"):
        read_document("cv.txt", b"a" * (5 * 1024 * 1024 + 1))


@pytest.mark.parametrize("blank", [b" ", b"\n\n\t\n", "\u200b\u00ad\ufeff".encode()])
def test_a_file_without_text_is_refused(blank: bytes) -> None:
    with pytest.raises(InvalidInput, match="holds no text"):
        read_document("cv.txt", blank)


def test_a_name_is_shown_without_control_characters_and_not_longer_than_a_line() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_document("\u202e\x1b[31mcv" + "x" * 500, b"")
    assert caught.value.message.startswith("[31mcvxxx")
    assert len(caught.value.message) < 160


def test_the_block_at_a_position_is_found() -> None:
    document = read_document("cv.txt", b"First line.\n\nSecond line.")
    first, second = document.blocks
    assert document.block_at(0) == document.block_at(10) == first
    assert document.block_at(11) is None
    assert document.block_at(12) == second
    assert document.block_at(-1) is document.block_at(999) is None
    assert second == Block(start=12, end=24, kind="paragraph", place="paragraph 2")


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (rb"{\rtf1\ansi Hello}", "save it as PDF or DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as PDF or DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "picture; there is no text in it"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "picture; there is no text in it"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "picture; there is no text in it"),
        (zipped({"xl/workbook.xml": "<a/>"}), "a spreadsheet"),
        (zipped({"cv.pdf": b"%PDF-1.4"}), "Unpack it"),
        (b"\x1f\x8b\x08" + bytes(20), "Unpack it"),
        (b"<?xml version='1.0'?><note>Hi</note>", "no Europass CV"),
        (b'{"basics": {"name": "Ada"}}', "no Europass CV"),
        (bytes(range(256)), "is not a text"),
        (b"\x7fELF\x02\x01\x01" + bytes(60), "is not a text"),
    ],
)
def test_a_format_that_is_not_read_is_refused_with_what_to_do(data: bytes, hint: str) -> None:
    with pytest.raises(InvalidInput, match=hint):
        read_document("cv.docx", data)


def test_every_reader_keeps_the_contract() -> None:
    found = discover(readers)
    likeness = readers.Likeness
    assert sum(module.likeness(b"anything") == likeness.LAST_RESORT for module in found.values()) == 1
    for module in found.values():
        assert module.TITLE
        assert module.__doc__
        assert module.likeness(b"\x00") in (likeness.NO, likeness.LAST_RESORT)


@pytest.mark.parametrize("kind", SAMPLES)
def test_at_most_one_reader_is_sure_of_a_file(kind: str) -> None:
    sure = [n for n, m in discover(readers).items() if m.likeness(SAMPLES[kind]) == readers.Likeness.SURE]
    assert len(sure) <= 1
