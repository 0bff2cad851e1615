"""PDF, page by page; and the Europass data that the Europass editor attaches to its PDF files.

Source: ISO 32000-2 as read by pypdf, https://pypdf.readthedocs.io; the editor attaches the CV as `attachment.xml`.
"""

from __future__ import annotations

from synchromesh.engine.documents.assembling import Assembly
from synchromesh.engine.documents.europass.reading import add_europass_xml, is_europass_xml
from synchromesh.engine.documents.lines import joined_lines
from synchromesh.engine.documents.model import Document, DocumentLimits
from synchromesh.engine.documents.pdf_file import PdfFile, StoppedError, bounded_pdf
from synchromesh.engine.documents.readers import Likeness
from synchromesh.engine.errors import InvalidInput

TITLE = "PDF"
_HEAD = 1_024  # where viewers look for the signature


def likeness(data: bytes) -> Likeness:
    """The signature stands near the beginning."""
    return Likeness.SURE if b"%PDF-" in data[:_HEAD] else Likeness.NO


def read(data: bytes, *, name: str, limits: DocumentLimits) -> Document:
    """Read attached Europass data where there are some, else the text of the pages.

    Raises InvalidInput for a password, for damage, and when there is no text (a scan).
    """
    with bounded_pdf(data, name=name, limits=limits) as pdf:
        assembly = Assembly(limits)
        if document := _attached(pdf, name, assembly):
            return document
        unread = _add_pages(assembly, pdf, limits)
    if assembly.is_empty and unread:
        reasons = "; ".join(f"{problem.position}: {problem.message}" for problem in assembly.problems[:2])
        raise InvalidInput(f"{name} could not be read. {reasons} Save it as PDF again and send that.")
    if assembly.is_empty:
        raise InvalidInput(
            f"There is no text in {name}, perhaps because it was scanned. Run text recognition (OCR) on it, or save "
            f"the document it was made from as PDF."
        )
    return assembly.finish("pdf", name=name)


def _attached(pdf: PdfFile, name: str, assembly: Assembly) -> Document | None:
    """Return the Europass CV attached to the file; a broken one is reported and the pages are read instead."""
    for file_name, content in pdf.attachments():
        if not is_europass_xml(content):
            continue
        attached = Assembly(assembly.limits)
        try:
            add_europass_xml(attached, content, name=f"the Europass data in {name}")
        except InvalidInput as error:
            assembly.report("attachment", f"{error.message} The pages were read instead.")
            continue
        if not attached.is_empty:
            shown = file_name[:80]
            attached.report(
                "attachment", f"The Europass data attached to the PDF ({shown}) were read, not the printed pages."
            )
            return attached.finish("europass_pdf", name=name)
    return None


def _add_pages(assembly: Assembly, pdf: PdfFile, limits: DocumentLimits) -> int:
    """Add the text of the pages and return how many could not be read."""
    unread = 0
    for index in range(min(pdf.page_count, limits.pages)):
        place = f"page {index + 1}"
        try:
            lines = pdf.page_lines(index)
        except StoppedError as stopped:
            assembly.report(place, f"Reading stopped here: {stopped}.")
            return unread + 1
        except ValueError as error:
            unread += 1
            assembly.report(place, f"This page could not be read: {error}.")
            continue
        for kind, passage in joined_lines(lines):
            assembly.add(kind, passage, place)
        if assembly.full:
            return unread
    if pdf.page_count > limits.pages:
        assembly.report(
            f"page {limits.pages + 1}", f"Only the first {limits.pages} of {pdf.page_count} pages were read."
        )
    return unread
