"""Who signed a passport, and the signed files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from synchromesh.credentials.models import Issuer, KeyPurpose, SigningKey
from synchromesh.credentials.queries.issuers import list_issuers_of
from synchromesh.credentials.queries.keys import find_published_document
from synchromesh.engine.credential_formats.offline_file import OfflineFile, pack_offline_file
from synchromesh.engine.errors import NotFound
from synchromesh.passports.models import Passport, PassportSignature
from synchromesh.passports.queries.sight import Sight
from synchromesh.plumbing.audit import Actor

_ENVELOPE = "open_badge_jwt"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureView:
    """A signature; `is_current` says that nothing was changed since. The version is for who writes the passport."""

    issuer_name: str
    issuer_did: str
    signed_at: datetime
    is_current: bool
    number: int


def list_signers(visible_to: Actor) -> list[Issuer]:
    """The issuers in whose name somebody may sign a passport now."""
    active = SigningKey.objects.filter(purpose=KeyPurpose.CREDENTIALS, retired_at=None, compromised_at=None)
    ready = set(active.values_list("issuer_id", flat=True))
    return [issuer for issuer in list_issuers_of(visible_to) if issuer.closed_at is None and issuer.pk in ready]


def signed_file(passport: Passport, sight: Sight) -> bytes:
    """The newest signed token over what the visitor may see. Raises NotFound where nothing was signed."""
    return _token(_get_newest(passport, sight), sight)


def offline_file(passport: Passport, sight: Sight) -> bytes:
    """The same with the keys of its issuer, so that it is checked without a network. Raises NotFound."""
    found = _get_newest(passport, sight)
    did = found.key.issuer.did if found.key.issuer is not None else ""
    document = find_published_document(did)
    contents = OfflineFile(
        envelope=_ENVELOPE,
        credential=_token(found, sight),
        made_at=timezone.now().replace(microsecond=0),
        did_documents={did: document} if document is not None else {},
    )
    return pack_offline_file(contents)


def _token(signature: PassportSignature, sight: Sight) -> bytes:
    return str(signature.files[sight.word]).encode()


def _get_newest(passport: Passport, sight: Sight) -> PassportSignature:
    found = _newest(passport, sight)
    if found is None:
        raise NotFound("Nobody has signed this passport yet.")
    return found


def _newest(passport: Passport, sight: Sight) -> PassportSignature | None:
    """Others than the writers see none of a version before the passport was placed on the market."""
    first = 1 if sight.sees_all else passport.published_number or passport.number
    found = PassportSignature.objects.filter(passport=passport, number__gte=first).select_related("key__issuer")
    return found.order_by("-number", "-issued_at", "-id").first()
