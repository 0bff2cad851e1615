"""The verdicts of a credential of this site, quick enough for a page that opens from a QR code.

The signed token that was kept when it was issued is checked anew each time. The status comes straight from the row that
the published status lists are made of, so that no list need be signed, fetched and checked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from synchromesh.credentials.models import Credential, CredentialEnvelope, CredentialState, Issuer
from synchromesh.credentials.queries.issuers import find_standing
from synchromesh.credentials.queries.keys import list_keys, published_document
from synchromesh.engine.credential_formats.data_integrity import Finding
from synchromesh.engine.credential_formats.instants import instant_text
from synchromesh.engine.credential_formats.issuers import check_issuer
from synchromesh.engine.credential_formats.open_badges import text_in
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal, refused
from synchromesh.engine.credential_formats.shown import read_shown
from synchromesh.engine.credential_formats.surroundings import IssuerStanding, KeptAnswer
from synchromesh.engine.credential_formats.vc_jwt import open_token
from synchromesh.engine.credential_formats.verdicts import (
    CheckedCredential,
    IssuerWord,
    Shown,
    SignatureWord,
    StatusWord,
    Verdict,
)
from synchromesh.engine.errors import ExternalFailure, InvalidInput

FORMAT = "open_badge_jwt"
_STATES = {
    CredentialState.WITHDRAWN: (StatusWord.WITHDRAWN, Reason.WITHDRAWN),
    CredentialState.SUSPENDED: (StatusWord.SUSPENDED, Reason.SUSPENDED),
}


@dataclass(slots=True, kw_only=True)
class _OwnSurroundings:
    """What a check of our own credential asks: the keys of its issuer and the registry, both in the database."""

    now: datetime
    of: Issuer

    def did_document(self, did: str) -> Mapping[str, Any]:
        """The keys of the issuer."""
        if did != self.of.did:
            raise ExternalFailure("This is not the issuer of the credential.")
        return published_document(did, list_keys(self.of))

    def status_list(self, url: str) -> KeptAnswer:
        """Not asked: the status is read from the credential's row."""
        raise ExternalFailure("Lists are not asked here.")

    def fetch(self, url: str) -> KeptAnswer:
        """Nothing lies elsewhere."""
        raise ExternalFailure("Nothing is fetched here.")

    def issuer(self, identifiers: tuple[str, ...]) -> IssuerStanding | None:
        """What the registry knows."""
        return find_standing(identifiers, on=self.now.date())

    def authority(self, key_id: str) -> bytes | None:
        """Not asked: what is checked here bears no certificate."""
        del key_id
        return None


def find_own_verdicts(credential: Credential, *, now: datetime | None = None) -> CheckedCredential:
    """What can be said of a credential of this site now. `credential` comes with its version, achievement and issuer.

    The page shows texts from the database, so the row must also say what was signed; else it counts as altered.
    """
    around = _OwnSurroundings(now=now or timezone.now(), of=credential.version.achievement.issuer)
    kept = CredentialEnvelope.objects.filter(credential=credential, format=FORMAT, language="").first()
    if kept is None:
        return refused(FORMAT, Refusal(Reason.NOT_SIGNED))
    try:
        document, finding = open_token(bytes(kept.data), around=around)
    except InvalidInput as fault:
        return refused(FORMAT, fault)
    shown = read_shown(document)
    if finding.is_good and not _says_the_same(credential, document, shown):
        finding = Finding(verdict=Verdict(word=SignatureWord.ALTERED, reason=Reason.SIGNATURE_BAD))
    return CheckedCredential(
        format=FORMAT,
        signature=finding.verdict,
        status=_status(credential, around.now, is_proved=finding.is_good),
        issuer=check_issuer(finding.proves, around=around, at=credential.issued_at)
        if finding.is_good
        else Verdict(word=IssuerWord.COULD_NOT_CHECK, reason=Reason.ISSUER_NOT_PROVED),
        shown=shown,
        document=document,
    )


def _says_the_same(credential: Credential, document: Mapping[str, Any], shown: Shown) -> bool:
    """Whether the row is the one that was signed: whose, for what, with which result and for how long."""
    version, language = credential.version, credential.language
    subject = document.get("credentialSubject")
    achievement = subject.get("achievement") if isinstance(subject, Mapping) else None
    awarded = achievement.get("id") if isinstance(achievement, Mapping) else None
    stated = (
        _last_part(shown.identifier),
        _last_part(awarded),
        shown.holder,
        shown.valid_from,
        shown.valid_until,
        Decimal(dict(shown.facts).get("result", -1)),
        (shown.title, shown.description, shown.criteria),
    )
    return stated == (
        str(credential.uid),
        str(version.achievement.uid),
        credential.holder_name,
        credential.valid_from,
        credential.valid_until,
        -1 if credential.percent is None else credential.percent,
        tuple(text_in(texts, language) for texts in (version.titles, version.descriptions, version.criteria)),
    )


def _last_part(address: object) -> str:
    """The uid at the end of an address: that of the site may have changed since it was signed."""
    return str(address).rpartition("/")[2]


def _status(credential: Credential, now: datetime, *, is_proved: bool) -> Verdict:
    """Withdrawn is final and goes first; what has expired is no longer suspended."""
    state = CredentialState(credential.state)
    if credential.valid_until is not None and credential.valid_until < now and state != CredentialState.WITHDRAWN:
        return Verdict(
            word=StatusWord.EXPIRED, reason=Reason.EXPIRED, details={"on": instant_text(credential.valid_until)}
        )
    if state in _STATES:
        word, reason = _STATES[state]
        return Verdict(word=word, reason=reason)
    if not is_proved:
        return Verdict(word=StatusWord.COULD_NOT_CHECK, reason=Reason.SIGNATURE_NOT_PROVED)
    if credential.valid_from > now:
        on = instant_text(credential.valid_from)
        return Verdict(word=StatusWord.COULD_NOT_CHECK, reason=Reason.NOT_YET_VALID, details={"on": on})
    return Verdict(word=StatusWord.VALID, reason=Reason.STATUS_CLEAR)
