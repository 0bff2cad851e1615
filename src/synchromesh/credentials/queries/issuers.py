"""Issuers of this site, and the registry of issuers that are known."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from synchromesh.accounts.models import Membership, MembershipRole, User
from synchromesh.accounts.permissions import is_alliance_staff
from synchromesh.credentials.models import Issuer, KnownIssuer, KnownIssuerIdentifier
from synchromesh.engine.credential_formats.records import IssuerRecord
from synchromesh.engine.credential_formats.surroundings import IssuerStanding
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.audit import Actor


def list_issuers_of(by: Actor) -> list[Issuer]:
    """The issuers for which somebody may prepare credentials; alliance staff see all."""
    issuers = Issuer.objects.select_related("organisation__country").order_by("legal_name", "id")
    if is_alliance_staff(by):
        return list(issuers)
    if not isinstance(by, User) or not by.is_active:
        return []
    roles = (MembershipRole.EDITOR, MembershipRole.MANAGER)
    mine = Membership.objects.filter(person=by, role__in=roles).values("organisation")
    return list(issuers.filter(organisation__in=mine))


def get_issuer(slug: str) -> Issuer:
    """The issuer of an organisation. Raises NotFound."""
    found = Issuer.objects.select_related("organisation__country").filter(organisation__slug=slug).first()
    if found is None:
        raise NotFound("This organisation issues no credentials here.")
    return found


def get_issuer_by_uid(uid: UUID) -> Issuer:
    """An issuer by the uid in its DID. Raises NotFound."""
    found = Issuer.objects.select_related("organisation").filter(uid=uid).first()
    if found is None:
        raise NotFound("No issuer has this address.")
    return found


def list_own_issuers() -> list[Issuer]:
    """Every issuer of this site by name, closed ones too: what they issued is still checked."""
    return list(Issuer.objects.select_related("organisation__country").order_by("legal_name", "id"))


def issuer_record(issuer: Issuer, *, name: str = "") -> IssuerRecord:
    """What envelopes say of an issuer; `name` is the one at the time of the achievement's publication."""
    organisation = issuer.organisation
    return IssuerRecord(
        did=issuer.did,
        name=name or issuer.legal_name,
        url=organisation.url,
        country=organisation.country.code if organisation.country else "",
        email=issuer.email,
        legal_id=issuer.legal_id,
        is_higher_education=issuer.is_higher_education,
    )


def find_standing(identifiers: Iterable[str], *, on: date) -> IssuerStanding | None:
    """What the registry knows under any of these identifiers; an issuer of this site is known since it was made."""
    wanted = [identifier for identifier in identifiers if identifier]
    own = Issuer.objects.filter(did__in=wanted).first()
    entries = KnownIssuerIdentifier.objects.filter(value__in=wanted).select_related("issuer__trusted_list")
    listed = [entry.issuer for entry in entries.order_by("issuer_id")]
    named = [one for one in listed if one.trusted_list is None]
    # One that vouches for the issuer's name counts where nobody names the issuer itself.
    if named or (listed and own is None):
        some = named or listed
        return _standing(next((one for one in some if one.known_until is None or one.known_until >= on), some[0]))
    if own is not None:
        return IssuerStanding(name=own.legal_name, known_since=own.made_at.date())
    return None


def _standing(known: KnownIssuer) -> IssuerStanding:
    trusted = known.trusted_list
    renewed_by = trusted.next_update_at if trusted is not None else None
    return IssuerStanding(
        name=known.name,
        accredited_by=known.accredited_by,
        known_since=known.known_since,
        known_until=known.known_until,
        list_operator=trusted.operator if trusted is not None else "",
        list_renewed_by=renewed_by.date() if renewed_by is not None else None,
    )


def find_authority(key_id: str) -> bytes | None:
    """The certificate (DER) on a trusted list whose key has this identifier, or None."""
    if not key_id:
        return None
    entries = KnownIssuerIdentifier.objects.filter(key_id=key_id).exclude(certificate="").order_by("pk")
    found = entries.values_list("certificate", flat=True).first()
    return None if found is None else base64.b64decode(found)


def list_known_issuers(*, words: str = "") -> QuerySet[KnownIssuer]:
    """The registry by name, with its identifiers and how many there are; `words` must stand in the name."""
    known = KnownIssuer.objects.select_related("trusted_list").prefetch_related("identifiers")
    known = known.annotate(how_many=Count("identifiers"))
    return known.filter(name__icontains=words).order_by("name", "id") if words else known.order_by("name", "id")
