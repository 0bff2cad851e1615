"""Lists of passports: one's own, those that others shared, and those on the market."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from synchromesh.accounts.models import Membership, MembershipRole, Organisation, User
from synchromesh.accounts.permissions import is_operator
from synchromesh.engine.passport_models.gs1 import is_gtin
from synchromesh.engine.passport_models.model import BatteryKind, Tier
from synchromesh.passports.models import Passport, PassportState
from synchromesh.passports.permissions import live_grants
from synchromesh.passports.queries.sight import PUBLIC_SIGHT, Sight
from synchromesh.plumbing.audit import Actor

_EDITING = (MembershipRole.EDITOR, MembershipRole.MANAGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassportRow:
    """A passport in a list; `state` says no more than the visitor may know."""

    uid: UUID
    title: str
    kind: BatteryKind
    state: PassportState
    origin: str
    gtin: str
    serial: str
    published_at: datetime | None
    changed_at: datetime | None
    organisation_name: str


def list_own(visible_to: User) -> QuerySet[Passport]:
    """A person's passports and those of organisations that they edit for, the last changed first.

    Those of a class stand with the class.
    """
    organisations = Membership.objects.filter(person=visible_to, role__in=_EDITING).values("organisation")
    mine = Q(owner=visible_to) | Q(organisation__in=organisations)
    return Passport.objects.filter(mine, team=None).select_related("organisation").order_by("-changed_at", "-id")


def list_organisations_to_keep_for(visible_to: User) -> list[Organisation]:
    """The organisations for which somebody may begin passports: those that they edit for, by name."""
    roles = Membership.objects.filter(person=visible_to, role__in=_EDITING)
    return list(Organisation.objects.filter(pk__in=roles.values("organisation")).order_by("name", "slug"))


def list_shared(visible_to: User) -> QuerySet[Passport]:
    """Passports of others that somebody may see by a grant to them or to an organisation of theirs."""
    organisations = Membership.objects.filter(person=visible_to).values("organisation")
    granted = live_grants().filter(Q(person=visible_to) | Q(organisation__in=organisations), passport=OuterRef("pk"))
    found = Passport.objects.filter(Exists(granted)).exclude(owner=visible_to)
    sees_use = Exists(granted.filter(tier=Tier.INTEREST.value))
    return found.annotate(sees_use=sees_use).select_related("organisation").order_by("-changed_at", "-id")


def list_published(*, words: str = "", kind: str = "", origin: str = "") -> QuerySet[Passport]:
    """Passports on the market, the newest first; `words` must stand in the title, or be the product or serial number.

    Nothing else is searched, so that a search tells nothing about values that are not for everybody.
    """
    found = Passport.objects.filter(published_at__isnull=False).select_related("organisation")
    if kind:
        found = found.filter(kind=kind)
    if origin:
        found = found.filter(origin=origin)
    for word in words.split()[:8]:
        number = word.zfill(14) if is_gtin(word) else word
        found = found.filter(Q(title__icontains=word) | Q(gtin=number) | Q(serial=word))
    return found.order_by("-published_at", "-id")


def list_kept(visible_to: Actor) -> QuerySet[Passport]:
    """Every passport for the operator, one's own for a person, none for anybody else."""
    if is_operator(visible_to):
        return Passport.objects.select_related("organisation").order_by("-changed_at", "-id")
    return list_own(visible_to) if isinstance(visible_to, User) and visible_to.is_active else Passport.objects.none()


def public_row_of(passport: Passport) -> PassportRow:
    """A line of a list as everybody may see it, without a look at who asks."""
    return _row(passport, state=PUBLIC_SIGHT.state_of(passport), changed_at=None)


def own_row_of(passport: Passport) -> PassportRow:
    """A line of `list_own`: everything."""
    return _row(passport, state=PassportState(passport.state), changed_at=passport.changed_at)


def shared_row_of(passport: Passport) -> PassportRow:
    """A line of `list_shared`: the state as far as the grant lets one know it."""
    tier = Tier.INTEREST if getattr(passport, "sees_use", False) else Tier.PUBLIC
    return _row(passport, state=Sight(tiers=frozenset({tier})).state_of(passport), changed_at=None)


def find_by_digital_link(gtin: str, serial: str, *, visible_to: Actor) -> UUID | None:
    """The passport behind a GS1 Digital Link address: the one on the market, else one's own or a shared one."""
    if not is_gtin(gtin) or not serial:
        return None
    places = [Passport.objects.filter(published_at__isnull=False)]
    if isinstance(visible_to, User) and visible_to.is_active:
        places += [list_own(visible_to), list_shared(visible_to)]
    for place in places:
        found = place.filter(gtin=gtin.zfill(14), serial=serial).first()
        if found is not None:
            return found.uid
    return None


def _row(passport: Passport, *, state: PassportState, changed_at: datetime | None) -> PassportRow:
    return PassportRow(
        uid=passport.uid,
        title=passport.title,
        kind=BatteryKind(passport.kind),
        state=state,
        origin=passport.origin,
        gtin=passport.gtin,
        serial=passport.serial,
        published_at=passport.published_at,
        changed_at=changed_at,
        organisation_name=passport.organisation.name if passport.organisation is not None else "",
    )
