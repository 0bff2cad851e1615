"""Signatures of pages: what was signed verifies; what was changed or appended later is found out."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from tests.engine.credential_formats.printed_records import FULL
from tests.engine.credential_formats.seal_keys import AUTHORITY, SEALER, UNTIL, seal_key

from synchromesh.engine.credential_formats.pdf_signatures import check_pages, is_library_installed, sign_pages
from synchromesh.engine.credential_formats.printed_certificate import Attachment, print_pdf
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal
from synchromesh.engine.errors import InvalidInput

pytest.importorskip("pyhanko", reason="PDF signatures need the extra “full”.")

NOW = datetime(2026, 11, 23, tzinfo=UTC)
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
FILE = Attachment(name="credential.json", data=b"{}", media_type="application/vc", description="Signed credential")
PDF = print_pdf(FULL, attachments=[FILE])
SIGNED = sign_pages(PDF, seal_key=seal_key("ES256"), at=AT)


def reason_of(pdf: bytes, now: datetime = NOW) -> Reason:
    """Why the pages are refused."""
    with pytest.raises(Refusal) as refusal:
        check_pages(pdf, now=now)
    return refusal.value.reason


@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "ES384", "ES512", "EdDSA"])
def test_signed_pages_verify_and_name_who_signed_and_when(algorithm: str) -> None:
    signed = sign_pages(PDF, seal_key=seal_key(algorithm), at=AT)
    pages = check_pages(signed, now=NOW)
    assert pages is not None
    assert (pages.certificate.subject, pages.certificate.issuer) == (SEALER, AUTHORITY)
    assert pages.certificates == seal_key(algorithm).certificates
    assert pages.signed_at == AT
    assert pages.revision == signed


def test_pages_that_nobody_signed_are_no_fault() -> None:
    assert check_pages(PDF, now=NOW) is None


def test_the_same_pdf_key_and_instant_give_the_same_bytes() -> None:
    assert sign_pages(PDF, seal_key=seal_key(), at=AT) == sign_pages(PDF, seal_key=seal_key(), at=AT)


def test_the_signature_is_of_the_kind_that_pades_asks_for_and_leaves_the_pdf_as_it_was() -> None:
    assert SIGNED.startswith(PDF)
    root: Any = PdfReader(BytesIO(SIGNED)).root_object
    before: Any = PdfReader(BytesIO(PDF)).root_object
    (field,) = (item.get_object() for item in root["/AcroForm"]["/Fields"])
    signature = field["/V"]
    assert (signature["/SubFilter"], signature["/Filter"]) == ("/ETSI.CAdES.detached", "/Adobe.PPKLite")
    assert signature["/M"].startswith("D:20261120093000")
    # Printed (PDF/A) but out of the page (PDF/UA): nothing to see, nothing to read aloud.
    assert field["/F"] & 4
    assert not field["/F"] & 2
    assert all(float(edge) < 0 for edge in field["/Rect"])
    # What the metadata say, among it that this is PDF/A-3 and PDF/UA, is not written anew.
    assert root["/Metadata"].get_object().get_data() == before["/Metadata"].get_object().get_data()


def test_a_page_that_was_changed_inside_is_found_out() -> None:
    place = PDF.index(b"/MediaBox")
    assert reason_of(SIGNED[:place] + b"/MediaBux" + SIGNED[place + 9 :]) is Reason.PAGES_CHANGED


def test_a_page_that_was_appended_or_put_over_is_found_out() -> None:
    writer = PdfWriter(BytesIO(SIGNED), incremental=True)
    writer.add_blank_page(200, 200)
    out = BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(SIGNED)
    assert reason_of(out.getvalue()) is Reason.PAGES_CHANGED


def test_loose_bytes_after_the_signature_are_found_out_but_empty_lines_are_no_change() -> None:
    broken_update = b"\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF"
    assert reason_of(SIGNED + broken_update) in (Reason.PAGES_CHANGED, Reason.PAGES_NOT_CHECKED)
    assert reason_of(SIGNED + b"x") is Reason.PAGES_CHANGED
    assert check_pages(SIGNED + b"\r\n \n", now=NOW) is not None


def test_a_second_signature_over_the_first_is_no_change_and_the_last_one_counts() -> None:
    twice = sign_pages(PDF, seal_key=seal_key("ES384"), at=AT)
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

    signer = SimpleSigner.load_pkcs12_data(_packed(), [], passphrase=b"a long password")
    second = PdfSigner(
        PdfSignatureMetadata(field_name="Second"), signer=signer, new_field_spec=SigFieldSpec("Second")
    ).sign_pdf(IncrementalPdfFileWriter(BytesIO(twice)))
    pages = check_pages(second.getvalue(), now=datetime.now(tz=UTC))
    assert pages is not None
    assert pages.revision == second.getvalue()


def _packed() -> bytes:
    from cryptography.hazmat.primitives.asymmetric import ec
    from tests.engine.credential_formats.seal_keys import pack

    return pack(ec.generate_private_key(ec.SECP256R1()))


def test_a_certificate_that_had_ended_before_is_named_with_its_dates() -> None:
    late = sign_pages(PDF, seal_key=seal_key("ES256"), at=UNTIL + timedelta(days=1))
    assert reason_of(late) is Reason.CERTIFICATE_OUT_OF_DATE


def test_a_damaged_signature_could_not_be_checked() -> None:
    place = SIGNED.index(b"/Contents <") + 20
    assert reason_of(SIGNED[:place] + b"0" * 400 + SIGNED[place + 400 :]) is Reason.PAGES_NOT_CHECKED


def test_without_the_library_nothing_is_signed_and_a_check_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_library_installed()
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyhanko"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    assert not is_library_installed()
    with pytest.raises(InvalidInput, match="full"):
        sign_pages(PDF, seal_key=seal_key("ES256"), at=AT)
    with pytest.raises(Refusal, match="not installed"):
        check_pages(SIGNED, now=NOW)
    assert check_pages(PDF, now=NOW) is None


@settings(max_examples=60)
@given(place=st.integers(0, len(SIGNED) - 1), byte=st.integers(0, 255))
def test_no_changed_byte_of_what_was_signed_passes(place: int, byte: int) -> None:
    changed = SIGNED[:place] + bytes((byte,)) + SIGNED[place + 1 :]
    try:
        pages = check_pages(changed, now=NOW)
    except Refusal:
        return
    # What passes is the same text, or the hexadecimal digits of the signature in other letters.
    gap = SIGNED.index(b"/Contents <"), SIGNED.index(b"/ByteRange")
    same = changed == SIGNED or gap[0] <= place <= gap[1] or pages is None
    assert same
