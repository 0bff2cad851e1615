"""All that one issuer awarded to somebody in one signed file: a Comprehensive Learner Record, made when asked for.

The issuer signs only what it has awarded itself. The file is a copy of credentials that are in the transparency log
already; it has no entry there and no status of its own, for each credential inside keeps its own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.credentials.models import Credential, CredentialState, Issuer, KeyPurpose
from synchromesh.credentials.operations.envelopes import take_envelope
from synchromesh.credentials.operations.signers import active_key, signer_of
from synchromesh.credentials.queries.records import credential_record
from synchromesh.credentials.queries.wallet import NOTHING, with_achievement
from synchromesh.engine.credential_formats.envelopes import learner_record, open_badge
from synchromesh.engine.credential_formats.learner_record import MOST_PARTS
from synchromesh.engine.credential_formats.records import CredentialRecord
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing import audit

_BADGE = open_badge.__name__.rsplit(".", 1)[-1]


def make_learner_record(*, by: User, issuer_slug: str, title: str, now: datetime | None = None) -> bytes:
    """The newest credentials of one's own that this issuer has not withdrawn or suspended, at most MOST_PARTS.

    `title` names the record in the reader's language. Raises NotFound where there are none, Conflict where the issuer
    has no key to sign with, and what the signer raises.
    """
    moment = now or timezone.now()
    own = Credential.objects.filter(
        holder=by, version__achievement__issuer__organisation__slug=issuer_slug, state=CredentialState.VALID
    )
    held = list(with_achievement(own).order_by("-issued_at", "-pk")[:MOST_PARTS])
    if not held:
        raise NotFound(NOTHING)
    issuer: Issuer = held[0].version.achievement.issuer
    record = _around([credential_record(one) for one in held], title=title, language=by.language, at=moment)
    members = [bytes(take_envelope(one, _BADGE).data) for one in held]
    signer = signer_of(active_key(issuer, KeyPurpose.CREDENTIALS))
    signed = learner_record.seal_around(record, members, signer=signer)
    audit.record(by=by, action="make_learner_record", kind="issuer", uid=issuer.uid, credentials=len(held))
    return signed


def _around(parts: list[CredentialRecord], *, title: str, language: str, at: datetime) -> CredentialRecord:
    """The record itself: of the same issuer and holder, about nothing but its parts."""
    first, uid = parts[0], str(uuid4())
    return replace(
        first,
        uid=uid,
        url=f"urn:uuid:{uid}",
        achievement=replace(first.achievement, titles={language: title, "en": title}),
        issued_at=at,
        valid_from=at,
        valid_until=None,
        language=language,
        result_percent=None,
        evidence=(),
        status=(),
        refresh_url="",
        parts=tuple(parts),
    )
