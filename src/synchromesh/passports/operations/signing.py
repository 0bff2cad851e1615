"""Sign a version of a passport as a verifiable credential.

One signed token (W3C Securing Verifiable Credentials using JOSE and COSE 1.0) for each kind of visitor: a signature
over everything could not be cut down to what a visitor may see, and one over the public part proves nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import may_edit_for_organisation, require
from synchromesh.credentials.models import Issuer, KeyPurpose
from synchromesh.credentials.operations.signers import active_key, signer_of
from synchromesh.engine.credential_formats.canonical_json import canonical_json
from synchromesh.engine.credential_formats.contexts import CREDENTIALS_2
from synchromesh.engine.credential_formats.instants import instant_text
from synchromesh.engine.credential_formats.jose import sign_token
from synchromesh.engine.credential_formats.surroundings import Signer
from synchromesh.engine.credential_formats.vc_jwt import registered_claims
from synchromesh.engine.errors import Conflict
from synchromesh.engine.passport_models.model import Tier
from synchromesh.engine.passport_models.passport import NOTICE
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.engine.passport_models.writing import as_document
from synchromesh.passports.models import Passport, PassportSignature
from synchromesh.passports.operations.versions import lock_passport
from synchromesh.passports.permissions import owns
from synchromesh.passports.queries.contents import newest_content
from synchromesh.passports.queries.exports import WORDS_OF_FIELDS
from synchromesh.passports.queries.sight import Sight, get_seen
from synchromesh.passports.queries.views import address_of
from synchromesh.plumbing import audit

TYPE = "PracticeBatteryPassportCredential"
_SIGHTS = (
    Sight(tiers=frozenset(Tier), sees_all=True),
    *(Sight(tiers=frozenset({tier})) for tier in Tier),
)


def sign_passport(*, by: audit.Actor, uid: UUID, issuer: Issuer) -> PassportSignature:
    """Sign what the passport states now, with the key of an issuer.

    Raises NotFound, NotAllowed for who does not own the passport or does not award for the issuer, Conflict where this
    version is signed by it already or the issuer has no key or has closed, and what the signer raises.
    """
    seen, _ = get_seen(uid, visible_to=by)
    require(owns(by, seen), "Only who owns a passport has it signed.")
    require(
        may_edit_for_organisation(by, issuer.organisation), "Only editors and managers of the issuer sign in its name."
    )
    if issuer.closed_at is not None:
        raise Conflict("This issuer has closed. Choose another one.")
    key = active_key(issuer, KeyPurpose.CREDENTIALS)
    signer = signer_of(key)
    now = timezone.now().replace(microsecond=0)
    with transaction.atomic():
        passport = lock_passport(seen)
        if PassportSignature.objects.filter(passport=passport, number=passport.number, key=key).exists():
            raise Conflict("This version was signed by this issuer already.")
        content = newest_content(passport)
        signature = PassportSignature.objects.create(
            passport=passport,
            number=passport.number,
            key=key,
            files={
                sight.word: _signed(passport, sight.redact(content), sight, issuer=issuer, signer=signer, now=now)
                for sight in _SIGHTS
            },
            issued_by=by.public_id,
            issued_at=now,
        )
        audit.record(by=by, action="sign_passport", kind="passport", uid=passport.uid, number=passport.number)
    return signature


def _signed(
    passport: Passport, content: Content, sight: Sight, *, issuer: Issuer, signer: Signer, now: datetime
) -> str:
    document = _credential(passport, content, sight, issuer=issuer, now=now)
    payload = canonical_json({**document, **registered_claims(document)})
    return sign_token(payload, header={"typ": "vc+jwt", "kid": signer.verification_method}, signer=signer)


def _credential(
    passport: Passport, content: Content, sight: Sight, *, issuer: Issuer, now: datetime
) -> Mapping[str, Any]:
    page = f"{settings.SITE_ADDRESS}/passports/{passport.uid}"
    return {
        "@context": [CREDENTIALS_2, {"@vocab": f"{settings.SITE_ADDRESS}/{WORDS_OF_FIELDS}/"}],
        "type": ["VerifiableCredential", TYPE],
        "id": f"{page}#version-{passport.number}-{sight.word}",
        "name": f"Practice battery passport: {passport.title}",
        "description": f"{NOTICE} It holds what a visitor of the kind '{sight.word}' may see.",
        "issuer": {"id": issuer.did, "name": issuer.legal_name},
        "validFrom": instant_text(now),
        "credentialSubject": {
            "id": address_of(passport) or page,
            "type": "PracticeBatteryPassport",
            **as_document(content),
        },
    }
