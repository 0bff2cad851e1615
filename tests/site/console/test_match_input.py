"""Reading what `synchromesh match` is given."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document as WordFile
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.documents import DEFAULT_LIMITS
from synchromesh.engine.errors import InvalidInput
from synchromesh.site.console.match_input import LARGEST_FILE, Line, read_lines, read_whole


def _lines(content: bytes, *, longest: int = 1000) -> list[Line]:
    return list(read_lines(io.BytesIO(content), longest=longest))


def _texts(content: bytes) -> list[str]:
    return [line.text for line in _lines(content)]


def test_only_a_line_feed_ends_a_line_and_the_last_one_needs_none() -> None:
    assert _texts(b"a\n\nb\r\nc\rd\xe2\x80\xa8e\x0cf") == ["a", "", "b", "c\rd\u2028e\x0cf"]
    assert _texts(b"a\n") == ["a"]
    assert _texts(b"") == []


def test_a_byte_order_mark_is_no_part_of_the_first_line_and_stays_in_others() -> None:
    assert _texts(b"\xef\xbb\xbfa\n\xef\xbb\xbfb") == ["a", "\ufeffb"]


def test_a_line_that_is_not_utf_8_is_refused_and_the_others_are_read() -> None:
    good, bad, after = _lines(b"good\nGr\xf6\xdfe\nafter")
    assert (good.text, bad.text, after.text) == ("good", "", "after")
    assert bad.refusal.startswith("Line 2 is not UTF-8: byte 3 ")


@pytest.mark.parametrize("length", [11, 46, 47, 5000, 3_000_000])
def test_a_line_that_is_too_long_is_refused_and_the_next_one_is_read(length: int) -> None:
    long, after = _lines(b"x" * length + b"\nafter", longest=10)
    assert long.refusal == "Line 1 has more than 10 characters. Cut it into several lines."
    assert after == Line(number=2, text="after")


def test_a_line_may_be_as_long_as_is_allowed_in_any_script() -> None:
    longest = "\N{BATTERY}" * 10
    for mark, end in ((b"", b"\r\n"), (b"\xef\xbb\xbf", b"\r\n"), (b"", b"")):
        assert _lines(mark + longest.encode() + end, longest=10)[0].text == longest


@given(st.binary(max_size=300))
def test_as_many_lines_come_out_as_went_in(content: bytes) -> None:
    expected = content.count(b"\n") + bool(content and not content.endswith(b"\n"))
    found = _lines(content, longest=20)
    assert [line.number for line in found] == list(range(1, expected + 1))
    assert all(line.refusal == "" or line.text == "" for line in found)


@pytest.mark.parametrize("name", ["cv.txt", "notes.md", "README"])
def test_plain_text_stays_as_it_is(tmp_path: Path, name: str) -> None:
    text = "Isolate\r\n\thigh  voltage\u200b مرحبا"
    (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_whole(str(tmp_path / name)).text == text


def test_a_word_file_is_read_whatever_its_name_says(tmp_path: Path) -> None:
    word = WordFile()
    word.add_paragraph("I isolate high-voltage systems.")
    for name in ("cv.docx", "cv.txt"):
        word.save(str(tmp_path / name))
        assert "I isolate high-voltage systems." in read_whole(str(tmp_path / name)).text


def test_text_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    (tmp_path / "cv.txt").write_bytes("Ich prüfe die Maße von Schweißnähten.\n".encode("cp1252") * 5)
    assert "Maße" in read_whole(str(tmp_path / "cv.txt")).text


@pytest.mark.parametrize("content", [b"", b" \n\r\n\t"])
def test_a_file_without_words_is_an_empty_text(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "empty.pdf").write_bytes(content)
    assert read_whole(str(tmp_path / "empty.pdf")).text == ""


@pytest.mark.parametrize("content", [bytes(range(256)) * 40, b"%PDF-1.7\nbroken", b"PK\x03\x04broken"])
def test_what_is_no_text_and_no_document_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "junk").write_bytes(content)
    with pytest.raises(InvalidInput) as refusal:
        read_whole(str(tmp_path / "junk"))
    assert refusal.value.field == "file"


@pytest.mark.parametrize("name", ["missing.txt", ".", "a\0b"])
def test_what_cannot_be_opened_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidInput, match="cannot be read: "):
        read_whole(str(tmp_path / name))


def test_no_file_is_read_that_the_readers_of_documents_refuse_for_its_size() -> None:
    assert DEFAULT_LIMITS.bytes == LARGEST_FILE


def test_of_a_longer_document_the_first_characters_are_read_and_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("<p>" + "word " * 50_000 + "</p>")
    whole = read_whole(str(tmp_path / "report.html"))
    assert len(whole.text) <= 200_000
    assert "Only the first 200,000 characters were read" in whole.notes[0]


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    with file.open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)
    with pytest.raises(InvalidInput, match="larger than 5 MB"):
        read_whole(str(file))
