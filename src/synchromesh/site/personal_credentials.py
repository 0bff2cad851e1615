"""What credentials keep about a person: those awarded here, those brought from elsewhere, collections and links."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from synchromesh.accounts.models import User
from synchromesh.credentials.models import (
    ClaimLink,
    Credential,
    CredentialCollection,
    CredentialShare,
    HeldCredential,
    IssueRow,
    PageDetail,
    WalletOffer,
)
from synchromesh.credentials.operations.issuing import FIRST_ENVELOPE
from synchromesh.credentials.queries.records import page_address
from synchromesh.plumbing import audit
from synchromesh.site.personal_relations import Entry, PersonalRelation, text


def _credentials(person: User) -> list[Entry]:
    """With the signed text of each, which proves it also where this site is gone."""
    found = Credential.objects.filter(holder=person).select_related("version__achievement").order_by("pk")
    return [_credential(row) for row in found.prefetch_related("envelopes", "status_changes")]


def _credential(row: Credential) -> Entry:
    signed = next((one for one in row.envelopes.all() if one.format == FIRST_ENVELOPE), None)
    return {
        "address": page_address(row.code),
        "achievement": row.version.achievement.slug,
        "titles": row.version.titles,
        "issuer": row.version.issuer_name,
        "name": row.holder_name,
        "email": row.holder_email,
        "language": row.language,
        "percent": str(row.percent) if row.percent is not None else None,
        "evidence": row.evidence,
        "issued_at": text(row.issued_at),
        "valid_from": text(row.valid_from),
        "valid_until": text(row.valid_until),
        "state": row.state,
        "status_changes": [
            {"state": one.state, "reason": one.reason, "note": one.note, "at": text(one.changed_at)}
            for one in row.status_changes.all()
        ],
        "claimed_at": text(row.claimed_at),
        "page_shows": row.page_detail,
        "signed": bytes(signed.data).decode() if signed else None,
    }


def _held_credentials(person: User) -> list[Entry]:
    """Without the files, which the person can download one by one."""
    found = HeldCredential.objects.filter(person=person).defer("data").order_by("pk")
    return [
        {
            "file": row.name,
            "sha256": row.sha256,
            "format": row.format,
            "title": row.title,
            "issuer": row.issuer_name,
            "issued_at": text(row.issued_at),
            "valid_until": text(row.valid_until),
            "verdicts": row.verdicts,
            "checked_at": text(row.checked_at),
            "added_at": text(row.added_at),
        }
        for row in found
    ]


def _collections(person: User) -> list[Entry]:
    found = CredentialCollection.objects.filter(person=person).prefetch_related("credentials", "held").order_by("pk")
    return [
        {
            "name": row.name,
            "credentials": [page_address(one.code) for one in row.credentials.all()],
            "from_elsewhere": [one.name for one in row.held.all()],
            "made_at": text(row.made_at),
        }
        for row in found
    ]


def _shares(person: User) -> list[Entry]:
    """Links to show credentials; their secrets are not stored."""
    found = CredentialShare.objects.filter(person=person).select_related("credential", "held", "collection")
    return [
        {
            "shows": str(row.credential or row.held or row.collection),
            "fields": row.fields,
            "note": row.note,
            "made_at": text(row.made_at),
            "ends_at": text(row.ends_at),
            "ended_at": text(row.ended_at),
        }
        for row in found.order_by("pk")
    ]


def _listed(person: User) -> list[Entry]:
    """Lists on which a person stands because of what they hold."""
    found = IssueRow.objects.filter(holder=person).select_related("batch__version")
    return [
        {
            "achievement": str(row.batch.version),
            "name": row.name,
            "email": row.email,
            "made_at": text(row.batch.made_at),
        }
        for row in found.order_by("pk")
    ]


CREDENTIAL_RELATIONS: tuple[PersonalRelation, ...] = (
    PersonalRelation(relation="credentials.Credential.holder", section="credentials", read=_credentials, deleted=False),
    PersonalRelation(
        relation="credentials.HeldCredential.person", section="credentials_from_elsewhere", read=_held_credentials
    ),
    PersonalRelation(
        relation="credentials.CredentialCollection.person", section="credential_collections", read=_collections
    ),
    PersonalRelation(relation="credentials.CredentialShare.person", section="credential_shares", read=_shares),
    PersonalRelation(relation="credentials.IssueRow.holder", section="credential_lists", read=_listed),
)


def hide_credentials(*, by: audit.Actor, person: User, addresses: Collection[str]) -> int:
    """Take a person's addresses and links from what was awarded to them; says how many credentials stay.

    They are the issuer's proof and what was signed names the person. Their pages show no name any more. Called inside
    the transaction that deletes the account.
    """
    theirs = Q(holder=person) | Q(holder=None, holder_email__in=[address.lower() for address in addresses])
    found = list(Credential.objects.filter(theirs).values_list("pk", flat=True))
    ClaimLink.objects.filter(credential__in=found).delete()
    WalletOffer.objects.filter(credential__in=found).delete()
    IssueRow.objects.filter(email__in=[address.lower() for address in addresses]).exclude(issued=False).update(
        name="", email="", external_id=""
    )
    if found:
        audit.record(by=by, action="hide_credentials", kind="person", uid=person.uid, credentials=len(found))
    return Credential.objects.filter(pk__in=found).update(holder_email="", page_detail=PageDetail.VERDICT)
