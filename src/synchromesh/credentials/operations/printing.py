"""The printed form of a credential in the reader's language: made once, the same bytes ever after."""

from __future__ import annotations

from dataclasses import replace

from synchromesh.credentials.models import Credential, CredentialEnvelope
from synchromesh.credentials.operations.envelopes import take_envelope
from synchromesh.credentials.operations.printed_words import wording_of
from synchromesh.credentials.operations.seals import find_seal_key
from synchromesh.engine.credential_formats.envelopes import open_badge, pdf
from synchromesh.engine.credential_formats.printed_certificate import Attachment
from synchromesh.engine.credential_formats.records import CredentialRecord
from synchromesh.engine.credential_formats.surroundings import Signer

_INSIDE = "open_badge"


def take_pdf(credential: Credential, language: str) -> CredentialEnvelope:
    """The PDF with its texts and the words around them in this language, where they are known in it.

    Inside lies the signed file that the holder gets as a file too, with the same bytes. The caller decides who may have
    it. Raises what the signer raises.
    """

    seal_key = find_seal_key(credential.version.achievement.issuer)

    def seal(record: CredentialRecord, *, signer: Signer) -> bytes:
        inside = Attachment(
            name=f"credential.{open_badge.ENDING}",
            data=bytes(take_envelope(credential, _INSIDE).data),
            media_type=open_badge.MEDIA_TYPE,
            description=open_badge.TITLE,
        )
        wording = wording_of(credential, language)
        shown = replace(record, language=language)
        return pdf.seal(shown, signer=signer, seal_key=seal_key, wording=wording, attachments=[inside])

    return take_envelope(credential, "pdf", language=language, seal=seal)
