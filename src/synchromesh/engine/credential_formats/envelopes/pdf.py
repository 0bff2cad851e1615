"""PDF for people: PDF/A-3 and PDF/UA, with the signed file inside and a QR code that leads to the check.

A program checks the file inside. The printed pages are vouched for only where they are signed as well (PAdES, with a
configured certificate), for anybody can print other pages around a good file; the verdict says which of both it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import replace

from synchromesh.engine.credential_formats import proved_badges
from synchromesh.engine.credential_formats.authorities import chain_identifiers
from synchromesh.engine.credential_formats.certificates import SealKey
from synchromesh.engine.credential_formats.issuers import check_issuer
from synchromesh.engine.credential_formats.multikeys import key_of_certificate
from synchromesh.engine.credential_formats.pdf_attachments import PdfContents, is_pdf, read_contents
from synchromesh.engine.credential_formats.pdf_signatures import (
    SignedPages,
    check_pages,
    is_library_installed,
    sign_pages,
)
from synchromesh.engine.credential_formats.printed_certificate import Attachment, print_pdf
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.records import CredentialRecord
from synchromesh.engine.credential_formats.refusals import Refusal, refused
from synchromesh.engine.credential_formats.surroundings import Signer, Surroundings
from synchromesh.engine.credential_formats.verdicts import (
    CheckedCredential,
    Shown,
    SignatureWord,
    StatusWord,
    Verdict,
)
from synchromesh.engine.credential_formats.wording import ENGLISH, Wording

TITLE = "PDF"
MEDIA_TYPE = "application/pdf"
ENDING = "pdf"
IS_WRITTEN = True
_NAME = "pdf"
# Set while the files of a PDF are checked: a PDF further inside, in whatever wrapping, is not opened. Files are packed
# so tightly that each could hold ten others, and those ten again.
_is_inside: ContextVar[bool] = ContextVar("is_inside", default=False)


def accepts(data: bytes) -> bool:
    """Whether it is a PDF, with or without a credential inside."""
    return is_pdf(data)


def seal(
    record: CredentialRecord,
    *,
    signer: Signer,
    seal_key: SealKey | None = None,
    wording: Wording = ENGLISH,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Print the credential with its signed files inside; without `attachments` an Open Badge is signed for it.

    `seal_key`, the configured certificate, signs the pages (PAdES B-B). Raises InvalidInput as `print_pdf`,
    `sign_pages` and the Open Badge do.
    """
    pdf = print_pdf(record, attachments=attachments or [_open_badge(record, signer)], wording=wording)
    return sign_pages(pdf, seal_key=seal_key, at=record.issued_at) if seal_key else pdf


def check(data: bytes, *, around: Surroundings) -> CheckedCredential:
    """Check the files inside and the signature of the pages. The first credential inside is the one that is shown."""
    if _is_inside.get():
        return refused(_NAME, Refusal(Reason.UNKNOWN_FORMAT))
    try:
        pages = _pages(data, around)
        # Only what was signed counts, not what was appended to it later.
        contents = read_contents(pages.revision if isinstance(pages, SignedPages) else data)
    except Refusal as refusal:
        return refused(_NAME, refusal)
    inside = _credentials_inside(contents, around)
    if inside:
        first, *others = inside
        return replace(
            first,
            format=_NAME,
            signature=_signature(first.signature, pages),
            parts=(*first.parts, *others),
        )
    if isinstance(pages, SignedPages):
        return _pages_only(pages, contents, around)
    return refused(_NAME, pages or Refusal(Reason.NOTHING_INSIDE), shown=Shown(title=contents.title))


def _open_badge(record: CredentialRecord, signer: Signer) -> Attachment:
    return Attachment(
        name="credential.json",
        data=proved_badges.seal_badge(record, signer=signer),
        media_type=proved_badges.MEDIA_TYPE,
        description=proved_badges.TITLE,
    )


def _pages(data: bytes, around: Surroundings) -> SignedPages | Refusal | None:
    """Who signed the pages, nobody, or why that could not be found out. Raises Refusal for pages that were changed."""
    try:
        return check_pages(data, now=around.now)
    except Refusal as refusal:
        if refusal.reason is Reason.PAGES_CHANGED:
            raise
        return refusal


def _credentials_inside(contents: PdfContents, around: Surroundings) -> list[CheckedCredential]:
    # Imported here: the checking of any file knows all envelopes, so also this one.
    from synchromesh.engine.credential_formats.checking import check_credential

    token = _is_inside.set(True)
    try:
        checked = [check_credential(content, around=around, name=name) for name, content in contents.files]
    finally:
        _is_inside.reset(token)
    return [credential for credential in checked if credential.signature.reason != Reason.UNKNOWN_FORMAT]


def _signature(inside: Verdict, pages: SignedPages | Refusal | None) -> Verdict:
    """The line for file and pages together: never better than that of the file."""
    if inside.word != SignatureWord.GOOD:
        return inside
    if pages is None:
        return Verdict(word=inside.word, reason=Reason.PAGES_NOT_SIGNED, details=inside.details)
    if isinstance(pages, SignedPages):
        details = {**inside.details, **_signer_details(pages)}
        return Verdict(word=inside.word, reason=Reason.PAGES_SIGNED, details=details)
    if is_library_installed():
        return pages.verdict()
    return Verdict(word=inside.word, reason=pages.reason, details={**inside.details, **pages.details})


def _pages_only(pages: SignedPages, contents: PdfContents, around: Surroundings) -> CheckedCredential:
    return CheckedCredential(
        format=_NAME,
        signature=Verdict(word=SignatureWord.GOOD, reason=Reason.PAGES_SIGNED_ONLY, details=_signer_details(pages)),
        status=Verdict(word=StatusWord.COULD_NOT_CHECK, reason=Reason.NOTHING_INSIDE),
        issuer=check_issuer(_proved(pages, around), around=around, at=pages.signed_at),
        shown=Shown(title=contents.title),
    )


def _proved(pages: SignedPages, around: Surroundings) -> tuple[str, ...]:
    """Who signed the pages, by certificate and, where it is of a kind that signs credentials, by key."""
    chain = chain_identifiers(pages.certificates, around=around)
    try:
        return (*chain, key_of_certificate(pages.certificates[0]).did())
    except Refusal:
        return chain


def _signer_details(pages: SignedPages) -> dict[str, str]:
    return {
        "signer": pages.certificate.subject,
        "authority": pages.certificate.issuer,
        "on": pages.signed_at.date().isoformat() if pages.signed_at else "?",
    }
