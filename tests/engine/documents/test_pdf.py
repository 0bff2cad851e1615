"""PDF: pages, passwords, scans, attached Europass data, bounds."""

from __future__ import annotations

import itertools
import logging
from dataclasses import replace

import pytest
from tests.engine.documents.samples import (
    CANDIDATE_PROFILE,
    LEARNER_INFO,
    candidate,
    locked_pdf,
    pdf_objects,
    pdf_of_lines,
    pdf_of_pages,
    pdf_stream,
    pdf_with_attachment,
    pdf_with_attachments,
    typeset_pdf,
)

from synchromesh.engine.documents import DEFAULT_LIMITS, Document, read_document
from synchromesh.engine.documents.pdf_file import StoppedError, bounded_pdf
from synchromesh.engine.errors import InvalidInput


def passages(document: Document) -> list[tuple[str, str, str]]:
    """(kind, place, text) of each block."""
    return [(block.kind, block.place, document.text[block.start : block.end]) for block in document.blocks]


def test_pages_are_read_in_order_and_named_in_the_places() -> None:
    document = read_document("cv.pdf", pdf_of_lines(["WORK EXPERIENCE", "Assembled modules."], ["Second page"]))
    assert document.format == "pdf"
    assert document.problems == ()
    assert passages(document) == [
        ("heading", "page 1", "WORK EXPERIENCE"),
        ("paragraph", "page 1", "Assembled modules."),
        ("paragraph", "page 2", "Second page"),
    ]


def test_wrapped_lines_become_paragraphs_again_and_hyphens_at_line_ends_are_taken_out() -> None:
    document = read_document(
        "cv.pdf",
        pdf_of_lines(
            [
                "I worked for five years in the manufacture of cells and was respon-",
                "sible for the training of new colleagues in the safe hand-",
                "ling of systems and their batteries.",
            ]
        ),
    )
    assert document.text == (
        "I worked for five years in the manufacture of cells and was responsible for the training of new colleagues "
        "in the safe handling of systems and their batteries."
    )


def test_letters_of_every_script_of_the_alliance_are_read() -> None:
    document = read_document("cv.pdf", typeset_pdf("Größe, údržba baterií, gestão, Ασφάλεια μπαταριών, батерия"))
    assert document.text == "Größe, údržba baterií, gestão, Ασφάλεια μπαταριών, батерия"


def test_a_pdf_with_a_password_is_refused() -> None:
    with pytest.raises(InvalidInput, match="protected with a password"):
        read_document("cv.pdf", locked_pdf("secret"))


def test_a_pdf_that_only_restricts_changes_is_read() -> None:
    assert "battery modules" in read_document("cv.pdf", locked_pdf("secret", owner_only=True)).text


def test_a_scan_is_refused_with_what_to_do() -> None:
    with pytest.raises(InvalidInput, match=r"no text in cv\.pdf.*Run text recognition"):
        read_document("cv.pdf", pdf_of_pages(b"0 0 10 10 re f", b""))


def test_only_the_first_pages_are_read() -> None:
    document = read_document(
        "report.pdf", pdf_of_lines(["One"], ["Two"], ["Three"]), limits=replace(DEFAULT_LIMITS, pages=2)
    )
    assert document.text == "One\nTwo"
    assert document.problems[0].message == "Only the first 2 of 3 pages were read."


def test_a_damaged_page_is_reported_and_the_others_are_read() -> None:
    broken = pdf_of_pages(b"BT /F1 9 Tf (One) Tj ET", b"BT /F1 9 Tf (" + b"x" * 99, b"BT /F1 9 Tf (Three) Tj ET")
    document = read_document("report.pdf", broken)
    assert document.text == "One\nThree"
    assert [(problem.position, problem.message) for problem in document.problems] == [
        ("page 2", "This page could not be read: it is damaged.")
    ]


@pytest.mark.parametrize("root", ["candidate", "learner_info"])
def test_attached_europass_data_are_read_in_preference_and_it_says_so(root: str) -> None:
    data = candidate(CANDIDATE_PROFILE) if root == "candidate" else LEARNER_INFO
    document = read_document("cv.pdf", pdf_with_attachment("attachment.xml", data))
    assert document.format == "europass_pdf"
    assert document.text == read_document("cv.xml", data).text
    assert "printed page" not in document.text
    assert "attachment.xml" in document.problems[0].message


@pytest.mark.parametrize(
    ("name", "content"),
    [("cv.docx", b"PK\x03\x04"), ("invoice.xml", b"<Invoice/>"), ("attachment.xml", b"<Candidate></Candidate>")],
)
def test_other_attachments_are_left_alone(name: str, content: bytes) -> None:
    document = read_document("cv.pdf", pdf_with_attachment(name, content))
    assert (document.format, document.text, document.problems) == ("pdf", "The printed page.", ())


def test_broken_europass_data_are_reported_and_the_pages_read() -> None:
    document = read_document("cv.pdf", pdf_with_attachment("attachment.xml", candidate(CANDIDATE_PROFILE)[:-40]))
    assert (document.format, document.text) == ("pdf", "The printed page.")
    assert "The pages were read instead." in document.problems[0].message


def test_a_bomb_in_a_page_is_refused() -> None:
    with pytest.raises(InvalidInput, match="it is too large"):
        read_document("cv.pdf", pdf_of_pages(b"BT /F1 9 Tf (a) Tj " + b" " * 30_000_000))


def test_a_page_with_endless_text_is_refused() -> None:
    with pytest.raises(InvalidInput, match="more text than is read of a whole document"):
        read_document("cv.pdf", pdf_of_pages(b"BT /F1 9 Tf (" + b"a" * 300_000 + b") Tj ET"))


def test_a_document_that_unpacks_to_too_much_is_read_up_to_there() -> None:
    page = b"BT /F1 9 Tf (Page) Tj ET" + b" " * 60_000
    document = read_document(
        "cv.pdf", pdf_of_pages(page, page, page), limits=replace(DEFAULT_LIMITS, unpacked_bytes=150_000)
    )
    assert document.text == "Page\nPage"
    assert document.problems[0].message == "Reading stopped here: it unpacks to more than 150,000 bytes."


def test_attachments_are_unpacked_until_they_are_too_large_together() -> None:
    data = pdf_with_attachments(*[bytes(60_000)] * 50)
    limits = replace(DEFAULT_LIMITS, unpacked_bytes=150_000)
    with bounded_pdf(data, name="cv.pdf", limits=limits) as pdf:
        assert len(list(pdf.attachments())) == 3
    with bounded_pdf(data, name="cv.pdf", limits=DEFAULT_LIMITS) as pdf:
        assert len(list(pdf.attachments())) == 50
    with pytest.raises(InvalidInput, match="unpacks to more than 150,000 bytes"):
        read_document("cv.pdf", data, limits=limits)


def test_a_damaged_attachment_is_left_out_and_the_others_are_read() -> None:
    data = pdf_with_attachments(b"one", b"two", b"three").replace(b"/F 8 0 R", b"/X 8 0 R")
    with bounded_pdf(data, name="cv.pdf", limits=DEFAULT_LIMITS) as pdf:
        assert [content for _, content in pdf.attachments()] == [b"one", b"three"]


def test_reading_stops_when_the_time_is_over() -> None:
    ticks = itertools.count()
    data = pdf_of_pages(b"BT /F1 9 Tf " + b"(a) Tj " * 50 + b"ET")
    with (
        bounded_pdf(data, name="cv.pdf", limits=DEFAULT_LIMITS, clock=lambda: float(next(ticks))) as pdf,
        pytest.raises(StoppedError, match="more than 20 seconds"),
    ):
        pdf.page_lines(0)
    with pytest.raises(InvalidInput, match="took more than 0 seconds"):
        read_document("cv.pdf", data, limits=replace(DEFAULT_LIMITS, seconds=0))


def test_a_drawing_that_draws_itself_does_not_go_on_for_ever() -> None:
    form = b"/Self Do BT /F1 9 Tf (again) Tj ET"
    data = pdf_objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 5 0 R /Resources 6 0 R >>",
        pdf_stream(b"/Self Do"),
        b"<< /Font << /F1 3 0 R >> /XObject << /Self 7 0 R >> >>",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources 6 0 R /Length %d >>\nstream\n%s\nendstream"
        % (len(form), form),
    )
    assert read_document("cv.pdf", data).text == "again"


def test_a_page_tree_that_holds_itself_is_refused() -> None:
    with pytest.raises(InvalidInput):
        read_document(
            "cv.pdf",
            pdf_objects(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"),
        )


def test_nothing_of_a_damaged_file_reaches_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        read_document("cv.pdf", pdf_of_lines(["Ada"]).replace(b"startxref\n", b"startxref\n9"))
    assert caplog.records == []
