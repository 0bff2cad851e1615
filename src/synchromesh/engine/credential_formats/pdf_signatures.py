"""Signatures of the pages of a PDF: made at level PAdES B-B, checked whoever made them.

Made and checked by pyHanko, which the extra `full` installs. Sources: ETSI EN 319 142-1 (PAdES baseline signatures);
ISO 32000-2, 12.8 (digital signatures). The signature is an appended part, so that the PDF stays PDF/A-3 and PDF/UA-1:
its field has no place on a page. Whether an authority vouches for the signer is no question here, but of the registry.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from synchromesh.engine.credential_formats.certificates import Certificate, SealKey, ordered_chain, read_certificate
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal
from synchromesh.engine.errors import InvalidInput

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.signers import PdfSigner, Signer
    from pyhanko.sign.validation import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import PdfSignatureStatus

_FIELD = "Seal"
_MOST_SIGNATURES = 5
# The digest of each algorithm; RFC 8419 fixes that of Ed25519.
_DIGESTS = {"RS256": "sha256", "ES256": "sha256", "ES384": "sha384", "ES512": "sha512", "EdDSA": "sha512"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPages:
    """Pages that are as they were signed. `certificates` are DER, the signer's first; the instant is the signer's.

    `revision` is the PDF up to the last signature: what was really signed, whatever was appended to it later.
    """

    revision: bytes
    certificate: Certificate
    certificates: tuple[bytes, ...]
    signed_at: datetime | None


def sign_pages(pdf: bytes, *, seal_key: SealKey, at: datetime) -> bytes:
    """Append a PAdES B-B signature over the whole PDF.

    The same PDF, key and instant give the same bytes where the algorithm does. Raises InvalidInput where the library
    for it is not installed, and what the key raises.
    """
    _silence()
    if not is_library_installed():
        raise InvalidInput(
            "To sign PDF files, install the extra “full” (pyHanko), or take the certificate out of the settings."
        )
    signed: bytes = _signer_at(seal_key, at).sign_pdf(_appending_writer(pdf, at)).getvalue()
    return signed


def check_pages(pdf: bytes, *, now: datetime) -> SignedPages | None:
    """Return who signed the pages last; None where nobody did. All signatures must hold, and nothing may follow them.

    Raises Refusal: PAGES_CHANGED, CERTIFICATE_OUT_OF_DATE, or PAGES_NOT_CHECKED for a signature that is damaged, and
    where the library for it is not installed.
    """
    # A signature cannot be without the list of the bytes that it covers (ISO 32000-2, 12.8.1).
    if b"/ByteRange" not in pdf:
        return None
    _silence()
    try:
        from pyhanko.pdf_utils.reader import PdfFileReader
    except ImportError:
        raise Refusal(Reason.PAGES_NOT_CHECKED, problem="the library for it (pyHanko) is not installed.") from None
    try:
        return _last_signer(PdfFileReader(BytesIO(pdf), strict=False), pdf, now)
    except Refusal:
        raise
    except Exception:  # the library may raise anything on a damaged file
        raise Refusal(Reason.PAGES_NOT_CHECKED, problem="it is damaged.") from None


def is_library_installed() -> bool:
    """Whether PDF signatures can be made and checked here."""
    try:
        import pyhanko  # noqa: F401
    except ImportError:
        return False
    return True


def _last_signer(reader: PdfFileReader, pdf: bytes, now: datetime) -> SignedPages | None:
    signatures: Sequence[EmbeddedPdfSignature] = reader.embedded_regular_signatures
    if not signatures:
        return None
    if len(signatures) > _MOST_SIGNATURES:
        raise Refusal(Reason.PAGES_NOT_CHECKED, problem=f"there are more than {_MOST_SIGNATURES}.")
    last = signatures[-1]
    for signature in signatures:
        _refuse_change(signature, is_last=signature is last)
    _, _, start, length = last.byte_range
    end = int(start) + int(length)
    # What follows must be a part of the PDF that was looked at, never loose bytes that a lenient viewer might take up.
    if pdf[end:].strip() and reader.total_revisions <= last.signed_revision + 1:
        raise Refusal(Reason.PAGES_CHANGED, signer=read_certificate(_der(last.signer_cert)).subject)
    leaf = _der(last.signer_cert)
    certificate, signed_at = read_certificate(leaf), last.self_reported_timestamp
    if not certificate.held_at(signed_at or now):
        raise Refusal(
            Reason.CERTIFICATE_OUT_OF_DATE,
            signer=certificate.subject,
            since=certificate.not_before.date().isoformat(),
            until=certificate.not_after.date().isoformat(),
        )
    chain = ordered_chain([leaf, *(_der(other) for other in last.other_embedded_certs)])
    return SignedPages(
        revision=pdf[:end],
        certificate=certificate,
        certificates=chain,
        signed_at=signed_at.astimezone(UTC) if signed_at else None,
    )


def _der(certificate: Any) -> bytes:
    encoded: bytes = certificate.dump()
    return encoded


def _refuse_change(signature: EmbeddedPdfSignature, *, is_last: bool) -> None:
    """After the last signature nothing may come but proofs for its long life; between them, other signatures."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel

    status = _status_of(signature)
    held = status.intact and status.valid and status.docmdp_ok is not False
    if is_last and status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        held = held and status.modification_level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)
    if not held:
        raise Refusal(Reason.PAGES_CHANGED, signer=read_certificate(_der(signature.signer_cert)).subject)


def _status_of(signature: EmbeddedPdfSignature) -> PdfSignatureStatus:
    """Integrity only: without any authority that is trusted, the library asks nobody about the certificate."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    return validate_pdf_signature(signature, signer_validation_context=nobody)


def _appending_writer(pdf: bytes, at: datetime) -> IncrementalPdfFileWriter:
    from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class AppendingWriter(IncrementalPdfFileWriter):  # type: ignore[misc, unused-ignore]
        """Leaves the metadata as they are: written anew by the library, they would not be those of PDF/A any more."""

        def _update_meta(self) -> None:
            pass

    writer = AppendingWriter(BytesIO(pdf))
    # The second half of the identifier is chance in the library; here it follows from the content.
    first, _ = writer.document_id
    changed = ByteStringObject(hashlib.sha256(pdf + at.isoformat().encode()).digest()[:16])
    writer._document_id = ArrayObject([first, changed])
    return writer


def _signer_at(seal_key: SealKey, at: datetime) -> PdfSigner:
    from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    class SignerAt(PdfSigner):  # type: ignore[misc, unused-ignore]
        """The library takes the clock's time; here the caller says when."""

        def init_signing_session(self, *args: Any, **options: Any) -> Any:
            session = super().init_signing_session(*args, **options)
            session.system_time = at.astimezone(UTC).replace(microsecond=0)
            return session

    meta = PdfSignatureMetadata(
        field_name=_FIELD, md_algorithm=_DIGESTS[seal_key.algorithm], subfilter=SigSeedSubFilter.PADES
    )
    # PDF/A asks for the print flag, PDF/UA for a place outside of the page where the field is not tagged.
    unseen = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)
    field = SigFieldSpec(sig_field_name=_FIELD, invis_sig_settings=unseen, readable_field_name=_FIELD)
    return SignerAt(meta, signer=_pyhanko_signer(seal_key), new_field_spec=field)


def _pyhanko_signer(seal_key: SealKey) -> Signer:
    from asn1crypto import x509
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
    from pyhanko.sign.signers import Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    read: Any = x509.Certificate
    store: Any = SimpleCertificateStore
    leaf, *others = (read.load(der) for der in seal_key.certificates)

    class KeySigner(Signer):  # type: ignore[misc, unused-ignore]
        """Any seal key, also one that lies elsewhere."""

        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            signature = seal_key.sign(data)
            if not seal_key.algorithm.startswith("ES"):
                return signature
            half = len(signature) // 2
            r, s = int.from_bytes(signature[:half]), int.from_bytes(signature[half:])
            return encode_dss_signature(r, s)

    return KeySigner(signing_cert=leaf, cert_registry=store.from_certs(others))


def _silence() -> None:
    """The libraries log certificates and file names of strangers."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
