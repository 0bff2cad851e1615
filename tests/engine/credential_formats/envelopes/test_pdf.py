"""PDF credentials: the file inside is checked, the pages are only believed where they are signed as well."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from tests.engine.credential_formats.printed_records import FULL
from tests.engine.credential_formats.seal_keys import AUTHORITY, SEALER, seal_key

from synchromesh.engine.credential_formats.certificates import identifiers_of_chain
from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.did_documents import StatedKey, did_document
from synchromesh.engine.credential_formats.envelopes import european_learning_model, open_badge, pdf
from synchromesh.engine.credential_formats.offline import Offline
from synchromesh.engine.credential_formats.pdf_signatures import is_library_installed, sign_pages
from synchromesh.engine.credential_formats.printed_certificate import Attachment, print_pdf
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.sentences import reason_sentence
from synchromesh.engine.credential_formats.signing_keys import key_from_seed
from synchromesh.engine.credential_formats.surroundings import IssuerStanding
from synchromesh.engine.credential_formats.verdicts import CheckedCredential, IssuerWord, SignatureWord, StatusWord

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DID = FULL.issuer.did
SIGNER = key_from_seed(bytes(range(32)), f"{DID}#key-1")
DIDS = {DID: did_document(DID, [StatedKey(fragment="key-1", public=SIGNER.public_bytes())])}
KNOWN = {DID: IssuerStanding(name="Example Skills Alliance")}
RECORD = replace(FULL, status=())
BADGE = open_badge.seal(RECORD, signer=SIGNER)
PLAIN = pdf.seal(RECORD, signer=SIGNER)
needs_library = pytest.mark.skipif(not is_library_installed(), reason="PDF signatures need the extra “full”.")


def around(**answers: Any) -> Offline:
    """Nobody is asked but who is named; the registry knows the issuer."""
    return Offline(**{"now": NOW, "did_documents": DIDS, "standings": KNOWN, **answers})


def lines(checked: CheckedCredential) -> tuple[str, str, str]:
    """The three words."""
    return checked.signature.word, checked.status.word, checked.issuer.word


def attached(name: str, data: bytes) -> Attachment:
    """A file to put into a PDF."""
    return Attachment(name=name, data=data, media_type="application/json", description="A file")


def test_the_open_badge_inside_is_checked_and_the_pages_are_said_to_be_unsigned() -> None:
    checked = check_credential(PLAIN, around=around())
    assert checked.format == "pdf"
    assert lines(checked) == (SignatureWord.GOOD, StatusWord.VALID, IssuerWord.KNOWN)
    assert checked.signature.reason == Reason.PAGES_NOT_SIGNED
    assert "believe what is shown here" in reason_sentence(checked.signature)
    assert checked.document == json.loads(BADGE)
    assert checked.shown.holder == FULL.holder.name


def test_the_same_record_and_key_give_the_same_bytes() -> None:
    assert pdf.seal(RECORD, signer=SIGNER) == PLAIN


def test_files_that_were_issued_before_are_put_inside_as_they_are_and_all_are_checked() -> None:
    european = european_learning_model.seal(RECORD, signer=SIGNER)
    files = [attached("note.json", b"{}"), attached("credential.jsonld", european), attached("credential.json", BADGE)]
    made = pdf.seal(RECORD, signer=SIGNER, attachments=files)
    assert {name: content for name, (content,) in PdfReader(BytesIO(made)).attachments.items()} == {
        "note.json": b"{}", "credential.jsonld": european, "credential.json": BADGE
    }  # fmt: skip
    checked = check_credential(made, around=around())
    # Files are read in the order of their names, and what is no credential is passed over.
    assert [part.format for part in checked.parts] == ["european_learning_model"]
    assert {lines(checked), *(lines(part) for part in checked.parts)} == {("good", "valid", "known")}


def test_a_changed_file_inside_is_altered_whatever_the_pages_say() -> None:
    changed = BADGE.replace(b"Example Skills Alliance", b"Another Skills Alliance")
    checked = check_credential(print_pdf(RECORD, attachments=[attached("a.json", changed)]), around=around())
    assert checked.signature.word == SignatureWord.ALTERED
    assert checked.status.word == StatusWord.COULD_NOT_CHECK


def test_a_pdf_with_nothing_inside_could_not_be_checked() -> None:
    for empty in (print_pdf(RECORD), print_pdf(RECORD, attachments=[attached("a.json", b"{}")])):
        checked = check_credential(empty, around=around())
        assert set(lines(checked)) == {"could_not_check"}
        assert checked.signature.reason == Reason.NOTHING_INSIDE
        assert checked.shown.title == "High-voltage battery safety"


def test_a_pdf_inside_a_pdf_is_not_followed() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("inner.pdf", PLAIN)
    out = BytesIO()
    writer.write(out)
    assert check_credential(out.getvalue(), around=around()).signature.reason == Reason.NOTHING_INSIDE


def test_a_damaged_pdf_could_not_be_checked() -> None:
    checked = check_credential(PLAIN[:5_000], around=around())
    assert (checked.signature.word, checked.signature.reason) == ("could_not_check", Reason.PDF_UNREADABLE)


@needs_library
def test_pages_signed_with_the_configured_certificate_are_vouched_for_by_name() -> None:
    checked = check_credential(pdf.seal(RECORD, signer=SIGNER, seal_key=seal_key("ES256")), around=around())
    assert lines(checked) == (SignatureWord.GOOD, StatusWord.VALID, IssuerWord.KNOWN)
    assert checked.signature.reason == Reason.PAGES_SIGNED
    assert (checked.signature.details["signer"], checked.signature.details["authority"]) == (SEALER, AUTHORITY)


@needs_library
def test_signed_pages_do_not_make_a_bad_file_inside_good() -> None:
    changed = BADGE.replace(b"Example Skills Alliance", b"Another Skills Alliance")
    made = pdf.seal(
        RECORD, signer=SIGNER, seal_key=seal_key("ES256"), attachments=[attached("credential.json", changed)]
    )
    assert check_credential(made, around=around()).signature.word == SignatureWord.ALTERED


@needs_library
def test_a_file_that_was_exchanged_after_the_pages_were_signed_is_found_out() -> None:
    signed = pdf.seal(RECORD, signer=SIGNER, seal_key=seal_key("ES256"))
    writer = PdfWriter(BytesIO(signed), incremental=True)
    writer.add_attachment("another.json", BADGE)
    out = BytesIO()
    writer.write(out)
    checked = check_credential(out.getvalue(), around=around())
    assert lines(checked) == (SignatureWord.ALTERED, StatusWord.COULD_NOT_CHECK, IssuerWord.COULD_NOT_CHECK)
    assert checked.signature.reason == Reason.PAGES_CHANGED


@needs_library
def test_signed_pages_without_a_file_inside_say_who_signed_but_not_whether_it_holds() -> None:
    signed = sign_pages(print_pdf(RECORD), seal_key=seal_key("ES256"), at=FULL.issued_at)
    fingerprint = identifiers_of_chain(seal_key("ES256").certificates)[0]
    checked = check_credential(signed, around=around(standings={fingerprint: KNOWN[DID]}))
    assert lines(checked) == (SignatureWord.GOOD, StatusWord.COULD_NOT_CHECK, IssuerWord.KNOWN)
    assert checked.signature.reason == Reason.PAGES_SIGNED_ONLY
    assert check_credential(signed, around=around()).issuer.word == IssuerWord.UNKNOWN


@needs_library
def test_a_damaged_signature_of_the_pages_leaves_the_line_open() -> None:
    signed = pdf.seal(RECORD, signer=SIGNER, seal_key=seal_key("ES256"))
    place = signed.index(b"/Contents <") + 20
    checked = check_credential(signed[:place] + b"0" * 400 + signed[place + 400 :], around=around())
    assert (checked.signature.word, checked.signature.reason) == ("could_not_check", Reason.PAGES_NOT_CHECKED)


@needs_library
def test_without_the_library_the_file_inside_still_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    signed = pdf.seal(RECORD, signer=SIGNER, seal_key=seal_key("ES256"))
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyhanko"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    checked = check_credential(signed, around=around())
    assert (checked.signature.word, checked.signature.reason) == ("good", Reason.PAGES_NOT_CHECKED)
    assert "not installed" in reason_sentence(checked.signature)


@settings(max_examples=60)
@given(place=st.integers(0, len(PLAIN) - 1), other=st.binary(max_size=6))
def test_no_damage_makes_it_fail_or_passes_as_another_document(place: int, other: bytes) -> None:
    checked = pdf.check(PLAIN[:place] + other + PLAIN[place + len(other) + 1 :], around=around())
    if checked.signature.word == SignatureWord.GOOD:
        assert checked.document == json.loads(BADGE)
