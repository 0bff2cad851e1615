"""The printed form of a credential in the reader's language: made at the first time, kept, the same bytes ever after."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from synchromesh.credentials.models import Credential, CredentialEnvelope
from synchromesh.credentials.operations.envelopes import take_envelope
from synchromesh.credentials.operations.printed_words import wording_of
from synchromesh.credentials.operations.signers import signer_of
from synchromesh.credentials.queries.records import credential_record
from synchromesh.engine.credential_formats.envelopes import open_badge, pdf
from synchromesh.engine.credential_formats.printed_certificate import Attachment

FORMAT = "pdf"
_INSIDE = "open_badge"


def take_pdf(credential: Credential, language: str) -> CredentialEnvelope:
    """The PDF with its texts and the words around them in this language, where they are known in it.

    Inside lies the signed file that the holder gets as a file too, with the same bytes. The caller decides who may have
    it. Raises what the signer raises.
    """
    kept = CredentialEnvelope.objects.filter(credential=credential, format=FORMAT, language=language).first()
    if kept is not None:
        return kept
    inside = Attachment(
        name=f"credential.{open_badge.ENDING}",
        data=bytes(take_envelope(credential, _INSIDE).data),
        media_type=open_badge.MEDIA_TYPE,
        description=open_badge.TITLE,
    )
    data = pdf.seal(
        replace(credential_record(credential), language=language),
        signer=signer_of(credential.key),
        wording=wording_of(credential, language),
        attachments=[inside],
    )
    with transaction.atomic():
        envelope, _ = CredentialEnvelope.objects.get_or_create(
            credential=credential,
            format=FORMAT,
            language=language,
            defaults={"data": data, "sha256": hashlib.sha256(data).hexdigest(), "made_at": timezone.now()},
        )
    return envelope
