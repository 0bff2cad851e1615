"""What a holder has: credentials from here and from elsewhere, collections, shares."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.credentials.models import Credential, CredentialCollection, CredentialShare, HeldCredential
from synchromesh.engine.errors import NotFound

NOTHING = "There is no such credential among yours."


def with_achievement(credentials: QuerySet[Credential]) -> QuerySet[Credential]:
    """The rows with what every list of them shows."""
    related = credentials.select_related("version__achievement__issuer__organisation__country", "status_list", "replaced_by")
    return related.defer("status_list__withdrawn", "status_list__suspended")  # 16 KiB of bits each


def list_own_credentials(person: User) -> list[Credential]:
    """What was issued here to a person, the newest first."""
    return list(with_achievement(Credential.objects.filter(holder=person)).order_by("-issued_at", "-id"))


def verified_addresses(person: User) -> list[str]:
    """The addresses that a person has shown to read, in lower case."""
    found = EmailAddress.objects.filter(user=person, verified=True).order_by("pk")
    return [address.lower() for address in found.values_list("email", flat=True)]


def list_claimable(person: User) -> list[Credential]:
    """What was issued to one of a person's verified addresses and nobody has taken, the newest first."""
    waiting = Credential.objects.filter(
        holder=None, claimed_at=None, holder_email__in=[*verified_addresses(person), *_own_address(person)]
    )
    return list(with_achievement(waiting).order_by("-issued_at", "-id"))


def list_held(person: User) -> list[HeldCredential]:
    """What a person brought from elsewhere, without the files."""
    return list(HeldCredential.objects.filter(person=person).defer("data").order_by("-added_at", "-id"))


def list_collections(person: User) -> list[CredentialCollection]:
    """A person's collections with what is in them."""
    found = CredentialCollection.objects.filter(person=person)
    return list(found.prefetch_related("credentials__version", "held").order_by("name", "id"))


def list_shares(person: User) -> list[CredentialShare]:
    """A person's links, the newest first, ended ones too."""
    found = CredentialShare.objects.filter(person=person)
    return list(found.select_related("credential__version", "held", "collection").order_by("-made_at", "-id"))


def get_own_credential(person: User, code: str) -> Credential:
    """One's own credential. Raises NotFound, also for anybody else's."""
    found = with_achievement(Credential.objects.filter(holder=person, code=code)).first()
    if found is None:
        raise NotFound(NOTHING)
    return found


def get_held(person: User, uid: UUID | str) -> HeldCredential:
    """One that a person brought. Raises NotFound, also for anybody else's."""
    found = HeldCredential.objects.filter(person=person, uid=uid).first()
    if found is None:
        raise NotFound(NOTHING)
    return found


def get_collection(person: User, uid: UUID | str) -> CredentialCollection:
    """One's own collection. Raises NotFound."""
    found = CredentialCollection.objects.filter(person=person, uid=uid).first()
    if found is None:
        raise NotFound("There is no such collection among yours.")
    return found


def get_share_of(person: User, uid: UUID | str) -> CredentialShare:
    """One's own link. Raises NotFound."""
    found = CredentialShare.objects.filter(person=person, uid=uid).first()
    if found is None:
        raise NotFound("There is no such link among yours.")
    return found
