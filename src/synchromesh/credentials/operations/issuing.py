"""Issue credentials: one or thousands, the same way, never twice for the same occasion.

In one transaction a credential gets its place in a status list, its signed VC-JWT and its entry in the transparency
log. The other envelopes are made when they are first asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import is_operator, require
from synchromesh.credentials.models import (
    Achievement,
    AchievementVersion,
    Credential,
    CredentialEnvelope,
    IssueBatch,
    KeyPurpose,
    SigningKey,
)
from synchromesh.credentials.operations.log import Logged, append_entries
from synchromesh.credentials.operations.signers import active_key, signer_of
from synchromesh.credentials.operations.status_places import lock_issuer, take_places
from synchromesh.credentials.permissions import may_issue
from synchromesh.credentials.queries.issue_lists import is_address
from synchromesh.credentials.queries.issuers import issuer_record
from synchromesh.credentials.queries.records import achievement_record, get_version_with_skills, months, record_of
from synchromesh.engine.credential_formats.envelopes import open_badge_jwt
from synchromesh.engine.credential_formats.log_entries import EntryKind, commitment_of, facts_of, new_salt
from synchromesh.engine.credential_formats.records import AchievementRecord, CredentialRecord, IssuerRecord
from synchromesh.engine.credential_formats.surroundings import Signer
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.vocabulary.languages import ISO_639_1
from synchromesh.engine.vocabulary.storable_text import is_storable
from synchromesh.plumbing import audit, jobs
from synchromesh.plumbing.bulk_writing import insert_records
from synchromesh.plumbing.column_limits import limit_refusals
from synchromesh.plumbing.typed_codes import new_code

FIRST_ENVELOPE = "open_badge_jwt"
SIGNS_OF_A_CODE = 16  # of 5 bits each: 80 bits that nobody guesses


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCredential:
    """One person who is to get an achievement. `occasion` says for what, and is used only once on this site."""

    name: str
    occasion: str
    email: str = ""
    person: User | None = None
    did: str = ""
    language: str = "en"
    percent: Decimal | None = None
    evidence: Sequence[Mapping[str, Any]] = ()
    replaces: Credential | None = None
    salt: bytes = field(default_factory=new_salt)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Issuing:
    """What all credentials of one call share."""

    version: AchievementVersion
    achievement: AchievementRecord
    issuer: IssuerRecord
    key: SigningKey
    signer: Signer
    now: datetime
    valid_from: datetime
    valid_until: datetime | None


def issue_credential(
    *, by: audit.Actor, achievement: Achievement, new: NewCredential, valid_from: datetime | None = None
) -> Credential:
    """Issue one credential of the achievement's published version; for a known occasion, the one that is there.

    Raises NotAllowed, InvalidInput for a holder who cannot be named so, and Conflict where nothing is published, the
    achievement has ended, there is no key, or two persons are needed: then a list is made, which another one releases.
    What a course awards by itself, in the operator's name, needs nobody.
    """
    require(may_issue(by, achievement), "Only editors and managers of the issuer award this.")
    if achievement.needs_two_persons and not is_operator(by):
        raise Conflict("This achievement needs two persons: make a list, even of one row, and let another release it.")
    refuse_unfit(new)
    version = published_version(achievement)
    issue_many(by=by, version=version, people=[new], valid_from=valid_from)
    return Credential.objects.select_related("version__achievement__issuer", "status_list").get(occasion=new.occasion)


def refuse_unfit(new: NewCredential) -> None:
    """Hold a holder against what a credential can say. Raises InvalidInput."""
    if not new.name.strip() or not is_storable(new.name):
        raise InvalidInput("A credential needs the name of its holder, in letters.", field="name")
    if new.language not in ISO_639_1:
        raise InvalidInput("The language is a code of two letters, such as en.", field="language")
    if new.percent is not None and not 0 <= new.percent <= 100:
        raise InvalidInput("A result lies between 0 and 100 percent.", field="percent")
    if new.email and not is_address(new.email):
        raise InvalidInput("This is no e-mail address. It should look like name@example.org.", field="email")
    columns = {"holder_name": new.name, "holder_email": new.email, "holder_did": new.did, "occasion": new.occasion}
    for column, message in limit_refusals(Credential, columns):
        raise InvalidInput(message, field=column.removeprefix("holder_"))


def published_version(achievement: Achievement) -> AchievementVersion:
    """The version that is awarded now. Raises Conflict."""
    if achievement.ended_at is not None or achievement.issuer.closed_at is not None:
        raise Conflict("This achievement is not awarded any more.")
    found = achievement.versions.exclude(published_at=None).order_by("-number").first()
    if found is None:
        raise Conflict("This achievement is not published yet.")
    return found


def issue_many(
    *,
    by: audit.Actor,
    version: AchievementVersion,
    people: Sequence[NewCredential],
    batch: IssueBatch | None = None,
    valid_from: datetime | None = None,
    sends_mail: bool = True,
) -> list[Credential]:
    """Issue to many people in one transaction and return the new credentials.

    Whose occasion was used before is left out. Permission was checked by the caller. A thousand at a time is a good
    number.
    """
    with transaction.atomic():
        lock_issuer(version.achievement.issuer)  # from here on nobody else issues for it
        fresh = _not_issued_yet(people)
        if not fresh:
            return []
        issuing = _prepare(version, valid_from)
        places = take_places(issuing.version.achievement.issuer, len(fresh))
        credentials = [
            _unsaved(issuing, new, status_list=place[0], index=place[1], batch=batch, by=by)
            for new, place in zip(fresh, places, strict=True)
        ]
        records = [record_of(one, issuer=issuing.issuer, achievement=issuing.achievement) for one in credentials]
        sealed = [open_badge_jwt.seal(record, signer=issuing.signer) for record in records]
        first = append_entries(_issue_entries(credentials, records, fresh))
        for place, credential in enumerate(credentials):
            credential.log_index = first + place
        insert_records(credentials)
        insert_records([_envelope(one, data, issuing.now) for one, data in zip(credentials, sealed, strict=True)])
        _record(by, credentials, batch)
        if sends_mail:
            for credential in credentials:
                if credential.holder_email:
                    jobs.enqueue("credentials.tasks.send_award_mail", credential_uid=str(credential.uid))
    return credentials


def _not_issued_yet(people: Sequence[NewCredential]) -> list[NewCredential]:
    """People whose occasion is unused, each occasion once."""
    by_occasion = {new.occasion: new for new in reversed(people)}
    used = set(Credential.objects.filter(occasion__in=by_occasion).values_list("occasion", flat=True))
    return [new for occasion, new in reversed(by_occasion.items()) if occasion not in used]


def _prepare(version: AchievementVersion, valid_from: datetime | None) -> _Issuing:
    full = get_version_with_skills(version.pk)
    key = active_key(full.achievement.issuer, KeyPurpose.CREDENTIALS)
    now = timezone.now().replace(microsecond=0)
    begins = (valid_from or now).replace(microsecond=0)
    return _Issuing(
        version=full,
        achievement=achievement_record(full, at=now),
        issuer=issuer_record(full.achievement.issuer, name=full.issuer_name),
        key=key,
        signer=signer_of(key),
        now=now,
        valid_from=begins,
        valid_until=begins + months(full.months_valid) if full.months_valid else None,
    )


def _unsaved(
    issuing: _Issuing, new: NewCredential, *, status_list: Any, index: int, batch: IssueBatch | None, by: audit.Actor
) -> Credential:
    return Credential(
        code=new_code(SIGNS_OF_A_CODE),
        version=issuing.version,
        key=issuing.key,
        holder=new.person,
        holder_name=new.name,
        holder_email=new.email.lower(),
        holder_did=new.did,
        language=new.language,
        occasion=new.occasion,
        batch=batch,
        percent=new.percent,
        evidence=[dict(one) for one in new.evidence],
        issued_at=issuing.now,
        valid_from=issuing.valid_from,
        valid_until=issuing.valid_until,
        issued_by=batch.released_by if batch else by.public_id,
        status_list=status_list,
        status_index=index,
        log_salt=new.salt.hex(),
        replaces=new.replaces,
        claimed_at=issuing.now if new.person else None,
    )


def _issue_entries(
    credentials: Sequence[Credential], records: Sequence[CredentialRecord], people: Sequence[NewCredential]
) -> list[Logged]:
    return [
        Logged(kind=EntryKind.ISSUED, commitment=commitment_of(facts_of(record), salt=new.salt), subject=one.uid)
        for one, record, new in zip(credentials, records, people, strict=True)
    ]


def _envelope(credential: Credential, data: bytes, now: datetime) -> CredentialEnvelope:
    digest = hashlib.sha256(data).hexdigest()
    return CredentialEnvelope(credential=credential, format=FIRST_ENVELOPE, data=data, sha256=digest, made_at=now)


def _record(by: audit.Actor, credentials: Sequence[Credential], batch: IssueBatch | None) -> None:
    """One line for one credential; for a part of a list one line that says which."""
    if batch is None:
        for one in credentials:
            audit.record(by=by, action="issue_credential", kind="credential", uid=one.uid, occasion=one.occasion)
        return
    first, last = credentials[0], credentials[-1]
    audit.record(
        by=by,
        action="issue_many",
        kind="issue batch",
        uid=batch.uid,
        credentials=len(credentials),
        log_from=first.log_index,
        log_to=last.log_index,
    )
