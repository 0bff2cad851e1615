"""Files are taken out of a PDF within bounds; what is damaged, too large or locked does no harm."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from synchromesh.engine.credential_formats.limits import MOST_BYTES
from synchromesh.engine.credential_formats.pdf_attachments import (
    LARGEST_PDF,
    MOST_FILES,
    PdfContents,
    is_pdf,
    read_contents,
)
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal


def pdf_with(*files: bytes, title: str = "", password: str | None = None, opens: str = "") -> bytes:
    """A PDF of one empty page with these files inside."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    for number, content in enumerate(files):
        writer.add_attachment(f"file-{number}.json", content)
    if title:
        writer.add_metadata({"/Title": title})
    if password is not None:
        writer.encrypt(opens, password, algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


PLAIN = pdf_with(b'{"a": 1}', b"second", title="Ασφάλεια")


def test_title_and_files_are_read_with_their_names() -> None:
    assert read_contents(PLAIN) == PdfContents(
        title="Ασφάλεια", files=(("file-0.json", b'{"a": 1}'), ("file-1.json", b"second"))
    )
    assert read_contents(pdf_with()) == PdfContents(title="", files=())


def test_more_files_than_a_credential_has_are_left_out_and_so_are_huge_ones() -> None:
    assert len(read_contents(pdf_with(*[b"x"] * (MOST_FILES + 5))).files) == MOST_FILES
    assert read_contents(pdf_with(bytes(MOST_BYTES + 1), b"small")).files == (("file-1.json", b"small"),)


def test_a_pdf_that_is_locked_against_copying_is_read_and_one_that_is_locked_is_refused() -> None:
    assert read_contents(pdf_with(b"inside", password="owner")).files == (("file-0.json", b"inside"),)
    with pytest.raises(Refusal, match="password"):
        read_contents(pdf_with(b"inside", password="owner", opens="secret"))


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", PLAIN[:200], b"%PDF-1.7\nstartxref\n0\n%%EOF", b""])
def test_a_damaged_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal) as refusal:
        read_contents(data)
    assert refusal.value.reason is Reason.PDF_UNREADABLE


def test_a_pdf_that_is_too_large_is_refused_before_it_is_opened() -> None:
    with pytest.raises(Refusal) as refusal:
        read_contents(PLAIN + bytes(LARGEST_PDF))
    assert refusal.value.reason is Reason.TOO_LARGE


def test_the_mark_of_the_format_may_stand_a_little_later() -> None:
    assert is_pdf(PLAIN)
    assert is_pdf(b"x" * 1_000 + b"%PDF-1.7")
    assert not is_pdf(b"x" * 2_000 + b"%PDF-1.7")
    assert not is_pdf(b"{}")


@settings(max_examples=80)
@given(place=st.integers(0, len(PLAIN) - 1), other=st.binary(max_size=8))
def test_no_damage_makes_it_fail(place: int, other: bytes) -> None:
    try:
        contents = read_contents(PLAIN[:place] + other + PLAIN[place + len(other) + 1 :])
    except Refusal:
        return
    assert len(contents.files) <= 2
