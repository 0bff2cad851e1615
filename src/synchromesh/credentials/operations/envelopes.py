"""The other envelopes of a credential: made when first asked for, kept, the same bytes ever after."""

from __future__ import annotations

import hashlib
from functools import partial
from types import ModuleType
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from synchromesh.credentials.models import Credential, CredentialEnvelope
from synchromesh.credentials.operations.seals import find_seal_key
from synchromesh.credentials.operations.signers import signer_of
from synchromesh.credentials.queries.records import credential_record
from synchromesh.engine.credential_formats import envelopes
from synchromesh.engine.credential_formats.envelopes import european_learning_model
from synchromesh.engine.credential_formats.records import CredentialRecord
from synchromesh.engine.credential_formats.surroundings import Signer
from synchromesh.engine.errors import NotFound
from synchromesh.engine.plugins import discover

_WITH_CERTIFICATE = "european_learning_model"


class Seal(Protocol):
    """Writes and signs a record: the contract of envelopes."""

    def __call__(self, record: CredentialRecord, *, signer: Signer) -> bytes:
        """The signed file."""


def written_formats() -> dict[str, ModuleType]:
    """The envelopes of one credential that are issued here, by name; those of a bundle are not among them."""
    found = discover(envelopes).items()
    return {name: module for name, module in found if module.IS_WRITTEN and not getattr(module, "IS_BUNDLE", False)}


def take_envelope(
    credential: Credential, format_name: str, *, language: str = "", seal: Seal | None = None
) -> CredentialEnvelope:
    """The credential in this format; made and kept at the first time. Raises NotFound for an unknown format.

    It is signed with the key that the credential was issued with, also after that one was retired; the caller decides
    who may have it. Formats for people are kept for each `language`, with a `seal` that writes that one. Raises what
    the signer raises.
    """
    module = written_formats().get(format_name)
    if module is None:
        raise NotFound(f"There is no format '{format_name}'. Use one of {', '.join(written_formats())}.")
    kept = CredentialEnvelope.objects.filter(credential=credential, format=format_name, language=language).first()
    if kept is not None:
        return kept
    write: Seal = seal or _seal_of(credential, format_name, module)
    data = write(credential_record(credential), signer=signer_of(credential.key))
    with transaction.atomic():
        envelope, _ = CredentialEnvelope.objects.get_or_create(
            credential=credential,
            format=format_name,
            language=language,
            defaults={"data": data, "sha256": hashlib.sha256(data).hexdigest(), "made_at": timezone.now()},
        )
    return envelope


def _seal_of(credential: Credential, format_name: str, module: ModuleType) -> Seal:
    """The format's own way to seal, with the configured certificate where it is made for one."""
    if format_name != _WITH_CERTIFICATE:
        write: Seal = module.seal
        return write
    return partial(european_learning_model.seal, seal_key=find_seal_key(credential.version.achievement.issuer))
