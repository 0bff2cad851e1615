"""What a holder has: credentials from here and from elsewhere, collections, shares."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.credentials.models import Credential, CredentialCollection, CredentialShare, HeldCredential
from synchromesh.engine.errors import NotFound

NOTHING = "There is no such credential among yours."


def with_achievement(credentials: QuerySet[Credential]) -> QuerySet[Credential]:
    """The rows with what every list of them shows."""
    related = credentials.select_related(
        "version__achievement__issuer__organisation__country", "status_list", "replaced_by"
    )
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
    waiting = Credential.objects.filter(holder=None, claimed_at=None, holder_email__in=verified_addresses(person))
    return list(with_achievement(waiting).order_by("-issued_at", "-id"))


def find_codes(uids: Iterable[UUID | None], *, holder: User) -> dict[UUID, str]:
    """The codes of those of these credentials that a person holds."""
    wanted = [uid for uid in uids if uid is not None]
    found = Credential.objects.filter(uid__in=wanted, holder=holder) if wanted else Credential.objects.none()
    return dict(found.values_list("uid", "code"))


def list_held(person: User) -> list[HeldCredential]:
    """What a person brought from elsewhere, without the files."""
    return list(HeldCredential.objects.filter(person=person).defer("data").order_by("-added_at", "-id"))


def list_collections(person: User) -> list[CredentialCollection]:
    """A person's collections with what is in them."""
    found = CredentialCollection.objects.filter(person=person)
    return list(with_members(found).order_by("name", "id"))


def with_members(collections: QuerySet[CredentialCollection]) -> QuerySet[CredentialCollection]:
    """Collections with their credentials, from here and from elsewhere."""
    credentials = with_achievement(Credential.objects.order_by("-issued_at", "-id"))
    held = HeldCredential.objects.defer("data").order_by("-added_at", "-id")
    return collections.prefetch_related(Prefetch("credentials", credentials), Prefetch("held", held))


def list_shares(person: User) -> list[CredentialShare]:
    """A person's links, the newest first, ended ones too, each with what it shows."""
    found = CredentialShare.objects.filter(person=person)
    related = found.select_related("credential__version", "held", "collection").defer("held__data")
    return list(related.order_by("-made_at", "-id"))


def list_live_shares(
    thing: Credential | HeldCredential | CredentialCollection, *, now: datetime | None = None
) -> list[CredentialShare]:
    """The links to this thing that work now, the one that ends first at the beginning."""
    live = thing.shares.filter(ended_at=None, ends_at__gt=now or timezone.now())
    return list(live.order_by("ends_at", "id"))


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
    """One's own collection with what is in it. Raises NotFound."""
    found = with_members(CredentialCollection.objects.filter(person=person, uid=uid)).first()
    if found is None:
        raise NotFound("There is no such collection among yours.")
    return found


def get_share_of(person: User, uid: UUID | str) -> CredentialShare:
    """One's own link. Raises NotFound."""
    found = CredentialShare.objects.filter(person=person, uid=uid).first()
    if found is None:
        raise NotFound("There is no such link among yours.")
    return found
